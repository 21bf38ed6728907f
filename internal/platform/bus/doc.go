// Package bus carries events from the module that publishes them to whoever subscribed, through the
// databases of both. It is the one mechanism for everything asynchronous.
//
// # The way of an event
//
//	module's transaction ── outbox.go ──> outbox, a log in the source's schema
//	                                         │  one feed per destination: feed.go reads with tail.go,
//	                                         │  frontier.go knows what is still missing
//	                                         ▼
//	                                       Sink: a subscriber (subscriber.go, inbox.go), or a mirror
//	                                         │
//	                     handler's transaction, with the inbox row
//	                                         │  when the handler fails
//	                                         ▼
//	                                      parked ── retrier.go ──> handler's transaction
//
// [Outbox.Publish] writes events as the last act of the transaction of the change. The outbox is
// never updated, only purged; each destination has a cursor of its own, so none waits for another.
// event.go has the vocabulary, bus.go puts the parts together, operator.go is for the command line.
//
// # Promises
//
//   - An event exists if and only if its transaction committed, and is delivered at least once.
//   - Effects of a handler on its own database happen once: they share a transaction with the inbox
//     row (event, subscription), and an event whose row is there is skipped.
//   - Events of one key, which is topic and [Payload].Key together, are handled in order of commit.
//     Between keys there is no order.
//   - A handler that fails holds back its own key and nothing else.
//
// # Order
//
// Positions in the outbox are given out before the commit, so a lower one may become visible after
// a higher one. Within a key this does not happen: a publisher holds a lock on the key from before
// it takes positions until it has committed. Across keys it does, all the time. So a feed neither
// skips a missing position nor waits for it: it delivers what is visible, remembers the gaps, and
// reads them again. A gap is given up once every transaction that could fill it has ended. These
// are the transactions with an id below the gap's fence, an id taken after the gap was seen; the
// snapshot's own upper bound would not do, because it may be lower than the id of a transaction
// that holds a position already. The durable cursor never passes an open gap. It is written every 50 ms at most, and
// without waiting for the disk: losing it, like any crash, only means that events are handed over again.
//
// Two processes may for a moment both believe to lead a feed. Both go through the events in order
// and wait for each other on the inbox row of each, so order and effects stay.
//
// # Parking
//
// A batch of events shares a transaction. When it fails, the events are taken one by one; the one
// that fails alone is parked in the transaction that writes its inbox row, which from then on says
// "received", while the parked row says "still to do". Later events of its key are parked behind it.
// Exactly the first parked event of a key, its head, has a time for its next try; finishing the head
// promotes the next one in the same transaction. Whoever parks behind a head holds a shared lock on
// the key's queue, whoever finishes a head an exclusive one, so neither overlooks the other. A
// database that is away is nobody's fault: nothing is parked, the feed tries again.
//
// # Other roads
//
// What another process hosts comes by another road ([Bus.Inlets]; package kafka): a process takes a topic from
// the feed of its owner's outbox when it hosts the owner, else from there. While a module moves, both roads may
// serve one subscription. Each brings the events of a key in order, from a place at or before the first that
// is not handled, so whoever handles an event has met all earlier ones of its key, as new or as repeats; inbox
// rows are written in the order of ids, so the two do not wait for each other in a circle. An outbox keeps
// events for the retention, topics for twice, and the inbox remembers for four times that: nothing can come
// back after it is forgotten, unless a mirror was away for longer than the inbox remembers. What another road
// brings that is no event, or that the database cannot hold, is rejected (rejected.go), and blocks nobody.
//
// # Concurrency and life
//
// A [Bus] is put together in one goroutine and then run. [Bus.Run] has one goroutine per feed (a
// source and a destination) and one per subscription for retries. Of all processes with the same
// feed one leads, by a session lock on a connection of its own, on which it also reads: losing the
// connection ends both. The others ask every second. Retriers run in all processes and share the
// work by row locks. A feed is woken by those commits of its own process that have events which it
// wants, and looks every 500 ms for all others. When the context ends, what is in hand is finished within the grace period (10 s).
package bus

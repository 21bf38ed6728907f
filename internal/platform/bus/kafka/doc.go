// Package kafka is the road of the event bus between processes. [Road] is a [bus.Sink] for
// [bus.Bus.Mirror], which writes the hosted modules' events to Kafka, and brings what [bus.Bus.Inlets]
// asks for, which other processes wrote there.
//
//	outbox ── feed "kafka" ──> Road.Deliver ──> topic ──> consumer (one group per subscription) ──> subscriber
//
// # Order
//
// An event's key is its record's key, so events of one key lie in one partition. Whatever is written again,
// after an error, a crash or by two processes at once, is written again in order from a place at or before
// the first that is missing; so the first appearances of a key's events are always in order, and the inbox
// ignores the later ones. This holds as long as a topic keeps its number of partitions: to change it, stop
// publishing, let all groups come to the end, and only then go on.
//
// # Two roads
//
// A process takes a topic's events from the feed when it hosts the owner, else from Kafka. While a module
// moves, or where replicas host different modules, one subscription is served by both roads at once. Each of
// them goes through the events of a key in order, from a place at or before the first that is not handled:
// the feed's cursor waits in the outbox, the group's offset in Kafka, and where either has gone the road starts
// at its beginning. Whoever has an event first handles it, the other waits on its inbox row and then ignores it.
//
// For this to hold, a road has to keep what its destination has not handled, and the inbox has to remember
// longer than any road keeps. Events stay in an outbox for events.retention (7 days), or longer while a
// destination that somebody runs cannot take them; in topics that agrovet makes for twice that; in the
// inbox for four times that, 30 days at least. So do not move a module whose group lags by more than the
// retention, nor let Kafka be away for longer than the inbox remembers, and give topics that somebody else
// makes no longer retention: [Road.Ensure] warns.
//
// # The original's events
//
// Where the original still runs on the same brokers, it writes to topics of the same names, without ids, in shapes of
// its own, and about what it has: its post 7 is not agrovet's. So a subscription is given either agrovet's events
// or, with [bus.Subscription.Original], the original's, also from topics that this process owns. Those are given an id
// made of what they say (record.go). Only auth has such a subscription: whom the original has registered it takes
// over and publishes itself, so the others hear of everybody once, in one shape. All else that the original tells is
// left alone; what it would say is brought by an import.
//
// # Who is away
//
// With Kafka away the outbox keeps the events; Deliver waits, and goes on within a second of Kafka's return.
// With the subscriber's database away, a consumer lets its records go, so that others may have the
// partitions, and reads them again. Offsets are committed when everything before them is handled or kept
// aside; whoever is put out of the group for being slow is only repeated.
package kafka

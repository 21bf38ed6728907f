package hub

import (
	"context"
	"time"
)

// Broker connects the hubs of several processes, and knows who is there in any of them.
//
// Signals may be lost, which only costs time as far as entries are concerned: hubs notice holes, and ask now
// and then. Signals of one hub arrive in their order. Package brokertest is what every broker must pass.
type Broker interface {
	// Join makes a hub one of those that are connected.
	Join(hub Receiver) (Link, error)
}

// Receiver is a hub as a broker sees it. Its methods do not block.
type Receiver interface {
	// Receive takes a signal of any hub, its own included.
	Receive(s Signal)
	// Missed says that signals about rooms may have been lost until now; without rooms, about any.
	Missed(rooms ...int64)
}

// Link is a hub's way to the others.
type Link interface {
	// Publish tells all hubs. Of signals about a room, those may be left out that do not follow it, but for
	// Added and Removed. It does not block.
	Publish(s Signal)
	// Follow and Unfollow say which rooms this hub wants to hear of. They do not block: when that takes a while,
	// Missed is told when it is done.
	Follow(room int64)
	Unfollow(room int64)

	// Lease says that people are there for so long, unless it is said again. It returns those of them who
	// were not there before, at any hub.
	Lease(ctx context.Context, userIDs []int64, d time.Duration) (came []int64, err error)
	// Release takes this hub's leases back. It returns those of them who are not there any more, at any hub.
	Release(ctx context.Context, userIDs []int64) (gone []int64, err error)
	// Expired returns people whose last lease has ended without being taken back, each of them once.
	Expired(ctx context.Context) (gone []int64, err error)
	// Online returns those of the people who are there.
	Online(ctx context.Context, userIDs []int64) ([]int64, error)

	// Close ends the link. Its leases stay until they end.
	Close()
}

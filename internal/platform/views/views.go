// Package views counts how often the objects of a module are looked at: each person once per object and
// day (UTC), and without a write per read.
//
// A look is noted in memory, and what was noted is stored every 3 seconds, and at the end of the process,
// by one statement. A process that is killed loses the looks of those seconds, and nothing is counted
// twice, however many processes there are. Who looked is a keyed hash with the day in it: of the user, or
// of a stranger's network and browser. It is kept for two days; the numbers stay.
//
// The tables are the module's own ([Store]), so one [Counter] counts objects of one kind. The module
// calls [Counter.Look] for what somebody has seen, runs [Counter.Run], has [Counter.Purge] done every
// hour, and calls [Counter.Forget] for users who are deleted.
package views

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"agrovet/internal/platform/authn"
)

// View is that somebody looked at an object on a day.
type View struct {
	Day      int32 // since 1970-01-01, UTC
	ObjectID int64
	Viewer   uuid.UUID // says of nobody who it is, and is another one every day
}

// Store is a module's tables. Its methods may be called at the same time.
type Store interface {
	// ViewerKey is the secret by which viewers are told apart. It is the same for all processes and
	// never changes.
	ViewerKey(ctx context.Context) (uuid.UUID, error)
	// NoteViews counts those that were not counted before. Objects that are gone are left out.
	NoteViews(ctx context.Context, all []View) error
	// PurgeViews forgets who looked before a day, at most limit views; n is how many. The counts stay.
	PurgeViews(ctx context.Context, day int32, limit int) (n int64, err error)
	// ForgetViews forgets that these viewers looked. The counts stay.
	ForgetViews(ctx context.Context, viewers []uuid.UUID) error
}

// Counter counts views of objects of one kind. It is safe for concurrent use.
type Counter struct {
	store Store
	log   *slog.Logger
	now   func() time.Time
	key   atomic.Pointer[uuid.UUID] // nil: not read yet
	looks looks
}

// New makes a counter. It starts nothing; what is noted is stored by [Counter.Run]. Without log and now
// they are slog.Default() and time.Now.
func New(s Store, log *slog.Logger, now func() time.Time) *Counter {
	if log == nil {
		log = slog.Default()
	}
	if now == nil {
		now = time.Now
	}
	return &Counter{store: s, log: log, now: now}
}

// Look notes that somebody looked at an object: the user of ctx ([authn.UserID]), or else a stranger with
// an IP address and a browser (its User-Agent). Whose looks do not count, as an author's own, is for the
// caller to say. A look that cannot be noted is logged.
func (c *Counter) Look(ctx context.Context, objectID int64, address, browser string) {
	key, err := c.viewerKey(ctx)
	if err != nil {
		c.log.WarnContext(ctx, "a view is not counted", "object", objectID, "error", err)
		return
	}
	who := stranger(address, browser)
	if me := authn.UserID(ctx); me != 0 {
		who = person(me)
	}
	day := dayOf(c.now())
	c.looks.add(View{Day: day, ObjectID: objectID, Viewer: viewer(key, day, who)})
}

func (c *Counter) viewerKey(ctx context.Context) (uuid.UUID, error) {
	if known := c.key.Load(); known != nil {
		return *known, nil
	}
	key, err := c.store.ViewerKey(ctx)
	if err == nil {
		c.key.Store(&key)
	}
	return key, err
}

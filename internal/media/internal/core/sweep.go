package core

import (
	"context"
	"time"

	"agrovet/internal/platform/sched"
)

// Jobs are what happens by the clock.
func (c *Core) Jobs() []sched.Job {
	return []sched.Job{
		{Name: "media.finish-uploads", Every: time.Minute, Run: c.finishUploads},
		{Name: "media.sweep-objects", Every: time.Hour, Run: c.SweepObjects},
		{Name: "media.sweep-uploads", Every: time.Hour, Run: c.SweepUploads},
		{Name: "media.sweep-store", Every: 24 * time.Hour, Timeout: 6 * time.Hour, Run: func(ctx context.Context) error {
			return c.SweepStore(ctx, time.Now().Add(-unknownFor))
		}},
	}
}

// SweepObjects removes objects that no place has shown for long.
func (c *Core) SweepObjects(ctx context.Context) error {
	for {
		now := time.Now()
		ids, err := c.store.Unshown(ctx, now.Add(-c.cfg.KeepUnshown), now.Add(-c.cfg.KeepUnclaimed), removing)
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := c.tx(ctx, func(ctx context.Context) error { return c.removeUnshown(ctx, ids, now) }); err != nil {
			return err
		}
	}
}

// removeUnshown removes those of these objects that still are unshown when nobody can change them any
// more: one may have been claimed meanwhile.
func (c *Core) removeUnshown(ctx context.Context, ids []int64, now time.Time) error {
	if _, err := c.store.Lock(ctx, ids...); err != nil {
		return err
	}
	still, err := c.store.Unshown(ctx, now.Add(-c.cfg.KeepUnshown), now.Add(-c.cfg.KeepUnclaimed), removing)
	if err != nil {
		return err
	}
	return c.remove(ctx, without(ids, without(ids, still))...)
}

const (
	unknownFor = 24 * time.Hour // bytes younger than this may belong to an upload whose row is still to come
	listing    = 1000           // keys looked at in one go
)

// SweepStore removes bytes that were written before the given time and that no row tells of.
func (c *Core) SweepStore(ctx context.Context, before time.Time) error {
	after := ""
	for {
		entries, err := c.blobs.List(ctx, after, listing)
		if err != nil || len(entries) == 0 {
			return err
		}
		var old []string
		for _, e := range entries {
			if e.Modified.Before(before) {
				old = append(old, e.Key)
			}
		}
		unknown, err := c.store.UnknownKeys(ctx, old)
		if err != nil {
			return err
		}
		if err := c.blobs.Delete(ctx, unknown...); err != nil {
			return err
		}
		after = entries[len(entries)-1].Key
	}
}

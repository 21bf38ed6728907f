package core

import (
	"context"
	"strings"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// Verdict is what a member of staff says about an advert.
type Verdict struct {
	Decision marketplace.Decision
	Reason   string // needed unless it is a dismissal; the publisher reads it
	Seen     *int64 // the last decision that they know of, 0 for none; nil: whatever the last is now
}

// Decide writes a decision about an advert, does what it says, and closes all that was open. Of two who
// decide at the same time, one does. A removed advert is archived and keeps its pictures, as archived
// ones do: its publisher sees them, others see neither the advert nor where its pictures are, and when it
// is restored nothing is lost.
//
// Errors: errs.ErrNotFound; marketplace.ErrOwnDecision, ErrDecided, ErrNothingOpen; wrong fields.
func (c *Core) Decide(ctx context.Context, id int64, v Verdict) (Moderation, error) {
	seen, err := c.mayDecide(ctx, id, &v)
	if err != nil {
		return Moderation{}, err
	}
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		row, err := c.changeLocked(ctx, id, authn.UserID(ctx), func(r *store.Row) error {
			now, err := c.store.Case(ctx, id)
			if err != nil {
				return err
			}
			if now.DecisionID != seen {
				return marketplace.ErrDecided
			}
			return v.apply(now.Open, r)
		})
		if err != nil {
			return err
		}
		return c.decide(ctx, row, v)
	})
	if err != nil {
		return Moderation{}, err
	}
	return c.Moderation(ctx, id)
}

// mayDecide checks the verdict, and returns the last decision that it may follow.
func (c *Core) mayDecide(ctx context.Context, id int64, v *Verdict) (seen int64, err error) {
	row, err := c.mine(ctx, id, 0)
	switch {
	case err != nil:
		return 0, err
	case row.PublisherID == authn.UserID(ctx):
		return 0, marketplace.ErrOwnDecision
	}
	if v.Reason = strings.TrimSpace(v.Reason); v.Reason == "" && v.Decision != marketplace.Dismiss {
		return 0, errs.InField("reason", "Este campo es requerido.", "This field is required.")
	}
	if v.Seen != nil {
		return *v.Seen, nil
	}
	now, err := c.store.Case(ctx, id)
	return now.DecisionID, err
}

// apply does to the advert what the verdict says.
func (v Verdict) apply(open bool, r *store.Row) error {
	switch v.Decision {
	case marketplace.Remove:
		if r.Removed {
			return marketplace.ErrNothingOpen
		}
		r.Status, r.Removed = marketplace.StatusArchived, true
	case marketplace.Restore:
		if !r.Removed {
			return marketplace.ErrNothingOpen
		}
		r.Removed = false
	default:
		if !open {
			return marketplace.ErrNothingOpen
		}
	}
	return nil
}

// decide writes the decision about an advert that is locked, and tells its publisher.
func (c *Core) decide(ctx context.Context, r store.Row, v Verdict) error {
	d, err := c.store.Decide(ctx, store.Decision{AddID: r.ID, PublisherID: r.PublisherID, ActorID: authn.UserID(ctx),
		Decision: v.Decision, Reason: v.Reason, At: c.Now()})
	if err != nil || v.Decision == marketplace.Dismiss {
		return err
	}
	return c.publish(ctx, marketplace.Moderated{AddID: r.ID, PublisherID: r.PublisherID, Title: r.Title, Decision: d.Decision, Reason: d.Reason})
}

package core

import (
	"context"
	"fmt"
	"strings"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// Verdict is what a moderator says.
type Verdict struct {
	Decision    foro.Decision
	Reason      string // needed when it is against the author, who reads it
	Days        int    // of a suspension
	HideContent bool   // of a suspension: what they wrote is hidden meanwhile
	Seen        int    // the case's version that it is for; 0: whatever it is
}

// MaxDays is how long a suspension is at most.
const MaxDays = 3650

// Decide ends a case. Of two who decide at the same time, one does.
//
// Errors: errs.ErrNotFound, also for who does not moderate there; foro.ErrOwnCase, ErrSameJudge,
// ErrStaffDecides; foro.ErrDecided, ErrChanged, ErrNothingToDecide, ErrNoAuthor; foro.ErrSuspended; wrong fields.
func (c *Core) Decide(ctx context.Context, id int64, v Verdict) (Details, error) {
	one, err := c.judged(ctx, id)
	if err == nil {
		err = v.check(one.Target, one.Kind == store.Appeal)
	}
	if err != nil {
		return Details{}, err
	}
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		x, err := c.lockToDecide(ctx, one.Target, v)
		if err != nil {
			return err
		}
		now, err := c.store.Cases(ctx, id)
		switch {
		case err != nil || len(now) == 0:
			return orNotFound(err)
		case !now[0].Open():
			return foro.ErrDecided
		case v.Seen != 0 && v.Seen != now[0].Version:
			return foro.ErrChanged
		}
		return c.decide(ctx, x, now[0], v)
	})
	if err != nil {
		return Details{}, err
	}
	return c.Case(ctx, id)
}

// check says what is wrong with a verdict.
func (v *Verdict) check(t foro.Target, appeal bool) error {
	var wrong []errs.Field
	required := errs.Text{ES: "Este campo es requerido.", EN: "This field is required."}
	v.Reason = strings.TrimSpace(v.Reason)
	switch {
	case v.Decision == "":
		wrong = append(wrong, errs.Field{Name: "decision", Text: required})
	case !v.fits(t, appeal):
		wrong = append(wrong, errs.Field{Name: "decision", Text: errs.Text{ES: fmt.Sprintf("\"%s\" no es una elección válida.", v.Decision),
			EN: fmt.Sprintf("\"%s\" is not a valid choice.", v.Decision)}})
	}
	if v.Reason == "" && v.Decision.Against() {
		wrong = append(wrong, errs.Field{Name: "reason", Text: required})
	}
	if v.Decision != foro.Suspend {
		v.Days, v.HideContent = 0, false
	} else if v.Days < 1 || v.Days > MaxDays {
		wrong = append(wrong, errs.Field{Name: "days", Text: errs.Text{ES: fmt.Sprintf("De 1 a %d días.", MaxDays), EN: fmt.Sprintf("1 to %d days.", MaxDays)}})
	}
	if len(wrong) > 0 {
		return errs.InvalidFields(wrong...)
	}
	return nil
}

// fits says whether the decision is one that can be made about such a thing.
func (v *Verdict) fits(t foro.Target, appeal bool) bool {
	switch v.Decision {
	case foro.Dismiss, foro.Restore:
		return true
	case foro.Hide, foro.Remove, foro.Warn, foro.Suspend:
		return !appeal
	case foro.Lock, foro.Unlock:
		return !appeal && t.CommentID == 0
	}
	return false
}

// lockToDecide locks the moderator, the author when it concerns what they may do, and then the content.
func (c *Core) lockToDecide(ctx context.Context, t foro.Target, v Verdict) (x content, err error) {
	if v.Decision != foro.Suspend {
		if _, err = c.admit(ctx); err != nil {
			return x, err
		}
		return c.content(ctx, t, true)
	}
	if x, err = c.content(ctx, t, false); err != nil {
		return x, err
	}
	p, _ := authn.From(ctx)
	me, author := p.UserID, x.author()
	if _, err = c.store.Join(ctx, me, auth.Role(p.Role)); err != nil {
		return x, err
	}
	people, err := c.store.LockPeople(ctx, me, author)
	switch {
	case err != nil:
		return x, err
	case people[me].Gone:
		return x, foro.ErrAccountGone
	case people[author].UserID == 0 || people[author].Gone:
		return x, foro.ErrNoAuthor
	}
	if err = c.mayWrite(ctx, people[me]); err != nil {
		return x, err
	}
	return c.content(ctx, t, true)
}

// decide writes a decision about what is locked into the log, does what it says, and ends the case.
func (c *Core) decide(ctx context.Context, x content, in store.Case, v Verdict) error {
	against, err := c.mayDecide(ctx, x, in, v)
	if err != nil {
		return err
	}
	d := store.Decision{Target: x.target(), CommunityID: x.post.CommunityID, AuthorID: x.author(), Anonymous: x.anonymous(), ActorID: authn.UserID(ctx),
		Staff: staff(ctx), Decision: v.Decision, Reason: v.Reason, Days: v.Days, At: c.Now()}
	if err := c.store.InsertDecision(ctx, &d); err != nil {
		return err
	}
	if err := c.effect(ctx, x, in, d, v, against); err != nil {
		return err
	}
	if err := c.store.CloseCase(ctx, in.ID, d); err != nil {
		return err
	}
	if v.Decision == foro.Dismiss && in.Kind != store.Appeal {
		return nil // they never knew
	}
	return c.tellAuthor(ctx, d)
}

// tellAuthor tells the author what was decided.
func (c *Core) tellAuthor(ctx context.Context, d store.Decision) error {
	return c.publish(ctx, foro.Moderated{UserID: known(d.AuthorID, d.Anonymous), PostID: d.Target.PostID, CommentID: d.Target.CommentID, Decision: d.Decision, Reason: d.Reason})
}

package core

import (
	"context"
	"strings"
	"time"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store"
)

// Decision is what staff says to a submission.
type Decision struct {
	Verified  bool
	Type      profiles.VerificationType // what was proven; empty: as the documents say
	Reason    string                    // of a rejection
	Note      string                    // to the specialist
	ExpiresOn time.Time                 // the last day; zero: the licence's, if it has one
}

// Decide decides a pending submission. Of two who decide at the same time, one does.
//
// Errors: errs.ErrNotFound; profiles.ErrOwnVerification; profiles.ErrDecided; wrong fields;
// profiles.ErrKindMismatch for who is no specialist now.
func (c *Core) Decide(ctx context.Context, id int64, d Decision) (Submission, error) {
	d.Reason, d.Note = strings.TrimSpace(d.Reason), strings.TrimSpace(d.Note)
	return c.rule(ctx, id, func(ctx context.Context, r *store.Row[profiles.Specialist], s store.Verification) error {
		if s.Status != store.Pending {
			return profiles.ErrDecided
		}
		decided, err := decided(s, d)
		if err != nil {
			return err
		}
		return c.verifier.decide(ctx, r, decided)
	})
}

// decided is the submission with the decision in it.
func decided(s store.Verification, d Decision) (store.Verification, error) {
	s.Note = d.Note
	if !d.Verified {
		if d.Reason == "" {
			return s, errs.InvalidFields(errs.Field{Name: "reason", Text: textRequired})
		}
		s.Status, s.Reason = store.Rejected, d.Reason
		return s, nil
	}
	s.Status, s.Type, s.ExpiresOn = store.Verified, d.Type, earlier(d.ExpiresOn, s.Licence.ExpiresOn)
	if s.Type == "" {
		s.Type = proven(s.Documents)
	}
	switch {
	case s.Type == "":
		return s, errs.InvalidFields(errs.Field{Name: "type", Text: textRequired})
	case store.Over(s.ExpiresOn):
		return s, errs.InvalidFields(errs.Field{Name: "expires_on", Text: textPast})
	}
	return s, nil
}

// proven is what documents prove, in the contract's order (rest.md §4).
func proven(d profiles.Documents) profiles.VerificationType {
	switch {
	case d.GraduationLetterID != 0:
		return profiles.Graduated
	case d.StudentCardID != 0:
		return profiles.Student
	case d.TitleID != 0:
		return profiles.Title
	}
	return ""
}

// earlier is the earlier of two days; the zero time is no day.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// Revoke takes a decision back that stands: the specialist is rejected for the reason.
//
// Errors: as Decide, with profiles.ErrNotVerified in the place of profiles.ErrDecided.
func (c *Core) Revoke(ctx context.Context, id int64, reason string) (Submission, error) {
	if reason = strings.TrimSpace(reason); reason == "" {
		return Submission{}, errs.InvalidFields(errs.Field{Name: "reason", Text: textRequired})
	}
	return c.rule(ctx, id, func(ctx context.Context, r *store.Row[profiles.Specialist], s store.Verification) error {
		if s.Status != store.Verified {
			return profiles.ErrNotVerified
		}
		s.Status, s.Reason, s.Type, s.Note, s.ExpiresOn = store.Rejected, reason, "", "", time.Time{}
		return c.verifier.write(ctx, r, s, "revoked")
	})
}

// rule runs a staff member's act on a submission, with the specialist's rows locked.
func (c *Core) rule(ctx context.Context, id int64, act func(context.Context, *store.Row[profiles.Specialist], store.Verification) error) (out Submission, err error) {
	s, err := c.submission(ctx, id)
	switch {
	case err != nil:
		return out, err
	case s.UserID == authn.UserID(ctx):
		return out, profiles.ErrOwnVerification
	}
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		r, err := c.Specialists.hold(ctx, s.UserID)
		if err != nil {
			return err
		}
		if s, err = c.submission(ctx, id); err != nil { // as it is now
			return err
		}
		return act(ctx, &r, s)
	})
	if err == nil {
		s, err = c.submission(ctx, id)
	}
	if err != nil {
		return out, err
	}
	return c.submissions(ctx, s)[0], nil
}

func (c *Core) submission(ctx context.Context, id int64) (store.Verification, error) {
	s, there, err := c.verifier.store.ByID(ctx, id)
	if err == nil && !there {
		err = errs.ErrNotFound
	}
	return s, err
}

// hold locks the user's rows until the commit, and returns the one of p's kind.
//
// Errors: profiles.ErrUserUnknown, profiles.ErrKindMismatch.
func (p *Profiles[T]) hold(ctx context.Context, userID int64) (r store.Row[T], err error) {
	kind, _, err := p.owners.Lock(ctx, userID)
	if err != nil {
		return r, err
	}
	if err := p.mine(kind); err != nil {
		return r, err
	}
	return p.row(ctx, userID)
}

// decide puts a decision in the place of the one that stands.
func (v verifier) decide(ctx context.Context, r *store.Row[profiles.Specialist], s store.Verification) error {
	if err := v.replace(ctx, r.UserID, store.Verified); err != nil {
		return err
	}
	return v.write(ctx, r, s, string(s.Status))
}

// write stores a decision and tells of it.
func (v verifier) write(ctx context.Context, r *store.Row[profiles.Specialist], s store.Verification, what string) error {
	s.DecidedBy = authn.UserID(ctx)
	if err := v.store.Decide(ctx, s); err != nil {
		return err
	}
	if err := v.record(ctx, s.UserID, store.Entry{VerificationID: s.ID, What: what, Reason: s.Reason, Note: s.Note}); err != nil {
		return err
	}
	if err := v.refresh(ctx, r); err != nil {
		return err
	}
	return v.tell(ctx, r, profiles.VerificationState(s.Status), s.Reason)
}

package core

import (
	"context"

	"agrovet/internal/platform/authn"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store"
)

// How a specialist becomes verified, and stops being it.
//
//	none ──▶ pending ──▶ verified ──▶ expired      a submission brings any state back to pending
//	            │            │
//	            └─▶ rejected ◀┘ (revoked)
//
// A submission is what a specialist shows staff: documents, and a licence if there is one. It is about
// exactly the documents that the profile has: while it is pending, changing them puts a new submission
// with the same licence in its place, so that staff, who decide on a submission by its id, never decide
// on documents that they have not seen. When none is left it is withdrawn, and the state is what it was
// before. A new submission always takes the place of a pending one.
//
// A decision holds until its last day, until it is revoked, or until the next submission is decided,
// whichever way: so a verified specialist who submits a new licence stays verified meanwhile, and is
// not any more when that is rejected. Changing or removing documents touches no decision: only
// submissions count.
//
// The original's clients know no submissions, they only PATCH documents. So setting a document makes a
// submission without a licence when nothing is pending and no decision stands.
//
// What others see changes on the day itself, since whoever reads compares the dates; a daily job then
// marks what has expired and tells of it (expire.go). Days are UTC's.
//
// Every step locks the user's owner row first, like everything else that changes a profile. The state
// in the profile's row is always made from the submissions ([verifier.refresh]).

// verifier is the rules of verification.
type verifier struct {
	base
	store store.Verifications
}

// submit makes a pending submission of the profile's documents, in the place of one that waits already.
func (v verifier) submit(ctx context.Context, r *store.Row[profiles.Specialist], l store.Licence) error {
	if err := v.replace(ctx, r.UserID, store.Pending); err != nil {
		return err
	}
	id, err := v.store.Insert(ctx, r.UserID, l, r.Profile.Documents)
	if err != nil {
		return err
	}
	if err := v.record(ctx, r.UserID, store.Entry{VerificationID: id, What: "submitted"}); err != nil {
		return err
	}
	was := r.Profile.Verification.State
	if err := v.refresh(ctx, r); err != nil || was == profiles.VerificationPending {
		return err
	}
	return v.tell(ctx, r, profiles.VerificationPending, "")
}

// documentsChanged is what follows a change of the profile.
func (v verifier) documentsChanged(ctx context.Context, before profiles.Specialist, r *store.Row[profiles.Specialist]) error {
	documents := r.Profile.Documents
	if before.Documents == documents {
		return nil
	}
	pending, waits, err := v.store.With(ctx, r.UserID, store.Pending)
	switch {
	case err != nil:
		return err
	case waits && documents == profiles.Documents{}:
		return v.withdraw(ctx, r, pending)
	case waits:
		return v.submit(ctx, r, pending.Licence)
	case sets(before.Documents, documents) && !r.Profile.Verification.Verified:
		return v.submit(ctx, r, store.Licence{})
	}
	return nil
}

// sets says whether the change puts a document where there was none, or another.
func sets(before, after profiles.Documents) bool {
	set := func(before, after int64) bool { return after != 0 && after != before }
	return set(before.TitleID, after.TitleID) || set(before.StudentCardID, after.StudentCardID) ||
		set(before.GraduationLetterID, after.GraduationLetterID)
}

// withdraw ends a submission that has nothing to show any more.
func (v verifier) withdraw(ctx context.Context, r *store.Row[profiles.Specialist], s store.Verification) error {
	if err := v.end(ctx, s, store.Withdrawn); err != nil {
		return err
	}
	if err := v.refresh(ctx, r); err != nil {
		return err
	}
	return v.tell(ctx, r, r.Profile.Verification.State, "")
}

// profileDeleted ends everything: there is no profile left that could be verified.
func (v verifier) profileDeleted(ctx context.Context, r store.Row[profiles.Specialist]) error {
	ids, err := v.store.Withdraw(ctx, r.UserID)
	if err != nil || len(ids) == 0 {
		return err
	}
	for _, id := range ids {
		if err := v.record(ctx, r.UserID, store.Entry{VerificationID: id, What: string(store.Withdrawn)}); err != nil {
			return err
		}
	}
	return v.tell(ctx, &r, profiles.VerificationNone, "")
}

// replace ends the user's submission of this status, if there is one. A decision whose last day is over
// has expired, rather.
func (v verifier) replace(ctx context.Context, userID int64, s store.Status) error {
	old, there, err := v.store.With(ctx, userID, s)
	switch {
	case err != nil || !there:
		return err
	case old.Status == store.Expired:
		return v.end(ctx, old, store.Expired)
	}
	return v.end(ctx, old, store.Replaced)
}

// end changes what became of a submission, and remembers it.
func (v verifier) end(ctx context.Context, s store.Verification, status store.Status) error {
	if err := v.store.SetStatus(ctx, s.ID, status); err != nil {
		return err
	}
	return v.record(ctx, s.UserID, store.Entry{VerificationID: s.ID, What: string(status)})
}

// record adds to the history. Who acts is whoever makes the request; nobody for events and jobs.
func (v verifier) record(ctx context.Context, userID int64, e store.Entry) error {
	e.ActorID = authn.UserID(ctx)
	return v.store.Record(ctx, userID, e)
}

// refresh brings the profile to the state of its submissions, and tells of what others see of that.
func (v verifier) refresh(ctx context.Context, r *store.Row[profiles.Specialist]) error {
	current, _, err := v.store.Current(ctx, r.UserID)
	if err != nil {
		return err
	}
	standing, _, err := v.store.With(ctx, r.UserID, store.Verified)
	if err != nil {
		return err
	}
	was, now := r.Profile.Verification, profiles.Verification{State: stateOf(current)}
	if standing.Status == store.Verified {
		now.Verified, now.Type = true, standing.Type
	}
	r.Profile.Verification = now
	if err := v.store.SetState(ctx, r.UserID, now.State, standing); err != nil {
		return err
	}
	if was.Verified == now.Verified && was.Type == now.Type {
		return nil
	}
	return v.publish(ctx, profiles.Updated{ProfileID: r.ID, UserID: r.UserID, ProfileType: profiles.KindSpecialist})
}

// stateOf is the state that a user's current submission makes; none makes none.
func stateOf(current store.Verification) profiles.VerificationState {
	if current.ID == 0 {
		return profiles.VerificationNone
	}
	return profiles.VerificationState(current.Status)
}

// tell publishes what became of the user's verification.
func (v verifier) tell(ctx context.Context, r *store.Row[profiles.Specialist], s profiles.VerificationState, reason string) error {
	return v.publish(ctx, profiles.VerificationChanged{ProfileID: r.ID, UserID: r.UserID, State: s, Reason: reason})
}

package store

import (
	"context"
	"time"

	"agrovet/internal/foro/internal/store/forodb"
)

// Suspension keeps somebody from writing for a while.
type Suspension struct {
	ID          int64
	UserID      int64
	CommunityID int64 // 0: in the whole forum
	DecisionID  int64
	Since       time.Time
	Until       time.Time
	LiftedAt    time.Time // zero: not before its end
	Hiding      Hiding
}

// Hiding is how far what somebody wrote is hidden while they are suspended.
type Hiding string

// The stages.
const (
	NotHiding  Hiding = ""
	HidingOn   Hiding = "begun"
	HidingDone Hiding = "done"
)

// In says whether it keeps somebody from writing at a moment.
func (s Suspension) In(now time.Time) bool { return s.LiftedAt.IsZero() && now.Before(s.Until) }

// InsertSuspension stores a suspension of somebody who is locked alone; it gets its id.
func (s Store) InsertSuspension(ctx context.Context, in *Suspension) error {
	if err := queries.PersonSuspended(ctx, s.DB.Q(ctx), in.UserID); err != nil {
		return err
	}
	row, err := queries.SuspensionInsert(ctx, s.DB.Q(ctx), forodb.SuspensionInsertParams{UserID: in.UserID, CommunityID: in.CommunityID, DecisionID: in.DecisionID,
		Since: in.Since, Until: in.Until, Hiding: string(in.Hiding)})
	*in = suspensionOf(row)
	return err
}

// InForce is the suspension that lasts longest of those that keep somebody from these communities, or from
// all; ok is false when there is none.
func (s Store) InForce(ctx context.Context, userID int64, communities []int64, now time.Time) (in Suspension, ok bool, err error) {
	rows, err := queries.SuspensionInForce(ctx, s.DB.Q(ctx), forodb.SuspensionInForceParams{UserID: userID, Communities: notNil(communities), Now: now})
	if err != nil || len(rows) == 0 {
		return in, false, err
	}
	return suspensionOf(rows[0]), true, nil
}

// LockSuspension returns one, locked until the commit; ok is false when there is none.
func (s Store) LockSuspension(ctx context.Context, id int64) (in Suspension, ok bool, err error) {
	rows, err := queries.SuspensionForUpdate(ctx, s.DB.Q(ctx), id)
	if err != nil || len(rows) == 0 {
		return in, false, err
	}
	return suspensionOf(rows[0]), true, nil
}

// Suspension returns one; ok is false when there is none.
func (s Store) Suspension(ctx context.Context, id int64) (in Suspension, ok bool, err error) {
	rows, err := queries.SuspensionsByID(ctx, s.DB.Q(ctx), []int64{id})
	if err != nil || len(rows) == 0 {
		return in, false, err
	}
	return suspensionOf(rows[0]), true, nil
}

// SuspensionBy is the suspension that a decision made; ok is false when it made none.
func (s Store) SuspensionBy(ctx context.Context, decisionID int64) (in Suspension, ok bool, err error) {
	rows, err := queries.SuspensionOfDecision(ctx, s.DB.Q(ctx), decisionID)
	if err != nil || len(rows) == 0 {
		return in, false, err
	}
	return suspensionOf(rows[0]), true, nil
}

// LiftSuspension ends one.
func (s Store) LiftSuspension(ctx context.Context, id int64, at time.Time) error {
	return queries.SuspensionLift(ctx, s.DB.Q(ctx), forodb.SuspensionLiftParams{ID: id, At: &at})
}

// Suspensions is a part of all, newest first; of some communities when they are not nil.
func (s Store) Suspensions(ctx context.Context, communities []int64, span IDSpan) ([]Suspension, error) {
	if communities == nil {
		rows, err := queries.Suspensions(ctx, s.DB.Q(ctx), forodb.SuspensionsParams{BeforeID: span.below(), SkipRows: int32(span.Skip), MaxRows: int32(span.Limit)})
		return suspensionsOf(rows), err
	}
	ids, err := queries.SuspensionsOfCommunities(ctx, s.DB.Q(ctx), forodb.SuspensionsOfCommunitiesParams{Communities: communities, BeforeID: span.below(),
		UpTo: int32(span.Skip + span.Limit), SkipRows: int32(span.Skip), MaxRows: int32(span.Limit)})
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	rows, err := queries.SuspensionsByID(ctx, s.DB.Q(ctx), ids)
	return inOrder(ids, rows, suspensionOf, func(in Suspension) int64 { return in.ID }), err
}

// SuspensionsCount counts them up to limit.
func (s Store) SuspensionsCount(ctx context.Context, communities []int64, limit int) (int64, error) {
	if communities == nil {
		return queries.SuspensionsCount(ctx, s.DB.Q(ctx), int32(limit))
	}
	return queries.SuspensionsOfCommunitiesCount(ctx, s.DB.Q(ctx), forodb.SuspensionsOfCommunitiesCountParams{Communities: communities, MaxRows: int32(limit)})
}

// SuspensionsOf are somebody's, newest first, at most limit.
func (s Store) SuspensionsOf(ctx context.Context, userID int64, limit int) ([]Suspension, error) {
	rows, err := queries.SuspensionsOf(ctx, s.DB.Q(ctx), forodb.SuspensionsOfParams{UserID: userID, MaxRows: int32(limit)})
	return suspensionsOf(rows), err
}

func suspensionOf(r forodb.Suspension) Suspension {
	return Suspension{r.ID, r.UserID, r.CommunityID, r.DecisionID, r.Since, r.Until, or(r.LiftedAt), Hiding(r.Hiding)}
}

func suspensionsOf(rows []forodb.Suspension) []Suspension {
	out := make([]Suspension, len(rows))
	for i, r := range rows {
		out[i] = suspensionOf(r)
	}
	return out
}

// LockPeople locks people in the order of their ids, each alone.
func (s Store) LockPeople(ctx context.Context, ids ...int64) (map[int64]Person, error) {
	rows, err := queries.PeopleLock(ctx, s.DB.Q(ctx), ids)
	people := make(map[int64]Person, len(rows))
	for _, r := range rows {
		people[r.UserID] = personOf(r)
	}
	return people, err
}

// AdmitPerson keeps somebody from going until the commit. Who came after newcomers is locked alone, so that
// what they write is counted one after another. ok is false for whom the forum does not know.
func (s Store) AdmitPerson(ctx context.Context, userID int64, newcomers time.Time) (p Person, ok bool, err error) {
	rows, err := queries.PersonAdmit(ctx, s.DB.Q(ctx), forodb.PersonAdmitParams{UserID: userID, NewcomerSince: newcomers})
	if err != nil || len(rows) == 0 {
		return p, false, err
	}
	return personOf(forodb.Person(rows[0])), true, nil
}

// NewcomerLimit is when the text was written that has to be a day old before a newcomer writes one more, of
// most in a day; ok is false when they may.
func (s Store) NewcomerLimit(ctx context.Context, userID int64, comment bool, most int, dayAgo time.Time) (at time.Time, ok bool, err error) {
	rows, err := queries.NewcomerLimit(ctx, s.DB.Q(ctx), forodb.NewcomerLimitParams{UserID: userID, Comment: comment, DayAgo: dayAgo, SkipRows: int32(most - 1)})
	if err != nil || len(rows) == 0 {
		return at, false, err
	}
	return rows[0], true, nil
}

// PutNewcomer notes that a newcomer writes something.
func (s Store) PutNewcomer(ctx context.Context, userID int64, comment bool, at time.Time) error {
	return queries.NewcomerPut(ctx, s.DB.Q(ctx), forodb.NewcomerPutParams{UserID: userID, Comment: comment, At: at})
}

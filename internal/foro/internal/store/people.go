package store

import (
	"context"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/foro/internal/store/forodb"
	"agrovet/internal/platform/geo"
)

// Person is what the forum knows of somebody.
type Person struct {
	UserID    int64
	Role      auth.Role
	Since     time.Time
	Verified  bool       // a specialist, by staff's decision
	Species   []string   // of a specialist
	Place     *geo.Point // of a specialist, roughly; nil: not said
	Gone      bool
	Suspended bool // there are or were suspensions: look
}

// Join makes somebody known to the forum, and says whether they were not. The role is that of the moment.
func (s Store) Join(ctx context.Context, userID int64, role auth.Role) (bool, error) {
	n, err := queries.PersonJoin(ctx, s.DB.Q(ctx), forodb.PersonJoinParams{UserID: userID, Role: string(role)})
	return n > 0, err
}

// Learn stores what somebody is as a specialist, known to the forum or not. Who is gone is none.
func (s Store) Learn(ctx context.Context, p Person) error {
	return queries.PersonKnows(ctx, s.DB.Q(ctx), forodb.PersonKnowsParams{UserID: p.UserID, Verified: p.Verified, Species: notNil(p.Species),
		Latitude: latitude(p.Place), Longitude: longitude(p.Place)})
}

// Stay keeps people from going until the commit, whether the forum knows them already or not, and returns those who
// are not gone. It is called before a post is locked.
func (s Store) Stay(ctx context.Context, userIDs []int64) ([]int64, error) {
	if len(userIDs) == 0 {
		return nil, nil
	}
	if err := queries.PeopleJoin(ctx, s.DB.Q(ctx), userIDs); err != nil {
		return nil, err
	}
	return queries.PeopleStay(ctx, s.DB.Q(ctx), userIDs)
}

// SetPersonRole notes the role that somebody has in auth.
func (s Store) SetPersonRole(ctx context.Context, userID int64, role auth.Role) error {
	return queries.PersonSetRole(ctx, s.DB.Q(ctx), forodb.PersonSetRoleParams{UserID: userID, Role: string(role)})
}

// LockPerson keeps somebody from going until the commit; alone also lets whoever else changes what the person
// has wait. ok is false for whom the forum does not know.
func (s Store) LockPerson(ctx context.Context, userID int64, alone bool) (p Person, ok bool, err error) {
	lock := queries.PersonLock
	if alone {
		lock = queries.PersonLockAlone
	}
	rows, err := lock(ctx, s.DB.Q(ctx), userID)
	if err != nil || len(rows) == 0 {
		return p, false, err
	}
	return personOf(rows[0]), true, nil
}

// People are what the forum knows of these people. Whom it does not know is left out.
func (s Store) People(ctx context.Context, ids ...int64) (map[int64]Person, error) {
	rows, err := queries.PeopleByID(ctx, s.DB.Q(ctx), ids)
	people := make(map[int64]Person, len(rows))
	for _, r := range rows {
		people[r.UserID] = personOf(r)
	}
	return people, err
}

func personOf(r forodb.Person) Person {
	return Person{UserID: r.UserID, Role: auth.Role(r.Role), Since: r.Since, Verified: r.Verified, Species: r.Species, Place: point(r.Latitude, r.Longitude), Gone: r.Gone, Suspended: r.Suspended}
}

func point(lat, lon *float64) *geo.Point {
	if lat == nil || lon == nil {
		return nil
	}
	return &geo.Point{Latitude: *lat, Longitude: *lon}
}

func latitude(p *geo.Point) *float64 {
	if p == nil {
		return nil
	}
	return &p.Latitude
}

func longitude(p *geo.Point) *float64 {
	if p == nil {
		return nil
	}
	return &p.Longitude
}

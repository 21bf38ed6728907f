package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/geo"
)

// Near is active adverts within a circle, nearest first by their rough places.
type Near struct {
	Circle     geo.Circle
	CategoryID int64   // 0: any
	RootID     int64   // 0: any
	Without    []int64 // publishers that are left out
}

// NearSpan is a part of such a list.
type NearSpan struct {
	AfterKM float64 // only what is behind this distance and id
	AfterID int64
	Seen    int // about how many are before that
	Skip    int
	Limit   int
}

// NearRow is an advert and its distance.
type NearRow struct {
	ID int64
	KM float64
}

// more is by how much farther the next try looks when one has found too few.
const more = 8

// Near returns a part of the list.
//
// The index knows which places are near each other on the plane of degrees alone. So it is asked twice:
// for as many neighbours on that plane as are wanted, of which the farthest is at some distance on
// Earth; and for all places in the boxes that hold the circle of that radius, among which the nearest must
// be. Publishers that are left out, or adverts that came meanwhile, may leave too few of
// them: then the circle grows.
func (s Store) Near(ctx context.Context, n Near, span NearSpan) ([]NearRow, error) {
	for wanted := span.Seen + span.Skip + span.Limit; ; wanted *= more {
		within, all, err := s.within(ctx, n, wanted)
		if err != nil {
			return nil, err
		}
		rows, err := s.inCircle(ctx, n, geo.Circle{Center: n.Circle.Center, KM: within}, span)
		if err != nil || len(rows) == span.Limit || all {
			return rows, err
		}
	}
}

// within is a radius in which there are at least so many adverts, or the circle's own; all says that it
// is that.
func (s Store) within(ctx context.Context, n Near, wanted int) (km float64, all bool, err error) {
	var q statement
	c, p := n.Circle, n.plane()
	lat, limit := q.arg(c.Center.Latitude), q.arg(wanted)
	var neighbours []string
	for _, turn := range turns(c) {
		neighbours = append(neighbours, fmt.Sprintf(`(select rough_latitude, rough_longitude from add where status = 'active' and rough_latitude is not null%s
			order by %s <-> point(%s, %s) limit %s)`, p.narrow(&q), p.point, q.arg(p.x(c.Center.Longitude+turn)), lat, limit))
	}
	q.add(`select coalesce(max(km), 0), count(*) from (select distance_km(%s, %s, rough_latitude, rough_longitude) as km
		from (%s) neighbours order by km limit %s) nearest`, lat, q.arg(c.Center.Longitude), strings.Join(neighbours, " union all "), limit)
	found := 0
	if err := s.DB.Q(ctx).QueryRow(ctx, q.text.String(), q.args...).Scan(&km, &found); err != nil {
		return 0, false, err
	}
	if found < wanted || km >= c.KM {
		return c.KM, true, nil
	}
	return km, false, nil
}

// turns are the names, in degrees more, of the circle's center on the plane: two where it meets the
// 180th meridian.
func turns(c geo.Circle) []float64 {
	if half := c.HalfWidth(); half >= 180 {
		return []float64{0, -360, 360}
	} else if c.Center.Longitude-half < -180 {
		return []float64{0, 360}
	} else if c.Center.Longitude+half > 180 {
		return []float64{0, -360}
	}
	return []float64{0}
}

// plane is where an index has its points: degrees, and for each category a plane of its own.
type plane struct {
	point  string // as the index has it
	column string // of the category; empty: all are on one plane
	id     int64  // of the category
}

// planeWidth keeps the planes of categories apart: no two points of one are as far from each other.
const planeWidth = 1000

func (n Near) plane() plane {
	switch {
	case n.CategoryID != 0:
		return plane{"point(rough_longitude + 1000 * category_id, rough_latitude)", "category_id", n.CategoryID}
	case n.RootID != 0:
		return plane{"point(rough_longitude + 1000 * root_id, rough_latitude)", "root_id", n.RootID}
	}
	return plane{point: "point(rough_longitude, rough_latitude)"}
}

func (p plane) x(longitude float64) float64 { return longitude + planeWidth*float64(p.id) }

// narrow ends the neighbours with the category: behind its last one the index would go on with others.
func (p plane) narrow(q *statement) string {
	if p.id == 0 {
		return ""
	}
	return fmt.Sprintf(" and %s is not null and %s", p.column, p.inBox(q, geo.Box{South: -90, West: -180, North: 90, East: 180}))
}

func (p plane) inBox(q *statement, b geo.Box) string {
	return fmt.Sprintf("%s <@ box(point(%s, %s), point(%s, %s))", p.point, q.arg(p.x(b.West)), q.arg(b.South), q.arg(p.x(b.East)), q.arg(b.North))
}

// inCircle is the part of the list in a circle that is no larger than the list's.
func (s Store) inCircle(ctx context.Context, n Near, c geo.Circle, span NearSpan) ([]NearRow, error) {
	var q statement
	q.inCircle(n, c)
	q.add(" select id, km from inside where (km, id) > (%s, %s) order by km, id limit %s offset %s", q.arg(span.AfterKM), q.arg(span.AfterID), q.arg(span.Limit), q.arg(span.Skip))
	rows, err := s.DB.Q(ctx).Query(ctx, q.text.String(), q.args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[NearRow])
}

// NearCount counts what is in the circle, up to limit. When as many neighbours lie in it, that is all
// that is looked at.
func (s Store) NearCount(ctx context.Context, n Near, limit int) (count int64, err error) {
	if _, all, err := s.within(ctx, n, limit); err != nil || !all && len(n.Without) == 0 {
		return int64(limit), err
	}
	var q statement
	q.inCircle(n, n.Circle)
	q.add(" select count(*) from (select from inside limit %s) bounded", q.arg(limit))
	return count, s.DB.Q(ctx).QueryRow(ctx, q.text.String(), q.args...).Scan(&count)
}

// inCircle begins a query with the adverts in a circle, as inside.
func (q *statement) inCircle(n Near, c geo.Circle) {
	p := n.plane()
	q.add(`with inside as not materialized (select id, km from (select id, distance_km(%s, %s, rough_latitude, rough_longitude) as km from add`,
		q.arg(c.Center.Latitude), q.arg(c.Center.Longitude))
	q.where(List{Status: "active", CategoryID: n.CategoryID, RootID: n.RootID, Without: n.Without})
	q.add(" and rough_latitude is not null and (false")
	for _, b := range c.Boxes() {
		q.add(" or %s", p.inBox(q, b))
	}
	q.add(") offset 0) boxed where km <= %s)", q.arg(c.KM))
}

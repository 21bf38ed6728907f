package marketplacemod_test

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/geo"
)

// ellipsoid is the distance in km on WGS 84 by the inverse formula of T. Vincenty ("Direct and Inverse
// Solutions of Geodesics on the Ellipsoid", Survey Review 23, 1975), which knows neither the haversine nor
// a sphere.
func ellipsoid(p, q geo.Point) float64 {
	const a, f = 6378.137, 1 / 298.257223563
	const b = a * (1 - f)
	rad := func(d float64) float64 { return d * math.Pi / 180 }
	u1, u2 := math.Atan((1-f)*math.Tan(rad(p.Latitude))), math.Atan((1-f)*math.Tan(rad(q.Latitude)))
	l := rad(math.Remainder(q.Longitude-p.Longitude, 360))
	lambda := l
	for range 100 {
		x := math.Cos(u2) * math.Sin(lambda)
		y := math.Cos(u1)*math.Sin(u2) - math.Sin(u1)*math.Cos(u2)*math.Cos(lambda)
		sinSigma := math.Hypot(x, y)
		if sinSigma == 0 {
			return 0
		}
		cosSigma := math.Sin(u1)*math.Sin(u2) + math.Cos(u1)*math.Cos(u2)*math.Cos(lambda)
		sigma := math.Atan2(sinSigma, cosSigma)
		sinAlpha := math.Cos(u1) * math.Cos(u2) * math.Sin(lambda) / sinSigma
		cos2Alpha := 1 - sinAlpha*sinAlpha
		cos2M := 0.0
		if cos2Alpha > 0 {
			cos2M = cosSigma - 2*math.Sin(u1)*math.Sin(u2)/cos2Alpha
		}
		c := f / 16 * cos2Alpha * (4 + f*(4-3*cos2Alpha))
		before := lambda
		lambda = l + (1-c)*f*sinAlpha*(sigma+c*sinSigma*(cos2M+c*cosSigma*(2*cos2M*cos2M-1)))
		if math.Abs(lambda-before) < 1e-12 {
			uu := cos2Alpha * (a*a - b*b) / (b * b)
			k := uu / 1024 * (256 + uu*(-128+uu*(74-47*uu)))
			delta := k * sinSigma * (cos2M + k/4*(cosSigma*(2*cos2M*cos2M-1)-k/6*cos2M*(4*sinSigma*sinSigma-3)*(4*cos2M*cos2M-3)))
			return b * (1 + uu/16384*(4096+uu*(-768+uu*(320-175*uu)))) * (sigma - delta)
		}
	}
	panic("no convergence")
}

func TestTheReferenceIsRight(t *testing.T) {
	// Geoscience Australia's test line Flinders Peak to Buninyong: 54,972.271 m.
	require.InDelta(t, 54.972271, ellipsoid(geo.Point{Latitude: -37.95103341666667, Longitude: 144.42486788888888},
		geo.Point{Latitude: -37.65282113888889, Longitude: 143.92649552777778}), 1e-6)
}

func TestDistancesAreThoseOnEarth(t *testing.T) {
	w := setup(t)
	for name, at := range map[string]geo.Point{
		"equator": {Latitude: 0, Longitude: -63}, "60 north": {Latitude: 60, Longitude: 20}, "over 180 degrees": {Latitude: -17, Longitude: 179.95},
		"over 180 degrees, from the east": {Latitude: 52, Longitude: -179.9}, "60 south": {Latitude: -60, Longitude: -45},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := w.db.Q(t.Context()).Exec(t.Context(), "delete from add")
			require.NoError(t, err)
			random := rand.New(rand.NewPCG(1, 2))
			points := make([]geo.Point, 300)
			for i := range points {
				points[i] = at.Moved(2*math.Pi*random.Float64(), 490*math.Sqrt(random.Float64()))
			}
			w.places(points...)
			got := w.near(store.Near{Circle: geo.Circle{Center: at, KM: 500}}, 100)
			require.Equal(t, w.count("add where status = 'active'"), len(got))
			byID := w.placesByID()
			for _, r := range got {
				want := ellipsoid(at, byID[r.ID])
				require.InEpsilon(t, want, r.KM, 0.001, "%v", byID[r.ID])
			}
		})
	}
}

// places makes active adverts at these places, all of the first category's, by turns.
func (w *world) places(points ...geo.Point) {
	w.t.Helper()
	var lat, lon []float64
	for _, p := range points {
		lat, lon = append(lat, p.Latitude), append(lon, p.Longitude)
	}
	_, err := w.db.Q(context.Background()).Exec(context.Background(), `insert into add (publisher_id, title, description, condition, category_id, root_id, price, currency,
			unit, latitude, longitude, rough_latitude, rough_longitude, status)
		select n % 50 + 1, 'Vaca', 'Vaca', 'used', case when n % 7 > 0 then leaf.id end, case when n % 7 > 0 then leaf.parent_id end, 1, 'BOB', 'unidad', lat, lon, lat, lon,
			case when n % 11 = 0 then 'paused' else 'active' end
		from unnest($1::float8[], $2::float8[]) with ordinality place (lat, lon, n)
		cross join lateral (select id, parent_id from category where parent_id is not null order by id limit 1 offset n % 3 * 9) leaf`, lat, lon)
	require.NoError(w.t, err)
	_, err = w.db.Q(context.Background()).Exec(context.Background(), "analyze add")
	require.NoError(w.t, err)
}

func (w *world) placesByID() map[int64]geo.Point {
	w.t.Helper()
	rows, err := w.db.Q(context.Background()).Query(context.Background(), "select id, rough_latitude, rough_longitude from add")
	require.NoError(w.t, err)
	all, id, p := map[int64]geo.Point{}, int64(0), geo.Point{}
	_, err = pgx.ForEachRow(rows, []any{&id, &p.Latitude, &p.Longitude}, func() error { all[id] = p; return nil })
	require.NoError(w.t, err)
	return all
}

// near walks a list by distance to its end, page by page.
func (w *world) near(n store.Near, size int) (all []store.NearRow) {
	w.t.Helper()
	s := store.Store{DB: w.db}
	for span := (store.NearSpan{AfterKM: -1, Limit: size}); ; {
		page, err := s.Near(context.Background(), n, span)
		require.NoError(w.t, err)
		all = append(all, page...)
		if len(page) < size {
			return all
		}
		last := page[size-1]
		span.AfterKM, span.AfterID, span.Seen = last.KM, last.ID, span.Seen+size
	}
}

// awkward are places where mistakes hide: everywhere on Earth, at the poles, around the 180th meridian, in
// clusters of the very same place, and in a dense city ten kilometres from an empty village.
func awkward(random *rand.Rand) (all []geo.Point) {
	for range 4000 {
		all = append(all, geo.Point{Latitude: math.Asin(2*random.Float64()-1) * 180 / math.Pi, Longitude: 360*random.Float64() - 180})
	}
	around := func(n int, km float64, centers ...geo.Point) {
		for i := range n {
			all = append(all, centers[i%len(centers)].Moved(2*math.Pi*random.Float64(), km*math.Sqrt(random.Float64())))
		}
	}
	around(1500, 300, geo.Point{Latitude: 90}, geo.Point{Latitude: -90, Longitude: 77}, geo.Point{Latitude: 88.5, Longitude: -30})
	around(1500, 200, geo.Point{Latitude: -17, Longitude: 180}, geo.Point{Latitude: 64, Longitude: -179.5}, geo.Point{Longitude: 180})
	around(2500, 1.5, city)
	for range 500 {
		all = append(all, geo.Point{Latitude: -16.5, Longitude: -68.15})
	}
	return all
}

var (
	village = geo.Point{Latitude: -17.7, Longitude: -63.3}
	city    = village.Moved(1, 10)
)

func TestOrderByDistanceEqualsBruteForce(t *testing.T) {
	w := setup(t)
	random := rand.New(rand.NewPCG(7, 8))
	w.places(awkward(random)...)
	all := w.adverts()
	require.Len(t, all, 10_000)
	leaf, root := all[0].category, all[0].root
	for _, c := range []geo.Circle{
		{Center: village, KM: 5}, {Center: village, KM: 60}, {Center: village, KM: 500}, {Center: city, KM: 2},
		{Center: geo.Point{Latitude: 90}, KM: 500}, {Center: geo.Point{Latitude: -89.9, Longitude: 12}, KM: 400}, {Center: geo.Point{Latitude: 86, Longitude: 170}, KM: 500},
		{Center: geo.Point{Latitude: -17, Longitude: 179.99}, KM: 300}, {Center: geo.Point{Latitude: -17, Longitude: -179.99}, KM: 500},
		{Center: geo.Point{Latitude: 64, Longitude: -180}, KM: 250}, {Center: geo.Point{Latitude: 0, Longitude: 180}, KM: 500},
		{Center: geo.Point{Latitude: -16.5, Longitude: -68.15}, KM: 1}, {Center: geo.Point{Latitude: 60, Longitude: 20}, KM: 500}, {Center: geo.Point{}, KM: 0.1},
	} {
		for _, n := range []store.Near{{Circle: c}, {Circle: c, CategoryID: leaf}, {Circle: c, RootID: root}, {Circle: c, Without: []int64{1, 2, 3, 4, 5, 6, 7, 8}},
			{Circle: c, CategoryID: leaf, Without: []int64{9}}} {
			var want []int64
			for _, a := range all {
				if a.fits(n) {
					want = append(want, a.id)
				}
			}
			slices.SortFunc(want, func(x, y int64) int {
				return cmp.Or(cmp.Compare(all[x-all[0].id].km(c), all[y-all[0].id].km(c)), cmp.Compare(x, y))
			})
			got := w.near(n, 1+random.IntN(100))
			require.Equal(t, len(want), len(got), "%+v", n)
			for i, r := range got {
				a := all[r.ID-all[0].id]
				require.InDelta(t, all[want[i]-all[0].id].km(c), r.KM, 1e-6, "%+v: place %d", n, i)
				require.InDelta(t, a.km(c), r.KM, 1e-6)
			}
			seen := map[int64]bool{}
			for _, r := range got {
				require.True(t, all[r.ID-all[0].id].fits(n) && !seen[r.ID], "%+v: advert %d twice, or of another category", n, r.ID)
				seen[r.ID] = true
			}
			count, err := (store.Store{DB: w.db}).NearCount(t.Context(), n, 700)
			require.NoError(t, err)
			require.Equal(t, int64(min(700, len(want))), count, "%+v", n)
		}
	}
}

// placed is an advert as brute force sees it.
type placed struct {
	id, publisher, category, root int64
	active                        bool
	at                            geo.Point
}

func (p placed) km(c geo.Circle) float64 { return c.Center.KM(p.at) }

func (p placed) fits(n store.Near) bool {
	return p.active && p.km(n.Circle) <= n.Circle.KM && !slices.Contains(n.Without, p.publisher) &&
		(n.CategoryID == 0 || n.CategoryID == p.category) && (n.RootID == 0 || n.RootID == p.root)
}

func (w *world) adverts() []placed {
	w.t.Helper()
	rows, err := w.db.Q(context.Background()).Query(context.Background(), `select id, publisher_id, coalesce(category_id, 0), coalesce(root_id, 0), status = 'active',
		rough_latitude, rough_longitude from add order by id`)
	require.NoError(w.t, err)
	all, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (p placed, err error) {
		return p, r.Scan(&p.id, &p.publisher, &p.category, &p.root, &p.active, &p.at.Latitude, &p.at.Longitude)
	})
	require.NoError(w.t, err)
	return all
}

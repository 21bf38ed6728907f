package profilesmod_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestListsUseIndexes reads what the very queries of the lists scan, on 20,000 specialists.
func TestListsUseIndexes(t *testing.T) {
	w := setup(t)
	w.exec("insert into owner select n, 'specialist' from generate_series(1001, 21000) n")
	w.exec(`insert into specialist (user_id, profession, species, services, searchable, verified_type, rough_latitude, rough_longitude, cell)
		select n, 'Veterinario', case when n % 5000 = 0 then array['abejas'] else array['bovinos'] end, '{"consultas"}',
			'veterinario bovinos consultas atiendo fincas ' || n, case when n % 4000 = 0 then 'title' else '' end, lat, lon,
			band * 720 + floor((lon + 180) / 360 * columns)::integer % columns
		from generate_series(1001, 21000) n,
			lateral (select -55 + n::bigint * 7919 % 65000 / 1000.0::double precision as lat, -80 + n::bigint * 104729 % 45000 / 1000.0::double precision as lon) place,
			lateral (select floor((lat + 90) * 2)::integer as band) bands,
			lateral (select ceil(720 * cos(radians(least(abs(band / 2.0 - 90), abs(band / 2.0 - 89.5)))))::integer as columns) wide`)
	w.exec(`insert into verification (user_id, submitted_at, status) select n, now() - n * interval '1 second',
		case when n % 100 = 0 then 'pending' else 'rejected' end from generate_series(1001, 21000) n`)
	w.exec("vacuum analyze specialist")
	w.exec("vacuum analyze owner")
	w.exec("vacuum analyze verification")
	for name, at := range map[string]string{
		"Page": "specialists/?cursor=*", "Near": "specialists/?near=-17.78,-63.18", "NearByCursor": "specialists/?near=-17.78,-63.18&radius_km=100&cursor=*",
		"NearWithFilters": "specialists/?near=-17.78,-63.18&radius_km=200&species=abejas&search=fincas&cursor=*",
		"Rare":            "specialists/?species=abejas&cursor=*", "RareByNumber": "specialists/?species=abejas", "Verified": "specialists/?verified=true",
		"Search": "specialists/?search=19321", "Nothing": "specialists/?search=zzz&cursor=*", "Common": "specialists/?species=bovinos&cursor=*",
		"Pending": "verifications/?cursor=*", "All": "verifications/?status=all&cursor=*", "Expired": "verifications/?status=expired&cursor=*",
	} {
		t.Run(name, func(t *testing.T) {
			before := w.scanned(t)
			w.as(jefa, "GET", at, nil).ok(200)
			require.Equal(t, before, w.scanned(t), "rows read by sequential scans")
		})
	}
	got := userIDs(w.as(jefa, "GET", "specialists/?near=-17.78,-63.18&radius_km=200&page_size=100", nil).ok(200))
	var want []int
	for _, id := range w.texts(`select user_id::text from specialist where distance_km(-17.78, -63.18, rough_latitude, rough_longitude) <= 200
		order by distance_km(-17.78, -63.18, rough_latitude, rough_longitude), id limit 100`) {
		n, err := strconv.Atoi(id)
		require.NoError(t, err)
		want = append(want, n)
	}
	require.Equal(t, want, got, "as looking at everybody tells")
}

// scanned counts the rows that sequential scans have read, by table, as the server's statistics tell.
func (w *world) scanned(t *testing.T) []string {
	t.Helper()
	require.NoError(t, w.db.Tx(context.Background(), func(ctx context.Context) error {
		_, err := w.db.Q(ctx).Exec(ctx, "select pg_stat_force_next_flush(), pg_stat_clear_snapshot()")
		return err
	}))
	return w.texts(`select relname || ' ' || coalesce(seq_tup_read, 0) from pg_stat_user_tables
		where schemaname = 'profiles' and relname in ('specialist', 'owner', 'verification', 'work_image') order by relname`)
}

func TestDeletedMediaIsFoundByIndexes(t *testing.T) {
	w := many(t, 1)
	w.exec("insert into owner select n, 'specialist' from generate_series(1001, 6000) n")
	w.exec("insert into specialist (user_id, title_id) select n, n from generate_series(1001, 6000) n")
	w.exec("insert into work_image select n, 1, n from generate_series(1001, 6000) n")
	w.exec("vacuum analyze specialist")
	w.exec("vacuum analyze work_image")
	before := w.scanned(t)
	require.NoError(t, w.deliver(deletedMedia, `{"media_id": 77}`))
	require.Equal(t, before, w.scanned(t))
}

package foromod_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/media"
)

// TestCommunitiesAreNotReadWhole reads what the very queries of the routes scan, on 20,000 communities with
// 40,000 members: nothing reads a large table from beginning to end.
func TestCommunitiesAreNotReadWhole(t *testing.T) {
	w := setup(t)
	w.exec("insert into person (user_id) select n from generate_series(1000, 60000) n")
	w.exec("insert into community (id, name, slug, created_by, cover_id, avatar_id) select n, 'Vacas ' || n, 'v-' || n, 0, n, 100000 + n from generate_series(10000, 30000) n")
	w.exec("insert into community_words select id, array['v', 'va', 'vacas', 'n' || id, 'r' || id % 1000] from community where id >= 10000")
	w.exec("insert into member (community_id, user_id) select 10000 + n % 20000, 1000 + n / 2 from generate_series(1, 40000) n")
	w.exec("insert into member (community_id, user_id, role) select 10000, n, case when n < 1010 then 'moderator' else 'member' end from generate_series(1000, 21000) n on conflict do nothing")
	w.exec("insert into member (community_id, user_id) select 10000 + n, $1 from generate_series(1, 400) n", ana)
	w.exec("insert into ban (community_id, user_id, by_id) select 10000 + n % 100, 30000 + n / 100, 1 + n % 1000 from generate_series(1, 50000) n")
	w.exec("insert into post (author_id, title, content, community_id) select 1, 'T', 'C', 10000 + n % 100 from generate_series(1, 20000) n")
	w.exec("insert into draft (user_id, community_id) select 1000 + n, 10000 + n % 100 from generate_series(1, 20000) n")
	mine := w.founded(ana, "La mía")
	for _, table := range communityTables {
		w.exec("vacuum analyze " + table)
	}
	for _, r := range []struct {
		name, method, at string
		by               int64
		body             any
		status           int
		most             int // rows that are fetched by indexes
	}{
		{"Array", "GET", "communities/", 0, nil, 200, 210},
		{"Page", "GET", "communities/?page=100", ana, nil, 200, 2200},
		{"Cursor", "GET", "communities/?cursor=*", ana, nil, 200, 100},
		{"Mine", "GET", "communities/?mine=true&search=vacas&page=last", ana, nil, 200, 2100},
		{"SearchOfMany", "GET", "communities/?search=vacas&cursor=*", ana, nil, 200, 500},
		{"SearchOfFew", "GET", "communities/?search=r17&page=1", ana, nil, 200, 150},
		{"SearchOfNone", "GET", "communities/?search=xyz", ana, nil, 200, 10},
		{"SearchOfManyAndFew", "GET", "communities/?search=vacas,n12345", ana, nil, 200, 20},
		{"BySlug", "GET", "communities/by-slug/V-20000/", ana, nil, 200, 50},
		{"One", "GET", "communities/20000/", ana, nil, 200, 50},
		{"Make", "POST", "communities/", luis, object{"name": "Otra"}, 201, 50},
		{"Rename", "PATCH", path("communities/%d/", mine), ana, object{"name": "Mía", "slug": "mia"}, 200, 50},
		{"Join", "POST", "communities/10000/join/", luis, nil, 200, 50},
		{"Leave", "POST", "communities/10000/leave/", luis, nil, 200, 50},
		{"Members", "GET", "communities/10000/members/?page=400", ana, nil, 200, 9000},
		{"MembersByCursor", "GET", "communities/10000/members/?cursor=*&role=member", ana, nil, 200, 100},
		{"Moderators", "GET", "communities/10000/members/?role=moderator", ana, nil, 200, 50},
		{"Name", "PUT", "communities/10000/members/5000/", jefa, object{"role": "owner"}, 200, 50},
		{"PutOutTheOwner", "DELETE", "communities/10000/members/5000/", jefa, nil, 204, 50},
		{"Bans", "GET", "communities/10001/bans/?page=last", jefa, nil, 200, 1200},
		{"Lift", "DELETE", "communities/10001/bans/30000/", jefa, nil, 204, 50},
		{"Delete", "DELETE", "communities/10000/", jefa, nil, 204, 50},
	} {
		t.Run(r.name, func(t *testing.T) {
			before, fetched := w.scanned(t, communityTables), w.fetchedCommunities()
			got := w.as(r.by, r.method, r.at, r.body)
			require.Equal(t, r.status, got.Status, got.Raw)
			require.Equal(t, before, w.scanned(t, communityTables), "rows read by sequential scans")
			require.Less(t, w.fetchedCommunities()-fetched, r.most+1, "rows fetched by indexes")
		})
	}
	for name, do := range map[string]func(){
		"RoleChanged":       func() { w.event(auth.RoleChanged{UserID: luis, Role: auth.Businessman}) },
		"UserDeleted":       func() { w.event(auth.UserDeleted{UserID: ana}) },
		"MediaDeleted":      func() { w.event(media.Deleted{MediaID: 15000}) },
		"RemoveCommunities": func() { w.job("foro.remove-communities") },
	} {
		t.Run(name, func(t *testing.T) {
			before := w.scanned(t, communityTables)
			do()
			require.Equal(t, before, w.scanned(t, communityTables), "rows read by sequential scans")
		})
	}
	require.Zero(t, w.count("community where gone"))
}

var communityTables = []string{"ban", "community", "community_words", "draft", "member", "person", "post"}

// fetchedCommunities counts the rows of these tables that were fetched by indexes.
func (w *world) fetchedCommunities() int {
	w.t.Helper()
	return w.count("(select generate_series(1, (select sum(idx_tup_fetch)::int from pg_stat_user_tables where schemaname = 'foro' and relname = any($1)))) n", communityTables)
}

package foromod_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media"
)

// TestPostsAreReadByIndexes reads what the very queries of the routes scan, on 24,000 posts of 200 communities:
// one person is in 100 of them, another has written 6,000.
func TestPostsAreReadByIndexes(t *testing.T) {
	w := setup(t)
	w.exec("insert into community (name, slug) select 'Comunidad ' || n, 'c' || n from generate_series(1, 200) n")
	w.exec(`insert into post (author_id, anonymous, question, title, content, media_id, community_id, state)
		select case when n % 4 = 0 then 2 else 1000 + n % 5000 end, n % 10 = 0, n % 3 = 0, 'Título ' || n, 'Texto', case when n % 50 = 0 then 1000 + n end,
			(select min(id) from community) + n % 200, case when n % 100 = 7 then 'hidden' else 'visible' end from generate_series(1, 24000) n`)
	w.exec("insert into member (community_id, user_id) select id, 4 from community order by id limit 100")
	w.exec("insert into member (community_id, user_id) select c.id, 10000 + n from community c, generate_series(1, 100) n")
	w.exec("insert into tag (name) select 'etiqueta' || n from generate_series(1, 5000) n")
	w.exec("insert into post_tag (post_id, tag_id, shown) select p.id, t.id, p.state = 'visible' from post p join tag t on t.id in (p.id % 5000 + 1, p.id % 7 + 1)")
	w.exec("insert into comment (post_id, user_id, content, media_id) select id, 3, 'Sí', case when id % 20 = 0 then 100000 + id end from post where id % 2 = 0")
	w.exec("insert into revision (post_id, version, content, media_id) select id, 0, 'x', 200000 + id from post")
	w.exec("insert into mention (post_id, user_id) select id, 3 from post")
	w.exec("insert into draft (user_id, title, media_id) select 1000 + n % 500, 'x', 300000 + n from generate_series(1, 20000) n")
	w.exec("insert into person (user_id) select n from generate_series(1000, 30000) n")
	for _, table := range postTables {
		w.exec("vacuum analyze " + table)
	}
	community := w.place("ganado")
	w.exec("update post set community_id = $1 where id % 200 = 5", community)
	w.exec("vacuum analyze post")
	one := path("posts/%d/", 20001)
	for _, r := range []struct {
		name, method, at string
		by               int64
		body             any
		status           int
	}{
		{"List", "GET", "posts/", 0, nil, 200},
		{"ListByCursor", "GET", "posts/?cursor=*", 0, nil, 200},
		{"ListToTheEnd", "GET", "posts/?page=last", 0, nil, 200},
		{"Questions", "GET", "posts/?question=true", 0, nil, 200},
		{"NoQuestions", "GET", "posts/?question=false&cursor=*", 0, nil, 200},
		{"Community", "GET", path("posts/?community=%d", community), 0, nil, 200},
		{"CommunityByCursor", "GET", path("posts/?community=%d&cursor=*", community), 0, nil, 200},
		{"CommunityQuestions", "GET", path("posts/?community=%d&question=true", community), 0, nil, 200},
		{"ByCommunity", "GET", path("posts/by-community/?id=%d&page=last", community), 0, nil, 200},
		{"Author", "GET", "posts/?author=2&page=last", 0, nil, 200},
		{"AuthorOfLittle", "GET", "posts/?author=1001", 0, nil, 200},
		{"OneselfByCursor", "GET", "posts/?author=2&cursor=*", luis, nil, 200},
		{"AuthorInACommunity", "GET", path("posts/?author=2&community=%d", community), 0, nil, 200},
		{"AuthorAndTag", "GET", "posts/?author=1001&tag=etiqueta3", 0, nil, 200},
		{"Tag", "GET", "posts/?tag=etiqueta3&page=last", 0, nil, 200},
		{"RareTag", "GET", "posts/?tag=etiqueta4000", 0, nil, 200},
		{"TagByCursor", "GET", "posts/?tag=etiqueta3&cursor=*", 0, nil, 200},
		{"TagQuestions", "GET", "posts/?tag=etiqueta3&question=true", 0, nil, 200},
		{"TagInACommunity", "GET", path("posts/?tag=etiqueta3&community=%d", community), 0, nil, 200},
		{"Feed", "GET", "posts/feed/", carla, nil, 200},
		{"FeedByCursor", "GET", "posts/feed/?cursor=*", carla, nil, 200},
		{"FeedFarDown", "GET", "posts/feed/?page=40", carla, nil, 200},
		{"Detail", "GET", one, 0, nil, 200},
		{"History", "GET", one + "history/", 0, nil, 200},
		{"Tags", "GET", "tags/", 0, nil, 200},
		{"TagsOfALetter", "GET", "tags/?search=e&cursor=*", 0, nil, 200},
		{"TagsOfTwo", "GET", "tags/?search=et", 0, nil, 200},
		{"TagsOfMany", "GET", "tags/?search=etiqueta49", 0, nil, 200},
		{"Drafts", "GET", "drafts/?page=last", 1001, nil, 200},
		{"SaveADraft", "POST", "drafts/", ana, object{"title": "a"}, 201},
		{"Post", "POST", "posts/", ana, object{"title": "a", "content": "b", "tags": []string{"etiqueta9", "nueva"}, "mention_ids": []int64{luis}, "community_id": community}, 201},
		{"Change", "PATCH", one, jefa, object{"content": "c", "tags": []string{"etiqueta9"}, "mention_ids": []int64{luis}}, 200},
		{"Delete", "DELETE", one, jefa, nil, 204},
	} {
		t.Run(r.name, func(t *testing.T) {
			before := w.scanned(t, postTables)
			got := w.as(r.by, r.method, r.at, r.body)
			require.Equal(t, r.status, got.Status, got.Raw)
			require.Equal(t, before, w.scanned(t, postTables), "rows read by sequential scans")
		})
	}
	t.Run("FilesThatAreGone", func(t *testing.T) {
		for _, id := range []int64{1050, 100_020, 200_005, 300_005} {
			require.Equal(t, 1, w.count("(select media_id from post union all select media_id from comment union all select media_id from draft union all select media_id from revision) m where media_id = $1", id))
			before := w.scanned(t, postTables)
			w.event(media.Deleted{MediaID: id})
			require.Equal(t, before, w.scanned(t, postTables))
		}
	})
}

var postTables = []string{"post", "comment", "member", "tag", "post_tag", "mention", "revision", "draft", "person"}

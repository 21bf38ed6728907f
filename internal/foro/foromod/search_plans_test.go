package foromod_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/search"
)

var searchTables = []string{"post", "comment", "document", "term", "word", "tag", "post_tag"}

// TestSearchesAreReadByIndexes reads what searches and the making of documents scan, with 10,000 posts and 20,000 comments.
func TestSearchesAreReadByIndexes(t *testing.T) {
	w := setup(t)
	for _, table := range []string{"post", "comment", "post_tag"} {
		w.exec("alter table " + table + " disable trigger user")
	}
	w.exec("insert into post (author_id, title, content) select 1000 + n % 500, 'Vaca ' || n, 'precio' from generate_series(1, 10000) n")
	w.exec("insert into comment (post_id, user_id, content) select 1 + n % 10000, 1000 + n % 300, 'precio' from generate_series(1, 20000) n")
	w.exec("insert into tag (name) select 'etiqueta' || n from generate_series(1, 2000) n")
	w.exec("insert into post_tag (post_id, tag_id) select p.id, t.id from post p join tag t on t.id in (p.id % 2000 + 1, p.id % 7 + 1)")
	for _, table := range []string{"post", "comment", "post_tag"} {
		w.exec("alter table " + table + " enable trigger user")
	}
	w.document(30_000)
	w.indexed()
	w.exec("insert into term select n, 1 from generate_series(1, 40000) n")
	w.exec("insert into word select 'palabra' || n, 1, array['p' || n, 'q' || n % 100], n from generate_series(1, 40000) n")
	for _, table := range searchTables {
		w.exec("vacuum analyze " + table)
	}
	below := httpx.EncodeCursor(object{"below": 9000, "began": w.clock()})
	for _, query := range []string{"", "q=precio", "q=melipona", "q=xyzzyx", "q=vaca+precio", "q=fiebre+aftosa", "q=meliponna+", "q=melip", "q=precio&in=comments", "in=posts", "author=1007", "community=7",
		"tag=etiqueta7&question=true", "answered=false&species=bovinos&since=2026-01-01", "q=precio&since=2020-02-02", "q=precio&cursor=*", "q=precio&page=15",
		"q=precio&cursor=" + below, "cursor=" + below} {
		t.Run(query, func(t *testing.T) {
			before := w.scanned(t, searchTables)
			w.as(0, "GET", "search/?"+query, nil).ok(200)
			require.Equal(t, before, w.scanned(t, searchTables))
		})
	}
	t.Run("Jobs", func(t *testing.T) {
		post := w.posted(ana, object{"tags": []string{"etiqueta9"}})
		w.commented(luis, post)
		w.set("post", 77, "state = 'hidden'")
		w.set("comment", 78, "content = 'nuevo'")
		w.set("post", 79, "answered = true")
		before := w.scanned(t, searchTables)
		w.indexed()
		w.exec("delete from comment where id = 5")
		w.exec("delete from post where id = 81")
		require.Equal(t, before, w.scanned(t, searchTables))
	})
}

// document makes documents of posts and comments without their job: every post is about cows, one in 2,000 is rare.
func (w *world) document(n int) {
	w.t.Helper()
	analyzer, s := search.New(search.Default()), store.Store{DB: w.db}
	frequent, rare := analyzer.Text(search.Field{Text: "vaca precio"}), analyzer.Text(search.Field{Text: "melipona precio"})
	comment := analyzer.Text(search.Field{Text: "precio"})
	for from := 0; from < n; from += 2000 {
		docs := make([]store.Document, 2000)
		for i := range docs {
			id := int64(from + i)
			d := store.Document{Of: foro.Target{PostID: 1 + id%10_000}, Terms: append(frequent[:2:2], search.Trait("kind", "post")), Title: frequent[:1], CreatedAt: w.clock()}
			if id%2000 == 7 {
				d.Terms = rare
			}
			if id >= 10_000 {
				d.Of.CommentID, d.Terms, d.Title = id-10_000+1, append(comment[:1:1], search.Trait("kind", "comment"), search.Trait("author", fmt.Sprint(1000+id%300))), nil
				d.Of.PostID = 1 + d.Of.CommentID%10_000
			}
			docs[i] = d
		}
		require.NoError(w.t, s.PutDocuments(w.t.Context(), docs))
	}
}

// TestDocumentsFollowWhoeverWritesMeanwhile: while jobs of two processes make documents, people write, edit, hide and delete.
func TestDocumentsFollowWhoeverWritesMeanwhile(t *testing.T) {
	w := setup(t)
	var posts []int64
	for range 4 {
		posts = append(posts, w.posted(ana, object{"title": "Inicio", "content": "x"}))
	}
	done := make(chan struct{})
	var jobs, writers sync.WaitGroup
	for range 2 {
		jobs.Go(func() {
			for {
				w.job("foro.document")
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for n := range 4 {
		writers.Go(func() {
			for i := range 25 {
				post := posts[(n+i)%3]
				w.commented(luis, post, object{"content": fmt.Sprintf("Comentario %d", i)})
				w.set("post", post, fmt.Sprintf("title = 'Cambio%d%d'", n, i))
				w.set("comment", int64(1+i*n), fmt.Sprintf("content = 'Otro%d'", i))
				if i%5 == 0 {
					w.set("post", posts[3], fmt.Sprintf("state = '%s'", []string{"hidden", "visible"}[i%2]))
					w.exec("delete from comment where id = $1", i*n)
				}
				w.exec("delete from post where id = $1", w.posted(ana, object{"title": "Breve"}))
			}
		})
	}
	writers.Wait()
	close(done)
	jobs.Wait()
	w.job("foro.document")
	require.Zero(t, w.count("due"))
	require.Equal(t, w.count("post where state = 'visible'"), w.count("document where comment_id is null"))
	require.Equal(t, w.count("comment c join post p on p.id = c.post_id where c.state = 'visible' and p.state = 'visible'"), w.count("document where comment_id is not null"))
	analyzer := search.New(search.Default())
	for _, title := range w.texts("select distinct title from post where state = 'visible'") {
		terms := analyzer.Text(search.Field{Text: title})
		require.Equal(t, w.count("post where state = 'visible' and title = $1", title),
			w.count("document d join post p on p.id = d.post_id where d.comment_id is null and p.title = $1 and d.title_terms = $2 and d.terms @> $2", title, terms), title)
	}
	for _, content := range w.texts("select distinct content from comment") {
		terms := analyzer.Text(search.Field{Text: content})
		require.Equal(t, w.count("comment c join post p on p.id = c.post_id where p.state = 'visible' and c.content = $1", content),
			w.count("document d join comment c on c.id = d.comment_id where c.content = $1 and d.terms @> $2", content, terms), content)
	}
}

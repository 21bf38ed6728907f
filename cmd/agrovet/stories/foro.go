package stories

import (
	"strings"

	"github.com/stretchr/testify/require"
)

// posted is the id of a new post; pairs are fields that differ.
func (p *person) posted(pairs ...any) (path string, id int64) {
	p.s.Helper()
	body := j{"title": "Mi vaca no come", "content": "Está triste."}
	for i := 0; i < len(pairs); i += 2 {
		body[pairs[i].(string)] = pairs[i+1]
	}
	id = p.post(201, "/api/foro/posts/", body).id("id")
	return at("/api/foro/posts/%d/", id), id
}

// commented is the id of a new comment on a post, or, with a parent, of an answer to a comment.
func (p *person) commented(post, parent int64) int64 {
	p.s.Helper()
	body := j{"post": post, "content": "Llame al veterinario.", "parent": nil}
	if parent != 0 {
		body["parent"] = parent
	}
	return p.post(201, "/api/foro/comments/", body).id("id")
}

// foroTales are rest.md §7, posts and what is said to them.
var foroTales = []tale{
	{"APostIsWrittenAndRead", func(s *story) {
		ana := s.member("specialist")
		word := s.word()
		got := ana.post(201, "/api/foro/posts/", j{"title": "Sobre pastos", "content": "Hay que sembrar. #" + word, "species": []string{"pastos"}, "media_id": ana.uploaded(), "is_question": false}).
			is("title", "Sobre pastos", "author.id", ana.id, "author.name", ana.name, "author.full_name", ana.name, "author.role", "Specialist", "comments_count", 0, "reactions_count", 0,
				"media.kind", "image", "community", nil, "tags", []string{word}, "is_question", false, "comments", []int{}, "state", "visible")
		path := at("/api/foro/posts/%d/", got.id("id"))
		s.nobody().get(200, path).is("title", "Sobre pastos", "author.id", ana.id)
		s.nobody().get(200, got.text("media.url"))
		s.nobody().get(200, "/api/foro/posts/?tag="+word).is("count", 1)
		s.nobody().get(200, at("/api/foro/posts/?author=%d", ana.id)).is("count", 1)
		ana.patch(200, path, j{"title": "De pastos", "author": 1}).is("title", "De pastos", "content", "Hay que sembrar. #"+word, "version", 2)
		s.nobody().get(200, path+"history/").is("results.0.title", "Sobre pastos")
		ana.patch(412, path, j{"title": "x"}, "If-Match", `"1"`)
		ana.put(400, path, j{"title": "x"}).is("content.#", 1)
		ana.delete(204, path)
		s.nobody().get(404, path)
	}},
	{"WrongPostsAreRefused", func(s *story) {
		ana, beto := s.member("consumer"), s.someone("specialist")
		ana.post(400, "/api/foro/posts/", j{}).is("title", []string{"Este campo es requerido."}, "content", []string{"Este campo es requerido."})
		ana.post(400, "/api/foro/posts/", j{"title": strings.Repeat("x", 256), "content": "x"}).is("title.#", 1)
		for _, wrong := range []j{{"media_id": 999999999}, {"community_id": 999999999}, {"media_id": beto.uploaded()}} {
			wrong["title"], wrong["content"] = "x", "x"
			ana.post(400, "/api/foro/posts/", wrong)
		}
		s.nobody().post(401, "/api/foro/posts/", j{"title": "x", "content": "x"})
		path, _ := ana.posted()
		beto.patch(403, path, j{"title": "x"})
		beto.delete(403, path)
		s.nobody().delete(401, path)
	}},
	{"CommentsAndRepliesMakeATree", func(s *story) {
		ana, beto := s.member("consumer"), s.someone("specialist")
		path, post := ana.posted()
		first := beto.commented(post, 0)
		reply := ana.commented(post, first)
		s.nobody().get(200, path).is("comments_count", 2, "comments.#", 1, "comments.0.id", first, "comments.0.user.id", beto.id, "comments.0.replies_count", 1, "comments.0.replies.0.id", reply, "comments.0.replies.0.parent_id", first)
		s.nobody().get(200, at("/api/foro/comments/?post=%d", post)).is("count", 2)
		s.nobody().get(200, path+"comments/").is("results.0.id", first)
		s.nobody().get(200, at("/api/foro/comments/%d/replies/", first)).is("results.*.id", []int64{reply})
		ana.post(201, "/api/foro/comments/", j{"post_id": post, "parent_id": first, "content": "otra"}).is("post", post, "parent_id", first)
		for _, wrong := range []j{{"post": 999999999, "content": "x"}, {"post": post, "parent": 999999999, "content": "x"}, {"post": post}, {"content": "x"}} {
			ana.post(400, "/api/foro/comments/", wrong)
		}
		mine := at("/api/foro/comments/%d/", first)
		ana.patch(403, mine, j{"content": "x"})
		beto.patch(200, mine, j{"content": "Llame hoy."}).is("content", "Llame hoy.")
		s.nobody().get(200, mine+"history/").is("results.0.content", "Llame al veterinario.")
		beto.delete(204, mine)
		s.nobody().get(200, path).is("comments.0.replies.0.id", reply) // replies stay
	}},
	{"ReactionsCountOnce", func(s *story) {
		ana, beto := s.member("consumer"), s.someone("specialist")
		path, post := ana.posted()
		react := func(status int, kind string) answer {
			return beto.post(status, "/api/foro/reactions/", j{"type": kind, "content_type": "post", "object_id": post})
		}
		react(201, "like").is("type", "like", "user", beto.id, "object_id", post)
		react(200, "like")
		heart := react(201, "heart").id("id")
		beto.get(200, path).is("likes_count", 1, "hearts_count", 1, "reactions_count", 2)
		react(201, "dislike")
		beto.get(200, path).is("likes_count", 0, "dislikes_count", 1, "reactions_count", 2)
		react(400, "amor").is("type", []string{`"amor" no es una elección válida.`})
		beto.post(400, "/api/foro/reactions/", j{"type": "like", "content_type": "vaca", "object_id": post}).is("detail", "invalid content_type")
		beto.post(404, "/api/foro/reactions/", j{"type": "like", "content_type": "post", "object_id": 999999999}).is("detail", "Objeto no encontrado")
		ana.delete(404, at("/api/foro/reactions/%d/remove/", heart))
		beto.delete(204, at("/api/foro/reactions/%d/remove/", heart))
		beto.delete(404, at("/api/foro/reactions/%d/remove/", heart))
		beto.get(200, path).is("reactions_count", 1)
	}},
	{"AnAnswerIsAccepted", func(s *story) {
		ana, vet := s.member("consumer"), s.member("specialist")
		path, post := ana.posted("title", "¿Qué le doy?", "is_question", true)
		answer := vet.commented(post, 0)
		vet.post(403, path+"accept/", j{"comment": answer})
		ana.post(400, path+"accept/", j{"comment": 999999999})
		ana.post(200, path+"accept/", j{"comment": answer}).is("answered", true, "accepted_comment_id", answer, "comments.0.is_accepted", true)
		vet.told("answer_accepted").is("actor.id", ana.id, "comment_id", answer)
		ana.delete(204, path+"accept/")
		s.nobody().get(200, path).is("answered", false, "accepted_comment_id", nil)
	}},
	{"PostsAreFoundByOtherWords", func(s *story) {
		ana, word := s.member("consumer"), s.word()
		_, post := ana.posted("title", "Vaca echada "+word)
		s.until("it is found", func() bool {
			return s.nobody().get(200, "/api/foro/search/?q=reses%20"+word).has("results.*.post.id", []int64{post})
		})
		s.nobody().get(200, "/api/foro/search/?q="+word+"nadie").is("results", []int{})
	}},
	{"ADraftIsPublished", func(s *story) {
		ana := s.member("consumer")
		path := at("/api/foro/drafts/%d/", ana.post(201, "/api/foro/drafts/", j{"title": "Borrador"}).id("id"))
		s.someone("specialist").get(404, path)
		ana.post(400, path+"publish/", nil).is("content.#", 1)
		ana.patch(200, path, j{"content": "Listo."}).is("content", "Listo.", "title", "Borrador")
		ana.post(201, path+"publish/", nil).is("title", "Borrador", "content", "Listo.")
		ana.get(404, path)
	}},
	{"AnonymousQuestionsHideTheirAuthor", func(s *story) {
		ana := s.member("consumer")
		path, _ := ana.posted("anonymous", true, "is_question", true, "title", "¿Es grave?")
		got := s.someone("specialist").get(200, path).is("anonymous", true)
		require.NotContains(s, got.raw, ana.name)
	}},
	{"AReportedPostIsRemovedWithItsPicture", func(s *story) {
		ana, beto := s.member("consumer"), s.someone("specialist")
		first, second := s.staff(1), s.staff(2)
		picture := ana.uploaded()
		path, post := ana.posted("media_id", picture)
		url := s.nobody().get(200, path).text("media.url")
		beto.post(201, path+"report/", j{"reason": "dangerous_advice", "note": "Maltrata."})
		beto.post(400, path+"report/", j{"reason": "feo"}).is("reason.#", 1)
		beto.get(403, "/api/foro/moderation/cases/")
		var id int64
		cases := first.get(200, "/api/foro/moderation/cases/?state=open&page_size=100")
		for i := range cases.list("results") {
			if cases.has(at("results.%d.target.post_id", i), post) {
				id = cases.id(at("results.%d.id", i))
			}
		}
		one := at("/api/foro/moderation/cases/%d/", id)
		first.get(200, one).is("all_reports.0.note", "Maltrata.")
		ana.post(404, one+"decide/", j{"decision": "dismiss"})
		first.post(200, one+"decide/", j{"decision": "remove", "reason": "Fomenta el maltrato."})
		s.until("the picture is gone", func() bool { return s.nobody().try("GET", url, nil).status == 404 })
		s.until("and what was known of it", func() bool { return ana.try("GET", at("/api/media/%d/", picture), nil).status == 404 })
		s.nobody().get(404, path)
		require.Contains(s, ana.told("moderation").text("summary"), "Fomenta el maltrato.")
		s.nobody().get(200, "/api/foro/moderation/log/").contains("results.*.target.post_id", post)
		ana.post(201, path+"appeal/", j{"text": "Era una forma de hablar."})
		appeals := first.get(200, "/api/foro/moderation/cases/?kind=appeal&state=open&page_size=100")
		for i := range appeals.list("results") {
			if appeals.has(at("results.%d.target.post_id", i), post) {
				id = appeals.id(at("results.%d.id", i))
			}
		}
		decide := at("/api/foro/moderation/cases/%d/decide/", id)
		first.post(403, decide, j{"decision": "restore"})
		second.post(200, decide, j{"decision": "restore"})
		s.nobody().get(200, path).is("content", "Está triste.", "media", nil, "state", "visible")
		ana.get(200, "/api/foro/moderation/me/").is("suspended", false)
	}},
	{"SentAgainWithItsKeyAPostIsThereOnce", func(s *story) {
		ana, key := s.member("consumer"), []string{"Idempotency-Key", "post-" + s.word()}
		body := j{"title": "Una vez", "content": "Basta."}
		first := ana.post(201, "/api/foro/posts/", body, key...)
		ana.post(201, "/api/foro/posts/", body, key...).is("id", first.id("id"))
		ana.get(200, at("/api/foro/posts/?author=%d", ana.id)).is("count", 1)
	}},
}

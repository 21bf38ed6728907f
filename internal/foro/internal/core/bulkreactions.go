package core

import (
	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/pg"
)

// reactionsInEach is of ten posts, since most have none.
var reactionsInEach = inEach(7, 900)

// react has people react to a thread that is settled: 0.7 times to a post and 0.06 times to a comment on average, so
// that there are about as many reactions as posts.
func (b *bulk) react(t *thread, batch *store.Batch) {
	post := &t.post.Post
	n := inTurn(reactionsInEach, int(post.ID-b.id)+b.number)
	t.reacted(foro.Target{PostID: post.ID}, (n+t.random.IntN(10))/10, &post.Counts)
	for _, m := range t.said {
		if m.State == foro.Visible && t.random.IntN(25) == 0 {
			t.reacted(foro.Target{PostID: post.ID, CommentID: m.ID}, 1+t.random.IntN(2), &m.Counts)
		}
	}
	post.Views = int64((1 + post.Comments + post.Counts.All()) * (3 + t.random.IntN(20)))
	batch.Reactions = append(batch.Reactions, t.reactions...)
}

// reacted has so many people, who are few of all, react to something.
func (t *thread) reacted(to foro.Target, n int, counts *foro.Counts) {
	first := t.random.IntN(pg.GeneratedPeople)
	for i := range n {
		r := foro.Reaction{UserID: pg.FirstGenerated + int64((first+17*i)%pg.GeneratedPeople), Target: to, Type: foro.Like, CreatedAt: t.ends()}
		switch t.random.IntN(10) {
		case 0:
			r.Type = foro.Dislike
			counts.Dislikes++
		case 1, 2, 3:
			r.Type = foro.Heart
			counts.Hearts++
		default:
			counts.Likes++
		}
		t.reactions = append(t.reactions, r)
	}
}

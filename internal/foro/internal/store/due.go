package store

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// Due is posts and comments whose documents are to be made anew. Triggers have put them down.
type Due struct {
	Of   []foro.Target // some perhaps twice
	More bool          // more may wait

	done     []int64 // rows
	progress *forodb.DueProgressParams
}

// Due is what is due first: up to limit of them, and up to limit comments on posts among them. They are locked
// until the commit: who works them off does so one after another.
func (s Store) Due(ctx context.Context, limit int) (d Due, err error) {
	rows, err := queries.Due(ctx, s.DB.Q(ctx), int32(limit))
	if err != nil {
		return d, err
	}
	posts := map[int64]int64{} // of rows that want the comments too
	var whole []int64
	for _, r := range rows {
		d.Of = append(d.Of, foro.Target{PostID: r.PostID, CommentID: r.CommentID})
		if r.CommentsAfter >= 0 {
			posts[r.ID], whole = r.PostID, append(whole, r.ID)
		} else {
			d.done = append(d.done, r.ID)
		}
	}
	d.More = len(rows) == limit
	if len(whole) == 0 {
		return d, nil
	}
	comments, err := queries.DueComments(ctx, s.DB.Q(ctx), forodb.DueCommentsParams{Ids: whole, MaxRows: int32(limit)})
	if err != nil {
		return d, err
	}
	for _, c := range comments {
		d.Of = append(d.Of, foro.Target{PostID: posts[c.DueID], CommentID: c.CommentID})
	}
	if len(comments) < limit {
		d.done = append(d.done, whole...)
		return d, nil
	}
	d.More = true
	last := comments[limit-1]
	d.progress = &forodb.DueProgressParams{ID: last.DueID, CommentsAfter: last.CommentID}
	for _, id := range whole {
		if id < last.DueID {
			d.done = append(d.done, id)
		}
	}
	return d, nil
}

// Done says that documents are as what was due says.
func (s Store) Done(ctx context.Context, d Due) error {
	if d.progress != nil {
		if err := queries.DueProgress(ctx, s.DB.Q(ctx), *d.progress); err != nil {
			return err
		}
	}
	if len(d.done) == 0 {
		return nil
	}
	return queries.DueDone(ctx, s.DB.Q(ctx), d.done)
}

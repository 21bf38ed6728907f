package core

import (
	"context"
	"fmt"
	"slices"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/demo"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/search"
	"agrovet/internal/platform/search/pgindex"
)

// How much there is of something, for each so many posts.
const (
	postsPerCommunity = 100
	postsPerTag       = 50 // of those that hardly any post has
	bulkChunk         = 2_000
	halfYear          = 182 * 24 * time.Hour // over which the posts of the first run are spread; those of later ones are newer
)

// bulk is posts that are being made. bulkpost.go makes one, bulkthread.go what is said to it, bulkreactions.go how
// people react, bulknotices.go what they are told of it, and bulkpeople.go who and where they are.
type bulk struct {
	*Core
	n, number   int   // how many posts, and the number of the first
	comments    []int // how many comments come before those of a post, and behind the last post
	id          int64 // of the first post
	commentID   int64
	documentID  int64
	now         time.Time
	from, step  time.Duration
	maker       *demo.Maker
	communities []int64 // generated ones by number
	standard    []int64 // general first
	tags        map[string]int64
	tally       pgindex.Tally
}

func (c *Core) newBulk(ctx context.Context, f Fill, has int, last time.Time) (b *bulk, err error) {
	b = &bulk{Core: c, n: f.Total - has, number: has, now: c.Now()}
	if b.maker, err = c.maker(f.Without); err != nil {
		return nil, err
	}
	b.from = min(halfYear, b.now.Sub(last))
	b.step = b.from / time.Duration(b.n)
	b.comments = make([]int, b.n+1)
	for i := range b.n {
		b.comments[i+1] = b.comments[i] + commentsOf(b.number+i)
	}
	for _, r := range []struct {
		table string
		n     int
		first *int64
	}{{"post", b.n, &b.id}, {"comment", b.comments[b.n], &b.commentID}, {"document", b.n + b.comments[b.n], &b.documentID}} {
		if *r.first, err = c.store.Bulk().Reserve(ctx, r.table, max(1, r.n)); err != nil {
			return nil, err
		}
	}
	return b, c.store.BulkPeople().Patient(ctx, func(ctx context.Context) error { return b.people(ctx, f.Total) })
}

// maker makes texts that have none of the words.
func (c *Core) maker(without string) (*demo.Maker, error) {
	m, unwanted := demo.New(), map[int64]bool{}
	for _, g := range c.cfg.Analyzer.Query(without).Groups {
		for _, t := range g.Any() {
			unwanted[t] = true
		}
	}
	if len(unwanted) == 0 {
		return m, nil
	}
	m, ok := m.Without(func(text string) bool {
		return slices.ContainsFunc(c.cfg.Analyzer.Text(search.Field{Text: text}), func(t int64) bool { return unwanted[t] })
	})
	if !ok {
		return nil, fmt.Errorf("without %q nothing is left to be said", without)
	}
	return m, nil
}

// run makes the posts with all that is on them, and counts what takes all of them to be counted.
func (b *bulk) run(ctx context.Context) error {
	if err := pg.Chunks(b.n, bulkChunk, func(first, n int) error { return b.chunk(ctx, first, n) }); err != nil {
		return err
	}
	return b.store.Bulk().Patient(ctx, func(ctx context.Context) error {
		if err := b.store.CountTagged(ctx); err != nil {
			return err
		}
		if err := b.store.AddAffinityFrom(ctx, b.id, weights); err != nil {
			return err
		}
		return b.store.Index().Counted(ctx, &b.tally, b.documentID+int64(b.n+b.comments[b.n])-1)
	})
}

// chunk makes some of the posts and stores them. What is said to them is in the order of time, and ends with the
// chunk: so the comments on a post lie among others, as they do where many people write.
func (b *bulk) chunk(ctx context.Context, first, n int) error {
	threads := make([]*thread, n)
	for i := range threads {
		threads[i] = b.thread(first+i, b.at(first+n))
	}
	comments := inTime(threads)
	for i, m := range comments {
		m.ID = b.commentID + int64(b.comments[first]+i)
	}
	var batch store.Batch
	for _, t := range threads {
		t.settle()
		b.react(t, &batch)
		batch.Posts = append(batch.Posts, t.post)
		batch.Validations = append(batch.Validations, t.validations()...)
		batch.Notices = append(batch.Notices, t.notices()...)
	}
	for _, m := range comments {
		batch.Comments = append(batch.Comments, m.Comment)
	}
	b.documents(&batch, b.documentID+int64(first+b.comments[first]))
	return b.store.Bulk().Patient(ctx, func(ctx context.Context) error { return b.store.Copy(ctx, batch) })
}

// at is when the post of a place in this run is written.
func (b *bulk) at(i int) time.Time { return b.now.Add(-b.from + time.Duration(i)*b.step) }

// documents makes the documents of what is visible in a batch, in the order of time.
func (b *bulk) documents(batch *store.Batch, id int64) {
	posts, next := make(map[int64]foro.Post, len(batch.Posts)), 0
	add := func(d store.Document, title, content string) {
		batch.Documents = append(batch.Documents, store.BulkDocument{ID: id + int64(len(batch.Documents)), Document: d})
		b.tally.Add(d.Terms, b.vocabulary(title, content))
	}
	until := func(at time.Time) {
		for ; next < len(batch.Posts) && batch.Posts[next].CreatedAt.Before(at); next++ {
			p := batch.Posts[next].Post
			if posts[p.ID] = p; p.State == foro.Visible {
				add(b.postDocument(p), p.Title, p.Content)
			}
		}
	}
	for _, m := range batch.Comments {
		until(m.CreatedAt)
		if p := posts[m.PostID]; p.State == foro.Visible && m.State == foro.Visible {
			add(b.commentDocument(p, m), "", m.Content)
		}
	}
	until(b.now.Add(24 * time.Hour))
}

package store

import (
	"context"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/platform/search"
	"agrovet/internal/platform/search/pgindex"
)

// Find is what posts and comments are searched for. All of it must be true of each.
type Find struct {
	Groups []search.Group // words of the texts
	Must   []int64        // traits
	Any    [][]int64      // of each, one of these traits
}

// FindSpan is a part of what is found. The newest Window documents that match are ranked, and then the next
// ones: so that a search costs the same however many there are.
type FindSpan struct {
	Below int64     // the window is of documents below this; 0: the newest
	Now   time.Time // from when freshness is reckoned
	Skip  int       // in the window
	Limit int
}

// Window is how many documents are ranked together, and counted.
const Window = 300

// Found is a part of a window.
type Found struct {
	Hits   []Hit
	Total  int   // in the window
	Oldest int64 // the lowest document in it
}

// Hit is a post or comment that was found.
type Hit struct {
	Of    foro.Target
	Score float64 // from 0 to 1
}

// Find returns a part of what is found, ranked by where the words stand and how fresh it is: six tenths for words
// in the title, and four for freshness, which falls to a third in 30 days.
func (s Store) Find(ctx context.Context, f Find, span FindSpan) (found Found, err error) {
	window := pgindex.Window{
		Query: pgindex.Query{Groups: f.Groups, Must: f.Must, Any: f.Any}, Below: span.Below, Most: Window,
		Columns: func(s *pgindex.Statement) string {
			return "d.post_id, coalesce(d.comment_id, 0) as comment_id, d.created_at, " + s.Share("d.title_terms", f.Groups) + " as in_title"
		},
	}
	rows, err := pgindex.Read(ctx, s.Index(), window, span.rank, func(rows []hit) int {
		if len(rows) == 0 {
			return 0
		}
		return rows[0].Total
	})
	for _, r := range rows {
		found.Hits = append(found.Hits, Hit{foro.Target{PostID: r.PostID, CommentID: r.CommentID}, r.Score})
		found.Total, found.Oldest = r.Total, r.Oldest
	}
	return found, err
}

// hit is one of a window, and the window.
type hit struct {
	PostID, CommentID int64
	Score             float64
	Total             int
	Oldest            int64
}

// rank reads the part of a window. exp(-700) is about the least that there is: beyond, the server gives up.
func (p FindSpan) rank(s *pgindex.Statement) {
	s.Add(` select post_id, comment_id, score, count(*) over (), min(id) over () from (
		select *, 0.6 * in_title + 0.4 * exp(-least(700, greatest(0, extract(epoch from %s::timestamptz - created_at)::double precision) / 2592000)) as score
		from matches) ranked order by score desc, id desc limit %s offset %s`, s.Arg(p.Now), s.Arg(p.Limit), s.Arg(p.Skip))
}

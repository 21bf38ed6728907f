package core

import (
	"context"
	"strconv"
	"time"

	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/search"
	"agrovet/internal/platform/search/pgindex"
)

// Wanted is what a reader looks for. Zero fields ask for nothing.
type Wanted struct {
	Text        string
	Kind        string // post, comment
	CommunityID int64
	AuthorID    int64 // as whom others know it
	Tag         string
	Species     string
	Question    *bool
	Answered    *bool // of questions alone
	Since       time.Time
	Threads     bool // posts are shown with some of their comments, as lists show them
}

// Result is a part of what was found.
type Result struct {
	Hits      []Hit
	Read      int                 // what was read of the window: hits, and what is seen no longer
	Total     int                 // what is ranked together: up to store.Window
	Oldest    int64               // the lowest document among it
	Corrected []search.Correction // words that were found nowhere
}

// Find returns a part of what a reader looks for. When nothing has the words, what was probably meant is looked for.
func (c *Core) Find(ctx context.Context, w Wanted, span store.FindSpan) (out Result, err error) {
	f, typed := c.find(w)
	found, err := c.store.Find(ctx, f, span)
	if err != nil {
		return out, err
	}
	query := typed
	if len(found.Hits) == 0 && len(f.Groups) > 0 {
		if query, out.Corrected, err = c.corrected(ctx, f, typed, span); err != nil {
			return out, err
		}
		if query.Wider(typed) {
			f.Groups = query.Groups
			if found, err = c.store.Find(ctx, f, span); err != nil {
				return out, err
			}
		}
	}
	out.Read, out.Total, out.Oldest = len(found.Hits), found.Total, found.Oldest
	out.Hits, err = c.hits(ctx, found.Hits, w)
	if err == nil && len(query.Groups) > 0 {
		mark(out.Hits, c.cfg.Analyzer.Matcher(query))
	}
	return out, err
}

// corrected is the query as it was probably meant, when as it was typed it finds nothing at all, which an empty
// page behind others does not say.
func (c *Core) corrected(ctx context.Context, f store.Find, query search.Query, span store.FindSpan) (search.Query, []search.Correction, error) {
	if span.Below != 0 || span.Skip != 0 {
		any, err := c.store.Find(ctx, f, store.FindSpan{Limit: 1, Now: c.Now()})
		if err != nil || len(any.Hits) > 0 {
			return query, nil, err
		}
	}
	return c.cfg.Analyzer.Complete(ctx, pgindex.Words{Index: c.store.Index()}, query)
}

// find turns what is wanted into what the index is asked for.
func (c *Core) find(w Wanted) (f store.Find, query search.Query) {
	query = c.cfg.Analyzer.Query(w.Text)
	f.Groups = query.Groups
	if w.AuthorID != 0 {
		f.Must = append(f.Must, idTrait("author", w.AuthorID))
	}
	if w.CommunityID != 0 {
		f.Must = append(f.Must, idTrait("community", w.CommunityID))
	}
	if w.Tag != "" {
		name, _ := FoldTag(w.Tag) // nothing has an empty one
		f.Must = append(f.Must, trait("tag", name))
	}
	if w.Species != "" {
		f.Must = append(f.Must, trait("species", search.Fold(w.Species)))
	}
	if w.Question != nil {
		f.Must = append(f.Must, trait("question", strconv.FormatBool(*w.Question)))
	}
	if w.Answered != nil {
		f.Must = append(f.Must, trait("answered", strconv.FormatBool(*w.Answered)))
	}
	if w.Kind != "" {
		f.Must = append(f.Must, trait("kind", w.Kind))
	}
	if !w.Since.IsZero() {
		if terms := since(w.Since, c.Now()); terms != nil {
			f.Any = append(f.Any, terms)
		}
	}
	return f, query
}

package web

import (
	"context"
	"net/http"
	"time"

	"agrovet/internal/foro/internal/core"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/search"
)

const searchDoc = "Posts and comments that have all the words, in any form, or words that mean the same: the newest ones, ranked by whether the words stand in the title and " +
	"by how fresh they are. A word that nobody wrote is taken for the one that was probably meant, which `corrections` tells. Filters hold for a comment when they hold for its post, " +
	"but for `author` and `since`, which are its own. What is new or has changed is found so after some seconds. Page numbers reach the first 300; cursors go on."

func registerSearch(r *httpx.Router, h handlers) {
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "search/", ID: "foro.search", Summary: "Search posts and comments", Doc: searchDoc, Access: httpx.Anyone}, h.search)
}

// SearchInput is what is searched for.
type SearchInput struct {
	httpx.PageParams
	Q         string `query:"q" doc:"Words in titles, texts and tags; the first 8 count."`
	In        string `query:"in" enum:"posts,comments" doc:"Only posts, or only comments."`
	Community int64  `query:"community" doc:"The community's id."`
	Author    int64  `query:"author" doc:"The author's id. What they wrote without their name is not found so."`
	Tag       string `query:"tag" doc:"A tag, spelled in any way."`
	Species   string `query:"species" doc:"What the post is about." example:"bovinos"`
	Question  string `query:"question" enum:"true,false" doc:"Only questions, or only what is none."`
	Answered  string `query:"answered" enum:"true,false" doc:"Only questions that have an answer, or that have none."`
	Since     string `query:"since" doc:"From this day on, UTC." example:"2026-01-31"`
}

func (in *SearchInput) wanted() (core.Wanted, error) {
	w := core.Wanted{Text: in.Q, Kind: map[string]string{"posts": core.KindPost, "comments": core.KindComment}[in.In], CommunityID: in.Community, AuthorID: in.Author,
		Tag: in.Tag, Species: in.Species, Question: choice(in.Question), Answered: choice(in.Answered)}
	var err error
	if in.Since != "" {
		if w.Since, err = time.Parse(time.DateOnly, in.Since); err != nil {
			err = errs.InField("since", "Fecha con formato erróneo. Use el formato YYYY-MM-DD.", "Date has wrong format. Use YYYY-MM-DD.")
		}
	}
	return w, err
}

// choice is nil when nothing is asked for.
func choice(text string) *bool {
	if text == "" {
		return nil
	}
	return new(text == "true")
}

// Hit is a post or comment that was found.
type Hit struct {
	Type    string        `json:"type" doc:"post or comment"`
	Post    Post          `json:"post" doc:"What was found, or what the comment is on; comments_next leads to what was said about it."`
	Comment *Comment      `json:"comment"`
	Snippet []search.Part `json:"snippet" nullable:"false" doc:"Where the words stand: plain text. Empty without words."`
	Score   float64       `json:"score" doc:"From 0 to 1."`

	end httpx.WindowPosition // where a page ends with it
}

// HitPage is a page of what was found.
type HitPage struct {
	httpx.Page[Hit]
	Corrections []search.Correction `json:"corrections,omitempty" doc:"Words of the search that were found nowhere."`
}

func (h handlers) search(ctx context.Context, in *SearchInput) (*httpx.Body[HitPage], error) {
	w, err := in.wanted()
	if err != nil {
		return nil, err
	}
	var out HitPage
	out.Page, err = httpx.ListWindows(ctx, in.PageParams, h.windows(w, &out.Corrections), func(_ context.Context, hits []Hit) []Hit { return hits })
	if err != nil {
		return nil, err
	}
	return httpx.OK(out), nil
}

// searchPosts is a list of posts alone.
func (h handlers) searchPosts(ctx context.Context, p httpx.PageParams, w core.Wanted) (*httpx.Body[httpx.Page[Post]], error) {
	w.Kind, w.Threads = core.KindPost, true
	var corrections []search.Correction // such a list does not tell them
	return httpx.Paged(httpx.ListWindows(ctx, p, h.windows(w, &corrections), httpx.Each(func(_ context.Context, f Hit) Post { return f.Post })))
}

// windows are those of what is found. The corrections are those of the part that was read last.
func (h handlers) windows(w core.Wanted, corrections *[]search.Correction) httpx.Windows[Hit] {
	return httpx.Windows[Hit]{
		Size: store.Window,
		Find: func(ctx context.Context, at httpx.WindowPosition, limit int) ([]Hit, int, error) {
			for { // until there is something to show
				r, err := h.core.Find(ctx, w, store.FindSpan{Below: at.Below, Skip: at.Skip, Limit: limit, Now: at.Began})
				*corrections = r.Corrected
				end := at.Behind(r.Read, r.Total, r.Oldest)
				if last := end.Skip == 0 && r.Total < store.Window; err != nil || len(r.Hits) > 0 || r.Read == 0 || last {
					return hits(ctx, r, at, end), r.Total, err
				}
				at = end
			}
		},
		End: func(last Hit) httpx.WindowPosition { return last.end },
	}
}

// hits are those of a page that begins and ends at these positions.
func hits(ctx context.Context, r core.Result, at, end httpx.WindowPosition) []Hit {
	out := make([]Hit, len(r.Hits))
	for i, f := range r.Hits {
		out[i] = Hit{Type: core.KindPost, Post: post(ctx, f.Post), Snippet: notNil(f.Snippet), Score: f.Score, end: at.Behind(f.Place+1, r.Total, r.Oldest)}
		if f.Comment != nil {
			out[i].Type, out[i].Comment = core.KindComment, new(comment(ctx, f.Comment))
		}
	}
	if len(out) > 0 {
		out[len(out)-1].end = end
	}
	return out
}

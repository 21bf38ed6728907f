package web

import (
	"context"
	"encoding/binary"
	"net/http"
	"time"

	"agrovet/internal/foro/internal/core"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

const relevantDoc = "Best first, 500 at most. `relevance_score` = 0.6 × relevance + 1.2 × boost × decay. The relevance is that of everybody, ln(1 + likes + hearts − dislikes + 2 × comments + views / 20), " +
	"of posts of the last 30 days and as of some minutes ago. The boost is 3 for each own comment on the author's posts, 2 for each own reaction to their posts and 1 to their comments; the decay goes " +
	"from 1 to 0.1 within a week. A walk by `cursor` shows each post once, whatever happens meanwhile; numbers count anew each time."

func registerRelevant(r *httpx.Router, h handlers) {
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "posts/relevant/", ID: "foro.posts.relevant", Summary: "List what one may want to read", Doc: relevantDoc,
		Access: httpx.Member}, h.relevant)
}

type relevantInput struct{ httpx.PageParams }

func (h handlers) relevant(ctx context.Context, in *relevantInput) (*httpx.Body[httpx.Page[Post]], error) {
	r, err := h.ranking(ctx, in.PageParams)
	if err != nil {
		return nil, err
	}
	if in.ByCursor() {
		n := min(in.Size(), len(r.IDs))
		page, err := h.ranked(ctx, core.Ranking{At: r.At, IDs: r.IDs[:n]})
		if err != nil {
			return nil, err
		}
		end := ""
		if n < len(r.IDs) {
			end = httpx.EncodeCursor(restOf(core.Ranking{At: r.At, IDs: r.IDs[n:]}))
		}
		return httpx.OK(httpx.CursorPage(ctx, end, page)), nil
	}
	count := int64(len(r.IDs))
	w, err := in.Window(count)
	if err != nil {
		return nil, err
	}
	page, err := h.ranked(ctx, core.Ranking{At: r.At, IDs: r.IDs[w.Offset:min(w.Offset+w.Limit, len(r.IDs))]})
	if err != nil {
		return nil, err
	}
	return httpx.OK(httpx.NumberedPage(ctx, w, count, page)), nil
}

// ranking is what a cursor has left of one, or else that of now.
func (h handlers) ranking(ctx context.Context, in httpx.PageParams) (core.Ranking, error) {
	if !in.ByCursor() || in.Cursor == "*" {
		return h.core.Rank(ctx)
	}
	var at rest
	if err := in.Position(&at); err != nil {
		return core.Ranking{}, err
	}
	return at.ranking()
}

func (h handlers) ranked(ctx context.Context, r core.Ranking) ([]Post, error) {
	shown, err := h.core.Ranked(ctx, r)
	posts := make([]Post, len(shown))
	for i, s := range shown {
		posts[i] = post(ctx, s)
	}
	return posts, err
}

// rest is a cursor into a ranking: what of it was not shown yet. So nothing that happens meanwhile (the reader's
// own reactions, the next reckoning) moves a post over the edge of a page. Of 500 posts it is some 2 KB.
type rest struct {
	At  int64  `json:"t"` // microseconds since 1970
	IDs []byte `json:"i"` // as varints, each but the first as the difference to the one before
}

func restOf(r core.Ranking) rest {
	out, last := rest{At: r.At.UnixMicro()}, int64(0)
	for _, id := range r.IDs {
		out.IDs = binary.AppendVarint(out.IDs, id-last)
		last = id
	}
	return out
}

// ranking reads what restOf made.
//
// Errors: errs.ErrCursor: anybody can write one.
func (r rest) ranking() (core.Ranking, error) {
	out, last := core.Ranking{At: time.UnixMicro(r.At)}, int64(0)
	if r.At < 0 || r.At > 1<<53 { // what PostgreSQL can reckon with
		return out, errs.ErrCursor
	}
	for b := r.IDs; len(b) > 0; {
		by, n := binary.Varint(b)
		if n <= 0 || len(out.IDs) == core.MaxRanking {
			return out, errs.ErrCursor
		}
		last, b = last+by, b[n:]
		out.IDs = append(out.IDs, last)
	}
	return out, nil
}

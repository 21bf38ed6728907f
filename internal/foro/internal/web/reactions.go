package web

import (
	"context"
	"net/http"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/core"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const (
	reactDoc = "201: a new one, and `foro.reaction.added` follows. 200: one has reacted so already. Like and dislike exclude each other: the new one takes the place of the old; " +
		"a heart stands beside them. Not on what was hidden, removed or deleted; closed posts may be reacted to."
	reactorsDoc = "Of the post, or the comment, that is asked for. Newest first."
)

func registerReactions(r *httpx.Router, h handlers) {
	limits := []httpx.RateLimit{{Name: "foro.reactions", By: httpx.ByUser, Limit: kv.Limit{Events: 1200, Period: time.Hour}}}
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "reactions/", ID: "foro.reactions.list", Summary: "List who reacted", Doc: reactorsDoc,
		Access: httpx.Anyone, Errors: []int{http.StatusNotFound}}, h.reactors)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: root + "reactions/", ID: "foro.reactions.create", Summary: "React to a post or comment", Doc: reactDoc,
		Access: httpx.Member, Status: http.StatusCreated, Limits: limits, Errors: []int{http.StatusNotFound}}, h.react)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: root + "reactions/{id}/remove/", ID: "foro.reactions.delete", Summary: "Take back a reaction",
		Access: httpx.Owner, Limits: limits}, h.unreact)
}

// Reaction is one as REST answers show it (contract: rest.md §7).
type Reaction struct {
	ID          int64  `json:"id"`
	User        int64  `json:"user" doc:"0: they do not show their name."`
	Type        string `json:"type" enum:"heart,like,dislike"`
	ContentType string `json:"content_type" enum:"post,comment"`
	ObjectID    int64  `json:"object_id"`
	CreatedAt   string `json:"created_at" format:"date-time"`
}

func reaction(r foro.Reaction) Reaction {
	out := Reaction{ID: r.ID, User: r.UserID, Type: string(r.Type), CreatedAt: written(r.CreatedAt)}
	out.ContentType, out.ObjectID = r.Target.Object()
	return out
}

// ReactionBody is how somebody reacts, and to what.
type ReactionBody struct {
	Type        httpx.Opt[string] `json:"type,omitempty" nullable:"false" enum:"heart,like,dislike"`
	ContentType httpx.Opt[string] `json:"content_type,omitempty" nullable:"false" doc:"post or comment"`
	ObjectID    httpx.Opt[int64]  `json:"object_id,omitempty" nullable:"false"`
}

// target is what a reaction is to.
//
// Errors: foro.ErrTargetKind; foro.ErrNoTarget for what cannot be an id.
func (b ReactionBody) target() (foro.Target, error) {
	switch id := b.ObjectID.Value; {
	case b.ContentType.Value != "post" && b.ContentType.Value != "comment":
		return foro.Target{}, foro.ErrTargetKind
	case id <= 0:
		return foro.Target{}, foro.ErrNoTarget
	case b.ContentType.Value == "comment":
		return foro.Target{CommentID: id}, nil
	default:
		return foro.Target{PostID: id}, nil
	}
}

type reactInput struct{ Body ReactionBody }

// Reacted is a reaction, which is new (201) or was there (200).
type Reacted struct {
	Status int
	Body   Reaction
}

func (h handlers) react(ctx context.Context, in *reactInput) (*Reacted, error) {
	b := in.Body
	if err := required(map[string]bool{"type": b.Type.Sent, "content_type": b.ContentType.Sent, "object_id": b.ObjectID.Sent}); err != nil {
		return nil, err
	}
	t, err := b.target()
	if err != nil {
		return nil, err
	}
	r, isNew, err := h.core.React(ctx, t, foro.ReactionType(b.Type.Value))
	if err != nil {
		return nil, err
	}
	status := http.StatusOK
	if isNew {
		status = http.StatusCreated
	}
	return &Reacted{status, reaction(r)}, nil
}

type reactionInput struct {
	ID int64 `path:"id" doc:"The reaction's id."`
}

func (h handlers) unreact(ctx context.Context, in *reactionInput) (*struct{}, error) {
	return nil, h.core.Unreact(ctx, in.ID)
}

// Reactor is a reaction with who reacted.
type Reactor struct {
	Reaction
	Person Who `json:"person"`
}

func reactor(ctx context.Context, r core.Reactor) Reactor {
	return Reactor{reaction(r.Reaction), who(ctx, r.Who)}
}

type reactorsInput struct {
	httpx.PageParams
	Post    int64 `query:"post" minimum:"1" doc:"A post's id, or else comment."`
	Comment int64 `query:"comment" minimum:"1" doc:"A comment's id, or else post."`
}

func (h handlers) reactors(ctx context.Context, in *reactorsInput) (*httpx.Body[httpx.Page[Reactor]], error) {
	if (in.Post == 0) == (in.Comment == 0) {
		return nil, errs.InField("post", "Indique post o comment.", "Say either post or comment.")
	}
	list, err := h.core.Reactors(ctx, foro.Target{PostID: in.Post, CommentID: in.Comment})
	if err != nil {
		return nil, err
	}
	return httpx.Paged(httpx.List(ctx, in.PageParams, httpx.Source[core.Reactor, int64]{
		Count: list.Count,
		Rows: func(ctx context.Context, s httpx.Span[int64]) ([]core.Reactor, bool, error) {
			span := store.IDSpan{Skip: s.Skip, Limit: s.Limit}
			if s.After != nil {
				span.Before = *s.After
			}
			return list.Rows(ctx, span)
		},
		End:  func(last core.Reactor) int64 { return last.ID },
		Fits: func(id int64) bool { return id > 0 },
	}, httpx.Each(reactor)))
}

// kinds are types of reactions in the contract's words.
func kinds(all []foro.ReactionType) []string {
	out := make([]string, len(all))
	for i, t := range all {
		out[i] = string(t)
	}
	return out
}

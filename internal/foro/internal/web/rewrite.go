package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/core"
	"agrovet/internal/media/mediajson"
	"agrovet/internal/platform/httpx"
)

const (
	changeCommentDoc = "By its author or staff. What it said before is kept. Post and parent stay what they are. With If-Match: only when the comment is of that version, else 412. " +
		"409 with code `foro.locked` when the post takes no more comments, and `foro.comment_deleted` when it was deleted."
	deleteCommentDoc = "By its author or staff. When there are replies its place stays, without text, file and author. `foro.comment.deleted` follows."
)

func registerRewrites(r *httpx.Router, h handlers) {
	one, wrong := root+"comments/{id}/", []int{http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed}
	httpx.Handle(r, httpx.Route{Method: http.MethodPut, Path: one, ID: "foro.comments.replace", Summary: "Replace a comment", Doc: changeCommentDoc, Access: httpx.Owner, Errors: wrong}, h.replaceComment)
	httpx.Handle(r, httpx.Route{Method: http.MethodPatch, Path: one, ID: "foro.comments.change", Summary: "Change a comment", Doc: changeCommentDoc, Access: httpx.Owner, Errors: wrong}, h.changeComment)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: one, ID: "foro.comments.delete", Summary: "Delete a comment", Doc: deleteCommentDoc, Access: httpx.Owner, Errors: wrong}, h.deleteComment)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: one + "history/", ID: "foro.comments.history", Summary: "Show what a comment said before", Access: httpx.Anyone}, h.commentHistory)
}

// MatchInput says of which version something must be.
type MatchInput struct {
	IfMatch string `header:"If-Match" doc:"The version that the change is made for, as in version."`
}

// version is the one that is asked for: 0 for any, -1 for one that nothing has.
func (in MatchInput) version() int {
	switch tag := strings.Trim(strings.TrimPrefix(strings.TrimSpace(in.IfMatch), "W/"), `"`); tag {
	case "", "*":
		return 0
	default:
		n, err := strconv.Atoi(tag)
		if err != nil || n <= 0 {
			return -1
		}
		return n
	}
}

type changeCommentInput struct {
	ID int64 `path:"id" doc:"The comment's id."`
	MatchInput
	Body CommentBody
}

func (h handlers) replaceComment(ctx context.Context, in *changeCommentInput) (*httpx.Body[Comment], error) {
	return h.rewrite(ctx, in, func() error { return required(map[string]bool{"content": in.Body.Content.Sent}) })
}

func (h handlers) changeComment(ctx context.Context, in *changeCommentInput) (*httpx.Body[Comment], error) {
	return h.rewrite(ctx, in, func() error { return nil })
}

func (h handlers) rewrite(ctx context.Context, in *changeCommentInput, whole func() error) (*httpx.Body[Comment], error) {
	s, err := h.core.Rewrite(ctx, in.ID, core.Rewrite{Version: in.version(), Change: func(m *foro.Comment) error {
		in.Body.apply(m)
		return whole()
	}})
	return remarked(ctx, s, err)
}

type deleteCommentInput struct {
	ID int64 `path:"id" doc:"The comment's id."`
	MatchInput
}

func (h handlers) deleteComment(ctx context.Context, in *deleteCommentInput) (*struct{}, error) {
	return nil, h.core.DeleteComment(ctx, in.ID, in.version())
}

// CommentVersion is what a comment said before it was changed.
type CommentVersion struct {
	Version int              `json:"version"`
	Content string           `json:"content"`
	Media   *mediajson.Media `json:"media" doc:"Null also when the file is gone."`
	Until   string           `json:"until" format:"date-time" doc:"When it was replaced."`
}

func commentVersion(ctx context.Context, r core.PastRemark) CommentVersion {
	return CommentVersion{r.Version, r.Content, object(ctx, r.Object), written(r.Until)}
}

func (h handlers) commentHistory(ctx context.Context, in *OfInput) (*httpx.Body[httpx.Page[CommentVersion]], error) {
	past, err := h.core.CommentPast(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	from := byID(past.Count, past.Rows, func(r core.PastRemark) int64 { return int64(r.Version) })
	return httpx.Paged(httpx.List(ctx, in.PageParams, from, httpx.Each(commentVersion)))
}

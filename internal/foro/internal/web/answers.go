package web

import (
	"context"
	"net/http"

	"agrovet/internal/platform/httpx"
)

const (
	acceptDoc = "By whoever asked. Another comment that was accepted is so no longer. `foro.answer.accepted` follows. " +
		"409 with code `foro.not_a_question` when it is none."
	validateDoc = "By a verified specialist, not the comment's author. It may be said again. `foro.answer.validated` follows. " +
		"403 with code `foro.not_a_specialist` or `foro.own_answer`, 409 with `foro.not_a_question`."
)

func registerAnswers(r *httpx.Router, h handlers) {
	accept, validate := root+"posts/{id}/accept/", root+"comments/{id}/validate/"
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: accept, ID: "foro.posts.accept", Summary: "Accept an answer", Doc: acceptDoc,
		Access: httpx.Owner, Errors: []int{http.StatusNotFound, http.StatusConflict}}, h.accept)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: accept, ID: "foro.posts.unaccept", Summary: "Accept no answer any more",
		Access: httpx.Owner, Errors: []int{http.StatusNotFound, http.StatusConflict}}, h.unaccept)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: validate, ID: "foro.comments.validate", Summary: "Say that a comment answers the question", Doc: validateDoc,
		Access: httpx.Member, Errors: []int{http.StatusNotFound, http.StatusConflict}}, h.validate)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: validate, ID: "foro.comments.unvalidate", Summary: "Say so no longer",
		Access: httpx.Member, Errors: []int{http.StatusNotFound}}, h.unvalidate)
}

type acceptInput struct {
	ID   int64 `path:"id" doc:"The post's id."`
	Body struct {
		Comment httpx.Opt[int64] `json:"comment,omitempty" nullable:"false" minimum:"1" doc:"Needed: the comment's id."`
	}
}

func (h handlers) accept(ctx context.Context, in *acceptInput) (*httpx.Body[Post], error) {
	s, err := h.core.Accept(ctx, in.ID, in.Body.Comment.Value)
	return shown(ctx, s, err)
}

func (h handlers) unaccept(ctx context.Context, in *postInput) (*struct{}, error) {
	return nil, h.core.Unaccept(ctx, in.ID)
}

func (h handlers) validate(ctx context.Context, in *commentInput) (*httpx.Body[Comment], error) {
	s, err := h.core.Validate(ctx, in.ID)
	return remarked(ctx, s, err)
}

func (h handlers) unvalidate(ctx context.Context, in *commentInput) (*struct{}, error) {
	return nil, h.core.Unvalidate(ctx, in.ID)
}

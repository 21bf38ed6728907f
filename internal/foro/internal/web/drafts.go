package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/core"
	"agrovet/internal/media/mediajson"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const (
	saveDraftDoc    = "What one writes and has not published yet, for oneself alone; anything may be missing. At most 100."
	publishDraftDoc = "It becomes a post, by the rules of every post, and goes away. With If-Match: only when the draft is of that version, else 412."
)

func registerDrafts(r *httpx.Router, h handlers) {
	list, one := root+"drafts/", root+"drafts/{id}/"
	limits := []httpx.RateLimit{{Name: "foro.drafts", By: httpx.ByUser, Limit: kv.Limit{Events: 10 * maxPerHour, Period: time.Hour}}}
	posting := []httpx.RateLimit{{Name: "foro.posts", By: httpx.ByUser, Limit: kv.Limit{Events: maxPerHour, Period: time.Hour}}}
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: list, ID: "foro.drafts.list", Summary: "List one's drafts", Doc: "The last first.", Access: httpx.Member}, h.drafts)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: list, ID: "foro.drafts.create", Summary: "Keep a draft", Doc: saveDraftDoc, Access: httpx.Member, Status: http.StatusCreated, Limits: limits}, h.createDraft)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: one, ID: "foro.drafts.get", Summary: "Show a draft", Access: httpx.Member}, h.getDraft)
	httpx.Handle(r, httpx.Route{Method: http.MethodPut, Path: one, ID: "foro.drafts.replace", Summary: "Rewrite a draft", Access: httpx.Member, Errors: []int{http.StatusPreconditionFailed}, Limits: limits}, h.changeDraft)
	httpx.Handle(r, httpx.Route{Method: http.MethodPatch, Path: one, ID: "foro.drafts.change", Summary: "Change a draft", Access: httpx.Member, Errors: []int{http.StatusPreconditionFailed}, Limits: limits}, h.changeDraft)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: one, ID: "foro.drafts.delete", Summary: "Delete a draft", Access: httpx.Member, Errors: []int{http.StatusPreconditionFailed}}, h.deleteDraft)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: one + "publish/", ID: "foro.drafts.publish", Summary: "Publish a draft", Doc: publishDraftDoc, Access: httpx.Member, Errors: []int{http.StatusPreconditionFailed}, Status: http.StatusCreated, Limits: posting}, h.publishDraft)
}

// Draft is what somebody writes and has not published yet.
type Draft struct {
	ID          int64            `json:"id"`
	Title       string           `json:"title"`
	Content     string           `json:"content"`
	Media       *mediajson.Media `json:"media"`
	Community   *Community       `json:"community"`
	CommunityID *int64           `json:"community_id"`
	IsQuestion  *bool            `json:"is_question" doc:"Null: as the title will say."`
	Anonymous   bool             `json:"anonymous"`
	Species     []string         `json:"species" nullable:"false"`
	Tags        []string         `json:"tags" nullable:"false" doc:"None: the #hashtags that the text will have."`
	Mentions    []Named          `json:"mentions" nullable:"false"`
	Latitude    *float64         `json:"latitude"`
	Longitude   *float64         `json:"longitude"`
	Version     int              `json:"version" doc:"Grows with every change; If-Match takes it."`
	UpdatedAt   string           `json:"updated_at" format:"date-time"`
}

func draft(ctx context.Context, s core.DraftShown) Draft {
	d := Draft{ID: s.ID, Title: s.Title, Content: s.Content, Media: object(ctx, s.Object), CommunityID: some(s.CommunityID), IsQuestion: s.Question,
		Anonymous: s.Anonymous, Species: notNil(s.Species), Tags: notNil(s.Tags), Mentions: named(s.Mentioned), Version: s.Version, UpdatedAt: written(s.UpdatedAt)}
	d.Latitude, d.Longitude = degrees(s.Place)
	if s.Community != nil {
		d.Community = new(community(ctx, *s.Community))
	}
	return d
}

// DraftBody is what clients write of a draft. Fields that are not sent stay as they are.
type DraftBody struct {
	Title   httpx.Opt[string] `json:"title,omitempty" nullable:"false" maxLength:"255"`
	Content httpx.Opt[string] `json:"content,omitempty" nullable:"false" maxLength:"20000"`
	Details
}

func (b DraftBody) apply(d *foro.Draft) {
	set(&d.Title, b.Title)
	set(&d.Content, b.Content)
	set(&d.Anonymous, b.Anonymous)
	d.Title, d.Content = strings.TrimSpace(d.Title), strings.TrimSpace(d.Content)
	if b.IsQuestion.Sent {
		d.Question = b.IsQuestion.Ptr()
	}
	b.Details.apply(about{&d.MediaID, &d.CommunityID, &d.Tags, &d.Mentions, &d.Species, &d.Place})
}

type createDraftInput struct{ Body DraftBody }

func (h handlers) createDraft(ctx context.Context, in *createDraftInput) (*httpx.Body[Draft], error) {
	if err := in.Body.check(); err != nil {
		return nil, err
	}
	var d foro.Draft
	in.Body.apply(&d)
	s, err := h.core.SaveDraft(ctx, d)
	return drafted(ctx, s, err)
}

func drafted(ctx context.Context, s core.DraftShown, err error) (*httpx.Body[Draft], error) {
	if err != nil {
		return nil, err
	}
	return httpx.OK(draft(ctx, s)), nil
}

type draftInput struct {
	ID int64 `path:"id" doc:"The draft's id."`
	httpx.MatchParams
}

func (h handlers) getDraft(ctx context.Context, in *draftInput) (*httpx.Body[Draft], error) {
	s, err := h.core.Draft(ctx, in.ID)
	return drafted(ctx, s, err)
}

type changeDraftInput struct {
	ID int64 `path:"id" doc:"The draft's id."`
	httpx.MatchParams
	Body DraftBody
}

func (h handlers) changeDraft(ctx context.Context, in *changeDraftInput) (*httpx.Body[Draft], error) {
	if err := in.Body.check(); err != nil {
		return nil, err
	}
	s, err := h.core.ChangeDraft(ctx, in.ID, core.DraftEdit{Version: in.Version(), Change: in.Body.apply})
	return drafted(ctx, s, err)
}

func (h handlers) deleteDraft(ctx context.Context, in *draftInput) (*struct{}, error) {
	return nil, h.core.DeleteDraft(ctx, in.ID, in.Version())
}

func (h handlers) publishDraft(ctx context.Context, in *draftInput) (*httpx.Body[Post], error) {
	s, err := h.core.PublishDraft(ctx, in.ID, in.Version())
	return shown(ctx, s, err)
}

func (h handlers) drafts(ctx context.Context, in *pagedInput) (*httpx.Body[httpx.Page[Draft]], error) {
	from := byID(h.core.CountDrafts, h.core.Drafts, func(s core.DraftShown) int64 { return s.ID })
	return httpx.Paged(httpx.List(ctx, in.PageParams, from, httpx.Each(draft)))
}

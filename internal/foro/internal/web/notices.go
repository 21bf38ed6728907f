package web

import (
	"context"
	"net/http"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/core"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

const (
	noticesDoc = "Newest activity first. What several people do to the same thing is one notification until it is read; what one person does to it is told once. " +
		"They are counted, and reached by page numbers, up to 1,000; cursors go on. Those who are connected get the event `foro.noticed` on `/ws/`."
	markReadDoc = "Those with the ids; with `all` all; with `up_to` one and those below it in the list. What is not there, or somebody else's, does not count."
	unreadDoc   = "Counted up to 1,000."
	deleteDoc   = "What it told of is not told again."
)

func registerNotices(r *httpx.Router, h handlers) {
	list, one := root+"notifications/", root+"notifications/{id}/"
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: list, ID: "foro.notifications.list", Summary: "List one's notifications", Doc: noticesDoc, Access: httpx.Member}, h.notices)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: list + "unread/", ID: "foro.notifications.unread", Summary: "Count one's unread notifications",
		Doc: unreadDoc, Access: httpx.Member}, h.unreadNotices)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: list + "mark_read/", ID: "foro.notifications.mark_read", Summary: "Mark notifications as read",
		Doc: markReadDoc, Access: httpx.Member}, h.readNotices)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: one, ID: "foro.notifications.get", Summary: "Show one of one's notifications", Access: httpx.Member}, h.getNotice)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: one, ID: "foro.notifications.delete", Summary: "Delete one of one's notifications",
		Doc: deleteDoc, Access: httpx.Owner}, h.deleteNotice)
	registerPreferences(r, h)
}

// Notification is one as REST answers show it (contract: rest.md §7).
type Notification struct {
	ID          int64  `json:"id"`
	RecipientID int64  `json:"recipient_id"`
	Actor       Actor  `json:"actor" doc:"Who did it last."`
	ActorsCount int    `json:"actors_count" doc:"How many different people did it since it was last read."`
	NotifType   string `json:"notif_type"`
	Summary     string `json:"summary" maxLength:"512" doc:"In the reader's language."`
	Read        bool   `json:"read"`
	CreatedAt   string `json:"created_at" format:"date-time"`
	UpdatedAt   string `json:"updated_at" format:"date-time" doc:"When it happened last."`
	ContentType string `json:"content_type" doc:"What it is about: post, comment or community; empty when it is about none."`
	ObjectID    *int64 `json:"object_id" doc:"Of the post, comment or community that it is about."`
	PostID      *int64 `json:"post_id" doc:"The post to be opened."`
	CommentID   *int64 `json:"comment_id" doc:"The comment to be opened in it; null: the post itself."`
}

// Actor is who did something.
type Actor struct {
	ID     int64   `json:"id" doc:"0: nobody in particular, or somebody who does not show their name, or whose account is gone."`
	Name   string  `json:"name"`
	Avatar *string `json:"avatar"`
}

var moderators = errs.Text{ES: "Moderación", EN: "Moderators"}

func notification(ctx context.Context, n core.Notice) Notification {
	lang := httpx.Lang(ctx)
	w := who(ctx, core.Who{User: n.Actor, Anonymous: n.Anonymous})
	out := Notification{ID: n.ID, RecipientID: n.RecipientID, Actor: Actor{w.ID, w.Name, w.Avatar}, ActorsCount: n.Actors, NotifType: string(n.Type),
		Summary: n.Summary().In(lang), Read: n.Read, CreatedAt: written(n.CreatedAt), UpdatedAt: written(n.UpdatedAt),
		PostID: some(n.Target.PostID), CommentID: some(n.OpensID)}
	if n.Type == foro.ModeratedNotice || n.Type == foro.MemberNotice {
		out.Actor.Name = moderators.In(lang)
	}
	switch t := n.Target; {
	case t.CommentID != 0:
		out.ContentType, out.ObjectID = "comment", some(t.CommentID)
	case t.PostID != 0:
		out.ContentType, out.ObjectID = "post", some(t.PostID)
	case n.CommunityID != 0:
		out.ContentType, out.ObjectID = "community", some(n.CommunityID)
	}
	return out
}

// maxCounted is how far one's notifications are counted, and so how far page numbers reach; cursors go on. Counting more
// takes longer than showing a page of them.
const maxCounted = 1000

type noticesInput struct {
	httpx.PageParams
	Unread bool `query:"unread" doc:"Only those that one has not read."`
}

func (h handlers) notices(ctx context.Context, in *noticesInput) (*httpx.Body[httpx.Page[Notification]], error) {
	return httpx.Paged(httpx.List(ctx, in.PageParams, httpx.Source[core.Notice, store.NoticePosition]{
		Count: func(ctx context.Context, limit int) (int64, error) {
			return h.core.CountNotices(ctx, in.Unread, min(limit, maxCounted))
		},
		Rows: func(ctx context.Context, s httpx.Span[store.NoticePosition]) ([]core.Notice, bool, error) {
			return h.core.Notices(ctx, store.NoticeSpan{Unread: in.Unread, After: s.After, Skip: s.Skip, Limit: s.Limit})
		},
		End: func(last core.Notice) store.NoticePosition {
			return store.NoticePosition{At: last.UpdatedAt, ID: last.ID}
		},
		Fits: store.NoticePosition.Fits,
	}, httpx.Each(notification)))
}

type noticeInput struct {
	ID int64 `path:"id" doc:"The notification's id."`
}

func (h handlers) getNotice(ctx context.Context, in *noticeInput) (*httpx.Body[Notification], error) {
	n, err := h.core.Notice(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return httpx.OK(notification(ctx, n)), nil
}

func (h handlers) deleteNotice(ctx context.Context, in *noticeInput) (*struct{}, error) {
	return nil, h.core.DeleteNotice(ctx, in.ID)
}

// UnreadCount is how many notifications one has not read.
type UnreadCount struct {
	Count int64 `json:"count"`
}

func (h handlers) unreadNotices(ctx context.Context, _ *struct{}) (*httpx.Body[UnreadCount], error) {
	n, err := h.core.CountNotices(ctx, true, maxCounted)
	if err != nil {
		return nil, err
	}
	return httpx.OK(UnreadCount{n}), nil
}

// MarkReadBody says which notifications were read.
type MarkReadBody struct {
	IDs  httpx.Opt[[]int64] `json:"ids,omitempty" maxItems:"1000"`
	All  httpx.Opt[bool]    `json:"all,omitempty"`
	UpTo httpx.Opt[int64]   `json:"up_to,omitempty" doc:"A notification's id."`
}

// MarkedRead is how many were not read before.
type MarkedRead struct {
	Updated int64 `json:"updated"`
}

type markReadInput struct{ Body MarkReadBody }

func (h handlers) readNotices(ctx context.Context, in *markReadInput) (*httpx.Body[MarkedRead], error) {
	n, err := h.core.ReadNotices(ctx, core.Reading{IDs: in.Body.IDs.Or(nil), All: in.Body.All.Or(false), UpTo: in.Body.UpTo.Or(0)})
	if err != nil {
		return nil, err
	}
	return httpx.OK(MarkedRead{n}), nil
}

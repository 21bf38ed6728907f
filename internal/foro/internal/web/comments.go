package web

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/core"
	"agrovet/internal/media/mediajson"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const createCommentDoc = "On a post, or with `parent` on another comment of it. `foro.comment.added` follows."

func registerComments(r *httpx.Router, h handlers) {
	limits := []httpx.RateLimit{{Name: "foro.comments", By: httpx.ByUser, Limit: kv.Limit{Events: maxPerHour, Period: time.Hour}}}
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: root + "comments/", ID: "foro.comments.create", Summary: "Comment on a post", Doc: createCommentDoc,
		Access: httpx.Member, Status: http.StatusCreated, Limits: limits}, h.createComment)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "comments/{id}/", ID: "foro.comments.get", Summary: "Show a comment", Access: httpx.Anyone}, h.getComment)
}

// Comment is one as REST answers show it (contract: rest.md §7).
type Comment struct {
	ID             int64            `json:"id"`
	User           Who              `json:"user"`
	PostID         int64            `json:"post_id"`
	Post           int64            `json:"post" doc:"The same as post_id, for older clients."`
	ParentID       *int64           `json:"parent_id"`
	Content        string           `json:"content" doc:"Plain text: show it as text, never as HTML. Empty when it was deleted or taken away."`
	Media          *mediajson.Media `json:"media"`
	CreatedAt      string           `json:"created_at" format:"date-time"`
	UpdatedAt      string           `json:"updated_at" format:"date-time"`
	EditedAt       *string          `json:"edited_at" format:"date-time" doc:"Null: never."`
	ReactionsCount int              `json:"reactions_count"`
	LikesCount     int              `json:"likes_count"`
	DislikesCount  int              `json:"dislikes_count"`
	HeartsCount    int              `json:"hearts_count"`
	MyReactions    []string         `json:"my_reactions" nullable:"false" doc:"The reader's: heart, like, dislike; none for the anonymous."`
	RepliesCount   int              `json:"replies_count" doc:"Direct ones."`
	Popularity     int              `json:"popularity" doc:"The sum of reactions_count and replies_count."`
	IsAccepted     bool             `json:"is_accepted" doc:"The asker says that it answers the question."`
	Validations    int              `json:"validations_count" doc:"Verified specialists who say that it answers the question."`
	ValidatedBy    []Who            `json:"validated_by" nullable:"false" doc:"The first three of them."`
	Mentions       []Named          `json:"mentions" nullable:"false" doc:"Whom it speaks of."`
	Replies        []Comment        `json:"replies" nullable:"false" doc:"Some of the direct ones, the oldest first, with some of what answers these."`
	MoreReplies    *string          `json:"more_replies" format:"uri" doc:"The page of replies that goes on; null: there are no more."`
	Anonymous      bool             `json:"anonymous" doc:"By the asker, who does not show their name."`
	State          string           `json:"state" doc:"visible, hidden or removed by moderators, or deleted by its author while there are replies."`
	Version        int              `json:"version" doc:"Grows with every change by the author; If-Match takes it."`
}

// comment makes the JSON of a comment for whoever reads it.
func comment(ctx context.Context, s *core.Remark) Comment {
	c := Comment{ID: s.ID, User: who(ctx, s.Author), PostID: s.PostID, Post: s.PostID, ParentID: some(s.ParentID), Content: s.Content, Media: object(ctx, s.Object),
		CreatedAt: written(s.CreatedAt), UpdatedAt: written(s.UpdatedAt), EditedAt: writtenOr(s.EditedAt),
		ReactionsCount: s.Counts.All(), LikesCount: s.Counts.Likes, DislikesCount: s.Counts.Dislikes, HeartsCount: s.Counts.Hearts, MyReactions: kinds(s.Own),
		RepliesCount: s.Replies, Popularity: s.Popularity(), IsAccepted: s.Accepted, Validations: s.Validations, ValidatedBy: whos(ctx, s.ValidatedBy),
		Mentions: named(s.Mentioned), Replies: comments(ctx, s.Below), Anonymous: s.Anonymous, State: string(s.State), Version: s.Version}
	if s.More {
		c.MoreReplies = goesOn(ctx, s.Below, false, "comments/%d/replies/", s.ID)
	}
	return c
}

// CommentBody is what clients write of a comment. Fields that are not sent stay as they are.
type CommentBody struct {
	Post     httpx.Opt[int64]   `json:"post,omitempty" nullable:"false" minimum:"1"`
	PostID   httpx.Opt[int64]   `json:"post_id,omitempty" nullable:"false" minimum:"1" doc:"The same as post."`
	Parent   httpx.Opt[int64]   `json:"parent,omitempty" minimum:"1" doc:"The comment that it answers; null: the post itself."`
	ParentID httpx.Opt[int64]   `json:"parent_id,omitempty" minimum:"1" doc:"The same as parent."`
	Content  httpx.Opt[string]  `json:"content,omitempty" nullable:"false" minLength:"1" maxLength:"10000"`
	MediaID  httpx.Opt[int64]   `json:"media_id,omitempty" minimum:"1" doc:"A public file of the writer; null: none."`
	Mentions httpx.Opt[[]int64] `json:"mention_ids,omitempty" maxItems:"10" doc:"Users of whom it speaks."`
}

// apply takes over what was sent. Whoever is mentioned twice is so once.
func (b CommentBody) apply(m *foro.Comment) {
	set(&m.Mentions, b.Mentions)
	m.Mentions = distinct(m.Mentions)
	set(&m.Content, b.Content)
	set(&m.MediaID, b.MediaID)
	m.Content = strings.TrimSpace(m.Content)
}

type createCommentInput struct{ Body CommentBody }

func (h handlers) createComment(ctx context.Context, in *createCommentInput) (*httpx.Body[Comment], error) {
	b := in.Body
	if err := required(map[string]bool{"post": b.Post.Sent || b.PostID.Sent, "content": b.Content.Sent}); err != nil {
		return nil, err
	}
	if b.Post.Sent && b.PostID.Sent && b.Post.Value != b.PostID.Value {
		return nil, errs.InField("post_id", "post y post_id no coinciden.", "post and post_id differ.")
	}
	var m foro.Comment
	set(&m.PostID, b.Post)
	set(&m.PostID, b.PostID)
	set(&m.ParentID, b.Parent)
	set(&m.ParentID, b.ParentID)
	b.apply(&m)
	s, err := h.core.Answer(ctx, m)
	return remarked(ctx, s, err)
}

func remarked(ctx context.Context, s *core.Remark, err error) (*httpx.Body[Comment], error) {
	if err != nil {
		return nil, err
	}
	return httpx.OK(comment(ctx, s)), nil
}

type commentInput struct {
	ID int64 `path:"id" doc:"The comment's id."`
}

func (h handlers) getComment(ctx context.Context, in *commentInput) (*httpx.Body[Comment], error) {
	s, err := h.core.Comment(ctx, in.ID)
	return remarked(ctx, s, err)
}

// distinct is each of the ids once, in their order by number.
func distinct(ids []int64) []int64 {
	all := slices.Clone(ids)
	slices.Sort(all)
	return slices.Compact(all)
}

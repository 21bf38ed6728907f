package web

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/foro/internal/core"
	"agrovet/internal/media"
	"agrovet/internal/media/mediajson"
	"agrovet/internal/platform/geo"
)

// Post is one as REST answers show it (contract: rest.md §7).
type Post struct {
	ID             int64            `json:"id"`
	Author         Who              `json:"author"`
	Title          string           `json:"title"`
	Content        string           `json:"content" doc:"Plain text: show it as text, never as HTML."`
	Media          *mediajson.Media `json:"media"`
	Community      *Community       `json:"community"`
	CommunityID    *int64           `json:"community_id"`
	CreatedAt      string           `json:"created_at" format:"date-time"`
	UpdatedAt      string           `json:"updated_at" format:"date-time"`
	EditedAt       *string          `json:"edited_at" format:"date-time" doc:"Null: never."`
	ViewsCount     int64            `json:"views_count" doc:"By people and days, without the author and staff."`
	CommentsCount  int              `json:"comments_count" doc:"Replies included."`
	ReactionsCount int              `json:"reactions_count"`
	LikesCount     int              `json:"likes_count"`
	DislikesCount  int              `json:"dislikes_count"`
	HeartsCount    int              `json:"hearts_count"`
	MyReactions    []string         `json:"my_reactions" nullable:"false" doc:"The reader's: heart, like, dislike; none for the anonymous."`
	RelevanceScore float64          `json:"relevance_score" doc:"What it is worth to everybody, as of some minutes ago; in posts/relevant/ to the reader."`
	IsQuestion     bool             `json:"is_question"`
	Answered       bool             `json:"answered" doc:"A comment was accepted by the asker, or validated by a verified specialist."`
	AcceptedID     *int64           `json:"accepted_comment_id"`
	Anonymous      bool             `json:"anonymous" doc:"Others do not learn who the author is."`
	Species        []string         `json:"species" nullable:"false"`
	Tags           []string         `json:"tags" nullable:"false"`
	Mentions       []Named          `json:"mentions" nullable:"false" doc:"Whom it speaks of."`
	Latitude       *float64         `json:"latitude" doc:"Roughly where it is asked: a tenth of a degree."`
	Longitude      *float64         `json:"longitude"`
	Comments       []Comment        `json:"comments" nullable:"false" doc:"Some of those on the post itself, the most popular first, with some of what answers them."`
	CommentsNext   *string          `json:"comments_next" format:"uri" doc:"The page of comments that goes on; null: there are no more."`
	State          string           `json:"state" doc:"visible, hidden or removed by moderators; others than visible are shown to the author and to moderators alone."`
	Locked         bool             `json:"locked" doc:"It takes no more comments."`
	Version        int              `json:"version" doc:"Grows with every change by the author; If-Match takes it."`
}

// post makes the JSON of a post for whoever reads it.
func post(ctx context.Context, s core.Shown) Post {
	p := Post{ID: s.ID, Author: who(ctx, s.Author), Title: s.Title, Content: s.Content, Media: object(ctx, s.Object), CommunityID: some(s.CommunityID),
		CreatedAt: written(s.CreatedAt), UpdatedAt: written(s.UpdatedAt), EditedAt: writtenOr(s.EditedAt), ViewsCount: s.Views, CommentsCount: s.Comments,
		ReactionsCount: s.Counts.All(), LikesCount: s.Counts.Likes, DislikesCount: s.Counts.Dislikes, HeartsCount: s.Counts.Hearts,
		MyReactions: kinds(s.Own), RelevanceScore: s.Relevance,
		IsQuestion: s.Question, Answered: s.Answered, AcceptedID: some(s.AcceptedID), Anonymous: s.Anonymous, Species: notNil(s.Species), Tags: notNil(s.Tags),
		Mentions: named(s.Mentioned), Comments: comments(ctx, s.Thread), State: string(s.State), Locked: s.Locked, Version: s.Version}
	p.Latitude, p.Longitude = degrees(s.Place)
	if s.MoreThread {
		p.CommentsNext = goesOn(ctx, s.Thread, true, "posts/%d/comments/", s.ID)
	}
	if s.Community != nil {
		p.Community = new(community(ctx, *s.Community))
	}
	return p
}

// degrees are those of a place; null for none.
func degrees(p *geo.Point) (latitude, longitude *float64) {
	if p == nil {
		return nil, nil
	}
	return &p.Latitude, &p.Longitude
}

// Named is somebody whom a text speaks of.
type Named struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

func named(users []auth.User) []Named {
	out := make([]Named, len(users))
	for i, u := range users {
		out[i] = Named{u.ID, u.DisplayName()}
	}
	return out
}

func object(ctx context.Context, o *media.Object) *mediajson.Media {
	if o == nil {
		return nil
	}
	return new(mediajson.New(ctx, *o))
}

func notNil[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

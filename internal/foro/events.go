package foro

import (
	"strconv"

	"agrovet/internal/platform/bus"
)

// Topic carries the forum's events, keyed by the post's id (contract: events.md §3).
const Topic = "foro.events"

// PostCreated: somebody asks or tells something.
type PostCreated struct {
	PostID   int64  `json:"post_id"`
	AuthorID int64  `json:"author_id"` // 0: they do not show their name
	Title    string `json:"title"`
}

// PostDeleted: a post is gone, with everything on it.
type PostDeleted struct {
	PostID int64 `json:"post_id"`
}

// CommentAdded: somebody answers.
type CommentAdded struct {
	CommentID int64 `json:"comment_id"`
	PostID    int64 `json:"post_id"`
	UserID    int64 `json:"user_id"` // 0: they do not show their name
}

// CommentDeleted: its text is gone; its place is there yet when there are replies to it.
type CommentDeleted struct {
	CommentID int64 `json:"comment_id"`
	PostID    int64 `json:"post_id"`
}

// AnswerAccepted: the asker says that a comment answers the question.
type AnswerAccepted struct {
	PostID    int64 `json:"post_id"`
	CommentID int64 `json:"comment_id"`
}

// AnswerValidated: a verified specialist says that a comment answers the question.
type AnswerValidated struct {
	PostID    int64 `json:"post_id"`
	CommentID int64 `json:"comment_id"`
	UserID    int64 `json:"user_id"` // the specialist
}

// QuestionWaiting: nobody has answered a question for long. It is said once.
type QuestionWaiting struct {
	PostID  int64   `json:"post_id"`
	UserIDs []int64 `json:"user_ids"` // verified specialists who may know, the nearest first; at most 20
}

// ReactionAdded: somebody reacts, and has not reacted so before.
type ReactionAdded struct {
	ReactionID  int64        `json:"reaction_id"`
	UserID      int64        `json:"user_id"` // 0: the asker, who does not show their name
	Type        ReactionType `json:"type"`
	ContentType string       `json:"content_type"` // post, comment
	ObjectID    int64        `json:"object_id"`
	PostID      int64        `json:"post_id"` // the comment's, or object_id
}

// Moderated: a moderator has decided about a post or comment, and its author is told.
type Moderated struct {
	UserID    int64    `json:"user_id"` // the author; 0: they do not show their name, or are gone
	PostID    int64    `json:"post_id"`
	CommentID int64    `json:"comment_id"` // 0: about the post
	Decision  Decision `json:"decision"`
	Reason    string   `json:"reason"`
}

// Noticed: somebody is told something now. Who has switched that off or has quiet hours finds it in their list.
type Noticed struct {
	NotificationID int64      `json:"notification_id"`
	UserID         int64      `json:"user_id"` // who is told
	Type           NoticeType `json:"type"`
	PostID         int64      `json:"post_id"`      // 0: of none, or of their own, where they do not show their name
	CommentID      int64      `json:"comment_id"`   // to be opened; 0: the post
	CommunityID    int64      `json:"community_id"` // what it is about; 0: no community
}

// FollowersDue: followers are still to be told of a post or comment. It is for the forum itself.
type FollowersDue struct {
	PostID    int64  `json:"post_id"`
	CommentID int64  `json:"comment_id"` // 0: the post
	Of        string `json:"of"`         // whose followers: post, person, tag
	After     int64  `json:"after"`      // the last who was told
	Told      int    `json:"told"`       // how many were
}

// MentionsAdded: an edit has a post or comment speak of people whom it did not speak of before. It is for the forum itself.
type MentionsAdded struct {
	PostID    int64   `json:"post_id"`
	CommentID int64   `json:"comment_id"` // 0: the post
	UserIDs   []int64 `json:"user_ids"`
}

// MemberChanged: somebody else changed what one is in a community. It is for the forum itself.
type MemberChanged struct {
	CommunityID int64        `json:"community_id"`
	UserID      int64        `json:"user_id"`
	Change      MemberChange `json:"change"`
}

func kind(t string) bus.Kind { return bus.Kind{Topic: Topic, Type: t} }

func key(id int64) string { return strconv.FormatInt(id, 10) }

// Kinds and keys.
func (PostCreated) Kind() bus.Kind     { return kind("foro.post.created") }
func (CommentAdded) Kind() bus.Kind    { return kind("foro.comment.added") }
func (ReactionAdded) Kind() bus.Kind   { return kind("foro.reaction.added") }
func (CommentDeleted) Kind() bus.Kind  { return kind("foro.comment.deleted") }
func (AnswerAccepted) Kind() bus.Kind  { return kind("foro.answer.accepted") }
func (AnswerValidated) Kind() bus.Kind { return kind("foro.answer.validated") }
func (QuestionWaiting) Kind() bus.Kind { return kind("foro.question.waiting") }
func (e PostCreated) Key() string      { return key(e.PostID) }
func (e CommentAdded) Key() string     { return key(e.PostID) }
func (e ReactionAdded) Key() string    { return key(e.PostID) }
func (e CommentDeleted) Key() string   { return key(e.PostID) }
func (e AnswerAccepted) Key() string   { return key(e.PostID) }
func (e AnswerValidated) Key() string  { return key(e.PostID) }
func (e QuestionWaiting) Key() string  { return key(e.PostID) }
func (PostDeleted) Kind() bus.Kind     { return kind("foro.post.deleted") }
func (e PostDeleted) Key() string      { return key(e.PostID) }
func (Moderated) Kind() bus.Kind       { return kind("foro.moderated") }
func (e Moderated) Key() string        { return key(e.PostID) }
func (Noticed) Kind() bus.Kind         { return kind("foro.noticed") }
func (e Noticed) Key() string          { return key(e.UserID) }
func (FollowersDue) Kind() bus.Kind {
	return bus.Kind{Topic: Topic, Type: "foro.followers_due", Internal: true}
}
func (MentionsAdded) Kind() bus.Kind {
	return bus.Kind{Topic: Topic, Type: "foro.mentions_added", Internal: true}
}
func (MemberChanged) Kind() bus.Kind {
	return bus.Kind{Topic: Topic, Type: "foro.member_changed", Internal: true}
}
func (e MentionsAdded) Key() string { return key(e.PostID) }
func (e FollowersDue) Key() string  { return key(e.PostID) }
func (e MemberChanged) Key() string { return key(e.UserID) }

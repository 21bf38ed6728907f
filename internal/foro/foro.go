// Package foro is the face of the forum: communities, what members ask and tell there, and how others answer.
//
// It owns the Postgres schema foro. It asks auth for names, profiles for what authors are, and media for
// pictures; takes people into communities and keeps what it knows of them by auth's user.created,
// user.role_changed and user.deleted and by profiles' events; forgets files on media's media.deleted; and
// publishes [PostCreated], [PostDeleted], [CommentAdded], [CommentDeleted], [AnswerAccepted], [AnswerValidated],
// [QuestionWaiting], [ReactionAdded] and [Noticed] on topic foro.events, and which files
// posts show on topic foro.media. Start reading at internal/core.
package foro

import (
	"time"

	"agrovet/internal/platform/geo"
)

// Post is what somebody asks or tells.
type Post struct {
	ID          int64
	AuthorID    int64 // 0: their account is gone
	Anonymous   bool  // others do not learn who the author is; staff does
	Question    bool
	Title       string
	Content     string   // plain text
	MediaID     int64    // 0: none
	CommunityID int64    // 0: in none
	Tags        []string // folded; each once
	Mentions    []int64  // users whom it speaks of
	Species     []string // of profiles.Species: what it is about
	Place       *geo.Point
	State       State
	Locked      bool  // no more comments
	Answered    bool  // a comment was accepted or validated
	AcceptedID  int64 // the comment that the asker accepted; 0: none
	Version     int   // grows by one with every change by the author
	CreatedAt   time.Time
	UpdatedAt   time.Time
	EditedAt    time.Time // zero: never
	Views       int64     // people and days
	Comments    int       // visible ones, replies included
	Counts      Counts
	Relevance   float64 // what it is worth to everybody, in posts/relevant/ to the reader
}

// Comment is an answer to a post, or to another comment.
type Comment struct {
	ID          int64
	PostID      int64
	ParentID    int64 // 0: on the post itself
	Depth       int   // 0: on the post itself
	UserID      int64 // 0: their account is gone
	Anonymous   bool  // by the author of a post that does not show them
	Content     string
	MediaID     int64
	Mentions    []int64
	State       State
	Version     int
	CreatedAt   time.Time
	UpdatedAt   time.Time
	EditedAt    time.Time
	Validations int     // verified specialists who say that it answers
	Validators  []int64 // the first three of them
	Replies     int     // direct and visible ones
	Counts      Counts
}

// Revision is what a post or comment said until it was changed.
type Revision struct {
	Version int
	Title   string // of a post
	Content string
	MediaID int64
	Until   time.Time
}

// Popularity is what comments are ordered by (contract: rest.md §7).
func (c Comment) Popularity() int { return c.Counts.All() + c.Replies }

// Counts are how often people reacted.
type Counts struct{ Likes, Dislikes, Hearts int }

// All is the sum.
func (c Counts) All() int { return c.Likes + c.Dislikes + c.Hearts }

// State is what moderators have made of a post or comment.
type State string

// The states.
const (
	Visible State = "visible"
	Hidden  State = "hidden"  // for its author and moderators, until somebody decides
	Removed State = "removed" // its text is for its author and staff; its files are gone
	Deleted State = "deleted" // of comments: by the author, and there are replies
)

// Community is where people of one kind meet.
type Community struct {
	ID               int64
	Name             string
	Slug             string
	ShortDescription string
	Description      string
	CoverID          int64 // media; 0: none
	AvatarID         int64
	CreatedBy        int64 // 0: it came with the forum, or their account is gone
	Standard         bool  // it came with the forum: staff alone changes it
	Members          int
	CreatedAt        time.Time
}

// Role is what somebody may do in a community.
type Role string

// The roles.
const (
	Owner      Role = "owner"     // changes it and names moderators
	Moderator  Role = "moderator" // decides about what is reported in it
	JustMember Role = "member"
)

// ReactionType is how somebody reacts.
type ReactionType string

// The types. Like and dislike exclude each other.
const (
	Heart   ReactionType = "heart"
	Like    ReactionType = "like"
	Dislike ReactionType = "dislike"
)

// Target is what is reacted to, reported or noticed: a post or a comment.
type Target struct {
	PostID    int64 // of a comment too
	CommentID int64 // 0: the post
}

// Object is the target in the contract's words: post or comment, and its id.
func (t Target) Object() (contentType string, id int64) {
	if t.CommentID != 0 {
		return "comment", t.CommentID
	}
	return "post", t.PostID
}

// Reaction of somebody.
type Reaction struct {
	ID        int64
	UserID    int64
	Target    Target
	Type      ReactionType
	CreatedAt time.Time
}

// What there may be at most.
const (
	MaxTitle       = 255
	MaxPost        = 20_000 // characters
	MaxComment     = 10_000
	MaxDepth       = 50 // of replies to replies
	MaxTags        = 5
	MaxTag         = 40 // characters
	MaxMentions    = 10
	MaxSpecies     = 5
	MaxDrafts      = 100 // of one person
	MaxMemberships = 500
)

package foro

import (
	"slices"
	"time"
)

// NoticeType is why somebody is told something.
type NoticeType string

// The types. The first four are the contract's (rest.md §7).
const (
	PostReply       NoticeType = "post_reply"       // a comment on one's post
	CommentReply    NoticeType = "comment_reply"    // a reply to one's comment
	PostReaction    NoticeType = "post_reaction"    // to one's post
	CommentReaction NoticeType = "comment_reaction" // to one's comment
	Mention         NoticeType = "mention"          // a post or comment speaks of one
	FollowedPost    NoticeType = "followed_post"    // a comment on a post that one follows
	FollowedPerson  NoticeType = "followed_person"  // a post of somebody whom one follows
	FollowedTag     NoticeType = "followed_tag"     // a post with a tag that one follows
	AcceptedNotice  NoticeType = "answer_accepted"  // the asker accepted one's answer
	ValidatedNotice NoticeType = "answer_validated" // a verified specialist validated one's answer
	WaitingNotice   NoticeType = "question_waiting" // a question of one's field has no answer
	ModeratedNotice NoticeType = "moderation"       // moderators decided about what one wrote
	MemberNotice    NoticeType = "membership"       // somebody changed what one is in a community
)

// NoticeTypes are all types.
var NoticeTypes = []NoticeType{PostReply, CommentReply, PostReaction, CommentReaction, Mention, FollowedPost, FollowedPerson, FollowedTag,
	AcceptedNotice, ValidatedNotice, WaitingNotice, ModeratedNotice, MemberNotice}

// NoticePreference is how somebody wants to be told.
type NoticePreference struct {
	Off   []NoticeType // none of these
	Live  bool         // also on their open connections
	Quiet *QuietHours  // nil: never
}

// Wants says whether somebody wants to be told by a type.
func (p NoticePreference) Wants(t NoticeType) bool { return !slices.Contains(p.Off, t) }

// QuietHours are when somebody is told nothing on their open connections: it waits in their list.
type QuietHours struct {
	From, To int    // minutes after midnight; To may be the next day's
	Zone     string // IANA
}

// Within says whether t is in the quiet hours.
func (q QuietHours) Within(t time.Time) bool {
	zone, err := time.LoadLocation(q.Zone)
	if err != nil { // it was checked; the zone has gone from the table since
		zone = time.UTC
	}
	local := t.In(zone)
	now := local.Hour()*60 + local.Minute()
	if q.From <= q.To {
		return q.From <= now && now < q.To
	}
	return now >= q.From || now < q.To
}

// What there may be at most.
const (
	MaxFollows = 5000 // of one person and kind: posts, tags, people
	MaxMutes   = 5000 // of one person and kind: posts, people
	MaxTold    = 5000 // followers who are told of one post or comment; all find it in their lists
)

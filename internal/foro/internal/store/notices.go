package store

import (
	"context"
	"math"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// Notice is what somebody is told.
type Notice struct {
	ID          int64
	RecipientID int64
	Type        foro.NoticeType
	Target      foro.Target // what it is about; no post: a suspension, say
	CommunityID int64       // what it is about; 0: no community
	OpensID     int64       // the comment with which it happened last; 0: none, or it is gone
	ActorID     int64       // who did it last; 0: nobody, or their account is gone, or anonymous
	Anonymous   bool        // who did it last does not show their name
	Actors      int         // different people
	Decision    string      // of moderators, or a foro.MemberChange
	Reason      string
	Read        bool
	CreatedAt   time.Time
	UpdatedAt   time.Time
	Title       string // of the post, as the recipient may see it, or the community's name; empty: they may not any more
}

// NoticePosition is a place in the order of notifications: of the last activity, the newest first.
type NoticePosition struct {
	At time.Time `json:"at"`
	ID int64     `json:"id"`
}

// Fits says whether a position, which anybody can write, is one that the database can compare with.
func (p NoticePosition) Fits() bool { return p.At.Year() > 0 && p.At.Year() < 10_000 }

// NoticeSpan is a part of somebody's notifications.
type NoticeSpan struct {
	Unread bool // without those that they have read
	After  *NoticePosition
	Skip   int
	Limit  int
}

// noticeColumns are those of [Notice], of n and of what it is about.
const noticeColumns = `select n.id, n.recipient_id, n.type, coalesce(n.post_id, 0), coalesce(n.comment_id, 0), coalesce(n.community_id, 0), coalesce(c.id, 0), n.actor_id, n.anonymous,
	n.actors_count, n.decision, n.reason, n.read, n.created_at, n.updated_at,
	case when p.state = 'visible' or p.author_id = n.recipient_id then p.title else m.name end`

// about is what notifications are about: looked up for those alone that a page shows.
const about = ` n left join lateral (select state, author_id, title from post where post.id = n.post_id offset 0) p on true
	left join lateral (select comment.id from comment where comment.id = n.opens_id offset 0) c on true
	left join lateral (select name from community where community.id = n.community_id and not gone offset 0) m on true`

const noticePage = noticeColumns + ` from (select * from notification where recipient_id = $1 and (updated_at, id) < ($2, $3) and unread
	order by updated_at desc, id desc limit $4 offset $5)` + about + ` order by n.updated_at desc, n.id desc`

var (
	noticesAll    = strings.ReplaceAll(noticePage, " and unread", "")
	noticesUnread = strings.ReplaceAll(noticePage, "unread", "not read")
)

const noticeByID = noticeColumns + ` from (select * from notification where id = $1 and recipient_id = $2)` + about

// Notices is a part of somebody's, newest activity first.
func (s Store) Notices(ctx context.Context, userID int64, span NoticeSpan) ([]Notice, error) {
	sql, after := noticesAll, NoticePosition{endOfTime, math.MaxInt64}
	if span.Unread {
		sql = noticesUnread
	}
	if span.After != nil {
		after = *span.After
	}
	return s.notices(ctx, sql, userID, after.At, after.ID, span.Limit, span.Skip)
}

// endOfTime is later than everything.
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// Notice returns one of somebody's; ok is false when there is none.
func (s Store) Notice(ctx context.Context, userID, id int64) (n Notice, ok bool, err error) {
	all, err := s.notices(ctx, noticeByID, id, userID)
	if err != nil || len(all) == 0 {
		return n, false, err
	}
	return all[0], true, nil
}

func (s Store) notices(ctx context.Context, sql string, args ...any) ([]Notice, error) {
	rows, err := s.DB.Q(ctx).Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (n Notice, err error) {
		var title *string
		err = row.Scan(&n.ID, &n.RecipientID, &n.Type, &n.Target.PostID, &n.Target.CommentID, &n.CommunityID, &n.OpensID, &n.ActorID, &n.Anonymous,
			&n.Actors, &n.Decision, &n.Reason, &n.Read, &n.CreatedAt, &n.UpdatedAt, &title)
		n.Title = or(title)
		return n, err
	})
}

// CountNotices counts somebody's, or only the unread ones, up to limit.
func (s Store) CountNotices(ctx context.Context, userID int64, unread bool, limit int) (int64, error) {
	if unread {
		return queries.NotificationUnreadCount(ctx, s.DB.Q(ctx), forodb.NotificationUnreadCountParams{RecipientID: userID, MaxRows: int32(limit)})
	}
	return queries.NotificationCount(ctx, s.DB.Q(ctx), forodb.NotificationCountParams{RecipientID: userID, MaxRows: int32(limit)})
}

// ReadNotices marks those of somebody's with these ids as read, and says how many were not.
func (s Store) ReadNotices(ctx context.Context, userID int64, ids []int64) (int64, error) {
	return queries.NotificationsRead(ctx, s.DB.Q(ctx), forodb.NotificationsReadParams{RecipientID: userID, Ids: ids})
}

// ReadNoticesUpTo does so with one of somebody's and all before it in their list.
func (s Store) ReadNoticesUpTo(ctx context.Context, userID, id int64) (int64, error) {
	return queries.NotificationsReadUpTo(ctx, s.DB.Q(ctx), forodb.NotificationsReadUpToParams{RecipientID: userID, ID: id})
}

// ReadAllNotices does so with all of somebody's.
func (s Store) ReadAllNotices(ctx context.Context, userID int64) (int64, error) {
	return queries.NotificationsReadAll(ctx, s.DB.Q(ctx), userID)
}

// DeleteNotice removes one of somebody's; ok is false when there is none.
func (s Store) DeleteNotice(ctx context.Context, userID, id int64) (ok bool, err error) {
	n, err := queries.NotificationDelete(ctx, s.DB.Q(ctx), forodb.NotificationDeleteParams{ID: id, RecipientID: userID})
	return n > 0, err
}

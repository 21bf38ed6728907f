package store

import (
	"context"
	"maps"
	"math"
	"slices"
	"time"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store/chatdb"
)

// Member is what somebody is in a room; ok is false when they are not in it.
func (s Store) Member(ctx context.Context, roomID, userID int64) (m chat.Member, ok bool, err error) {
	rows, err := queries.Member(ctx, s.DB.Q(ctx), chatdb.MemberParams{RoomID: roomID, UserID: userID})
	return first(rows, err, member)
}

// AddMembers makes people members of a room, who see what comes behind fromSeq. None of them may be in it.
func (s Store) AddMembers(ctx context.Context, roomID, fromSeq int64, roles map[int64]chat.Role) ([]chat.Member, error) {
	p := chatdb.MembersInsertParams{RoomID: roomID, FromSeq: fromSeq}
	for _, id := range slices.Sorted(maps.Keys(roles)) {
		p.UserIds, p.Roles = append(p.UserIds, id), append(p.Roles, string(roles[id]))
	}
	rows, err := queries.MembersInsert(ctx, s.DB.Q(ctx), p)
	return each(rows, member), err
}

// RemoveMember ends a membership; ok is false when there was none.
func (s Store) RemoveMember(ctx context.Context, roomID, userID int64) (ok bool, err error) {
	n, err := queries.MemberDelete(ctx, s.DB.Q(ctx), chatdb.MemberDeleteParams{RoomID: roomID, UserID: userID})
	return n > 0, err
}

// Hide takes a room out of somebody's list, with all up to fromSeq, until there is more.
func (s Store) Hide(ctx context.Context, roomID, userID, fromSeq int64) error {
	return queries.MemberHide(ctx, s.DB.Q(ctx), chatdb.MemberHideParams{RoomID: roomID, UserID: userID, FromSeq: fromSeq})
}

// Unhide lists a room again.
func (s Store) Unhide(ctx context.Context, roomID, userID int64) error {
	return queries.MemberUnhide(ctx, s.DB.Q(ctx), chatdb.MemberUnhideParams{RoomID: roomID, UserID: userID})
}

// SetRole makes a member something else.
func (s Store) SetRole(ctx context.Context, roomID, userID int64, role chat.Role) error {
	return queries.MemberRole(ctx, s.DB.Q(ctx), chatdb.MemberRoleParams{RoomID: roomID, UserID: userID, Role: string(role)})
}

// Mute keeps until when somebody does not want to be disturbed by a room; the zero time ends that.
func (s Store) Mute(ctx context.Context, roomID, userID int64, until time.Time) error {
	p := chatdb.MemberMuteParams{RoomID: roomID, UserID: userID}
	if !until.IsZero() {
		p.Until = &until
	}
	return queries.MemberMute(ctx, s.DB.Q(ctx), p)
}

// MembersAmong are those of some people who are in a room, by their ids.
func (s Store) MembersAmong(ctx context.Context, roomID int64, userIDs []int64) (map[int64]chat.Member, error) {
	rows, err := queries.MembersAmong(ctx, s.DB.Q(ctx), chatdb.MembersAmongParams{RoomID: roomID, UserIds: userIDs})
	out := make(map[int64]chat.Member, len(rows))
	for _, m := range rows {
		out[m.UserID] = member(m)
	}
	return out, err
}

// Settled is who is in a room, as it was at one moment.
type Settled struct {
	LastSeq int64 // of the room's log; math.MaxInt64: there is no such room any more
	Members int   // how many are in it
	There   map[int64]chat.Member
}

// Settled tells which of some people are in a room: what they have of it, not what they are in it.
func (s Store) Settled(ctx context.Context, roomID int64, userIDs []int64) (out Settled, err error) {
	rows, err := queries.Settled(ctx, s.DB.Q(ctx), chatdb.SettledParams{RoomID: roomID, UserIds: userIDs})
	if err != nil {
		return out, err
	}
	out.LastSeq, out.There = math.MaxInt64, map[int64]chat.Member{}
	for _, r := range rows {
		out.LastSeq, out.Members = r.LastSeq, int(r.Members)
		if r.UserID != nil {
			out.There[*r.UserID] = chat.Member{RoomID: roomID, UserID: *r.UserID, FromSeq: *r.FromSeq, DeliveredSeq: *r.DeliveredSeq, ReadSeq: *r.ReadSeq}
		}
	}
	return out, nil
}

// Heir is the owner of a group, or who is to be the next: the admin who has been there longest, else the
// member; ok is false when nobody is there.
func (s Store) Heir(ctx context.Context, roomID int64) (m chat.Member, ok bool, err error) {
	rows, err := queries.MemberHeir(ctx, s.DB.Q(ctx), roomID)
	return first(rows, err, member)
}

// Size is how many are in a room.
func (s Store) Size(ctx context.Context, roomID int64) (int, error) {
	n, err := queries.RoomSize(ctx, s.DB.Q(ctx), roomID)
	return int(n), err
}

// MembersPage is a part of who is in a room, by when they joined.
func (s Store) MembersPage(ctx context.Context, roomID int64, span ActivitySpan) ([]chat.Member, error) {
	p := chatdb.MembersPageParams{RoomID: roomID, Skip: int32(span.Skip), MaxRows: int32(span.Limit)}
	if span.After != nil {
		p.AfterAt, p.AfterID = span.After.At, span.After.ID
	}
	rows, err := queries.MembersPage(ctx, s.DB.Q(ctx), p)
	return each(rows, member), err
}

// FirstMembers are some of those who are in rooms, by room: owner, admins, then by when they joined.
func (s Store) FirstMembers(ctx context.Context, roomIDs []int64, limit int) (map[int64][]chat.Member, error) {
	rows, err := queries.MembersFirst(ctx, s.DB.Q(ctx), chatdb.MembersFirstParams{RoomIds: roomIDs, MaxRows: int32(limit)})
	out := make(map[int64][]chat.Member, len(roomIDs))
	for _, m := range rows {
		out[m.RoomID] = append(out[m.RoomID], member(m))
	}
	return out, err
}

// Place is somebody in a room.
type Place struct{ RoomID, UserID int64 }

// Wrote tells which of these have written at least one message where they are.
func (s Store) Wrote(ctx context.Context, places []Place) (map[Place]bool, error) {
	var p chatdb.WroteParams
	for _, one := range places {
		p.RoomIds, p.UserIds = append(p.RoomIds, one.RoomID), append(p.UserIds, one.UserID)
	}
	rows, err := queries.Wrote(ctx, s.DB.Q(ctx), p)
	out := make(map[Place]bool, len(rows))
	for _, r := range rows {
		out[Place(r)] = true
	}
	return out, err
}

func member(m chatdb.Member) chat.Member {
	return chat.Member{RoomID: m.RoomID, UserID: m.UserID, Role: chat.Role(m.Role), JoinedAt: m.JoinedAt, JoinedSeq: m.JoinedSeq, FromSeq: m.FromSeq,
		DeliveredSeq: m.DeliveredSeq, ReadSeq: m.ReadSeq, MutedUntil: or(m.MutedUntil)}
}

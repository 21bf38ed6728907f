package store

import (
	"context"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// Member is somebody in a community.
type Member struct {
	UserID   int64
	Role     foro.Role
	JoinedAt time.Time
}

// RoleIn is what somebody is in a community; empty when they are not in it.
func (s Store) RoleIn(ctx context.Context, communityID, userID int64) (foro.Role, error) {
	roles, err := queries.MemberRole(ctx, s.DB.Q(ctx), forodb.MemberRoleParams{CommunityID: communityID, UserID: userID})
	if err != nil || len(roles) == 0 {
		return "", err
	}
	return foro.Role(roles[0]), nil
}

// Member is somebody in a community; ok is false when they are not in it.
func (s Store) Member(ctx context.Context, communityID, userID int64) (m Member, ok bool, err error) {
	rows, err := queries.MemberByID(ctx, s.DB.Q(ctx), forodb.MemberByIDParams{CommunityID: communityID, UserID: userID})
	if err != nil || len(rows) == 0 {
		return m, false, err
	}
	return memberOf(rows[0]), true, nil
}

func memberOf(r forodb.Member) Member {
	return Member{UserID: r.UserID, Role: foro.Role(r.Role), JoinedAt: r.JoinedAt}
}

// RolesIn are what somebody is in these communities. Those that they are not in are left out.
func (s Store) RolesIn(ctx context.Context, userID int64, communityIDs ...int64) (map[int64]foro.Role, error) {
	rows, err := queries.MemberRoles(ctx, s.DB.Q(ctx), forodb.MemberRolesParams{UserID: userID, CommunityIds: communityIDs})
	roles := make(map[int64]foro.Role, len(rows))
	for _, r := range rows {
		roles[r.CommunityID] = foro.Role(r.Role)
	}
	return roles, err
}

// Standing is how somebody stands to a community that they want to join.
type Standing struct {
	Inside bool
	Banned bool
	Joined int // communities that they are in
}

// LockStanding locks a community and tells how somebody, who is locked alone, stands to it, with the communities
// that they are in counted up to limit; ok is false when there is no such community.
func (s Store) LockStanding(ctx context.Context, communityID, userID int64, limit int) (st Standing, ok bool, err error) {
	rows, err := queries.Membership(ctx, s.DB.Q(ctx), forodb.MembershipParams{CommunityID: communityID, UserID: userID, RowLimit: int64(limit)})
	if err != nil || len(rows) == 0 {
		return st, false, err
	}
	return Standing{Inside: rows[0].Inside, Banned: rows[0].Banned, Joined: int(rows[0].Joined)}, true, nil
}

// CountJoined counts the communities that somebody is in, up to limit.
func (s Store) CountJoined(ctx context.Context, userID int64, limit int) (int64, error) {
	return queries.MemberCount(ctx, s.DB.Q(ctx), forodb.MemberCountParams{UserID: userID, RowLimit: int64(limit)})
}

// AddMember puts somebody into a community, unless they are in it.
func (s Store) AddMember(ctx context.Context, communityID, userID int64, role foro.Role) error {
	return queries.MemberInsert(ctx, s.DB.Q(ctx), forodb.MemberInsertParams{CommunityID: communityID, UserID: userID, Role: string(role)})
}

// AddToAll puts somebody into communities, and returns into which: not where they are, or where they may not come
// back.
func (s Store) AddToAll(ctx context.Context, userID int64, communityIDs []int64) ([]int64, error) {
	return queries.MemberInsertAll(ctx, s.DB.Q(ctx), forodb.MemberInsertAllParams{UserID: userID, CommunityIds: communityIDs})
}

// RemoveMember takes somebody out of a community, if they are in it.
func (s Store) RemoveMember(ctx context.Context, communityID, userID int64) error {
	_, err := queries.MemberDelete(ctx, s.DB.Q(ctx), forodb.MemberDeleteParams{CommunityID: communityID, UserID: userID})
	return err
}

// SetRole gives a member another role.
func (s Store) SetRole(ctx context.Context, communityID, userID int64, role foro.Role) error {
	_, err := queries.MemberSetRole(ctx, s.DB.Q(ctx), forodb.MemberSetRoleParams{CommunityID: communityID, UserID: userID, Role: string(role)})
	return err
}

// Heir is who comes next as the owner of a community: who has moderated it for longest, else who has been in it
// for longest, else nobody (0).
func (s Store) Heir(ctx context.Context, communityID int64) (int64, error) {
	ids, err := queries.MemberHeir(ctx, s.DB.Q(ctx), communityID)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return ids[0], nil
}

// ForgetMember takes somebody who is gone out of all communities, and returns those, locked. Nothing is left of their
// bans, and those whom they have put out are kept out by nobody.
func (s Store) ForgetMember(ctx context.Context, userID int64) ([]foro.Community, error) {
	all, err := communitiesOf(queries.CommunitiesToLeave(ctx, s.DB.Q(ctx), userID))
	if err != nil {
		return nil, err
	}
	for _, forget := range []func(context.Context, forodb.DBTX, int64) error{queries.MemberForget, queries.BanForget, queries.BanForgetWho} {
		if err := forget(ctx, s.DB.Q(ctx), userID); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Since is a place in a list by time: a moment, and a user's id.
type Since struct {
	At time.Time `json:"at"`
	ID int64     `json:"id"`
}

// SinceSpan is a part of such a list.
type SinceSpan struct {
	After *Since // behind this; nil: from the beginning
	Skip  int
	Limit int
}

// Members are those of a community, who has been there for longest first; with a role, those who have it.
func (s Store) Members(ctx context.Context, communityID int64, role foro.Role, span SinceSpan) (members []Member, err error) {
	var after Since
	if span.After != nil {
		after = *span.After
	}
	var rows []forodb.Member
	limit, skip, q := int64(span.Limit), int64(span.Skip), s.DB.Q(ctx)
	switch role {
	case "":
		rows, err = queries.MembersLongest(ctx, q, forodb.MembersLongestParams{CommunityID: communityID, After: after.At, AfterID: after.ID, RowLimit: limit, RowSkip: skip})
	case foro.JustMember:
		rows, err = queries.MembersPlain(ctx, q, forodb.MembersPlainParams{CommunityID: communityID, After: after.At, AfterID: after.ID, RowLimit: limit, RowSkip: skip})
	default:
		rows, err = queries.MembersSpecial(ctx, q, forodb.MembersSpecialParams{CommunityID: communityID, Role: string(role), After: after.At, AfterID: after.ID,
			RowLimit: limit, RowSkip: skip})
	}
	for _, r := range rows {
		members = append(members, memberOf(r))
	}
	return members, err
}

// CountSpecial counts the owner and the moderators of a community.
func (s Store) CountSpecial(ctx context.Context, communityID int64) (map[foro.Role]int64, error) {
	rows, err := queries.MembersSpecialCount(ctx, s.DB.Q(ctx), communityID)
	counts := make(map[foro.Role]int64, len(rows))
	for _, r := range rows {
		counts[foro.Role(r.Role)] = r.Count
	}
	return counts, err
}

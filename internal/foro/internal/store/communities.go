package store

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// Communities are those with these ids. What is not there is left out.
func (s Store) Communities(ctx context.Context, ids ...int64) (map[int64]foro.Community, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := queries.CommunitiesByID(ctx, s.DB.Q(ctx), ids)
	all := make(map[int64]foro.Community, len(rows))
	for _, r := range rows {
		all[r.ID] = communityOf(r)
	}
	return all, err
}

// RoleIn is what somebody is in a community; empty when they are not in it.
func (s Store) RoleIn(ctx context.Context, communityID, userID int64) (foro.Role, error) {
	roles, err := queries.MemberRole(ctx, s.DB.Q(ctx), forodb.MemberRoleParams{CommunityID: communityID, UserID: userID})
	if err != nil || len(roles) == 0 {
		return "", err
	}
	return foro.Role(roles[0]), nil
}

func communityOf(r forodb.Community) foro.Community {
	return foro.Community{ID: r.ID, Name: r.Name, Slug: r.Slug, ShortDescription: r.ShortDescription, Description: r.Description, CoverID: or(r.CoverID),
		AvatarID: or(r.AvatarID), CreatedBy: r.CreatedBy, Standard: r.Standard, Members: int(r.MembersCount), CreatedAt: r.CreatedAt}
}

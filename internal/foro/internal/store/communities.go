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

// LockCommunity keeps others from changing a community, and who is what in it, until the commit; ok is false
// when there is none. Whoever locks a person as well locks them before.
func (s Store) LockCommunity(ctx context.Context, id int64) (c foro.Community, ok bool, err error) {
	return first(queries.CommunityForUpdate(ctx, s.DB.Q(ctx), id))
}

// CommunityBySlug finds one, in whatever case the slug is written.
func (s Store) CommunityBySlug(ctx context.Context, slug string) (c foro.Community, ok bool, err error) {
	return first(queries.CommunityBySlug(ctx, s.DB.Q(ctx), slug))
}

// InsertCommunity stores a new community without members; c gets its id and time. ok is false when its name or
// its slug is taken.
func (s Store) InsertCommunity(ctx context.Context, c *foro.Community) (ok bool, err error) {
	rows, err := queries.CommunityInsert(ctx, s.DB.Q(ctx), forodb.CommunityInsertParams{
		Name: c.Name, Slug: c.Slug, ShortDescription: c.ShortDescription, Description: c.Description, CreatedBy: c.CreatedBy})
	if err != nil || len(rows) == 0 {
		return false, err
	}
	c.ID, c.CreatedAt = rows[0].ID, rows[0].CreatedAt
	return true, nil
}

// UpdateCommunity stores a changed community, which is locked. How many members it has stays as it is.
func (s Store) UpdateCommunity(ctx context.Context, c foro.Community) error {
	return queries.CommunityUpdate(ctx, s.DB.Q(ctx), forodb.CommunityUpdateParams{ID: c.ID, Name: c.Name, Slug: c.Slug, ShortDescription: c.ShortDescription,
		Description: c.Description, CoverID: some(c.CoverID), AvatarID: some(c.AvatarID), CreatedBy: c.CreatedBy})
}

// EndCommunity has a community, which is locked, vanish; nobody decides about it any more. Its posts and members
// are still to be taken out.
func (s Store) EndCommunity(ctx context.Context, id int64) error {
	for _, end := range []func(context.Context, forodb.DBTX, int64) error{queries.CommunityEnd, queries.CommunityWordsDelete, queries.MembersDeleteSpecial} {
		if err := end(ctx, s.DB.Q(ctx), id); err != nil {
			return err
		}
	}
	return nil
}

// Taken says whether another community has a community's name or its slug, in whatever case.
func (s Store) Taken(ctx context.Context, c foro.Community) (name, slug bool, err error) {
	r, err := queries.CommunityTaken(ctx, s.DB.Q(ctx), forodb.CommunityTakenParams{ID: c.ID, Name: c.Name, Slug: c.Slug})
	return r.NameTaken, r.SlugTaken, err
}

// WithPicture are the communities that show a file, locked, in the order of their ids.
func (s Store) WithPicture(ctx context.Context, mediaID int64) ([]foro.Community, error) {
	return communitiesOf(queries.CommunitiesWithPicture(ctx, s.DB.Q(ctx), mediaID))
}

// Seed makes the communities that the forum comes with, and returns those it made: none where there is one
// already.
func (s Store) Seed(ctx context.Context, all []foro.Community) (made []foro.Community, err error) {
	var p forodb.CommunitySeedParams
	bySlug := map[string]foro.Community{}
	for _, c := range all {
		p.Names, p.Slugs, p.Descriptions = append(p.Names, c.Name), append(p.Slugs, c.Slug), append(p.Descriptions, c.ShortDescription)
		bySlug[c.Slug] = c
	}
	rows, err := queries.CommunitySeed(ctx, s.DB.Q(ctx), p)
	for _, r := range rows {
		c := bySlug[r.Slug]
		c.ID = r.ID
		made = append(made, c)
	}
	return made, err
}

// Standard are the ids of the communities with these slugs that the forum came with.
func (s Store) Standard(ctx context.Context, slugs []string) ([]int64, error) {
	return queries.CommunitiesStandard(ctx, s.DB.Q(ctx), slugs)
}

// Ended are communities that vanished and are still to be removed.
func (s Store) Ended(ctx context.Context, limit int) ([]int64, error) {
	return queries.CommunitiesGone(ctx, s.DB.Q(ctx), int32(limit))
}

// TakeOutPosts takes some posts out of a community, and returns how many.
func (s Store) TakeOutPosts(ctx context.Context, id int64, limit int) (int64, error) {
	return queries.CommunityLeavePosts(ctx, s.DB.Q(ctx), forodb.CommunityLeavePostsParams{CommunityID: id, RowLimit: int32(limit)})
}

// TakeOutMembers takes some members out of a community, and returns how many.
func (s Store) TakeOutMembers(ctx context.Context, id int64, limit int) (int64, error) {
	return queries.MembersDelete(ctx, s.DB.Q(ctx), forodb.MembersDeleteParams{CommunityID: id, RowLimit: int64(limit)})
}

// RemoveCommunity removes what is left of a community that vanished.
func (s Store) RemoveCommunity(ctx context.Context, id int64) error {
	return queries.CommunityDelete(ctx, s.DB.Q(ctx), id)
}

func communityOf(r forodb.Community) foro.Community {
	return foro.Community{ID: r.ID, Name: r.Name, Slug: r.Slug, ShortDescription: r.ShortDescription, Description: r.Description, CoverID: or(r.CoverID),
		AvatarID: or(r.AvatarID), CreatedBy: r.CreatedBy, Standard: r.Standard, Members: int(r.MembersCount), CreatedAt: r.CreatedAt}
}

func communitiesOf(rows []forodb.Community, err error) ([]foro.Community, error) {
	all := make([]foro.Community, len(rows))
	for i, r := range rows {
		all[i] = communityOf(r)
	}
	return all, err
}

func first(rows []forodb.Community, err error) (c foro.Community, ok bool, _ error) {
	if err != nil || len(rows) == 0 {
		return c, false, err
	}
	return communityOf(rows[0]), true, nil
}

package store

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// InsertDraft stores a new draft; d gets its id, version and time.
func (s Store) InsertDraft(ctx context.Context, d *foro.Draft) error {
	in, err := queries.DraftInsert(ctx, s.DB.Q(ctx), forodb.DraftInsertParams{
		UserID: d.UserID, Title: d.Title, Content: d.Content, MediaID: some(d.MediaID), CommunityID: some(d.CommunityID), Question: d.Question,
		Anonymous: d.Anonymous, Species: notNil(d.Species), Tags: notNil(d.Tags), Mentions: notNil(d.Mentions),
		Latitude: latitude(d.Place), Longitude: longitude(d.Place)})
	d.ID, d.Version, d.UpdatedAt = in.ID, int(in.Version), in.UpdatedAt
	return err
}

// UpdateDraft stores a draft anew; d gets its version and time. The draft is locked.
func (s Store) UpdateDraft(ctx context.Context, d *foro.Draft) error {
	now, err := queries.DraftUpdate(ctx, s.DB.Q(ctx), forodb.DraftUpdateParams{
		ID: d.ID, Title: d.Title, Content: d.Content, MediaID: some(d.MediaID), CommunityID: some(d.CommunityID), Question: d.Question,
		Anonymous: d.Anonymous, Species: notNil(d.Species), Tags: notNil(d.Tags), Mentions: notNil(d.Mentions),
		Latitude: latitude(d.Place), Longitude: longitude(d.Place)})
	d.Version, d.UpdatedAt = int(now.Version), now.UpdatedAt
	return err
}

// Draft returns one of somebody's, locked until the commit when it is to be changed; ok is false when there is none.
func (s Store) Draft(ctx context.Context, userID, id int64, lock bool) (d foro.Draft, ok bool, err error) {
	var rows []forodb.Draft
	if lock {
		rows, err = queries.DraftForUpdate(ctx, s.DB.Q(ctx), forodb.DraftForUpdateParams{ID: id, UserID: userID})
	} else {
		rows, err = queries.DraftByID(ctx, s.DB.Q(ctx), forodb.DraftByIDParams{ID: id, UserID: userID})
	}
	if err != nil || len(rows) == 0 {
		return d, false, err
	}
	return draftOf(rows[0]), true, nil
}

// DeleteDraft removes one, which is locked.
func (s Store) DeleteDraft(ctx context.Context, id int64) error {
	return queries.DraftDelete(ctx, s.DB.Q(ctx), id)
}

// Drafts is a part of somebody's, the last first.
func (s Store) Drafts(ctx context.Context, userID int64, span IDSpan) ([]foro.Draft, error) {
	rows, err := queries.Drafts(ctx, s.DB.Q(ctx), forodb.DraftsParams{UserID: userID, BeforeID: span.below(), Skip: int32(span.Skip), MaxRows: int32(span.Limit)})
	out := make([]foro.Draft, len(rows))
	for i, r := range rows {
		out[i] = draftOf(r)
	}
	return out, err
}

// CountDrafts counts them up to limit.
func (s Store) CountDrafts(ctx context.Context, userID int64, limit int) (int64, error) {
	return queries.DraftsCount(ctx, s.DB.Q(ctx), forodb.DraftsCountParams{UserID: userID, MaxRows: int32(limit)})
}

func draftOf(r forodb.Draft) foro.Draft {
	return foro.Draft{ID: r.ID, UserID: r.UserID, Title: r.Title, Content: r.Content, MediaID: or(r.MediaID), CommunityID: or(r.CommunityID), Question: r.Question,
		Anonymous: r.Anonymous, Species: r.Species, Tags: r.Tags, Mentions: r.Mentions, Place: point(r.Latitude, r.Longitude), Version: int(r.Version), UpdatedAt: r.UpdatedAt}
}

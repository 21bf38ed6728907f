package core

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"agrovet/internal/media"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store"
)

// showFiles tells media what the user's profile shows from now on, where that has changed.
func (p *Profiles[T]) showFiles(ctx context.Context, userID int64, before, after T) error {
	had := p.files(before)
	for i, place := range p.files(after) {
		if ids := place.ids(); !slices.Equal(had[i].ids(), ids) {
			if err := p.publish(ctx, shownAt(place.name, userID, ids)); err != nil {
				return err
			}
		}
	}
	return nil
}

func shownAt(place string, userID int64, ids []int64) media.Shown {
	return media.Shown{Module: "profiles", Place: fmt.Sprintf("profiles/%s/%d", place, userID), IDs: ids}
}

// MediaDeleted takes a file that is gone out of the profiles that show it, also out of those that are
// kept for another role.
func (c *Core) MediaDeleted(ctx context.Context, e media.Deleted) error {
	users, err := store.FileUsers(ctx, c.DB, e.MediaID)
	if err != nil {
		return err
	}
	slices.Sort(users) // everybody locks in the same order
	for _, id := range users {
		kind, _, err := c.owners.Lock(ctx, id)
		if err != nil {
			return err
		}
		if err := errors.Join(c.Specialists.lose(ctx, id, kind, e.MediaID), c.Businessmen.lose(ctx, id, kind, e.MediaID)); err != nil {
			return err
		}
	}
	return nil
}

// lose takes a file out of the user's row, which may not be the one that is shown.
func (p *Profiles[T]) lose(ctx context.Context, userID int64, shown profiles.Kind, mediaID int64) error {
	rows, err := p.table.Stored(ctx, userID)
	if err != nil || len(rows) == 0 || !p.holds(rows[0].Profile, mediaID) {
		return err
	}
	r := rows[0]
	before := r.Profile
	p.forget(&r.Profile, mediaID)
	if err := p.table.Update(ctx, r); err != nil {
		return err
	}
	if shown == p.kind {
		if err := p.updated(ctx, r); err != nil {
			return err
		}
	}
	return p.after(ctx, before, &r, edit[T]{})
}

func (p *Profiles[T]) holds(profile T, mediaID int64) bool {
	return slices.ContainsFunc(p.files(profile), func(p place) bool { return slices.Contains(p.ids(), mediaID) })
}

// hideFiles tells media that the user's profiles, the kept ones included, show nothing any more.
func (c *Core) hideFiles(ctx context.Context, userID int64) error {
	return errors.Join(c.Specialists.hideStored(ctx, userID), c.Businessmen.hideStored(ctx, userID))
}

func (p *Profiles[T]) hideStored(ctx context.Context, userID int64) error {
	rows, err := p.table.Stored(ctx, userID)
	if err != nil || len(rows) == 0 {
		return err
	}
	return p.showFiles(ctx, userID, rows[0].Profile, p.empty(userID))
}

func specialistForgets(s *profiles.Specialist, id int64) {
	s.WorkImageIDs = without(s.WorkImageIDs, id)
	for _, d := range []*int64{&s.Documents.TitleID, &s.Documents.StudentCardID, &s.Documents.GraduationLetterID} {
		if *d == id {
			*d = 0
		}
	}
}

func businessmanForgets(b *profiles.Businessman, id int64) { b.ProductIDs = without(b.ProductIDs, id) }

// without is the list less the id; the given list stays as it is.
func without(ids []int64, id int64) []int64 {
	return slices.DeleteFunc(slices.Clone(ids), func(one int64) bool { return one == id })
}

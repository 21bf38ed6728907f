package store

import (
	"context"

	"github.com/google/uuid"

	"agrovet/internal/foro/internal/store/forodb"
	"agrovet/internal/platform/views"
)

var _ views.Store = Store{}

// NoteViews counts looks at posts that were not counted before. Posts that are gone are left out.
func (s Store) NoteViews(ctx context.Context, all []views.View) error {
	var in forodb.ViewsNoteParams
	for _, v := range all {
		in.Days, in.PostIds, in.Viewers = append(in.Days, v.Day), append(in.PostIds, v.ObjectID), append(in.Viewers, v.Viewer)
	}
	return queries.ViewsNote(ctx, s.DB.Q(ctx), in)
}

// PurgeViews forgets some of who looked before a day; the counts stay. n is how many.
func (s Store) PurgeViews(ctx context.Context, day int32, limit int) (n int64, err error) {
	return queries.ViewsPurge(ctx, s.DB.Q(ctx), forodb.ViewsPurgeParams{Day: day, MaxRows: int32(limit)})
}

// ForgetViews forgets that these viewers looked; the counts stay.
func (s Store) ForgetViews(ctx context.Context, viewers []uuid.UUID) error {
	return queries.ViewsForget(ctx, s.DB.Q(ctx), viewers)
}

// ViewerKey is the key by which viewers are told apart.
func (s Store) ViewerKey(ctx context.Context) (uuid.UUID, error) {
	return queries.ViewerKey(ctx, s.DB.Q(ctx))
}

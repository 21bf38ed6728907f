package store

import (
	"context"
	"slices"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store/chatdb"
)

// Message returns one; ok is false when there is none.
func (s Store) Message(ctx context.Context, id int64) (m chat.Entry, ok bool, err error) {
	rows, err := queries.Message(ctx, s.DB.Q(ctx), id)
	if err != nil || len(rows) == 0 {
		return m, false, err
	}
	return entry(rows[0], target{}), true, nil
}

// MessagesByIDs are those that are there, in no order.
func (s Store) MessagesByIDs(ctx context.Context, ids []int64) ([]chat.Entry, error) {
	rows, err := queries.MessagesByIDs(ctx, s.DB.Q(ctx), ids)
	return messages(rows), err
}

// MessagesAfter are messages of a room above a number, oldest first.
func (s Store) MessagesAfter(ctx context.Context, roomID, above int64, skip, limit int) ([]chat.Entry, error) {
	rows, err := queries.MessagesAfter(ctx, s.DB.Q(ctx), chatdb.MessagesAfterParams{RoomID: roomID, Above: above, Skip: int32(skip), MaxRows: int32(limit)})
	return messages(rows), err
}

// MessagesBefore are the newest messages of a room between two numbers, newest first.
func (s Store) MessagesBefore(ctx context.Context, roomID, above, below int64, limit int) ([]chat.Entry, error) {
	rows, err := queries.MessagesBefore(ctx, s.DB.Q(ctx), chatdb.MessagesBeforeParams{RoomID: roomID, Above: above, Below: below, MaxRows: int32(limit)})
	return messages(rows), err
}

// CountMessages counts those of a room above a number, up to most.
func (s Store) CountMessages(ctx context.Context, roomID, above int64, most int) (int64, error) {
	return queries.MessagesCount(ctx, s.DB.Q(ctx), chatdb.MessagesCountParams{RoomID: roomID, Above: above, Most: int32(most)})
}

// Mine are the oldest messages above an id in all rooms of a person, which they may see.
func (s Store) Mine(ctx context.Context, userID, afterID int64, skip, limit int) ([]chat.Entry, error) {
	rows, err := queries.MineAfter(ctx, s.DB.Q(ctx), chatdb.MineAfterParams{UserID: userID, After: afterID, MaxRows: int32(skip + limit)})
	return messages(rows[min(skip, len(rows)):]), err
}

// CountMine counts them, up to most.
func (s Store) CountMine(ctx context.Context, userID int64, most int) (int64, error) {
	return queries.MineCount(ctx, s.DB.Q(ctx), chatdb.MineCountParams{UserID: userID, Most: int32(most)})
}

// ForgetMedia takes a file that is gone out of all messages.
func (s Store) ForgetMedia(ctx context.Context, mediaID int64) error {
	const atOnce = 1000
	for _, forget := range []func() (int64, error){
		func() (int64, error) {
			return queries.MediaForget(ctx, s.DB.Q(ctx), chatdb.MediaForgetParams{MediaID: mediaID, MaxRows: atOnce})
		},
		func() (int64, error) {
			return queries.MediaForgetRevisions(ctx, s.DB.Q(ctx), chatdb.MediaForgetRevisionsParams{MediaID: mediaID, MaxRows: atOnce})
		},
	} {
		for {
			if n, err := forget(); err != nil || n == 0 {
				if err != nil {
					return err
				}
				break
			}
		}
	}
	return nil
}

func messages(rows []chatdb.Entry) []chat.Entry {
	out := make([]chat.Entry, len(rows))
	for i, r := range rows {
		out[i] = entry(r, target{})
	}
	return out
}

// Oldest turns a list around.
func Oldest[E any](newest []E) []E {
	slices.Reverse(newest)
	return newest
}

package core

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"agrovet/internal/media/internal/blob"
	"agrovet/internal/platform/verify"
)

// Bytes are the invariants of what is in the store: it is asked for every file.
func (c *Core) Bytes() []verify.Invariant {
	return []verify.Invariant{
		{Broken: "files whose bytes are not in the store", Source: lost{c.blobs}},
		{Broken: "bytes in the store that no file has, which the daily sweep removes", Source: unknown{c}, Note: true},
	}
}

// lost finds files, or smaller copies of them, that the store does not have.
type lost struct{ blobs blob.Store }

// asking is how many questions to the store are under way.
const asking = 16

func (l lost) Find(ctx context.Context, g verify.Ground, suspect func([]string) error) error {
	return verify.Walk(ctx, g.DB, "file", "id", func(ctx context.Context, above, upTo int64) error {
		ids, err := l.among(ctx, g, "id > $1 and id <= $2", above, upTo)
		if err != nil || len(ids) == 0 {
			return err
		}
		return suspect(ids)
	})
}

func (l lost) Still(ctx context.Context, g verify.Ground, ids []string) ([]string, error) {
	return l.among(ctx, g, "id = any($1::text[]::bigint[])", ids)
}

// fileKeys are the keys of a file and of its smaller copies.
type fileKeys struct {
	ID   int64
	Keys []string
}

func (l lost) among(ctx context.Context, g verify.Ground, chosen string, args ...any) ([]string, error) {
	rows, err := g.DB.Q(ctx).Query(ctx, "select id, array_prepend(key, array(select r->>'key' from jsonb_array_elements(renditions) r)) from file where "+chosen+" order by id", args...)
	if err != nil {
		return nil, err
	}
	files, err := pgx.CollectRows(rows, pgx.RowToStructByPos[fileKeys])
	if err != nil {
		return nil, err
	}
	gone := make([]bool, len(files))
	all, ctx := errgroup.WithContext(ctx)
	all.SetLimit(asking)
	for i, f := range files {
		all.Go(func() (err error) {
			gone[i], err = l.gone(ctx, f.Keys)
			return err
		})
	}
	if err := all.Wait(); err != nil {
		return nil, err
	}
	var ids []string
	for i, f := range files {
		if gone[i] {
			ids = append(ids, strconv.FormatInt(f.ID, 10))
		}
	}
	return ids, nil
}

func (l lost) gone(ctx context.Context, keys []string) (bool, error) {
	for _, key := range keys {
		b, err := l.blobs.Open(ctx, key)
		if errors.Is(err, blob.ErrNotFound) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		b.Close()
	}
	return false, nil
}

// unknown finds what [Core.SweepStore] would remove.
type unknown struct{ core *Core }

func (u unknown) Find(ctx context.Context, g verify.Ground, suspect func([]string) error) error {
	before := time.Now().Add(-unknownFor)
	for after := ""; ; {
		entries, err := u.core.blobs.List(ctx, after, listing)
		if err != nil || len(entries) == 0 {
			return err
		}
		after = entries[len(entries)-1].Key
		var old []string
		for _, e := range entries {
			if e.Modified.Before(before) {
				old = append(old, e.Key)
			}
		}
		keys, err := u.Still(ctx, g, old)
		if err == nil && len(keys) > 0 {
			err = suspect(keys)
		}
		if err != nil {
			return err
		}
	}
}

func (u unknown) Still(ctx context.Context, _ verify.Ground, keys []string) ([]string, error) {
	still, err := u.core.store.UnknownKeys(ctx, slices.Clone(keys))
	slices.SortFunc(still, strings.Compare)
	return still, err
}

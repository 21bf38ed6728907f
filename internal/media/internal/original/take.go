package original

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/core"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/original"
)

// taker takes files.
type taker struct {
	*core.Core
	files Files
}

// wanted is a file to be taken: an object's, or a picture of a user.
type wanted struct {
	ID, OwnerID       int64 // ID: of the object, or of the user
	URL, Folder, Name string
}

const (
	filesQuery = `select m.id, o.owner_id, m.url, m.folder, o.name from {schema}.original_media m join object o on o.id = m.id left join file f on f.id = o.file_id
		where m.url <> '' and (f.id is null or m.folder = 'verification' and not f.private)`
	picturesQuery = "select m.user_id as id, m.user_id, m.url, 'profiles', '' from {schema}.original_picture m where m.object_id is null and m.url <> ''"
)

func (t taker) takeFiles(ctx context.Context, b original.Batch) error {
	return t.each(ctx, b, "fetch files", filesQuery, "original_media", "id", func(ctx context.Context, w wanted, u media.Upload) error {
		err := t.AdoptFile(ctx, w.ID, u)
		if errors.Is(err, errs.ErrNotFound) {
			return nil // deleted meanwhile
		}
		return err
	})
}

func (t taker) takePictures(ctx context.Context, b original.Batch) error {
	return t.each(ctx, b, "fetch pictures of users", picturesQuery, "original_picture", "user_id", func(ctx context.Context, w wanted, u media.Upload) error {
		return t.AdoptPicture(ctx, fmt.Sprintf("auth/picture/%d", w.ID), u, func(ctx context.Context, id int64) error {
			_, err := b.DB.Q(ctx).Exec(ctx, "update "+b.Schema()+".original_picture set object_id = $2 where user_id = $1", w.ID, id)
			return err
		})
	})
}

// page is how many files are looked up at a time.
const page = 500

// each takes what a query finds, page by page and some at a time. Why a file was not taken is noted in the table.
func (t taker) each(ctx context.Context, b original.Batch, doing, query, table, key string, adopt func(context.Context, wanted, media.Upload) error) error {
	if len(t.files.Places) == 0 {
		return nil
	}
	query = strings.ReplaceAll(query, "{schema}", b.Schema())
	var total int64
	if err := b.DB.Q(ctx).QueryRow(ctx, "select count(*) from ("+query+") x").Scan(&total); err != nil {
		return err
	}
	b.Begin(doing, total)
	q := queue{taker: t, Batch: b, note: fmt.Sprintf("update %s.%s set why = $2, detail = $3 where %s = $1", b.Schema(), table, key), adopt: adopt}
	for above := int64(0); ; {
		rows, err := b.DB.Q(ctx).Query(ctx, fmt.Sprintf("select * from (%s) x where id > $1 order by id limit %d", query, page), above)
		if err != nil {
			return err
		}
		some, err := pgx.CollectRows(rows, pgx.RowToStructByPos[wanted])
		if err != nil || len(some) == 0 {
			return err
		}
		if err := q.take(ctx, some); err != nil {
			return err
		}
		above = some[len(some)-1].ID
	}
}

// queue is files that are taken, some at a time.
type queue struct {
	taker
	original.Batch
	note  string
	adopt func(context.Context, wanted, media.Upload) error

	mu     sync.Mutex
	failed int // files in a row that could not be reached
}

// hopeless is how many files in a row may be out of reach before the import gives up, to go on another time.
const hopeless = 20

func (q *queue) take(ctx context.Context, some []wanted) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(q.files.AtOnce)
	for _, w := range some {
		g.Go(func() error { return q.one(ctx, w) })
	}
	return g.Wait()
}

// one takes a file, or notes why not.
func (q *queue) one(ctx context.Context, w wanted) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	file, size, err := q.files.fetch(ctx, w.URL, q.MaxBytes())
	if enough := q.reached(err); enough != nil {
		return fmt.Errorf("%w, such as %s", enough, w.URL)
	}
	if err != nil {
		return q.refuse(ctx, w, err, "file_unreachable")
	}
	defer file.Close()
	err = q.adopt(ctx, w, media.Upload{OwnerID: w.OwnerID, Folder: w.Folder, Name: w.name(), Size: size, Content: file})
	if err != nil {
		return q.refuse(ctx, w, err, "")
	}
	return nil
}

// refuse notes why a file is not taken. Errors: those that are not the file's, unless otherwise says what they mean.
func (q *queue) refuse(ctx context.Context, w wanted, err error, otherwise string) error {
	why, detail := rule(err)
	if why == "" {
		why, detail = otherwise, err.Error()
	}
	if why == "" || ctx.Err() != nil {
		return errors.Join(err, ctx.Err())
	}
	_, err = q.DB.Q(ctx).Exec(ctx, q.note, w.ID, why, detail)
	return err
}

// reached counts the file, and says when it is no use to go on.
func (q *queue) reached(err error) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.Tell(1)
	if err == nil || !mayPass(err) {
		q.failed = 0
		return nil
	}
	if q.failed++; q.failed < hopeless {
		return nil
	}
	return fmt.Errorf("%d files in a row cannot be reached: %w", q.failed, err)
}

// name is how the file was called.
func (w wanted) name() string {
	if w.Name != "" {
		return w.Name
	}
	address, _, _ := strings.Cut(w.URL, "?")
	return path.Base(address)
}

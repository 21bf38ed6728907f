package original

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/spool"
	"agrovet/internal/platform/errs"
)

const tries = 3

// fetch brings a file into one on disk, which the caller closes, and says how long it is. What may pass is tried
// again.
//
// Errors: errMissing, errElsewhere, media.ErrTooLarge; that of the last try.
func (f Files) fetch(ctx context.Context, address string, most int64) (file *os.File, size int64, err error) {
	for try := 1; ; try++ {
		file, size, err = f.once(ctx, address, most)
		if err == nil || try == tries || !mayPass(err) || ctx.Err() != nil {
			return file, size, err
		}
		select {
		case <-time.After(f.Pause << (try - 1)):
		case <-ctx.Done():
			return nil, 0, ctx.Err()
		}
	}
}

func mayPass(err error) bool {
	return !errors.Is(err, errMissing) && !errors.Is(err, errElsewhere) && !errors.Is(err, media.ErrTooLarge)
}

// once tries once. most is in bytes; 0: no limit.
func (f Files) once(ctx context.Context, address string, most int64) (_ *os.File, size int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, f.Timeout)
	defer cancel()
	body, size, err := f.open(ctx, address)
	if err != nil {
		return nil, 0, err
	}
	defer body.Close()
	if most > 0 && size > most {
		return nil, 0, media.ErrTooLarge
	}
	file, err := spool.New()
	if err != nil {
		return nil, 0, err
	}
	if size, err = copyUpTo(file, body, most); err != nil {
		file.Close()
		return nil, 0, err
	}
	return file, size, nil
}

// copyUpTo copies all, unless it is more than most. Errors: media.ErrTooLarge; those of both.
func copyUpTo(w io.Writer, r io.Reader, most int64) (int64, error) {
	if most == 0 {
		return io.Copy(w, r)
	}
	n, err := io.Copy(w, io.LimitReader(r, most+1))
	if err == nil && n > most {
		err = media.ErrTooLarge
	}
	return n, err
}

// rule is why a file was not taken, by what went wrong; empty: it is media's own store or database that is away.
func rule(err error) (why, detail string) {
	var e *errs.Error
	switch {
	case errors.Is(err, errMissing):
		return "file_missing", ""
	case errors.Is(err, errElsewhere):
		return "file_elsewhere", ""
	case errors.Is(err, media.ErrTooLarge):
		return "file_too_large", ""
	case errors.As(err, &e) && e.Kind == errs.Invalid:
		return "file_refused", e.Code
	}
	return "", ""
}

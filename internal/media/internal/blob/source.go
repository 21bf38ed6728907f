package blob

import (
	"context"
	"errors"
	"io"
)

// source is the next size bytes of a reader. It ends with io.ErrUnexpectedEOF when the reader has
// fewer, and never asks it for more.
type source struct {
	ctx    context.Context
	r      io.Reader
	left   int64
	failed error // why it ended early; nil while it has not
}

var errSize = errors.New("blob: a size below zero")

func newSource(ctx context.Context, r io.Reader, size int64) *source {
	return &source{ctx: ctx, r: r, left: size}
}

func (s *source) Read(p []byte) (n int, err error) {
	switch {
	case s.failed != nil:
		return 0, s.failed
	case s.left == 0:
		return 0, io.EOF
	case s.left < 0:
		s.failed = errSize
		return 0, s.failed
	case s.ctx.Err() != nil:
		s.failed = s.ctx.Err()
		return 0, s.failed
	}
	n, err = s.r.Read(p[:min(int64(len(p)), s.left)])
	s.left -= int64(n)
	if errors.Is(err, io.EOF) {
		err = nil // the count decides
		if s.left > 0 {
			err = io.ErrUnexpectedEOF
		}
	}
	s.failed = err
	return n, err
}

// rewindable is the source with a Seek to its beginning, if its reader can seek; else as it is.
func (s *source) rewindable() io.Reader {
	seeker, ok := s.r.(io.Seeker)
	if !ok {
		return s
	}
	start, err := seeker.Seek(0, io.SeekCurrent)
	if err != nil {
		return s // a pipe has the method as well
	}
	return &rewindable{source: s, seeker: seeker, start: start, size: s.left}
}

// rewindable begins where its reader stood, which need not be the reader's own beginning.
type rewindable struct {
	*source
	seeker      io.Seeker
	start, size int64
}

// Seek goes back to the beginning, unless it was the reader that failed: it would do so again.
func (r *rewindable) Seek(offset int64, whence int) (int64, error) {
	if offset != 0 || whence != io.SeekStart {
		return 0, errors.ErrUnsupported
	}
	if r.failed != nil {
		return 0, r.failed
	}
	if _, err := r.seeker.Seek(r.start, io.SeekStart); err != nil {
		return 0, err
	}
	r.left = r.size
	return 0, nil
}

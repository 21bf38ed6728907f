// Package rpc is media over the wire: what it answers to modules in other processes.
package rpc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/spool"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/rpc"
)

// UploadTime is how long a file may be on its way, however much time its sender has left.
const UploadTime = 10 * time.Minute

// Claims is what is asked of Claim.
type Claims struct {
	UserID int64
	IDs    []int64
}

// Claimed answers it: NotOwned are the ids that the user may not have, and then nothing was claimed.
type Claimed struct{ NotOwned []int64 }

// File is an upload without its bytes, which follow.
type File struct {
	OwnerID int64
	Folder  string
	Name    string
	MIME    string
	Size    int64
}

// The methods of media.Service. What the same user claims twice is theirs as after once; a file that is sent twice is
// two objects.
var (
	Objects = rpc.Method[[]int64, map[int64]media.Object]{Name: "media/objects", Repeat: true}
	Claim   = rpc.Method[Claims, Claimed]{Name: "media/claim", Repeat: true}
	Links   = rpc.Method[[]int64, map[int64]string]{Name: "media/links", Repeat: true}
	Upload  = rpc.Method[File, media.Object]{Name: "media/upload", Within: UploadTime}
)

// Register answers them on the server. A file of more than most bytes is refused before it is read; 0: none is.
func Register(s *httpx.Server, m media.Service, most int64) {
	Objects.Handle(s, func(ctx context.Context, ids []int64) (map[int64]media.Object, error) { return m.Objects(ctx, ids...) })
	Links.Handle(s, func(ctx context.Context, ids []int64) (map[int64]string, error) { return m.Links(ctx, ids...) })
	Claim.Handle(s, func(ctx context.Context, in Claims) (Claimed, error) {
		err := m.Claim(ctx, in.UserID, in.IDs...)
		var not *media.NotOwned
		if errors.As(err, &not) {
			return Claimed{NotOwned: not.IDs}, nil
		}
		return Claimed{}, err
	})
	Upload.Receive(s, UploadTime, func(ctx context.Context, f File, bytes io.Reader) (media.Object, error) {
		return take(ctx, m, f, bytes, most)
	})
}

// take has the bytes in a file of this process before it looks at them: they are read in any order.
func take(ctx context.Context, m media.Service, f File, bytes io.Reader, most int64) (o media.Object, err error) {
	switch {
	case f.Size < 0:
		return o, media.ErrEmpty
	case most > 0 && f.Size > most:
		return o, media.ErrTooLarge
	}
	content, err := spool.New()
	if err != nil {
		return o, media.ErrStorage.Wrap(err)
	}
	defer content.Close()
	if _, err := io.CopyN(content, bytes, f.Size); err != nil {
		return o, media.ErrStorage.Wrap(fmt.Errorf("a file from another process: %w", err))
	}
	return m.Upload(ctx, media.Upload{OwnerID: f.OwnerID, Folder: f.Folder, Name: f.Name, MIME: f.MIME, Size: f.Size, Content: content})
}

package core

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"path"
	"strconv"
	"sync"
	"time"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/store"
	"agrovet/internal/platform/errs"
)

// PrivatePath is where this server serves private files, to whoever has a link:
// <PrivatePath><object id>/<end, in unix seconds>/<signature>/<name>.
const PrivatePath = FilesPath + "private/"

// signer makes links and checks them. A link names an object, its file and an end; all replicas share
// the secret, which lies in the database.
type signer struct {
	secret func(context.Context) (string, error)
	life   time.Duration

	mu  sync.Mutex
	key []byte // once it has been read
}

func (s *signer) loadKey(ctx context.Context) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.key == nil {
		secret, err := s.secret(ctx)
		if err != nil {
			return nil, err
		}
		s.key = []byte(secret)
	}
	return s.key, nil
}

// sign is the signature for an object's present file until the end.
func (s *signer) sign(ctx context.Context, o store.Object, end int64) (string, error) {
	key, err := s.loadKey(ctx)
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "agrovet media link %d %d %s", o.ID, end, o.Key)
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)), nil
}

// Link is an address of a private object that works for some minutes, whoever uses it.
func (c *Core) Link(ctx context.Context, o store.Object) (string, error) {
	end := time.Now().Add(c.cfg.LinkLife).Unix()
	signature, err := c.signer.sign(ctx, o, end)
	return fmt.Sprintf("%s%d/%d/%s/%s", PrivatePath, o.ID, end, signature, path.Base(o.Key)), err
}

// Links are addresses of private objects; see media.Service.
func (c *Core) Links(ctx context.Context, ids ...int64) (map[int64]string, error) {
	links := map[int64]string{}
	if len(ids) == 0 {
		return links, nil
	}
	objects, err := c.store.Objects(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, o := range objects {
		if !o.Private {
			continue
		}
		if links[o.ID], err = c.Link(ctx, o); err != nil {
			return nil, err
		}
	}
	return links, nil
}

// Follow finds the object that a link is for.
//
// Errors: errs.ErrNotFound for a link that was never made, or whose object has another file or is gone;
// media.ErrLinkExpired.
func (c *Core) Follow(ctx context.Context, id int64, end, signature string) (store.Object, error) {
	o, err := c.store.Object(ctx, id)
	if err != nil {
		return o, err
	}
	until, err := strconv.ParseInt(end, 10, 64)
	if err != nil || !o.Private {
		return o, errs.ErrNotFound
	}
	right, err := c.signer.sign(ctx, o, until)
	switch {
	case err != nil:
		return o, err
	case !hmac.Equal([]byte(right), []byte(signature)):
		return o, errs.ErrNotFound
	case time.Now().Unix() >= until:
		return o, media.ErrLinkExpired
	}
	return o, nil
}

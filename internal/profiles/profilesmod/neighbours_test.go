package profilesmod_test

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/media"
	"agrovet/internal/media/mediatest"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// What stands around profiles in its tests: media and auth.

// The files of every test: pictures 1 to 99 but for the documents 40 to 46, which are private, all
// unclaimed. Of documents, 44 is a picture.
const (
	titleID, cardID, letterID, otherTitleID, photoID int64 = 40, 41, 42, 43, 44
)

func files() *library {
	f := &library{Fake: &mediatest.Fake{}}
	for id := int64(1); id < 100; id++ {
		o := media.Object{ID: id, Kind: media.Image, MIME: "image/jpeg", Name: path("%d.jpg", id)}
		if id >= 40 && id <= 46 {
			o.Private = true
			if id != photoID {
				o.Kind, o.MIME = media.Document, "application/pdf"
			}
		}
		f.Put(o)
	}
	return f
}

// library is media, which counts what it is asked.
type library struct {
	*mediatest.Fake
	mu             sync.Mutex
	objects, links [][]int64
}

func (l *library) Objects(ctx context.Context, ids ...int64) (map[int64]media.Object, error) {
	l.mu.Lock()
	l.objects = append(l.objects, ids)
	l.mu.Unlock()
	return l.Fake.Objects(ctx, ids...)
}

func (l *library) Links(ctx context.Context, ids ...int64) (map[int64]string, error) {
	l.mu.Lock()
	l.links = append(l.links, ids)
	l.mu.Unlock()
	return l.Fake.Links(ctx, ids...)
}

// owner is whose the object is.
func (l *library) owner(t testing.TB, id int64) int64 {
	all, err := l.Fake.Objects(context.Background(), id)
	require.NoError(t, err)
	return all[id].OwnerID
}

// people is auth: a user's token is the id.
type people struct {
	mu    sync.Mutex
	known map[int64]auth.User
	away  bool
	calls [][]int64
}

func (p *people) Users(_ context.Context, ids ...int64) (map[int64]auth.User, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls = append(p.calls, ids)
	if p.away {
		return nil, errors.New("auth is away")
	}
	out := map[int64]auth.User{}
	for _, id := range ids {
		if u, ok := p.known[id]; ok {
			out[id] = u
		}
	}
	return out, nil
}

func (p *people) Authenticate(_ context.Context, token string) (authn.Principal, error) {
	id, err := strconv.ParseInt(token, 10, 64)
	if err != nil {
		return authn.Principal{}, errs.ErrTokenInvalid
	}
	return authn.Principal{UserID: id, Staff: id == jefa || id == boss}, nil
}

func (p *people) put(u auth.User) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.known[u.ID] = u
}

// films is media that takes everything for a film.
type films struct{ *library }

func (f films) Upload(ctx context.Context, u media.Upload) (media.Object, error) {
	o, err := f.library.Upload(ctx, u)
	o.Kind = media.Video
	return o, err
}

// fresh is a document that is nobody's again.
func fresh(id int64) media.Object {
	return media.Object{ID: id, Kind: media.Document, MIME: "application/pdf", Private: true}
}

var deletedMedia = media.Deleted{}.Kind()

package mediamod_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media"
	"agrovet/internal/media/mediaclient"
	"agrovet/internal/media/mediamod"
	"agrovet/internal/media/mediatest"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/rpc"
)

// remote is a process that asks the world's media over HTTP.
type remote struct {
	client *mediaclient.Client
	server *httptest.Server
	calls  atomic.Int32
	cut    atomic.Bool // connections after the request has arrived
}

func fromAfar(t *testing.T, w *world) *remote {
	t.Helper()
	s, err := httpx.New(httpx.Config{ServiceSecret: "sixteen letters."})
	require.NoError(t, err)
	w.module.RPC(s)
	r := &remote{}
	r.server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		r.calls.Add(1)
		if r.cut.Load() {
			_, _ = io.Copy(io.Discard, req.Body)
			panic(http.ErrAbortHandler)
		}
		s.Handler().ServeHTTP(rw, req)
	}))
	t.Cleanup(r.server.Close)
	clients := rpc.NewClients(rpc.Config{Caller: "profiles", Secret: "sixteen letters.", Timeout: 30 * time.Second})
	t.Cleanup(clients.Close)
	r.client = mediaclient.New(clients, r.server.URL)
	return r
}

func TestRemoteModuleIsAService(t *testing.T) {
	mediatest.TestService(t, func(t *testing.T) media.Service { return fromAfar(t, setup(t)).client })
}

func TestRemoteObjectsAreTheSame(t *testing.T) {
	w := setup(t)
	r := fromAfar(t, w)
	a, b := w.rendered(ana, w.upload(ana, photo(1))), w.upload(beto, photo(2))
	here, err := w.module.Service().Objects(t.Context(), idOf(a), idOf(b), 999)
	require.NoError(t, err)
	there, err := r.client.Objects(t.Context(), idOf(a), idOf(b), 999)
	require.NoError(t, err)
	require.Len(t, there, 2)
	for id, o := range here {
		require.True(t, o.CreatedAt.Equal(there[id].CreatedAt))
		o.CreatedAt = there[id].CreatedAt
		require.Equal(t, o, there[id])
	}
}

func TestRemoteUploadsAreRefusedAsHere(t *testing.T) {
	w := setup(t, func(c *mediamod.Config) {
		for kind := range c.Limits.Bytes {
			c.Limits.Bytes[kind] = mibibyte
		}
	})
	r := fromAfar(t, w)
	upload := func(folder string, content io.ReaderAt, size int64) error {
		_, err := r.client.Upload(t.Context(), media.Upload{OwnerID: ana, Folder: folder, Name: "vaca.jpg", Size: size, Content: content})
		return err
	}
	text := strings.NewReader("ninguna foto")
	require.ErrorIs(t, upload("", text, text.Size()), media.ErrType)
	require.ErrorIs(t, upload("elsewhere", bytes.NewReader(photo(1)), int64(len(photo(1)))), media.ErrFolder)
	require.ErrorIs(t, upload("", unread{t}, 2*mibibyte), media.ErrTooLarge)
	require.ErrorIs(t, upload("", bytes.NewReader(nil), 0), media.ErrEmpty)
	files, err := os.ReadDir(w.temp)
	require.NoError(t, err)
	require.Empty(t, files, "nothing is left on the way")
}

// unread is a file that nobody may read: it is too large.
type unread struct{ t *testing.T }

func (u unread) ReadAt([]byte, int64) (int, error) {
	u.t.Error("bytes are sent although the file is refused")
	return 0, io.EOF
}

func TestRemoteUploadIsNotSentTwice(t *testing.T) {
	w := setup(t)
	r := fromAfar(t, w)
	r.cut.Store(true)
	_, err := r.client.Upload(t.Context(), media.Upload{OwnerID: ana, Size: 3, Content: strings.NewReader("abc")})
	require.ErrorIs(t, err, media.ErrUnavailable)
	require.ErrorIs(t, err, errs.ErrUnavailable)
	require.EqualValues(t, 1, r.calls.Load())
	_, err = r.client.Links(t.Context(), 1)
	require.ErrorIs(t, err, media.ErrUnavailable)
	require.EqualValues(t, 4, r.calls.Load(), "what only reads is asked again")
}

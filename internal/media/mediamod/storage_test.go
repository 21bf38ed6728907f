package mediamod_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media/internal/blob"
	"agrovet/internal/media/internal/blob/blobtest"
	"agrovet/internal/media/internal/core"
)

func bytesOf(s string) io.Reader { return strings.NewReader(s) }

var errAway = errors.New("the store is away")

func TestUploadWhileTheStoreIsAwayOrFull(t *testing.T) {
	w := setup(t)
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{{errAway, http.StatusBadGateway, "media.storage"}, {blob.ErrFull, http.StatusServiceUnavailable, "media.full"}} {
		for _, after := range []int64{0, 500} { // before the first byte, and in the middle
			w.store.FailPut(c.err, after)
			w.form(ana, http.MethodPost, "/api/media/", file{"image", "a.jpg", "image/jpeg", photo(1)}).refused(c.status, c.code)
		}
		w.store.FailPut(c.err, 0)
		address := w.begin(ana, 100)
		w.patch(ana, address, 0, bytesOf("abc")).refused(c.status, c.code)
		w.store.FailPut(nil, 0)
		require.Zero(t, w.offset(ana, address))
		w.send(ana, http.MethodDelete, address, nil, "Tus-Resumable", "1.0.0").ok(http.StatusNoContent)
	}
	require.Zero(t, w.count("object"))
	require.Zero(t, w.count("file"))
	w.empty()
}

func TestReplaceWhileTheStoreIsAwayKeepsTheOldFile(t *testing.T) {
	w := setup(t)
	o := w.rendered(ana, w.upload(ana, photo(1)))
	w.store.FailPut(errAway, 0)
	w.form(ana, http.MethodPatch, pathOf(o), file{"image", "b.jpg", "image/jpeg", photo(2)}).refused(http.StatusBadGateway, "media.storage")
	require.Equal(t, http.StatusOK, w.get(nobody, o["url"].(string)).Status)
	require.Equal(t, o["url"], w.get(ana, pathOf(o)).ok(http.StatusOK)["url"])
	require.Len(t, files(t, w.dir), 4)
}

func TestDeleteWhileTheStoreIsAwayIsMadeGoodLater(t *testing.T) {
	w := setup(t)
	o := w.rendered(ana, w.upload(ana, photo(1)))
	w.store.FailDelete(errAway)
	w.send(ana, http.MethodDelete, pathOf(o), nil).ok(http.StatusNoContent)
	w.eventually("the event waits", func() bool { return w.count("parked where attempts > 0") == 1 })
	require.Equal(t, http.StatusNotFound, w.get(ana, pathOf(o)).Status)
	w.store.FailDelete(nil)
	w.empty()
}

// TestAFileThatIsGoneBeforeItsFirstByte: a bucket is asked twice, whether it is there and for the bytes.
func TestAFileThatIsGoneBeforeItsFirstByte(t *testing.T) {
	w := setup(t)
	url := w.rendered(ana, w.upload(ana, photo(1)))["url"].(string)
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{{errAway, http.StatusBadGateway, "media.storage"}, {blob.ErrNotFound, http.StatusNotFound, "not_found"}} {
		w.store.FailOpen(c.err, -1)
		for _, of := range []string{"", "bytes=5-"} {
			got := w.get(nobody, url, "Range", of)
			got.refused(c.status, c.code)
			require.Equal(t, "no-store", got.Header.Get("Cache-Control"))
			for _, of := range []string{"Etag", "Last-Modified", "Content-Disposition", "Content-Range", "Accept-Ranges"} {
				require.Empty(t, got.Header.Get(of), of)
			}
		}
		require.Equal(t, http.StatusOK, w.send(nobody, http.MethodHead, url, nil).Status)
	}
	w.store.FailOpen(nil, 0)
	whole := w.get(nobody, url)
	require.Equal(t, http.StatusOK, whole.Status)
	require.Equal(t, whole.Raw[5:], w.get(nobody, url, "Range", "bytes=5-").Raw)
	require.Equal(t, http.StatusNotModified, w.get(nobody, url, "If-None-Match", whole.Header.Get("Etag")).Status)
	require.Equal(t, http.StatusRequestedRangeNotSatisfiable, w.get(nobody, url, "Range", "bytes=9999999-").Status)
}

func TestRenditionsWhileTheStoreIsAwayAreMadeLater(t *testing.T) {
	w := setup(t)
	w.store.FailOpen(errAway, 0)
	o := w.upload(ana, photo(1))
	w.eventually("the event waits", func() bool { return w.count("parked where attempts > 1") == 1 })
	w.store.FailOpen(nil, 0)
	w.rendered(ana, o)
	require.Equal(t, 1, w.published("media.updated", idOf(o)))
}

func TestTheSweepFindsBytesWithoutARow(t *testing.T) {
	w := setup(t)
	o := w.rendered(ana, w.upload(ana, photo(1)))
	address := w.begin(ana, 100)
	require.Equal(t, http.StatusNoContent, w.patch(ana, address, 0, bytesOf("abc")).Status)
	kept := len(files(t, w.dir))
	for _, key := range []string{"media/1_0_lost.jpg", "media/1_0_lost.jpg.small.webp", "parts/x/y", "private/1_0_lost.pdf"} {
		require.NoError(t, w.store.Put(t.Context(), key, bytes.NewReader([]byte("x")), 1, blob.Headers{}))
	}
	c := coreOf(t, w)
	require.NoError(t, c.SweepStore(t.Context(), time.Now().Add(-time.Hour)))
	require.Len(t, files(t, w.dir), kept+4, "young bytes may have a row to come")
	require.NoError(t, c.SweepStore(t.Context(), time.Now().Add(time.Hour)))
	require.Len(t, files(t, w.dir), kept)
	require.Equal(t, http.StatusOK, w.get(nobody, o["url"].(string)).Status)
}

// coreOf is the world's media without its door.
func coreOf(t *testing.T, w *world) *core.Core {
	c, err := core.New(core.Config{}, core.Deps{DB: w.db, Outbox: w.source, Store: w.store})
	require.NoError(t, err)
	return c
}

// TestOnS3 shows that what matters holds on a real S3-compatible server too, and while it is away.
func TestOnS3(t *testing.T) {
	server := blobtest.S3Server(t)
	store, err := blob.NewS3(server.Config())
	require.NoError(t, err)
	w := over(t, store)
	o := w.rendered(ana, w.upload(ana, photo(1)))
	got := w.get(nobody, o["url"].(string), "Range", "bytes=0-1")
	require.Equal(t, http.StatusPartialContent, got.Status)
	require.Equal(t, "\xff\xd8", got.Raw)

	sound := recording(500_000)
	address := w.begin(ana, len(sound), "filename", "a.wav")
	w.cut(address, 0, sound, 300_000)
	w.eventually("the server has noticed", func() bool { return w.offset(ana, address) == 300_000 })
	server.Stop()
	require.GreaterOrEqual(t, w.patch(ana, address, 300_000, bytes.NewReader(sound[300_000:])).Status, 500)
	require.Equal(t, 300_000, w.offset(ana, address))
	server.Start()
	require.Equal(t, http.StatusNoContent, w.patch(ana, address, 300_000, bytes.NewReader(sound[300_000:])).Status)
	made := w.get(ana, address).ok(http.StatusOK)["media"].(object)
	require.Equal(t, string(sound), w.get(nobody, made["url"].(string)).Raw)

	w.send(ana, http.MethodDelete, pathOf(o), nil).ok(http.StatusNoContent)
	w.send(ana, http.MethodDelete, pathOf(made), nil).ok(http.StatusNoContent)
	w.eventually("nothing is left in the bucket", func() bool {
		entries, err := store.List(t.Context(), "", 10)
		return err == nil && len(entries) == 0
	})
}

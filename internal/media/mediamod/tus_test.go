package mediamod_test

import (
	"bytes"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media/mediamod"
)

// Resumable uploads: https://tus.io/protocols/resumable-upload.

const uploadsPath = "/api/media/uploads/"

func meta(pairs ...string) string {
	var all []string
	for i := 0; i < len(pairs); i += 2 {
		all = append(all, pairs[i]+" "+base64.StdEncoding.EncodeToString([]byte(pairs[i+1])))
	}
	return strings.Join(all, ",")
}

// begin begins an upload and returns its address.
func (w *world) begin(as int64, size int, pairs ...string) string {
	w.t.Helper()
	got := w.send(as, http.MethodPost, uploadsPath, nil, "Tus-Resumable", "1.0.0", "Upload-Length", strconv.Itoa(size), "Upload-Metadata", meta(pairs...))
	require.Equal(w.t, http.StatusCreated, got.Status, got.Raw)
	require.Equal(w.t, "1.0.0", got.Header.Get("Tus-Resumable"))
	require.NotEmpty(w.t, got.Header.Get("Upload-Expires"))
	return got.Header.Get("Location")
}

func (w *world) patch(as int64, address string, offset int, body io.Reader, headers ...string) answer {
	w.t.Helper()
	return w.send(as, http.MethodPatch, address, body, append([]string{"Tus-Resumable", "1.0.0",
		"Content-Type", "application/offset+octet-stream", "Upload-Offset", strconv.Itoa(offset)}, headers...)...)
}

// offset asks how much has arrived.
func (w *world) offset(as int64, address string) int {
	w.t.Helper()
	got := w.send(as, http.MethodHead, address, nil, "Tus-Resumable", "1.0.0")
	require.Equal(w.t, http.StatusOK, got.Status)
	require.Equal(w.t, "no-store", got.Header.Get("Cache-Control"))
	n, err := strconv.Atoi(got.Header.Get("Upload-Offset"))
	require.NoError(w.t, err)
	return n
}

// recording is a sound file of about the size: noise, which no step can make smaller.
func recording(size int) []byte {
	const head = 44
	data := size - head
	b := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data\x00\x00\x00\x00")
	for at, n := range map[int]int{4: size - 8, 40: data} {
		b[at], b[at+1], b[at+2], b[at+3] = byte(n), byte(n>>8), byte(n>>16), byte(n>>24)
	}
	noise := rand.NewChaCha8([32]byte{1})
	rest := make([]byte, data)
	_, _ = noise.Read(rest) // never fails
	return append(b, rest...)
}

func TestUploadInPieces(t *testing.T) {
	w := setup(t)
	sound := recording(300_000)
	address := w.begin(ana, len(sound), "filename", "canto del gallo.wav", "filetype", "audio/wav", "folder", "chat", "description", `{"spectrum":[1]}`)
	for at := 0; at < len(sound); at += 64 << 10 {
		require.Equal(t, at, w.offset(ana, address))
		got := w.patch(ana, address, at, bytes.NewReader(sound[at:min(len(sound), at+64<<10)]))
		require.Equal(t, http.StatusNoContent, got.Status, got.Raw)
	}
	require.Equal(t, len(sound), w.offset(ana, address))
	state := w.get(ana, address).ok(http.StatusOK)
	o := state["media"].(object)
	require.Equal(t, "canto del gallo.wav", o["name"])
	require.Equal(t, `{"spectrum":[1]}`, o["description"])
	require.Equal(t, "audio/wav", o["mime_type"])
	require.Contains(t, o["url"], "/media/chat/")
	require.Equal(t, string(sound), w.get(nobody, o["url"].(string)).Raw)
	require.Equal(t, 1, w.published("media.created", idOf(o)))
	w.eventually("the pieces go", func() bool { return len(files(t, w.dir)) == 1 })

	got := w.send(ana, http.MethodHead, address, nil, "Tus-Resumable", "1.0.0")
	require.Equal(t, fmt.Sprint(idOf(o)), got.Header.Get("Upload-Media-Id"))
	w.patch(ana, address, len(sound), nil).refused(http.StatusConflict, "media.upload_offset")
}

func TestWhatABrokenPatchDeliveredStays(t *testing.T) {
	w := setup(t)
	sound := recording(400_000)
	address := w.begin(ana, len(sound), "filename", "a.wav")
	w.cut(address, 0, sound, 200_000)
	w.eventually("the bytes before the cut are safe", func() bool { return w.offset(ana, address) > 0 })
	var at int
	w.eventually("the server has noticed", func() bool { last := at; at = w.offset(ana, address); return at == last && at == 200_000 })
	require.Equal(t, http.StatusNoContent, w.patch(ana, address, at, bytes.NewReader(sound[at:])).Status)
	o := w.get(ana, address).ok(http.StatusOK)["media"].(object)
	require.Equal(t, string(sound), w.get(nobody, o["url"].(string)).Raw)
}

// cut sends a PATCH and hangs up after some bytes of its body.
func (w *world) cut(address string, offset int, body []byte, after int) {
	w.t.Helper()
	conn, err := net.Dial("tcp", w.server.Listener.Addr().String())
	require.NoError(w.t, err)
	defer conn.Close()
	_, path, _ := strings.Cut(strings.TrimPrefix(address, "http://"), "/")
	_, err = fmt.Fprintf(conn, "PATCH /%s HTTP/1.1\r\nHost: x\r\nAuthorization: Token %d\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: %d\r\nContent-Length: %d\r\n\r\n",
		path, ana, offset, len(body)-offset)
	require.NoError(w.t, err)
	_, err = conn.Write(body[offset : offset+after])
	require.NoError(w.t, err)
}

func TestTwoWhoSendTheSameAtOnce(t *testing.T) {
	w := setup(t)
	sound := recording(2_000_000)
	address := w.begin(ana, len(sound), "filename", "a.wav")
	done := make(chan int, 4)
	for range 4 {
		go func() { done <- w.patch(ana, address, 0, bytes.NewReader(sound)).Status }()
	}
	for range 4 {
		require.Contains(t, []int{http.StatusNoContent, http.StatusConflict}, <-done)
	}
	if at := w.offset(ana, address); at < len(sound) {
		require.Equal(t, http.StatusNoContent, w.patch(ana, address, at, bytes.NewReader(sound[at:])).Status)
	}
	o := w.get(ana, address).ok(http.StatusOK)["media"].(object)
	require.Equal(t, string(sound), w.get(nobody, o["url"].(string)).Raw)
	require.Equal(t, 1, w.count("object"))
	w.eventually("nothing else is left", func() bool { return len(files(t, w.dir)) == 1 })
}

func TestChecksum(t *testing.T) {
	w := setup(t)
	sound := recording(300_000)
	address := w.begin(ana, len(sound), "filename", "a.wav")
	sum := func(b []byte) string {
		s := sha1.Sum(b)
		return "sha1 " + base64.StdEncoding.EncodeToString(s[:])
	}
	w.patch(ana, address, 0, bytes.NewReader(sound[:200_000]), "Upload-Checksum", sum(sound[:100])).refused(460, "media.checksum_mismatch")
	require.Zero(t, w.offset(ana, address), "nothing of it stays")
	require.Empty(t, files(t, w.dir))
	w.patch(ana, address, 0, bytes.NewReader(sound[:9]), "Upload-Checksum", "crc32 AAAA").refused(http.StatusBadRequest, "media.checksum_invalid")
	require.Equal(t, http.StatusNoContent, w.patch(ana, address, 0, bytes.NewReader(sound[:200_000]), "Upload-Checksum", sum(sound[:200_000])).Status)
	require.Equal(t, http.StatusNoContent, w.patch(ana, address, 200_000, bytes.NewReader(sound[200_000:]), "Upload-Checksum", sum(sound[200_000:])).Status)
	require.NotNil(t, w.get(ana, address).ok(http.StatusOK)["media"])
}

func TestWhatTheProtocolRefuses(t *testing.T) {
	w := setup(t)
	create := func(headers ...string) answer {
		return w.send(ana, http.MethodPost, uploadsPath, nil, headers...)
	}
	create("Upload-Length", "5").refused(http.StatusPreconditionFailed, "media.tus_version")
	create("Tus-Resumable", "1.0.0").refused(http.StatusBadRequest, "media.upload_length")
	create("Tus-Resumable", "1.0.0", "Upload-Length", "-5").refused(http.StatusBadRequest, "media.upload_length")
	create("Tus-Resumable", "1.0.0", "Upload-Length", "0").refused(http.StatusBadRequest, "media.empty")
	create("Tus-Resumable", "1.0.0", "Upload-Length", "999999999999").refused(http.StatusRequestEntityTooLarge, "media.too_large")
	create("Tus-Resumable", "1.0.0", "Upload-Length", "5", "Upload-Metadata", "filename ***").refused(http.StatusBadRequest, "media.upload_metadata")
	require.Contains(t, create("Tus-Resumable", "1.0.0", "Upload-Length", "5", "Upload-Metadata", meta("folder", "../x")).ok(http.StatusBadRequest), "folder")

	address := w.begin(ana, 10)
	w.patch(ana, address, 3, strings.NewReader("abc")).refused(http.StatusConflict, "media.upload_offset")
	w.patch(ana, address, 0, strings.NewReader("abcdefghijklmnop")).refused(http.StatusRequestEntityTooLarge, "media.too_large")
	require.Zero(t, w.offset(ana, address))
	require.Equal(t, http.StatusUnsupportedMediaType, w.send(ana, http.MethodPatch, address, strings.NewReader("abc"), "Tus-Resumable", "1.0.0",
		"Content-Type", "application/json", "Upload-Offset", "0").Status)
	for _, who := range []int64{beto, jefa} {
		require.Equal(t, http.StatusNotFound, w.patch(who, address, 0, strings.NewReader("abc")).Status)
		require.Equal(t, http.StatusNotFound, w.send(who, http.MethodHead, address, nil, "Tus-Resumable", "1.0.0").Status)
		require.Equal(t, http.StatusNotFound, w.send(who, http.MethodDelete, address, nil, "Tus-Resumable", "1.0.0").Status)
	}
	require.Equal(t, http.StatusUnauthorized, w.patch(nobody, address, 0, strings.NewReader("abc")).Status)
	require.Equal(t, http.StatusNotFound, w.send(ana, http.MethodHead, uploadsPath+"abc/", nil, "Tus-Resumable", "1.0.0").Status)

	got := w.send(nobody, http.MethodOptions, uploadsPath, nil)
	require.Equal(t, http.StatusNoContent, got.Status)
	require.Equal(t, "creation,termination,expiration,checksum", got.Header.Get("Tus-Extension"))
}

func TestARefusedFileEndsTheUpload(t *testing.T) {
	w := setup(t)
	text := []byte("<html><script>alert(1)</script>")
	address := w.begin(ana, len(text), "filename", "foto.jpg", "filetype", "image/jpeg")
	w.patch(ana, address, 0, bytes.NewReader(text)).refused(http.StatusBadRequest, "media.type_refused")
	require.Equal(t, http.StatusNotFound, w.send(ana, http.MethodHead, address, nil, "Tus-Resumable", "1.0.0").Status)
	require.Zero(t, w.count("object"))
	w.empty()
}

func TestTermination(t *testing.T) {
	w := setup(t)
	address := w.begin(ana, 100)
	require.Equal(t, http.StatusNoContent, w.patch(ana, address, 0, strings.NewReader("abc")).Status)
	require.Equal(t, http.StatusNoContent, w.send(ana, http.MethodDelete, address, nil, "Tus-Resumable", "1.0.0").Status)
	require.Equal(t, http.StatusNotFound, w.send(ana, http.MethodHead, address, nil, "Tus-Resumable", "1.0.0").Status)
	w.empty()
}

func TestExpiration(t *testing.T) {
	w := setup(t, func(c *mediamod.Config) { c.KeepUpload = time.Nanosecond })
	address := w.begin(ana, 100)
	require.Equal(t, http.StatusNotFound, w.patch(ana, address, 0, strings.NewReader("abc")).Status)
	w.job("media.sweep-uploads")
	require.Zero(t, w.count("upload"))
}

func TestOnlySoManyAreUnderWay(t *testing.T) {
	w := setup(t)
	for range 20 {
		w.begin(ana, 100)
	}
	w.send(ana, http.MethodPost, uploadsPath, nil, "Tus-Resumable", "1.0.0", "Upload-Length", "5").refused(http.StatusTooManyRequests, "media.too_many_uploads")
	w.begin(beto, 100)
}

// An upload whose process died between the last byte and the object is finished by whoever looks next.
func TestAnUploadThatArrivedIsFinishedLater(t *testing.T) {
	for name, finish := range map[string]func(w *world, address string){
		"ByHEAD": func(w *world, address string) { require.Positive(w.t, w.offset(ana, address)) },
		"ByTheJob": func(w *world, _ string) {
			w.exec("update upload set touched_at = now() - interval '1 hour'")
			w.job("media.finish-uploads")
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := setup(t)
			sound := recording(1000)
			address := w.begin(ana, len(sound), "filename", "a.wav")
			w.store.FailOpen(io.ErrClosedPipe, 0) // so that the pieces cannot be joined
			w.patch(ana, address, 0, bytes.NewReader(sound)).refused(http.StatusBadGateway, "media.storage")
			require.Zero(t, w.count("object"))
			w.store.FailOpen(nil, 0)
			finish(w, address)
			require.Equal(t, 1, w.count("object"))
			o := w.get(ana, address).ok(http.StatusOK)["media"].(object)
			require.Equal(t, string(sound), w.get(nobody, o["url"].(string)).Raw)
		})
	}
}

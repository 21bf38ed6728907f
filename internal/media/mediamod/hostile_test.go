package mediamod_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media/internal/content/contenttest"
)

// TestHostileFiles sends every file of the corpus, by form and in pieces: a clear refusal, and nothing
// left behind. Those that are only odd are taken.
func TestHostileFiles(t *testing.T) {
	w := setup(t)
	peak := heapPeak(t)
	for _, c := range contenttest.Hostile() {
		t.Run(c.Name, func(t *testing.T) {
			r, size := c.Make()
			size = min(size, 26<<20) // more than any picture or sound may have
			b, err := io.ReadAll(io.NewSectionReader(r, 0, size))
			require.NoError(t, err)
			if c.Want == nil {
				require.Equal(t, http.StatusCreated, w.form(ana, http.MethodPost, "/api/media/", file{"image", "foto.jpg", c.Declared, b}).Status)
				return
			}
			got := w.form(ana, http.MethodPost, "/api/media/", file{"image", "foto.jpg", c.Declared, b})
			require.GreaterOrEqual(t, got.Status, 400, got.Raw)
			require.Less(t, got.Status, 500, got.Raw)
			if size == 0 || size > 1<<20 {
				return // cannot be announced; takes its time
			}
			address := w.begin(ana, len(b), "filename", "foto.jpg", "filetype", c.Declared)
			got = w.patch(ana, address, 0, bytes.NewReader(b))
			require.GreaterOrEqual(t, got.Status, 400, got.Raw)
			require.Less(t, got.Status, 500, got.Raw)
		})
	}
	require.Less(t, peak(), uint64(maxHeap))
	for id := range w.count("object") { // what is only odd
		require.Equal(t, http.StatusNoContent, w.send(ana, http.MethodDelete, fmt.Sprintf("/api/media/%d/", id+1), nil).Status)
	}
	require.Zero(t, w.count("file"))
	w.empty()
}

// maxHeap is what the process, which holds the corpus's file, its form and what the client sends of it,
// keeps in memory at most while any of them is taken in. Files are 26 MiB at most, so a form that was
// read into memory, or an image that was decoded by its header, would show.
const maxHeap = 256 << 20

// heapPeak watches the heap; the returned function ends that and tells the most that was in use.
func heapPeak(t *testing.T) func() uint64 {
	done, ended := make(chan struct{}), make(chan struct{})
	var most uint64
	go func() {
		defer close(ended)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() uint64 {
		close(done)
		<-ended
		t.Logf("heap in use, at most: %d MiB", most>>20)
		return most
	}
}

// raw sends bytes as they are and returns the answer's status line; empty when the server hangs up.
func (w *world) raw(request string, body io.Reader) string {
	w.t.Helper()
	conn, err := net.Dial("tcp", w.server.Listener.Addr().String())
	require.NoError(w.t, err)
	defer conn.Close()
	_, err = io.WriteString(conn, request)
	require.NoError(w.t, err)
	go func() { _, _ = io.Copy(conn, body) }() // the server may hang up in the middle, as it should
	line, _ := bufio.NewReader(conn).ReadString('\n')
	return line
}

const formHead = "POST /api/media/ HTTP/1.1\r\nHost: x\r\nAuthorization: Token 1\r\nContent-Type: multipart/form-data; boundary=b\r\n"

const partHead = "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n\r\n"

// zeros never end.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestAnEndlessBodyIsCutOff(t *testing.T) {
	w := setup(t)
	chunks := fmt.Sprintf("%x\r\n%s\r\n", len(partHead), partHead)
	endless := io.MultiReader(strings.NewReader(chunks), &chunked{zeros{}})
	require.Contains(t, w.raw(formHead+"Transfer-Encoding: chunked\r\n\r\n", endless), "413")
	w.empty()
}

// chunked writes a body as HTTP's chunks of 64 KiB.
type chunked struct{ r io.Reader }

func (c *chunked) Read(b []byte) (int, error) {
	const size = 1 << 10
	if len(b) < size+10 {
		return 0, io.ErrShortBuffer
	}
	n := copy(b, fmt.Sprintf("%x\r\n", size))
	m, _ := io.ReadFull(c.r, b[n:n+size])
	return n + m + copy(b[n+m:], "\r\n"), nil
}

func TestABodyThatStopsLeavesNothing(t *testing.T) {
	w := setup(t)
	whole := partHead + string(photo(1))
	conn, err := net.Dial("tcp", w.server.Listener.Addr().String())
	require.NoError(t, err)
	_, err = fmt.Fprintf(conn, "%sContent-Length: %d\r\n\r\n%s\r\n--b\r\nContent-Disp", formHead, len(whole)+1000, whole)
	require.NoError(t, err)
	require.NoError(t, conn.Close())
	w.server.Close() // waits until the request is over
	require.Empty(t, files(t, w.temp))
	require.Empty(t, files(t, w.dir))
	require.Zero(t, w.count("object"))
}

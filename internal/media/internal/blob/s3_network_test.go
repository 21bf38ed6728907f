package blob_test

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"agrovet/internal/media/internal/blob"
	"agrovet/internal/media/internal/blob/blobtest"

	"github.com/minio/minio-go/v7/pkg/signer"
	"github.com/stretchr/testify/require"
)

const servicePath = "/storage/v1/s3"

// TestS3UnderAPathIsAStore has the service behind a proxy that takes a path off, as Supabase's does. The
// service would not know the path, so the proxy signs for it; the next test looks at our signature.
func TestS3UnderAPathIsAStore(t *testing.T) {
	c := blobtest.S3Server(t).Config()
	target, err := url.Parse(c.Endpoint)
	require.NoError(t, err)
	forward := http.StripPrefix(servicePath, &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		signer.SignV4(*r.Out, c.AccessKey, c.SecretKey, "", "us-east-1")
	}})
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// versitygw v1.8.0 keeps what it got of a body that broke off (its issue 2414), unless it is signed.
		body, err := io.ReadAll(r.Body)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		forward.ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	c.Endpoint = proxy.URL + servicePath + "/"
	blobtest.TestStore(t, func(t *testing.T) blob.Store { return inFolder(t, c) })
}

// TestS3UnderAPathSignsThePath has the service check signatures. To it the path begins with a bucket.
func TestS3UnderAPathSignsThePath(t *testing.T) {
	server := blobtest.S3Server(t)
	server.MakeBucket("storage")
	c := server.Config()
	c.Endpoint += servicePath
	s := newS3(t, c)
	put(t, s, "a/b", "0123456789")
	b, err := s.Open(t.Context(), "a/b")
	require.NoError(t, err)
	defer b.Close()
	_, err = b.Seek(4, io.SeekStart)
	require.NoError(t, err)
	tail, err := io.ReadAll(b)
	require.NoError(t, err)
	require.Equal(t, "456789", string(tail))

	plain := server.Config()
	plain.Bucket, plain.Prefix = "storage", "v1/s3/"+c.Bucket
	requireKeys(t, newS3(t, plain), "a/b")
	require.NoError(t, s.Delete(t.Context(), "a/b"))
	requireKeys(t, newS3(t, plain))

	c.SecretKey = "guessed"
	require.Error(t, newS3(t, c).Put(t.Context(), "a/b", strings.NewReader("x"), 1, blob.Headers{}))
}

func TestS3TriesAgain(t *testing.T) {
	c := blobtest.S3Server(t).Config()
	target, err := url.Parse(c.Endpoint)
	require.NoError(t, err)
	var asked atomic.Int32
	forward := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.Out.URL.Host, r.Out.URL.Scheme = target.Host, "http" }}
	busy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1)%2 == 1 {
			_, _ = io.Copy(io.Discard, r.Body)
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		forward.ServeHTTP(w, r)
	}))
	t.Cleanup(busy.Close)
	c.Endpoint = busy.URL
	s := newS3(t, c)
	r := strings.NewReader("___content")
	_, err = r.Seek(3, io.SeekStart)
	require.NoError(t, err)
	require.NoError(t, s.Put(t.Context(), "a", r, 7, blob.Headers{}))
	require.Equal(t, "content", get(t, s, "a"))
	require.NoError(t, s.Delete(t.Context(), "a", "b"))
	requireKeys(t, s)

	asked.Store(0)
	require.Error(t, s.Put(t.Context(), "a", bytes.NewBufferString("x"), 1, blob.Headers{}), "a stream cannot be sent again")
	require.EqualValues(t, 1, asked.Load())
}

// serve has each connection to a new address handled by handle.
func serve(t *testing.T, handle func(net.Conn)) blob.S3Config {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { _ = conn.Close() })
			go handle(conn)
		}
	}()
	return blob.S3Config{Endpoint: "http://" + l.Addr().String(), Bucket: "bucket", AccessKey: "a", SecretKey: "s", PathStyle: true}
}

func TestS3DoesNotWaitForeverForASilentService(t *testing.T) {
	s, err := blob.NewS3WithPatience(serve(t, func(net.Conn) {}), 20*time.Millisecond)
	require.NoError(t, err)
	require.Error(t, s.Check(t.Context()))
	for _, size := range []int64{1, 32 << 20} { // what fits into the network's buffers, and what does not
		require.Error(t, s.Put(t.Context(), "a", bytes.NewReader(make([]byte, size)), size, blob.Headers{}))
	}
	_, err = s.Open(t.Context(), "a")
	require.Error(t, err)
	_, err = s.List(t.Context(), "", 1)
	require.Error(t, err)
	require.Error(t, s.Delete(t.Context(), "a", "b"))
}

// TestS3WaitsForASlowServiceThatMoves has a service that takes and gives a bit at a time, which in all
// takes longer than the store's patience.
func TestS3WaitsForASlowServiceThatMoves(t *testing.T) {
	const patience, steps, step = time.Second, 30, 1 << 20
	slowly := func(w io.Writer, r io.Reader) {
		for range steps {
			time.Sleep(patience / (steps - 10))
			_, _ = io.CopyN(w, r, step)
		}
	}
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Last-Modified", "Wed, 25 Nov 2026 00:00:00 GMT")
		switch r.Method {
		case http.MethodPut:
			slowly(io.Discard, r.Body)
		case http.MethodHead:
			w.Header().Set("Content-Length", strconv.Itoa(steps*step))
		case http.MethodGet:
			slowly(w, zeros{})
		}
	}))
	t.Cleanup(service.Close)
	s, err := blob.NewS3WithPatience(blob.S3Config{Endpoint: service.URL, Bucket: "bucket"}, patience)
	require.NoError(t, err)
	require.NoError(t, s.Put(t.Context(), "a", bytes.NewReader(make([]byte, steps*step)), steps*step, blob.Headers{}))
	require.Len(t, get(t, s, "a"), steps*step)
}

// TestS3LeavesTheReaderAloneAfterPut relies on the race detector.
func TestS3LeavesTheReaderAloneAfterPut(t *testing.T) {
	s := newS3(t, serve(t, func(conn net.Conn) {
		_, _ = conn.Read(make([]byte, 1024))
		_, _ = io.WriteString(conn, "HTTP/1.1 507 Insufficient Storage\r\nContent-Length: 0\r\n\r\n")
	}))
	for range 20 {
		size := int64(32 << 20)
		r := bytes.NewReader(make([]byte, size))
		require.ErrorIs(t, s.Put(t.Context(), "a", struct{ io.Reader }{r}, size, blob.Headers{}), blob.ErrFull)
		r.Reset(nil)
	}
}

// TestS3DoesNotReadTheBeginningForARange has a service that answers every GET with everything.
func TestS3DoesNotReadTheBeginningForARange(t *testing.T) {
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "10")
		w.Header().Set("Last-Modified", "Wed, 25 Nov 2026 00:00:00 GMT")
		_, _ = io.WriteString(w, "0123456789")
	}))
	t.Cleanup(service.Close)
	b, err := newS3(t, blob.S3Config{Endpoint: service.URL, Bucket: "bucket"}).Open(t.Context(), "a")
	require.NoError(t, err)
	defer b.Close()
	_, err = b.Seek(5, io.SeekStart)
	require.NoError(t, err)
	_, err = b.Read(make([]byte, 1))
	require.ErrorContains(t, err, "ranges")
}

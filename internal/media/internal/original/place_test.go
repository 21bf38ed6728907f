package original

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/blob"
	"agrovet/internal/media/internal/blob/blobtest"
)

// away is a source that cannot be reached.
type away struct{}

func (away) serves(*url.URL) bool { return true }

func (away) open(context.Context, *url.URL) (io.ReadCloser, int64, error) { return nil, 0, errAway }

func read(t *testing.T, s blob.Store, key string) []byte {
	t.Helper()
	b, err := s.Open(t.Context(), key)
	require.NoError(t, err)
	defer b.Close()
	all, err := io.ReadAll(b)
	require.NoError(t, err)
	return all
}

// places are files at these.
func places(t *testing.T, getenv func(string) string, all ...string) Files {
	t.Helper()
	f := Files{Pause: time.Millisecond}
	for _, text := range all {
		p, err := ParsePlace(text, getenv)
		require.NoError(t, err)
		f.Places = append(f.Places, p)
	}
	return f.withDefaults()
}

func none(string) string { return "" }

// get is what is under an address.
func get(t *testing.T, f Files, address string) (string, error) {
	t.Helper()
	file, size, err := f.fetch(t.Context(), address, 1000)
	if err != nil {
		return "", err
	}
	defer file.Close()
	b := make([]byte, size)
	_, err = file.ReadAt(b, 0)
	require.NoError(t, err)
	return string(b), nil
}

func has(t *testing.T, f Files, address, want string) {
	t.Helper()
	got, err := get(t, f, address)
	require.NoError(t, err, address)
	require.Equal(t, want, got, address)
}

func fails(t *testing.T, f Files, address string, want error) {
	t.Helper()
	_, err := get(t, f, address)
	require.ErrorIs(t, err, want, address)
}

func TestADirectoryIsAllThatIsRead(t *testing.T) {
	dir := t.TempDir()
	inside := filepath.Join(dir, "files")
	require.NoError(t, os.MkdirAll(filepath.Join(inside, "media"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "secret"), []byte("secret"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(inside, "media", "a b.jpg"), []byte("a"), 0o600))
	require.NoError(t, os.Symlink(filepath.Join(dir, "secret"), filepath.Join(inside, "link")))
	f := places(t, none, inside)
	has(t, f, "https://anywhere.example/media/a%20b.jpg?token=1", "a")
	has(t, f, "/media/a%20b.jpg", "a")
	fails(t, f, "/media/c.jpg", errMissing)
	fails(t, f, "/media/", errMissing)
	fails(t, f, "/../secret", errMissing)
	fails(t, f, "/%2e%2e/secret", errMissing)
	fails(t, f, "file:///etc/passwd", errMissing)
	_, err := get(t, f, "/link")
	require.Error(t, err)
}

func TestPrefixesLeadElsewhere(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(one, "a"), []byte("one"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(two, "a"), []byte("two"), 0o600))
	f := places(t, none, "https://x.example/="+one, "https://x.example/deep="+two)
	has(t, f, "https://x.example/a", "one")
	has(t, f, "https://x.example/deep/a", "two")
	fails(t, f, "https://x.example.evil.example/a", errElsewhere)
	fails(t, f, "https://x.example//evil.example/a", errElsewhere)
	fails(t, f, "/a", errElsewhere)
}

func TestOnlyTheNamedServerIsAsked(t *testing.T) {
	asked := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer other.Close()
	var busy atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/media/away":
			http.Redirect(w, r, other.URL+"/media/a", http.StatusFound)
		case r.URL.Path == "/media/moved":
			http.Redirect(w, r, "/media/a", http.StatusFound)
		case r.URL.Path == "/media/busy" && busy.Add(1) < 3:
			w.WriteHeader(http.StatusServiceUnavailable)
		case r.URL.Path == "/media/large":
			_, _ = io.Copy(w, io.LimitReader(zeros{}, 1<<20))
		case r.URL.Path == "/media/gone":
			w.WriteHeader(http.StatusBadRequest)
		default:
			_, _ = io.WriteString(w, "a")
		}
	}))
	defer s.Close()
	f := places(t, none, s.URL+"/media", "https://old.example/files/="+s.URL+"/media/")
	has(t, f, s.URL+"/media/a", "a")
	has(t, f, "a", "a")
	has(t, f, "https://old.example/files/a", "a")
	has(t, f, s.URL+"/media/moved", "a")
	has(t, f, s.URL+"/media/busy", "a")
	fails(t, f, s.URL+"/media/gone", errMissing)
	fails(t, f, s.URL+"/media/large", media.ErrTooLarge)
	fails(t, f, s.URL+"/media/away", errElsewhere)
	fails(t, f, other.URL+"/media/a", errElsewhere)
	fails(t, f, "http://169.254.169.254/latest/meta-data/", errElsewhere)
	fails(t, f, "//"+strings.TrimPrefix(other.URL, "http://")+"/a", errElsewhere)
	fails(t, f, "https://old.example/files//"+strings.TrimPrefix(other.URL, "http://")+"/a", errElsewhere)
	require.Zero(t, asked)
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestABucketIsRead(t *testing.T) {
	c := blobtest.S3Server(t).Config()
	s, err := blob.NewS3(c)
	require.NoError(t, err)
	require.NoError(t, s.Put(t.Context(), "old/media/a.jpg", strings.NewReader("a"), 1, blob.Headers{}))
	env := map[string]string{"ORIGINAL_FILES_S3_ENDPOINT": c.Endpoint, "ORIGINAL_FILES_S3_REGION": c.Region, "ORIGINAL_FILES_S3_ACCESS_KEY": c.AccessKey, "ORIGINAL_FILES_S3_SECRET_KEY": c.SecretKey}
	getenv := func(key string) string { return env[key] }
	f := places(t, getenv, "https://x.example/public/=s3://"+c.Bucket+"/old")
	has(t, f, "https://x.example/public/media/a.jpg", "a")
	fails(t, f, "https://x.example/public/media/b%20c.jpg", errMissing)
	_, err = ParsePlace("s3://"+c.Bucket, none)
	require.ErrorContains(t, err, "ORIGINAL_FILES_S3_ENDPOINT")
}

func TestPlacesAreReadStrictly(t *testing.T) {
	for _, text := range []string{"", "https://", "https://u:p@x.example/", "https://x.example/?a=b", "/there/is/no/such/directory", "https://x.example/="} {
		_, err := ParsePlace(text, none)
		require.Error(t, err, text)
	}
}

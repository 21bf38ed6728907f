package archive_test

import (
	"archive/tar"
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/archive"
)

// content is what the tests' archive has: two tables, of which one takes several pieces, and files for two indexes.
var content = map[string]string{
	"auth/users":  "1\tAna\n2\tJosé\n",
	"foro/post":   strings.Repeat("a long line of rows\n", 150_000),
	"a/photo.jpg": "not really a photo",
}

const small = 1200 // files beside the photo

func write(t testing.TB) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "backup")
	f, err := os.Create(path)
	require.NoError(t, err)
	defer f.Close()
	w, err := archive.NewWriter(f, "test")
	require.NoError(t, err)
	m := archive.Manifest{Files: archive.Files{Included: true}}
	for _, name := range []string{"auth/users", "foro/post"} {
		module, table, _ := strings.Cut(name, "/")
		sum, err := w.Rows(module, table, func(w io.Writer) error {
			_, err := io.Copy(w, inSteps(content[name]))
			return err
		})
		require.NoError(t, err)
		m.Modules = append(m.Modules, archive.Module{Name: module, Tables: []archive.Table{{Name: table, Sum: sum}, {Name: "empty"}}})
	}
	photo := content["a/photo.jpg"]
	file := archive.File{Key: "a/photo.jpg", ContentType: "image/jpeg", Sum: archive.Sum{Bytes: int64(len(photo))}}
	require.NoError(t, w.File(file, strings.NewReader(photo)))
	for i := range small {
		noise := make([]byte, 10)
		_, _ = rand.Read(noise)
		require.NoError(t, w.File(archive.File{Key: fmt.Sprint("b/", i), Sum: archive.Sum{Bytes: 10}}, bytes.NewReader(noise)))
	}
	require.NoError(t, w.Close(&m))
	return path
}

// inSteps reads a text a piece at a time, as rows come from a server.
func inSteps(s string) io.Reader { return struct{ io.Reader }{strings.NewReader(s)} }

func TestRoundTrip(t *testing.T) {
	a, err := archive.Open(write(t))
	require.NoError(t, err)
	require.EqualValues(t, small+1, a.Manifest.Files.Count)
	got := map[string]string{}
	require.NoError(t, a.Rows(func(module, table string, r io.Reader) error {
		b, err := io.ReadAll(r)
		got[module+"/"+table] = string(b)
		return err
	}))
	files := 0
	require.NoError(t, a.Files(func(f archive.File, r io.Reader) error {
		files++
		if f.Key == "a/photo.jpg" {
			require.Equal(t, "image/jpeg", f.ContentType)
			b, err := io.ReadAll(r)
			got[f.Key] = string(b)
			return err
		}
		return nil // whoever does not read does no harm
	}))
	require.Equal(t, content, got)
	require.Equal(t, small+1, files)
}

// TestAnybodyReadsIt: it is a tar in zstd to whoever knows nothing of this package.
func TestAnybodyReadsIt(t *testing.T) {
	f, err := os.Open(write(t))
	require.NoError(t, err)
	defer f.Close()
	unpacked, err := zstd.NewReader(f)
	require.NoError(t, err)
	defer unpacked.Close()
	var names []string
	for in := tar.NewReader(unpacked); ; {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		names = append(names, h.Name)
	}
	require.Equal(t, "manifest.json", names[len(names)-1])
}

// TestDamage changes one bit at many places, and cuts the file off at some.
func TestDamage(t *testing.T) {
	path := write(t)
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	opens := func(b []byte) error {
		require.NoError(t, os.WriteFile(path, b, 0o600))
		_, err := archive.Open(path)
		return err
	}
	require.NoError(t, opens(whole))
	places := []int{0, 3, 4, 5, 6, len(whole) - 1, len(whole) - 33, len(whole) - 40, len(whole) - 41}
	for i := range 30 {
		places = append(places, i*len(whole)/30)
	}
	for _, at := range places {
		b := bytes.Clone(whole)
		b[at] ^= 1 << (at % 8)
		require.Error(t, opens(b), "byte %d", at)
	}
	for _, end := range []int{0, 1, 40, 41, len(whole) / 2, len(whole) - 40, len(whole) - 1} {
		require.Error(t, opens(whole[:end]), "cut off at %d", end)
	}
	require.ErrorIs(t, opens(append(bytes.Clone(whole), 0)), archive.ErrDamaged)
}

func TestForeign(t *testing.T) {
	path := filepath.Join(t.TempDir(), "letter")
	require.NoError(t, os.WriteFile(path, []byte(strings.Repeat("Querida Ana: ", 100)), 0o600))
	_, err := archive.Open(path)
	require.ErrorIs(t, err, archive.ErrForeign)
}

// TestLies makes archives whose seal is right and whose manifest is not.
func TestLies(t *testing.T) {
	lie := func(m archive.Manifest) error {
		path := filepath.Join(t.TempDir(), "lie")
		f, err := os.Create(path)
		require.NoError(t, err)
		defer f.Close()
		w, err := archive.NewWriter(f, "test")
		require.NoError(t, err)
		_, err = w.Rows("auth", "users", func(w io.Writer) error { _, err := io.WriteString(w, "1\n"); return err })
		require.NoError(t, err)
		require.NoError(t, w.Close(&m))
		_, err = archive.Open(path)
		return err
	}
	users := func(s archive.Sum) archive.Manifest {
		return archive.Manifest{Modules: []archive.Module{{Name: "auth", Tables: []archive.Table{{Name: "users", Sum: s}}}}}
	}
	require.ErrorIs(t, lie(archive.Manifest{}), archive.ErrDamaged)
	require.ErrorIs(t, lie(users(archive.Sum{Bytes: 2, SHA256: "00"})), archive.ErrDamaged)
	require.NoError(t, lie(users(archive.Sum{Bytes: 2, SHA256: "4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865"})))
}

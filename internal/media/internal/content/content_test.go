package content_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/content"
	"agrovet/internal/media/internal/content/contenttest"
)

func inspect(data []byte, declared string) (content.Info, error) {
	return content.Inspect(bytes.NewReader(data), int64(len(data)), declared, contenttest.Limits)
}

func clean(t testing.TB, data []byte, info content.Info) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, content.Clean(&b, bytes.NewReader(data), int64(len(data)), info))
	return b.Bytes()
}

func TestEveryTypeIsAccepted(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range contenttest.Samples() {
		t.Run(s.Name, func(t *testing.T) {
			info, err := inspect(s.Data, s.MIME)
			require.NoError(t, err)
			require.Equal(t, s.MIME, info.MIME)
			require.InDelta(t, s.Duration, info.Duration, float64(time.Millisecond))
			requirePlace(t, s.Place, info.Place)
			requireClean(t, s, info)
			seen[info.MIME] = true
		})
	}
	require.Len(t, seen, 17)
}

func requirePlace(t *testing.T, want bool, got *content.Place) {
	t.Helper()
	if !want {
		require.Nil(t, got)
		return
	}
	require.NotNil(t, got)
	require.InDelta(t, contenttest.Cochabamba.Latitude, got.Latitude, 0.0001)
	require.InDelta(t, contenttest.Cochabamba.Longitude, got.Longitude, 0.0001)
}

// requireClean checks what Clean promises.
func requireClean(t *testing.T, s contenttest.Sample, info content.Info) {
	t.Helper()
	out := clean(t, s.Data, info)
	if s.Plain {
		require.Equal(t, s.Data, out)
		return
	}
	require.Negative(t, bytes.Index(out, []byte(contenttest.Marker)), "some metadata is left")
	again, err := inspect(out, info.MIME)
	require.NoError(t, err)
	info.Place, info.TakenAt, info.Orientation = nil, nil, min(info.Orientation, 1)
	require.Equal(t, info, again)
	require.True(t, bytes.Equal(out, clean(t, out, again)), "cleaning twice changes something")
}

func TestFilmsKeepTheirLength(t *testing.T) {
	for _, s := range contenttest.Samples() {
		if info, err := inspect(s.Data, ""); err == nil && info.Kind == media.Video {
			require.Len(t, clean(t, s.Data, info), len(s.Data), s.Name)
		}
	}
}

func TestHostileFilesAreRefused(t *testing.T) {
	for _, c := range contenttest.Hostile() {
		t.Run(c.Name, func(t *testing.T) {
			r, size := c.Make()
			err := inspectBounded(t, r, size, c.Declared, 64<<20) // each of a million parts leaves a few bytes of garbage
			if c.Want == nil {
				require.NoError(t, err)
			} else {
				require.ErrorIs(t, err, c.Want)
			}
		})
	}
}

// A file that is cut somewhere is refused, unless nothing in it tells where it ends.
func TestCutFilesAreRefused(t *testing.T) {
	for _, s := range contenttest.Samples() {
		if s.Open {
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			whole := len(s.Data) - s.Behind
			for i := range 40 {
				cut := whole * i / 40
				_, err := inspect(s.Data[:cut], "")
				require.Error(t, err, "cut at %d of %d", cut, whole)
				_, err = inspect(s.Data[:whole-1-i%8], "")
				require.Error(t, err, "cut %d before the end", 1+i%8)
			}
		})
	}
}

// Of formats whose beginning is a file as well, a cut within a frame, a page or an element is seen.
func TestCutsWithinAPartAreSeen(t *testing.T) {
	for _, s := range contenttest.Samples() {
		if !s.Open || strings.HasPrefix(s.Name, "WAV") {
			continue
		}
		_, err := inspect(s.Data[:len(s.Data)-s.Behind-3], "")
		require.ErrorIs(t, err, media.ErrDamaged, s.Name)
	}
}

func TestDeclaredTypes(t *testing.T) {
	accepted := map[string][]string{
		"screenshot":           {"", "application/octet-stream", "image/jpeg", "IMAGE/PNG", "image/*", "*/*", "image/png; name=x.png"},
		"film of Chrome":       {"video/webm;codecs=vp8,opus", "audio/webm", "video/mp4"},
		"voice of Chrome":      {"video/webm", "audio/webm;codecs=opus", "audio/mpeg"},
		"voice of an iPhone":   {"video/mp4", "audio/x-m4a", "audio/mp4", "video/quicktime"},
		"film of an old phone": {"audio/3gpp", "video/3gpp", "audio/mp4"},
		"Opus":                 {"application/ogg", "audio/ogg; codecs=opus"},
		"PDF":                  {"application/pdf", "application/x-pdf"},
	}
	refused := map[string][]string{
		"screenshot":      {"text/html", "video/mp4", "application/pdf", "png", ";"},
		"film of Chrome":  {"image/webp", "audio/mpeg", "audio/mp4", "audio/ogg"},
		"voice of Chrome": {"video/mp4", "video/ogg"},
		"PDF":             {"image/png", "text/plain", "application/zip"},
	}
	for _, s := range contenttest.Samples() {
		for _, declared := range accepted[s.Name] {
			_, err := inspect(s.Data, declared)
			require.NoError(t, err, "%s as %q", s.Name, declared)
		}
		for _, declared := range refused[s.Name] {
			_, err := inspect(s.Data, declared)
			require.ErrorIs(t, err, media.ErrTypeLies, "%s as %q", s.Name, declared)
		}
	}
}

func TestLimits(t *testing.T) {
	photo, film := contenttest.PlainJPEG(100, 50), contenttest.Film{}.Bytes()
	for _, c := range []struct {
		name   string
		data   []byte
		limits content.Limits
		want   error
	}{
		{"none", photo, content.Limits{}, nil},
		{"pixels, met", photo, content.Limits{Pixels: 5000, Side: 100}, nil},
		{"pixels", photo, content.Limits{Pixels: 4999}, media.ErrPixels},
		{"side", photo, content.Limits{Side: 99}, media.ErrPixels},
		{"pixels of all frames", contenttest.AnimatedGIF(10, 10, 3), content.Limits{Pixels: 299}, media.ErrPixels},
		{"pixels of all frames, met", contenttest.AnimatedGIF(10, 10, 3), content.Limits{Pixels: 300}, nil},
		{"bytes of another kind", photo, content.Limits{Bytes: map[media.Kind]int64{media.Video: 1}}, nil},
		{"bytes", photo, content.Limits{Bytes: map[media.Kind]int64{media.Image: 100}}, media.ErrTooLarge},
		{"time, met", film, content.Limits{Duration: map[media.Kind]time.Duration{media.Video: 3 * time.Second}}, nil},
		{"time", film, content.Limits{Duration: map[media.Kind]time.Duration{media.Video: 2999 * time.Millisecond}}, media.ErrTooLong},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := content.Inspect(bytes.NewReader(c.data), int64(len(c.data)), "", c.limits)
			require.ErrorIs(t, err, c.want)
		})
	}
}

// witness counts what is read, and refuses to read what is not there.
type witness struct {
	r       io.ReaderAt
	size    int64
	read    int64
	largest int
	outside bool
	err     error // of every read, when it is not nil
}

func (w *witness) ReadAt(b []byte, pos int64) (int, error) {
	if w.read, w.largest = w.read+int64(len(b)), max(w.largest, len(b)); w.err != nil {
		return 0, w.err
	}
	if pos < 0 || pos+int64(len(b)) > w.size {
		w.outside = true
	}
	return w.r.ReadAt(b, pos)
}

// Whatever a file is, reading it takes one window of memory, and reads a few times its length.
func TestMemoryAndReadsAreBounded(t *testing.T) {
	for _, s := range contenttest.Samples() {
		require.NoError(t, inspectBounded(t, bytes.NewReader(s.Data), int64(len(s.Data)), "", 0), s.Name)
	}
	const mb = 1 << 20
	film, photo := contenttest.Film{TablesFirst: true}.Bytes(), contenttest.PlainJPEG(64, 48)
	film = append(film[:bytes.Index(film, []byte("mdat"))-4], "\x00\x00\x00\x00mdat"...) // up to the end of the file
	pixels := append(bytes.Repeat([]byte("pixels"), 50), 0xff, 0)
	for _, large := range []struct {
		name        string
		head, again []byte
		size        int64
		want        error
	}{
		{"film", film, []byte{0}, 100 * mb, nil},
		{"photo", photo[:len(photo)-2], pixels, 20 * mb, media.ErrDamaged}, // it never ends
		{"voice", contenttest.StreamedWAV(), []byte{0}, 5 * mb, nil},
		{"song", nil, contenttest.MP3(500), int64(20 * len(contenttest.MP3(500))), nil},
		{"voice of an old phone", []byte("#!AMR\n"), contenttest.AMR(1)[6:], 6 + 32*20_000, nil},
	} {
		err := inspectBounded(t, contenttest.Large(large.head, large.again), large.size, "", 0)
		require.ErrorIs(t, err, large.want, large.name)
	}
}

// inspectBounded inspects a file, and cleans it when it is accepted, and checks how much memory and
// reading that takes.
func inspectBounded(t *testing.T, r io.ReaderAt, size int64, declared string, garbage int64) error {
	t.Helper()
	w := &witness{r: r, size: size}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	info, err := content.Inspect(w, size, declared, contenttest.Limits)
	if err == nil {
		require.NoError(t, content.Clean(io.Discard, w, size, info))
	}
	runtime.ReadMemStats(&after)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20+garbage))
	require.False(t, w.outside)
	require.LessOrEqual(t, w.largest, 65<<10)
	require.LessOrEqual(t, w.read, 1<<20+8*size)
	return err
}

func TestErrorsOfReadersAndWritersStayWhatTheyAre(t *testing.T) {
	broken := errors.New("the disk is on fire")
	for _, s := range contenttest.Samples() {
		size := int64(len(s.Data))
		_, err := content.Inspect(&witness{err: broken}, size, "", contenttest.Limits)
		require.Equal(t, broken, err)
		_, err = content.Inspect(bytes.NewReader(s.Data[:size/2]), size, "", contenttest.Limits)
		require.Equal(t, io.ErrUnexpectedEOF, err)
		info, err := inspect(s.Data, "")
		require.NoError(t, err)
		require.Equal(t, broken, content.Clean(failing{broken}, bytes.NewReader(s.Data), size, info))
	}
	require.ErrorIs(t, content.Clean(io.Discard, bytes.NewReader(nil), 0, content.Info{}), media.ErrType)
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func ExampleInspect() {
	photo := contenttest.PhotoJPEG(64, 48, 6, &contenttest.Cochabamba)
	info, err := content.Inspect(bytes.NewReader(photo), int64(len(photo)), "image/png", content.Limits{})
	fmt.Println(info.MIME, info.Width, info.Height, info.Orientation, *info.Place, info.TakenAt, err)

	_, err = content.Inspect(strings.NewReader("<svg/>"), 6, "image/jpeg", content.Limits{})
	fmt.Println(errors.Is(err, media.ErrType))
	// Output:
	// image/jpeg 64 48 6 {-17.39 -66.15} 2024-05-06 07:08:09 -0400 -0400 <nil>
	// true
}

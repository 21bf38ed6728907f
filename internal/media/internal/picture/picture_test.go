package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media"
)

// quadrants is an upright picture with a colour in each quarter.
func quadrants(width, height int) *image.NRGBA {
	m := flat(width, height, white)
	for i, c := range []color.NRGBA{red, green, blue} {
		corner := image.Pt(i%2*width/2, i/2*height/2)
		draw.Draw(m, image.Rect(0, 0, width/2, height/2).Add(corner), image.NewUniform(c), image.Point{}, draw.Src)
	}
	return m
}

// encodedAs returns m in a type of file.
func encodedAs(t *testing.T, mime string, m image.Image) []byte {
	t.Helper()
	encode, err := encoderOf(mime)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, encode(&b, m))
	return b.Bytes()
}

func TestAllOrientationsGiveTheSamePicture(t *testing.T) {
	s := New(Config{})
	for _, mime := range []string{"image/jpeg", "image/png", "image/webp"} {
		for orientation := 0; orientation <= 9; orientation++ {
			t.Run(fmt.Sprint(mime, " ", orientation), func(t *testing.T) {
				stored := encodedAs(t, mime, asStored(quadrants(95, 63), orientation%9))
				var out bytes.Buffer
				width, height, err := s.Upright(t.Context(), &out, bytes.NewReader(stored), mime, orientation)
				require.NoError(t, err)
				require.Equal(t, image.Pt(95, 63), image.Pt(width, height))
				m := decoded(t, mime, out.Bytes())
				require.Equal(t, image.Rect(0, 0, 95, 63), m.Bounds())
				requireQuadrants(t, m, red, green, blue, white)
			})
		}
	}
}

func TestUprightKeepsTransparency(t *testing.T) {
	for _, name := range []string{"transparent.png", "transparent.webp"} {
		var out bytes.Buffer
		_, _, err := New(Config{}).Upright(t.Context(), &out, bytes.NewReader(file(t, name)), typeOf(name), 3)
		require.NoError(t, err)
		requireQuadrants(t, decoded(t, typeOf(name), out.Bytes()), transparent, blue, green, red)
	}
}

func TestUprightWritesEveryKindOfJPEG(t *testing.T) {
	for name, want := range map[string]color.NRGBA{"cmyk.jpg": blue, "gray.jpg": grayed(blue), "422.jpg": blue, "progressive.jpg": blue} {
		var out bytes.Buffer
		width, height, err := New(Config{}).Upright(t.Context(), &out, bytes.NewReader(file(t, name)), "image/jpeg", 6)
		require.NoError(t, err)
		require.Equal(t, image.Pt(64, 96), image.Pt(width, height))
		requireQuadrants(t, decoded(t, "image/jpeg", out.Bytes()), want)
	}
}

func TestUprightTakesWhatItCanWrite(t *testing.T) {
	_, _, err := New(Config{}).Upright(t.Context(), nil, bytes.NewReader(file(t, "animated.gif")), "image/gif", 1)
	require.ErrorIs(t, err, media.ErrType)
}

func TestWhatIsWrittenTellsNothingElse(t *testing.T) {
	s := New(Config{})
	for name, parts := range map[string]func(*testing.T, []byte) []string{
		"metadata.jpg": jpegParts, "metadata.png": pngParts, "metadata.webp": webpParts,
	} {
		require.Contains(t, string(file(t, name)), "secret")
		require.Subset(t, parts(t, file(t, name)), map[string][]string{
			"metadata.jpg": {"E1", "E2"}, "metadata.png": {"eXIf", "iCCP"}, "metadata.webp": {"EXIF", "XMP ", "ICCP"},
		}[name])
		var out bytes.Buffer
		_, _, err := s.Upright(t.Context(), &out, bytes.NewReader(file(t, name)), typeOf(name), 1)
		require.NoError(t, err)
		require.Subset(t, []string{"DB", "C0", "C4", "DA", "IHDR", "IDAT", "IEND", "VP8 "}, parts(t, out.Bytes()))
		set, err := s.Renditions(t.Context(), bytes.NewReader(file(t, name)), typeOf(name))
		require.NoError(t, err)
		for _, r := range set.Renditions {
			require.Equal(t, []string{"VP8 "}, webpParts(t, r.Bytes))
		}
	}
}

// jpegParts lists the markers up to the scan, in hexadecimal.
func jpegParts(t *testing.T, b []byte) (markers []string) {
	for i := 2; ; i += 2 + int(binary.BigEndian.Uint16(b[i+2:])) {
		require.Equal(t, byte(0xFF), b[i])
		markers = append(markers, fmt.Sprintf("%X", b[i+1]))
		if b[i+1] == 0xDA {
			return markers
		}
	}
}

func pngParts(t *testing.T, b []byte) (chunks []string) {
	for i := 8; i < len(b); i += 12 + int(binary.BigEndian.Uint32(b[i:])) {
		chunks = append(chunks, string(b[i+4:i+8]))
	}
	return chunks
}

func webpParts(t *testing.T, b []byte) (chunks []string) {
	for i := 12; i < len(b); i += 8 + int(binary.LittleEndian.Uint32(b[i+4:])+1)&^1 {
		chunks = append(chunks, string(b[i:i+4]))
	}
	return chunks
}

func TestErrorsReachTheCaller(t *testing.T) {
	s := New(Config{})
	_, err := s.Renditions(t.Context(), bytes.NewReader(nil), "image/jpeg")
	require.ErrorIs(t, err, media.ErrDamaged)
	_, _, err = s.Upright(t.Context(), nil, bytes.NewReader(nil), "image/jpeg", 1)
	require.ErrorIs(t, err, media.ErrDamaged)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = s.Renditions(ended, bytes.NewReader(file(t, "gray.jpg")), "image/jpeg")
	require.ErrorIs(t, err, context.Canceled)
}

// TestMemory holds the doc of the package to what it says of photos. Bytes that are allocated at all
// are at least those in use at any moment.
func TestMemory(t *testing.T) {
	encoder(t) // compiles libwebp
	s, photo, progressive := New(Config{}), photoJPEG(), file(t, "large-progressive.jpg")
	for name, row := range map[string]struct {
		work     func() error
		pixels   int
		perPixel float64
		beside   int // MB
	}{
		"Renditions": {func() error {
			_, err := s.Renditions(t.Context(), bytes.NewReader(photo), "image/jpeg")
			return err
		}, 12_000_000, 1.5, 80},
		"Upright": {func() error { // of a progressive photo, which takes most
			_, _, err := s.Upright(t.Context(), io.Discard, bytes.NewReader(progressive), "image/jpeg", 6)
			return err
		}, 3_000_000, 7.5 + 1.5, 1},
	} {
		t.Run(name, func(t *testing.T) {
			before := allocated()
			require.NoError(t, row.work())
			beside := (float64(allocated()-before) - row.perPixel*float64(row.pixels)) / (1 << 20)
			require.Less(t, beside, float64(row.beside))
		})
	}
}

func TestNothingIsCompiledAtTheStart(t *testing.T) {
	require.Less(t, allocatedAtStart, uint64(4<<20))
}

// FuzzRenditions feeds decoders what nobody checked. Whatever they make of it is within bounds.
func FuzzRenditions(f *testing.F) {
	types := []string{"image/jpeg", "image/png", "image/gif", "image/webp"}
	for _, name := range []string{
		"progressive.jpg", "cmyk.jpg", "gray.jpg", "palette.png", "transparent.png", "animated.gif",
		"lossless.webp", "transparent.webp", "animated.webp",
	} {
		for i, mime := range types {
			if mime == typeOf(name) {
				f.Add(file(f, name), uint8(i))
			}
		}
	}
	s := New(Config{Workers: 64})
	f.Fuzz(func(t *testing.T, b []byte, kind uint8) {
		mime := types[int(kind)%len(types)]
		config, err := formats[mime].config(bytes.NewReader(b))
		if err == nil && int64(config.Width)*int64(config.Height) > 1<<18 && config.Width <= MaxPixels/max(1, config.Height) {
			t.Skip("slow")
		}
		set, err := s.Renditions(t.Context(), bytes.NewReader(b), mime)
		if err == nil {
			requireWithinBudgets(t, set, image.Pt(config.Width, config.Height))
		}
		_, _, _ = s.Upright(t.Context(), &bytes.Buffer{}, bytes.NewReader(b), mime, int(kind)/len(types)%10)
	})
}

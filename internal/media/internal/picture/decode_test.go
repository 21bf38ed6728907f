package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"io"
	"mime"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media"
)

// Colours of the quadrants in testdata.
var (
	red         = color.NRGBA{220, 20, 20, 255}
	green       = color.NRGBA{20, 180, 20, 255}
	blue        = color.NRGBA{20, 20, 220, 255}
	white       = color.NRGBA{250, 250, 250, 255}
	transparent = color.NRGBA{}
)

// grayed is what is left of a colour in gray.
func grayed(c color.NRGBA) color.NRGBA {
	y := color.GrayModel.Convert(c).(color.Gray).Y
	return color.NRGBA{y, y, y, 255}
}

// requireQuadrants compares the middles of the four quarters.
func requireQuadrants(t testing.TB, m image.Image, want ...color.NRGBA) {
	t.Helper()
	size := m.Bounds().Size()
	for i, c := range want {
		requireColor(t, c, m.At(size.X*(1+2*(i%2))/4, size.Y*(1+2*(i/2))/4), 6)
	}
}

func typeOf(name string) string { return mime.TypeByExtension(filepath.Ext(name)) }

func TestDecodeReadsWhatCamerasAndEditorsWrite(t *testing.T) {
	for name, want := range map[string][]color.NRGBA{
		"metadata.jpg":     {red, green, blue, white},
		"progressive.jpg":  {red, green, blue, white},
		"422.jpg":          {red, green, blue, white},
		"444.jpg":          {red, green, blue, white},
		"cmyk.jpg":         {red, green, blue, white},
		"gray.jpg":         {grayed(red), grayed(green), grayed(blue), white},
		"metadata.png":     {red, green, blue, white},
		"palette.png":      {red, green, blue, white},
		"transparent.png":  {red, green, blue, transparent},
		"metadata.webp":    {red, green, blue, white},
		"lossless.webp":    {red, green, blue, white},
		"transparent.webp": {red, green, blue, transparent},
		"animated.webp":    {red, green, blue, transparent},
		"animated.gif":     {red, green, blue, white},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := decode(t.Context(), bytes.NewReader(file(t, name)), typeOf(name))
			require.NoError(t, err)
			require.Equal(t, image.Rect(0, 0, 96, 64), m.Bounds())
			requireQuadrants(t, m, want...)
		})
	}
}

func TestDecodePutsASmallFirstFrameInItsPlace(t *testing.T) {
	frame := image.NewPaletted(image.Rect(2, 1, 4, 3), color.Palette{red, blue})
	var b bytes.Buffer
	require.NoError(t, gif.EncodeAll(&b, &gif.GIF{
		Image: []*image.Paletted{frame}, Delay: []int{0}, Config: image.Config{Width: 6, Height: 5},
	}))
	m, err := decode(t.Context(), &b, "image/gif")
	require.NoError(t, err)
	require.Equal(t, image.Rect(0, 0, 6, 5), m.Bounds())
	requireColor(t, red, m.At(2, 1), 0)
	requireColor(t, transparent, m.At(1, 1), 0)
}

func TestDecodeGoesByTypeAlone(t *testing.T) {
	_, err := decode(t.Context(), bytes.NewReader(file(t, "gray.jpg")), "image/png")
	require.ErrorIs(t, err, media.ErrDamaged)
	_, err = decode(t.Context(), bytes.NewReader(file(t, "gray.jpg")), "image/svg+xml")
	require.ErrorIs(t, err, media.ErrType)
}

func TestDamagedImages(t *testing.T) {
	for mime := range formats {
		_, err := decode(t.Context(), strings.NewReader(""), mime)
		require.ErrorIs(t, err, media.ErrDamaged)
		_, err = decode(t.Context(), strings.NewReader(strings.Repeat("garbage", 100)), mime)
		require.ErrorIs(t, err, media.ErrDamaged)
	}
	for _, name := range []string{"progressive.jpg", "gray.jpg", "metadata.png", "animated.gif", "lossless.webp", "animated.webp"} {
		whole := file(t, name)
		for _, part := range []int{3, len(whole) / 10, len(whole) / 3} {
			_, err := decode(t.Context(), bytes.NewReader(whole[:part]), typeOf(name))
			require.ErrorIs(t, err, media.ErrDamaged, "%s, %d bytes", name, part)
		}
	}
}

func TestAPanicOfADecoderIsDamage(t *testing.T) {
	formats["image/bad"] = format{onePixel, func(io.Reader) (image.Image, error) { panic("ouch") }}
	defer delete(formats, "image/bad")
	_, err := decode(t.Context(), strings.NewReader(""), "image/bad")
	require.ErrorIs(t, err, media.ErrDamaged)
	require.ErrorContains(t, err, "ouch")
}

func onePixel(io.Reader) (image.Config, error) { return image.Config{Width: 1, Height: 1}, nil }

func TestAFailingSourceIsNotDamage(t *testing.T) {
	disk := errors.New("disk on fire")
	for _, name := range []string{"gray.jpg", "metadata.png", "animated.gif", "lossless.webp"} {
		begun := io.MultiReader(bytes.NewReader(file(t, name)[:60]), iotest.ErrReader(disk))
		_, err := decode(t.Context(), begun, typeOf(name))
		require.ErrorIs(t, err, disk)
		require.NotErrorIs(t, err, media.ErrDamaged)
	}
}

func TestDecodingEndsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	begun := io.MultiReader(bytes.NewReader(file(t, "gray.jpg")[:60]), readerFunc(func([]byte) (int, error) { cancel(); return 0, nil }))
	_, err := decode(ctx, begun, "image/jpeg")
	require.ErrorIs(t, err, context.Canceled)
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestBombsAreRefusedBeforeMemoryIsTaken(t *testing.T) {
	for name, bomb := range map[string]struct {
		mime string
		file []byte
	}{
		"JPEG":             {"image/jpeg", jpegOf(t, "444.jpg", 65500, 65500)},
		"progressive JPEG": {"image/jpeg", jpegOf(t, "progressive.jpg", 6000, 6000)},
		"PNG":              {"image/png", pngOf(t, 100_000, 100_000)},
		"PNG row":          {"image/png", pngOf(t, MaxPixels+1, 1)},
		"GIF":              {"image/gif", patched(file(t, "animated.gif"), 6, 0xFF, 0xFF, 0xFF, 0xFF)},
		"WebP":             {"image/webp", patched(file(t, "lossless.webp"), 21, 0xFF, 0xFF, 0xFF, 0x0F)},
		"animated WebP":    {"image/webp", patched(file(t, "animated.webp"), 24, 0xFF, 0x3F, 0, 0xFF, 0x3F, 0)},
	} {
		t.Run(name, func(t *testing.T) {
			before := allocated()
			_, err := decode(t.Context(), bytes.NewReader(bomb.file), bomb.mime)
			require.ErrorIs(t, err, media.ErrPixels)
			require.Less(t, allocated()-before, uint64(1<<20))
		})
	}
}

func TestAFrameLargerThanItsAnimationIsDamage(t *testing.T) {
	before := allocated()
	bomb := patched(file(t, "animated.webp"), 24, 0, 0, 0, 0, 0, 0) // a canvas of one pixel
	_, err := decode(t.Context(), bytes.NewReader(bomb), "image/webp")
	require.ErrorIs(t, err, media.ErrDamaged)
	require.Less(t, allocated()-before, uint64(1<<20))
}

// patched returns b with other bytes from an offset on.
func patched(b []byte, at int, bytes ...byte) []byte {
	copy(b[at:], bytes)
	return b
}

// jpegOf writes another size into a JPEG's frame header.
func jpegOf(t *testing.T, name string, width, height uint16) []byte {
	b := file(t, name)
	for _, marker := range []string{"\xFF\xC0\x00\x11\x08", "\xFF\xC2\x00\x11\x08"} {
		if i := bytes.Index(b, []byte(marker)); i >= 0 {
			binary.BigEndian.PutUint16(b[i+5:], height)
			binary.BigEndian.PutUint16(b[i+7:], width)
			return b
		}
	}
	t.Fatal("no frame header")
	return nil
}

// pngOf writes another size into a PNG's header, with its checksum.
func pngOf(t *testing.T, width, height uint32) []byte {
	b := file(t, "metadata.png")
	binary.BigEndian.PutUint32(b[16:], width)
	binary.BigEndian.PutUint32(b[20:], height)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

func TestProgressive(t *testing.T) {
	require.True(t, progressive(file(t, "progressive.jpg")))
	require.False(t, progressive(file(t, "metadata.jpg")))
	require.False(t, progressive(file(t, "metadata.png")))
	hidden := append([]byte("\xFF\xD8junk"), file(t, "progressive.jpg")[2:]...)
	require.True(t, progressive(hidden))
	_, err := jpeg.DecodeConfig(bytes.NewReader(hidden))
	require.NoError(t, err) // so it must be recognized
}

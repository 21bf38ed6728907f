package content_test

import (
	"bytes"
	"image"
	"image/gif"
	_ "image/jpeg"
	_ "image/png"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media/internal/content/contenttest"
	"agrovet/internal/media/internal/picture/webp"
)

// decode reads a picture; of an animated WebP the first frame, which package image cannot.
func decode(b []byte) (image.Image, error) {
	if bytes.HasPrefix(b, []byte("RIFF")) {
		return webp.Decode(bytes.NewReader(b))
	}
	m, _, err := image.Decode(bytes.NewReader(b))
	return m, err
}

// Decoders find the same pixels before and after.
func TestPixelsStayTheSame(t *testing.T) {
	for _, s := range contenttest.Samples() {
		info, err := inspect(s.Data, "")
		require.NoError(t, err)
		if info.Width == 0 {
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			before, err := decode(s.Data)
			require.NoError(t, err)
			after, err := decode(clean(t, s.Data, info))
			require.NoError(t, err)
			require.Equal(t, before, after)
			require.Equal(t, image.Pt(info.Width, info.Height), after.Bounds().Size())
		})
	}
}

func TestFramesStayTheSame(t *testing.T) {
	data := contenttest.AnimatedGIF(24, 16, 3)
	info, err := inspect(data, "")
	require.NoError(t, err)
	require.True(t, info.Animated)
	before, err := gif.DecodeAll(bytes.NewReader(data))
	require.NoError(t, err)
	after, err := gif.DecodeAll(bytes.NewReader(clean(t, data, info)))
	require.NoError(t, err)
	require.Equal(t, before, after)

	data = contenttest.AnimatedWebP(16, 16, 3)
	info, err = inspect(data, "")
	require.NoError(t, err)
	require.True(t, info.Animated)
	cleaned := clean(t, data, info)
	require.Equal(t, 3, bytes.Count(cleaned, []byte("ANMF")))
	was, err := webp.Decode(bytes.NewReader(data))
	require.NoError(t, err)
	is, err := webp.Decode(bytes.NewReader(cleaned))
	require.NoError(t, err)
	require.Equal(t, was, is)
}

func TestColoursStay(t *testing.T) {
	for kept, data := range map[string][]byte{
		"ICC_PROFILE": contenttest.PhotoJPEG(16, 16, 1, nil),
		"JFIF":        contenttest.PhotoJPEG(16, 16, 1, nil),
		"gAMA":        contenttest.ScreenshotPNG(16, 16),
		"pHYs":        contenttest.ScreenshotPNG(16, 16),
		"acTL":        contenttest.AnimatedPNG(16, 16, 2),
		"NETSCAPE2.0": contenttest.AnimatedGIF(16, 16, 2),
	} {
		info, err := inspect(data, "")
		require.NoError(t, err)
		require.True(t, bytes.Contains(clean(t, data, info), []byte(kept)), kept)
	}
}

func TestOrientations(t *testing.T) {
	for stored, want := range map[int]int{0: 1, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 9: 1, 0xffff: 1} {
		info, err := inspect(contenttest.PhotoJPEG(16, 8, stored, nil), "")
		require.NoError(t, err)
		require.Equal(t, want, info.Orientation)
		require.Equal(t, 16, info.Width, "the size is as stored")
		require.Nil(t, info.Place)
	}
}

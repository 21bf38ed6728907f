package picture

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// requireWithinBudgets checks what holds for every set, and that everything in it can be decoded.
func requireWithinBudgets(t testing.TB, set Set, original image.Point) {
	t.Helper()
	require.Len(t, set.Renditions, len(Sizes))
	for i, r := range set.Renditions {
		require.Equal(t, Sizes[i].Name, r.Name)
		require.LessOrEqual(t, len(r.Bytes), Sizes[i].Bytes)
		require.LessOrEqual(t, max(r.Width, r.Height), Sizes[i].Side)
		require.LessOrEqual(t, r.Width, original.X)
		require.LessOrEqual(t, r.Height, original.Y)
		require.Equal(t, image.Pt(r.Width, r.Height), decoded(t, "image/webp", r.Bytes).Bounds().Size())
	}
	requirePreview(t, set.Preview)
}

// requirePreview returns the decoded preview.
func requirePreview(t testing.TB, uri string) image.Image {
	t.Helper()
	require.LessOrEqual(t, len(uri), MaxPreview)
	encoded, ok := strings.CutPrefix(uri, "data:image/webp;base64,")
	require.True(t, ok)
	b, err := base64.StdEncoding.DecodeString(encoded)
	require.NoError(t, err)
	m := decoded(t, "image/webp", b)
	require.LessOrEqual(t, max(m.Bounds().Dx(), m.Bounds().Dy()), previewSide)
	return m
}

// sides returns the longer side of each rendition.
func sides(set Set) (sides []int) {
	for _, r := range set.Renditions {
		sides = append(sides, max(r.Width, r.Height))
	}
	return sides
}

// ragged is noise whose transparency is noise too, which WebP keeps without loss.
func ragged(width, height int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range m.Pix {
		m.Pix[i] = byte(random.Uint32())
	}
	return m
}

// sheer is one colour that fades to the right.
func sheer(width, height int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for i := 0; i < len(m.Pix); i += 4 {
		copy(m.Pix[i:], []byte{220, 20, 20, byte(255 * (i / 4 % width) / width)})
	}
	return m
}

func TestRenditionsAreWithinTheirBudgets(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	s := New(Config{})
	for name, row := range map[string]struct {
		m     image.Image
		sides []int // as long as they may be, unless the budget forbids
	}{
		"photo":        {photo().SubImage(image.Rect(0, 0, 1700, 1300)), []int{320, 800, 1600}},
		"flat":         {flat(1700, 300, blue), []int{320, 800, 1600}},
		"one pixel":    {flat(1, 1, blue), []int{1, 1, 1}},
		"icon":         {flat(64, 64, blue), []int{64, 64, 64}},
		"between":      {flat(500, 400, blue), []int{320, 500, 500}},
		"tall line":    {flat(1, 20000, blue), []int{320, 800, 1600}},
		"long line":    {flat(20000, 1, blue), []int{320, 800, 1600}},
		"transparency": {sheer(900, 300), []int{320, 800, 900}},
		"nothing":      {flat(400, 300, transparent), []int{320, 400, 400}},
		"noise":        {static(random, 1601, 400), nil},
		"noisy line":   {static(random, 1, 20000), nil},
	} {
		t.Run(name, func(t *testing.T) {
			set, err := s.Renditions(t.Context(), bytes.NewReader(encodePNG(t, row.m)), "image/png")
			require.NoError(t, err)
			requireWithinBudgets(t, set, row.m.Bounds().Size())
			if row.sides != nil {
				require.Equal(t, row.sides, sides(set))
			}
		})
	}
}

func TestRenditionsUseTheirBudgets(t *testing.T) {
	set, err := New(Config{}).Renditions(t.Context(), bytes.NewReader(encodePNG(t, ragged(600, 600))), "image/png")
	require.NoError(t, err)
	for i, r := range set.Renditions {
		require.Greater(t, len(r.Bytes), Sizes[i].Bytes/2, r.Name)
	}
}

func TestRenditionsShowTheSamePicture(t *testing.T) {
	s := New(Config{})
	for name, want := range map[string][]color.NRGBA{
		"metadata.jpg":     {red, green, blue, white},
		"cmyk.jpg":         {red, green, blue, white},
		"palette.png":      {red, green, blue, white},
		"animated.gif":     {red, green, blue, white},
		"metadata.webp":    {red, green, blue, white},
		"animated.webp":    {red, green, blue, transparent},
		"transparent.webp": {red, green, blue, transparent},
		"transparent.png":  {red, green, blue, transparent},
	} {
		t.Run(name, func(t *testing.T) {
			set, err := s.Renditions(t.Context(), bytes.NewReader(file(t, name)), typeOf(name))
			require.NoError(t, err)
			requireWithinBudgets(t, set, image.Pt(96, 64))
			for _, r := range set.Renditions {
				requireQuadrants(t, decoded(t, "image/webp", r.Bytes), want...)
			}
			preview := requirePreview(t, set.Preview)
			for i, c := range want { // the corners, since the middle is blurred
				size := preview.Bounds().Size()
				requireColor(t, c, preview.At(i%2*(size.X-1), i/2*(size.Y-1)), 40)
			}
		})
	}
}

func TestFitLowersQualityBeforeSize(t *testing.T) {
	m := scenery(320, 240)
	full, _, err := fit(encoder(t), m, 1<<20, renditionQuality)
	require.NoError(t, err)
	for _, part := range []int{2, 3} {
		bytes, kept, err := fit(encoder(t), m, len(full)/part, renditionQuality)
		require.NoError(t, err)
		require.LessOrEqual(t, len(bytes), len(full)/part)
		require.Equal(t, m.Rect, kept.Rect)
	}
}

func TestFitGivesUpAtOnePixel(t *testing.T) {
	_, _, err := fit(encoder(t), scenery(40, 30), 10, renditionQuality)
	require.Error(t, err)
}

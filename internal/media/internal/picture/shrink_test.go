package picture

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWithin(t *testing.T) {
	for _, row := range []struct{ from, want image.Point }{
		{image.Pt(4000, 3000), image.Pt(800, 600)},
		{image.Pt(3000, 4000), image.Pt(600, 800)},
		{image.Pt(801, 1), image.Pt(800, 1)},
		{image.Pt(1, 20000), image.Pt(1, 800)},
		{image.Pt(20000, 1), image.Pt(800, 1)},
		{image.Pt(100, 50), image.Pt(100, 50)},
		{image.Pt(1, 1), image.Pt(1, 1)},
	} {
		require.Equal(t, row.want, within(row.from, 800))
	}
}

func TestShrinkToTheSameSizeChangesNothing(t *testing.T) {
	m := static(rand.New(rand.NewPCG(1, 1)), 37, 23)
	require.Equal(t, m.Pix, shrink(m, m.Rect.Max).Pix)
}

func TestShrinkTakesMeansOfAreas(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 3, 2))
	copy(m.Pix, []byte{0, 100, 200, 60, 160, 250})
	// Each new pixel covers one and a half columns and both rows.
	left, right := (0+60)/3.+(100+160)/6., (200+250)/3.+(100+160)/6.
	got := shrink(m, image.Pt(2, 1))
	require.InDelta(t, left, got.Pix[0], 0.5)
	require.InDelta(t, right, got.Pix[4], 0.5)
	require.Equal(t, byte(255), got.Pix[3])
}

func TestShrinkKeepsTheMeanOfThePicture(t *testing.T) {
	m := static(rand.New(rand.NewPCG(1, 1)), 97, 61)
	want := shrink(m, image.Pt(1, 1)).RGBAAt(0, 0)
	for _, size := range []image.Point{{96, 60}, {50, 61}, {97, 3}, {7, 5}} {
		requireColor(t, want, shrink(shrink(m, size), image.Pt(1, 1)).At(0, 0), 1)
	}
}

func TestShrinkDoesNotBleedInvisibleColours(t *testing.T) {
	m := flat(2, 2, color.NRGBA{255, 0, 0, 0})
	m.Set(0, 0, color.NRGBA{0, 0, 255, 255})
	require.Equal(t, color.RGBA{0, 0, 64, 64}, shrink(m, image.Pt(1, 1)).RGBAAt(0, 0))
}

func TestShrinkReadsEveryKindOfImage(t *testing.T) {
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			m := kind(image.Rect(0, 0, 12, 8))
			scribble(m)
			want := image.NewRGBA(m.Bounds())
			draw.Draw(want, want.Rect, m, image.Point{}, draw.Src)
			require.Equal(t, want.Pix, shrink(m, want.Rect.Max).Pix)
		})
	}
}

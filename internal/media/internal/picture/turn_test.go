package picture

import (
	"fmt"
	"image"
	"image/color"
	"testing"

	"github.com/stretchr/testify/require"
)

// stored returns where a camera puts pixel x, y of an upright picture. EXIF names for each
// orientation the side at which the stored rows begin, and the one at which the columns do.
func stored(orientation, x, y, width, height int) (column, row int) {
	right, bottom := width-1-x, height-1-y
	switch orientation {
	case 2: // rows from the top, columns from the right
		return right, y
	case 3: // bottom, right
		return right, bottom
	case 4: // bottom, left
		return x, bottom
	case 5: // left, top
		return y, x
	case 6: // right, top
		return y, right
	case 7: // right, bottom
		return bottom, right
	case 8: // left, bottom
		return bottom, x
	}
	return x, y
}

// asStored returns an upright picture as a camera in that orientation stores it.
func asStored(m image.Image, orientation int) *image.NRGBA {
	size := m.Bounds().Size()
	out := image.NewNRGBA(m.Bounds())
	if orientation >= 5 {
		out = image.NewNRGBA(image.Rect(0, 0, size.Y, size.X))
	}
	for y := range size.Y {
		for x := range size.X {
			column, row := stored(orientation, x, y, size.X, size.Y)
			out.Set(column, row, m.At(x, y))
		}
	}
	return out
}

// kinds makes an empty image of each kind that a decoder returns.
var kinds = map[string]func(r image.Rectangle) image.Image{
	"Gray":    func(r image.Rectangle) image.Image { return image.NewGray(r) },
	"Gray16":  func(r image.Rectangle) image.Image { return image.NewGray16(r) },
	"RGBA":    func(r image.Rectangle) image.Image { return image.NewRGBA(r) },
	"NRGBA":   func(r image.Rectangle) image.Image { return image.NewNRGBA(r) },
	"RGBA64":  func(r image.Rectangle) image.Image { return image.NewRGBA64(r) },
	"NRGBA64": func(r image.Rectangle) image.Image { return image.NewNRGBA64(r) },
	"CMYK":    func(r image.Rectangle) image.Image { return image.NewCMYK(r) },
	"Paletted": func(r image.Rectangle) image.Image {
		return image.NewPaletted(r, color.Palette{color.Black, color.White, color.Transparent, color.Gray{99}})
	},
	"4:4:4":         func(r image.Rectangle) image.Image { return image.NewYCbCr(r, image.YCbCrSubsampleRatio444) },
	"4:2:2":         func(r image.Rectangle) image.Image { return image.NewYCbCr(r, image.YCbCrSubsampleRatio422) },
	"4:4:0":         func(r image.Rectangle) image.Image { return image.NewYCbCr(r, image.YCbCrSubsampleRatio440) },
	"4:2:0":         func(r image.Rectangle) image.Image { return image.NewYCbCr(r, image.YCbCrSubsampleRatio420) },
	"4:1:1":         func(r image.Rectangle) image.Image { return image.NewYCbCr(r, image.YCbCrSubsampleRatio411) },
	"4:1:0":         func(r image.Rectangle) image.Image { return image.NewYCbCr(r, image.YCbCrSubsampleRatio410) },
	"4:2:0 + alpha": func(r image.Rectangle) image.Image { return image.NewNYCbCrA(r, image.YCbCrSubsampleRatio420) },
}

// scribble gives each sample of an image another value.
func scribble(m image.Image) {
	if m, ok := m.(*image.CMYK); ok { // has no planes here
		for i := range m.Pix {
			m.Pix[i] = byte(7 * i)
		}
	}
	colors := 256
	if p, ok := m.(*image.Paletted); ok {
		colors = len(p.Palette)
	}
	for _, p := range planes(m) {
		for i := range p.pix {
			p.pix[i] = byte(7 * i % colors)
		}
	}
	if m, ok := m.(*image.RGBA); ok { // premultiplied
		for i := 3; i < len(m.Pix); i += 4 {
			m.Pix[i] = 255
		}
	}
}

func TestTurnMovesEveryPixelOfEveryKind(t *testing.T) {
	for name, kind := range kinds {
		for orientation := 1; orientation <= 8; orientation++ {
			t.Run(fmt.Sprint(name, " ", orientation), func(t *testing.T) {
				m := kind(image.Rect(0, 0, 12, 8))
				scribble(m)
				requireTurned(t, m, turn(m, orientation), orientation)
			})
		}
	}
}

// requireTurned allows for rounding to 8 bits in the kinds that are converted.
func requireTurned(t *testing.T, from, turned image.Image, orientation int) {
	t.Helper()
	size := turned.Bounds().Size()
	for y := range size.Y {
		for x := range size.X {
			column, row := stored(orientation, x, y, size.X, size.Y)
			requireColor(t, from.At(column, row), turned.At(x, y), 1)
		}
	}
}

func TestTurnWorksOnPartsOfLargerPictures(t *testing.T) {
	whole := image.NewYCbCr(image.Rect(0, 0, 64, 48), image.YCbCrSubsampleRatio420)
	scribble(whole)
	part := whole.SubImage(image.Rect(0, 0, 10, 6)) // as decoders of JPEG return
	requireTurned(t, part, turn(part, 6), 6)
}

func TestTurnTakesOddAndTinySides(t *testing.T) {
	for _, r := range []image.Rectangle{image.Rect(0, 0, 1, 1), image.Rect(0, 0, 1, 7), image.Rect(0, 0, 5, 3)} {
		for orientation := 1; orientation <= 8; orientation++ {
			m := image.NewNYCbCrA(r, image.YCbCrSubsampleRatio420)
			turned := turn(m, orientation)
			require.Equal(t, asStored(m, orientation).Rect, turn(turned, 1).Bounds())
		}
	}
}

func TestTurnDoesNotConvertPhotos(t *testing.T) {
	m := image.NewYCbCr(image.Rect(0, 0, 4, 2), image.YCbCrSubsampleRatio422)
	require.IsType(t, m, turn(m, 6))
}

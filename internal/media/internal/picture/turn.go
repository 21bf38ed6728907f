package picture

import (
	"image"
	"image/draw"
)

// turn returns m as it should be seen, by EXIF's orientation (CIPA DC-008 section 4.6.5, tag 0x0112).
// m's bounds begin at 0, 0.
//
// It moves samples as they are, plane by plane, and converts only rare kinds of image. Where colour
// has half the samples and a side is odd, colour may come to lie one pixel off.
func turn(m image.Image, orientation int) image.Image {
	if orientation < 2 || orientation > 8 {
		return m
	}
	out := blank(m, orientation >= 5)
	if out == nil {
		return turn(toRGBA(m), orientation)
	}
	from := planes(m)
	for i, to := range planes(out) {
		to.turn(from[i], orientation)
	}
	return out
}

// blank returns an image like m, with its sides swapped or not. It returns nil for kinds that
// cannot be turned.
func blank(m image.Image, swap bool) image.Image {
	r := m.Bounds()
	if swap {
		r.Max.X, r.Max.Y = r.Max.Y, r.Max.X
	}
	switch m := m.(type) {
	case *image.YCbCr:
		if ratio, ok := turnedRatio(m.SubsampleRatio, swap); ok {
			return image.NewYCbCr(r, ratio)
		}
	case *image.NYCbCrA: // from WebP, always 4:2:0
		return image.NewNYCbCrA(r, m.SubsampleRatio)
	case *image.Paletted:
		return image.NewPaletted(r, m.Palette)
	case *image.Gray:
		return image.NewGray(r)
	case *image.Gray16:
		return image.NewGray16(r)
	case *image.RGBA:
		return image.NewRGBA(r)
	case *image.NRGBA:
		return image.NewNRGBA(r)
	case *image.RGBA64:
		return image.NewRGBA64(r)
	case *image.NRGBA64:
		return image.NewNRGBA64(r)
	}
	return nil
}

// turnedRatio returns which way colour has fewer samples once the sides are swapped.
func turnedRatio(ratio image.YCbCrSubsampleRatio, swap bool) (turned image.YCbCrSubsampleRatio, ok bool) {
	if !swap {
		return ratio, true
	}
	switch ratio {
	case image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio420:
		return ratio, true
	case image.YCbCrSubsampleRatio422:
		return image.YCbCrSubsampleRatio440, true
	case image.YCbCrSubsampleRatio440:
		return image.YCbCrSubsampleRatio422, true
	}
	return 0, false // 4:1:1 and 4:1:0 have no counterpart
}

// plane is a rectangle of samples, of so many bytes each.
type plane struct {
	pix           []byte
	stride, bytes int
}

// planes returns the planes of the kinds that blank makes.
func planes(m image.Image) []plane {
	switch m := m.(type) {
	case *image.YCbCr:
		return []plane{{m.Y, m.YStride, 1}, {m.Cb, m.CStride, 1}, {m.Cr, m.CStride, 1}}
	case *image.NYCbCrA:
		return append(planes(&m.YCbCr), plane{m.A, m.AStride, 1})
	case *image.Paletted:
		return []plane{{m.Pix, m.Stride, 1}}
	case *image.Gray:
		return []plane{{m.Pix, m.Stride, 1}}
	case *image.Gray16:
		return []plane{{m.Pix, m.Stride, 2}}
	case *image.RGBA:
		return []plane{{m.Pix, m.Stride, 4}}
	case *image.NRGBA:
		return []plane{{m.Pix, m.Stride, 4}}
	case *image.RGBA64:
		return []plane{{m.Pix, m.Stride, 8}}
	case *image.NRGBA64:
		return []plane{{m.Pix, m.Stride, 8}}
	}
	return nil
}

// turn fills to, whose rows lie without gaps, from a plane that has its size once turned.
func (to plane) turn(from plane, orientation int) {
	width, height := to.stride/to.bytes, len(to.pix)/to.stride
	start, right, down := from.walk(width, height, orientation)
	out := to.pix
	for range height {
		for at, left := start, width; left > 0; left-- {
			copy(out[:to.bytes], from.pix[at:])
			out, at = out[to.bytes:], at+right
		}
		start += down
	}
}

// walk says where in p the upper left sample of the turned plane is, and how far it is from there to
// the ones that come to lie on its right and below it. width and height are the turned plane's.
func (p plane) walk(width, height, orientation int) (start, right, down int) {
	x, y := p.bytes, p.stride
	if orientation >= 5 {
		width, height = height, width
	}
	lastX, lastY := x*(width-1), y*(height-1)
	switch orientation {
	case 2: // mirrored
		return lastX, -x, y
	case 3: // upside down
		return lastX + lastY, -x, -y
	case 4: // upside down, mirrored
		return lastY, x, -y
	case 5: // lying on its left side, mirrored
		return 0, y, x
	case 6: // lying on its left side
		return lastY, -y, x
	case 7: // lying on its right side, mirrored
		return lastX + lastY, -y, -x
	case 8: // lying on its right side
		return lastX, y, -x
	}
	return 0, x, y
}

// toRGBA converts opaque images of any kind.
func toRGBA(m image.Image) *image.RGBA {
	out := image.NewRGBA(m.Bounds())
	draw.Draw(out, out.Rect, m, out.Rect.Min, draw.Src)
	return out
}

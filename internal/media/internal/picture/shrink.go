package picture

import (
	"image"
	"image/draw"
	"math"
)

// within returns the size that keeps m's proportions with no side longer than longest. No side
// becomes 0, and none longer than it is.
func within(size image.Point, longest int) image.Point {
	scale := min(1, float64(longest)/float64(max(size.X, size.Y)))
	side := func(n int) int { return max(1, int(math.Round(float64(n)*scale))) }
	return image.Pt(side(size.X), side(size.Y))
}

// shrink returns m in a smaller size, or the same. Each new pixel is the mean of the area that it
// covers, with parts of pixels at the edges counted as such.
//
// It takes two rows of memory beside the result. image/draw has fast ways to turn rows of each kind
// of image to RGBA, and RGBA is premultiplied by transparency, as means must be: otherwise the
// colour of invisible pixels would bleed into visible ones.
func shrink(m image.Image, size image.Point) *image.RGBA {
	from := m.Bounds()
	s := newShrinker(from.Size(), size)
	row := image.NewRGBA(image.Rect(0, 0, from.Dx(), 1))
	for y := from.Min.Y; y < from.Max.Y; y++ {
		draw.Draw(row, row.Rect, m, image.Pt(from.Min.X, y), draw.Src)
		s.add(row.Pix)
	}
	return s.out
}

// shrinker sums rows. All counting is in whole numbers: a pixel of the original is as wide as the
// result has columns, and one of the result as wide as the original has, so that both rows of
// pixels have the same width. Heights likewise. A sum is at most 255 × 64 Mi and fits easily.
type shrinker struct {
	from    image.Point
	out     *image.RGBA
	columns []uint64 // the present row, summed to columns of the result
	sums    []uint64 // the present row of the result
	y       int      // which row of the result
	lacking int      // the height that it lacks
}

func newShrinker(from, to image.Point) *shrinker {
	return &shrinker{
		from: from, out: image.NewRGBA(image.Rectangle{Max: to}), lacking: from.Y,
		columns: make([]uint64, 4*to.X), sums: make([]uint64, 4*to.X),
	}
}

// add takes one row of the original, which may end one row of the result and begin the next.
func (s *shrinker) add(row []byte) {
	s.sumColumns(row)
	for height := s.out.Rect.Dy(); height > 0; {
		part := min(height, s.lacking)
		for i, c := range s.columns {
			s.sums[i] += c * uint64(part)
		}
		height -= part
		if s.lacking -= part; s.lacking == 0 {
			s.finishRow()
		}
	}
}

// sumColumns does with the pixels of a row what add does with rows.
func (s *shrinker) sumColumns(row []byte) {
	clear(s.columns)
	width, lacking, column := s.out.Rect.Dx(), s.from.X, s.columns
	for ; len(row) >= 4; row = row[4:] {
		for left := width; left > 0; {
			part := min(left, lacking)
			weigh(column, row, uint64(part))
			left -= part
			if lacking -= part; lacking == 0 {
				column, lacking = column[4:], s.from.X
			}
		}
	}
}

// weigh adds one pixel, so many times.
func weigh(sum []uint64, pixel []byte, times uint64) {
	_, _ = sum[3], pixel[3] // one check instead of eight
	sum[0] += times * uint64(pixel[0])
	sum[1] += times * uint64(pixel[1])
	sum[2] += times * uint64(pixel[2])
	sum[3] += times * uint64(pixel[3])
}

// finishRow writes the means of the present row and begins the next.
func (s *shrinker) finishRow() {
	area := 1 / (float64(s.from.X) * float64(s.from.Y))
	row := s.out.Pix[s.y*s.out.Stride:][:len(s.sums)]
	for i, sum := range s.sums {
		row[i] = byte(float64(sum)*area + 0.5)
	}
	clear(s.sums)
	s.y, s.lacking = s.y+1, s.from.Y
}

package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"

	"agrovet/internal/media"
)

// landscape is a picture for the demo community, another one for each number.
func landscape(n int64) media.Upload { return draw(n, 960, 720) }

// draw draws a sky, hills, and a field in rows.
func draw(n int64, width, height int) media.Upload {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	phase := float64(n) * 1.7
	for x := range width {
		far := horizon(x, width, 0.45, 3, phase)
		near := horizon(x, width, 0.58, 2, phase*2)
		for y := range height {
			m.Set(x, y, colourAt(float64(x)/float64(width), float64(y)/float64(height), far, near, phase))
		}
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, m, &jpeg.Options{Quality: 80}) // memory takes it
	return media.Upload{Name: fmt.Sprintf("paisaje %d.jpg", n), MIME: "image/jpeg", Size: int64(b.Len()), Content: bytes.NewReader(b.Bytes())}
}

// horizon is where a line of hills is at x, as a part of the height.
func horizon(x, width int, level, hills, phase float64) float64 {
	return level + 0.06*math.Sin(hills*math.Pi*float64(x)/float64(width)+phase) + 0.02*math.Sin(hills*9*float64(x)/float64(width)+phase)
}

func colourAt(x, y, far, near, phase float64) color.RGBA {
	shade := func(r, g, b, light float64) color.RGBA {
		return color.RGBA{uint8(min(255, r*light)), uint8(min(255, g*light)), uint8(min(255, b*light)), 255}
	}
	sun := math.Hypot((x-0.5-0.3*math.Sin(phase))*4/3, y-0.2)
	switch {
	case y > near: // the field, its rows closer together the farther away they are
		row := math.Sin((x-0.5)/(y-near+0.08)*14 + phase)
		return shade(116+30*math.Sin(phase), 134, 52, 0.85+0.15*row)
	case y > far:
		return shade(74, 112, 78, 1-0.5*(y-far))
	case sun < 0.07:
		return shade(255, 236, 170, 1)
	}
	return shade(140+70*y, 185+30*y, 225, 1)
}

package stories

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"

	"github.com/stretchr/testify/require"
)

// picture is a small one of noise, which nobody else has.
func (s *story) picture() []byte {
	return s.drawn(24, 16, func(int, int) color.Color {
		c := rand.Uint32()
		return color.NRGBA{uint8(c), uint8(c >> 8), uint8(c >> 16), 255}
	})
}

// large is a picture of which smaller copies are worth it; nobody else has it.
func (s *story) large() []byte {
	shade := uint8(rand.Uint32())
	corner := rand.Uint32()
	return s.drawn(900, 600, func(x, y int) color.Color {
		if x+y == 0 {
			return color.NRGBA{uint8(corner), uint8(corner >> 8), uint8(corner >> 16), 255}
		}
		return color.NRGBA{uint8(x / 4), uint8(y / 3), shade, 255}
	})
}

func (s *story) drawn(width, height int, at func(x, y int) color.Color) []byte {
	s.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.Set(x, y, at(x, y))
		}
	}
	var b bytes.Buffer
	require.NoError(s, png.Encode(&b, m))
	return b.Bytes()
}

// sound is a recording of about a size.
func (s *story) sound(size int) []byte {
	const head = 44
	b := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data\x00\x00\x00\x00")
	for at, n := range map[int]int{4: size - 8, 40: size - head} {
		b[at], b[at+1], b[at+2], b[at+3] = byte(n), byte(n>>8), byte(n>>16), byte(n>>24)
	}
	for len(b) < size {
		b = append(b, byte(rand.Uint32()))
	}
	return b
}

// uploaded is the id of a new picture of somebody.
func (p *person) uploaded(fields ...string) int64 {
	p.s.Helper()
	return p.send(201, "/api/media/", "image", "vaca.png", p.s.picture(), fields...).id("id")
}

// place is somewhere on Earth where hardly anybody else is.
func place() (latitude, longitude float64) { return -50 + 80*rand.Float64(), -170 + 340*rand.Float64() }

// among are those of the values that are named, in their order.
func among(values []any, named ...any) []any {
	all := []any{}
	for _, v := range values {
		for _, n := range named {
			if equal(v, n) {
				all = append(all, v)
			}
		}
	}
	return all
}

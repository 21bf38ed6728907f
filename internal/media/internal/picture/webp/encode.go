package webp

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"

	"github.com/tetratelabs/wazero/api"
)

// MaxSide is the longest side that a WebP can have, in pixels: RFC 9649 section 2.4.
const MaxSide = 1<<14 - 1

// ErrEncode says that libwebp could not encode a picture: a side is longer than MaxSide, or memory
// has run out.
var ErrEncode = errors.New("webp: libwebp could not encode")

// method is libwebp's trade-off between time and size, 0 to 6. At 2 a photo of 1600 × 1200 takes
// 0.2 s, and comes out 2 % larger than at 4, its default, in 0.5 s.
const method = 2

// layout is how pixels are laid out in libwebp's memory: webp/encode.h, WebPEncCSP.
type layout uint64

const (
	rgba layout = 0
	yuva layout = 4
)

// An Encoder is libwebp with memory of its own, which it keeps for the next picture. It serves one
// goroutine. Close it to give the memory back.
type Encoder struct{ libwebp api.Module }

// Open makes an Encoder. The first Open of the program compiles libwebp.
func Open() (*Encoder, error) {
	libwebp, err := instance()
	if err != nil {
		return nil, fmt.Errorf("webp: %w", err)
	}
	return &Encoder{libwebp}, nil
}

// Close gives the memory back.
func (e *Encoder) Close() { _ = e.libwebp.Close(context.Background()) }

// Encode returns m as a lossy WebP of a quality from 1 to 100. Transparency is kept as it is. Best
// are *image.NRGBA, and of subsampling 4:2:0 *image.YCbCr and *image.NYCbCrA; others are converted.
//
// Errors: ErrEncode, and wazero's.
func (e *Encoder) Encode(m image.Image, quality int) ([]byte, error) {
	size := m.Bounds().Size()
	if min(size.X, size.Y) < 1 || max(size.X, size.Y) > MaxSide {
		return nil, ErrEncode
	}
	switch m := m.(type) {
	case *image.YCbCr:
		if m.SubsampleRatio == image.YCbCrSubsampleRatio420 {
			return e.encodeYUVA(&image.NYCbCrA{YCbCr: *m}, quality)
		}
	case *image.NYCbCrA:
		if m.SubsampleRatio == image.YCbCrSubsampleRatio420 {
			return e.encodeYUVA(m, quality)
		}
	}
	return e.encodeRGBA(toNRGBA(m), quality)
}

func (e *Encoder) encodeRGBA(m *image.NRGBA, quality int) ([]byte, error) {
	size := m.Rect.Size()
	return e.encode(rgba, size, 4*size.X*size.Y, quality, func(to []byte) {
		for y := range size.Y {
			copy(to[4*size.X*y:], m.Pix[m.Stride*y:][:4*size.X])
		}
	})
}

// encodeYUVA takes a picture without A for opaque.
func (e *Encoder) encodeYUVA(m *image.NYCbCrA, quality int) ([]byte, error) {
	size := m.Rect.Size()
	half := image.Pt((size.X+1)/2, (size.Y+1)/2)
	bytes := 2*size.X*size.Y + 2*half.X*half.Y
	return e.encode(yuva, size, bytes, quality, func(to []byte) {
		to = put(to, m.Y, m.YStride, size, narrowY)
		to = put(to, m.Cb, m.CStride, half, narrowC)
		to = put(to, m.Cr, m.CStride, half, narrowC)
		if m.A != nil {
			put(to, m.A, m.AStride, size, unchanged)
			return
		}
		for i := range to {
			to[i] = 255
		}
	})
}

// put writes one plane and returns what lies behind it.
func put(to, plane []byte, stride int, size image.Point, t *samples) []byte {
	for y := range size.Y {
		t.convert(to, plane[stride*y:][:size.X])
		to = to[size.X:]
	}
	return to
}

// encode calls lib/webp.c's encode on so many bytes of pixels, which fill writes.
func (e *Encoder) encode(l layout, size image.Point, bytes, quality int, fill func([]byte)) ([]byte, error) {
	pixels, err := e.allocate(bytes)
	if err != nil {
		return nil, err
	}
	defer e.free(pixels)
	length, err := e.allocate(8)
	if err != nil {
		return nil, err
	}
	defer e.free(length)
	to, ok := e.libwebp.Memory().Read(pixels, uint32(bytes)) // a view, until memory grows
	if !ok {
		return nil, ErrEncode
	}
	fill(to)
	const lossless, exact = 0, 0
	out, err := e.call("encode", uint64(pixels), uint64(size.X), uint64(size.Y), uint64(length), uint64(l),
		uint64(quality), method, lossless, exact)
	if err != nil {
		return nil, err
	}
	defer e.free(out)
	return e.read(out, length)
}

// read copies what libwebp wrote. out is 0 when it failed.
func (e *Encoder) read(out, length uint32) ([]byte, error) {
	n, ok := e.libwebp.Memory().ReadUint32Le(length)
	if out == 0 || !ok {
		return nil, ErrEncode
	}
	view, ok := e.libwebp.Memory().Read(out, n)
	if !ok {
		return nil, ErrEncode
	}
	return append([]byte(nil), view...), nil
}

func (e *Encoder) allocate(bytes int) (uint32, error) {
	address, err := e.call("malloc", uint64(bytes))
	if err == nil && address == 0 {
		err = ErrEncode
	}
	return address, err
}

func (e *Encoder) free(address uint32) {
	_, _ = e.libwebp.ExportedFunction("free").Call(context.Background(), uint64(address))
}

func (e *Encoder) call(function string, args ...uint64) (uint32, error) {
	results, err := e.libwebp.ExportedFunction(function).Call(context.Background(), args...)
	if err != nil {
		return 0, fmt.Errorf("webp: %s: %w", function, err)
	}
	return uint32(results[0]), nil
}

// toNRGBA converts only where it must: opaque pixels are the same with and without premultiplication.
func toNRGBA(m image.Image) *image.NRGBA {
	switch m := m.(type) {
	case *image.NRGBA:
		return m
	case *image.RGBA:
		if m.Opaque() {
			return &image.NRGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}
		}
	}
	out := image.NewNRGBA(m.Bounds())
	draw.Draw(out, out.Rect, m, out.Rect.Min, draw.Src)
	return out
}

package webp

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/draw"
	"io"

	"golang.org/x/image/riff"
	"golang.org/x/image/webp"
)

var errFrame = errors.New("webp: bad animation frame")

// DecodeConfig returns the size of a picture, of the whole canvas when it is animated.
func DecodeConfig(r io.Reader) (image.Config, error) { return webp.DecodeConfig(r) }

// Decode reads a picture; of an animation the first frame, on a transparent canvas.
func Decode(r io.Reader) (image.Image, error) {
	buffered := bufio.NewReader(r)
	head, _ := buffered.Peek(30) // RFC 9649 section 2.7: RIFF header, then VP8X where there is one
	const animated = 1 << 1
	if len(head) == 30 && string(head[12:16]) == "VP8X" && head[20]&animated != 0 {
		return firstFrame(buffered, image.Rect(0, 0, uint24(head[24:])+1, uint24(head[27:])+1))
	}
	return still(buffered)
}

// still decodes a picture that is not animated.
func still(r io.Reader) (image.Image, error) {
	m, err := webp.Decode(r)
	switch m := m.(type) {
	case *image.YCbCr:
		widen(m)
	case *image.NYCbCrA:
		widen(&m.YCbCr)
	}
	return m, err
}

// widen gives m, whose samples nobody else has, the range that package image expects.
func widen(m *image.YCbCr) {
	widerY.convert(m.Y, m.Y)
	widerC.convert(m.Cb, m.Cb)
	widerC.convert(m.Cr, m.Cr)
}

// firstFrame finds the first ANMF chunk (RFC 9649 section 2.7.1.1) and decodes what is in it.
func firstFrame(r io.Reader, canvas image.Rectangle) (image.Image, error) {
	_, chunks, err := riff.NewReader(r)
	if err != nil {
		return nil, err
	}
	for {
		id, size, data, err := chunks.Next()
		if err != nil {
			return nil, err
		}
		if id == (riff.FourCC{'A', 'N', 'M', 'F'}) {
			return frame(data, size, canvas)
		}
	}
}

// frame decodes an ANMF chunk. Its place must be in the canvas, whose pixels have been counted.
func frame(data io.Reader, size uint32, canvas image.Rectangle) (image.Image, error) {
	var head [16]byte
	if _, err := io.ReadFull(data, head[:]); err != nil || size < 16 {
		return nil, errFrame
	}
	width, height := uint24(head[6:])+1, uint24(head[9:])+1
	place := image.Rect(0, 0, width, height).Add(image.Pt(2*uint24(head[0:]), 2*uint24(head[3:])))
	if !place.In(canvas) {
		return nil, errFrame
	}
	m, err := still(asStill(data, size-16, head[6:12]))
	if err != nil || place == canvas {
		return m, err
	}
	out := image.NewNRGBA(canvas)
	draw.Draw(out, place, m, image.Point{}, draw.Src)
	return out, nil
}

// asStill puts the header of a still picture before the chunks of a frame. dimensions are the six
// bytes that the two kinds of header share.
func asStill(chunks io.Reader, size uint32, dimensions []byte) io.Reader {
	buffered := bufio.NewReader(chunks)
	const alpha = 1 << 4
	var flags byte
	if id, _ := buffered.Peek(4); string(id) == "ALPH" {
		flags = alpha
	}
	head := binary.LittleEndian.AppendUint32([]byte("RIFF"), 4+8+10+size)
	head = append(head, "WEBPVP8X\x0a\x00\x00\x00"...)
	head = append(head, flags, 0, 0, 0)
	head = append(head, dimensions...)
	return io.MultiReader(bytes.NewReader(head), buffered)
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

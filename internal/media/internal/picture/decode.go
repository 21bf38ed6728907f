package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/picture/webp"
)

// MaxPixels is the most that an image may have: 64 megapixels, as the largest phone cameras make. A
// progressive JPEG may have half as many, because decoding one takes five times the memory.
const MaxPixels = 64 << 20

// format is how a type of image is read.
type format struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

// formats are by MIME type. image.Decode would guess by content, and by what other packages
// happened to register.
var formats = map[string]format{
	"image/jpeg": {jpeg.DecodeConfig, jpeg.Decode},
	"image/png":  {png.DecodeConfig, png.Decode},
	"image/gif":  {gif.DecodeConfig, gif.Decode},
	"image/webp": {webp.DecodeConfig, webp.Decode},
}

// decode returns the image in r, which has the size that its header tells. Pixels are counted
// before memory is taken for them.
func decode(ctx context.Context, r io.Reader, mime string) (image.Image, error) {
	format, ok := formats[mime]
	if !ok {
		return nil, media.ErrType
	}
	source := &source{ctx: ctx, r: r}
	m, err := format.read(source)
	switch {
	case source.err != nil: // says nothing about the image
		return nil, fmt.Errorf("picture: %w", source.err)
	case errors.Is(err, media.ErrPixels):
		return nil, err
	case err != nil:
		return nil, media.ErrDamaged.Wrap(err)
	}
	return m, nil
}

// read decodes. Decoders are given what strangers send, so a panic of theirs is an error of the image's.
func (f format) read(r io.Reader) (m image.Image, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("decoder: panic: %v", p)
		}
	}()
	var head bytes.Buffer
	config, err := f.config(io.TeeReader(r, &head))
	if err != nil {
		return nil, err
	}
	if err := check(config, head.Bytes()); err != nil {
		return nil, err
	}
	m, err = f.decode(io.MultiReader(&head, r))
	if err != nil {
		return nil, err
	}
	return fill(m, image.Rect(0, 0, config.Width, config.Height)), nil
}

// check counts pixels. (A side has 32 bits at most, so their product fits.)
func check(config image.Config, head []byte) error {
	limit := MaxPixels
	if progressive(head) {
		limit /= 2
	}
	switch {
	case config.Width < 1 || config.Height < 1:
		return errors.New("no pixels")
	case config.Width > limit/config.Height:
		return media.ErrPixels
	}
	return nil
}

// progressive tells whether a JPEG keeps all coefficients until its last scan. It follows the
// segments to the frame's header (ITU-T T.81 section B.2.2), and believes only what it finds: when
// the segments do not lead there, though Go's decoder found a way, the answer is yes.
func progressive(head []byte) bool {
	const soi, sof0, sof1 = 0xD8, 0xC0, 0xC1 // start of image; frames that are not progressive
	if len(head) < 2 || head[0] != 0xFF || head[1] != soi {
		return false // not a JPEG
	}
	for i := 2; i+4 <= len(head) && head[i] == 0xFF; i += 2 + int(head[i+2])<<8 + int(head[i+3]) {
		if head[i+1] == sof0 || head[i+1] == sof1 {
			return false
		}
	}
	return true
}

// fill puts the first frame of a GIF, which may be smaller, on a transparent canvas.
func fill(m image.Image, canvas image.Rectangle) image.Image {
	if m.Bounds() == canvas {
		return m
	}
	out := image.NewNRGBA(canvas)
	draw.Draw(out, m.Bounds(), m, m.Bounds().Min, draw.Src)
	return out
}

// source remembers why reading failed, which decoders hide, and stops at the end of ctx.
type source struct {
	ctx context.Context
	r   io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	if s.err = s.ctx.Err(); s.err != nil {
		return 0, s.err
	}
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

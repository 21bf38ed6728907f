// Package picture decodes, turns and shrinks photos.
//
// A [Studio] does two things. [Studio.Upright] writes a photo anew, turned as its camera was held,
// without anything that its camera noted. [Studio.Renditions] makes the smaller copies ([Sizes])
// and the preview that slow networks get. What comes in has passed package content; here it is
// decoded by the type that content found, never by guessing again.
//
// # What a photo costs
//
// Only Workers photos are decoded at once; the others wait (turns.go), and who finds the queue full
// gets [ErrBusy]. The work runs on threads of low priority, and libwebp pauses for the garbage
// collector (package webp), so that people who read hardly notice.
//
// A decoded photo is never copied as a whole to shrink it: rows are averaged as they are read
// (shrink.go), and each rendition is made from the next larger one. So the peak of memory is what
// decoding takes, in bytes per pixel of the original,
//
//	JPEG   1.5 (4:2:0, as cameras make), 3 (4:4:4), 1 (gray), 8 (CMYK)
//	       7.5, 15, 5, 24 when progressive, which therefore may have half as many pixels (MaxPixels)
//	PNG    4 (8 bits), 8 (16 bits), 1 (palette, gray); up to twice that when interlaced
//	GIF    2, and 4 more when the first frame does not fill the picture
//	WebP   2 (lossy), 7 (lossy with transparency), 4 (lossless)
//
// and beside it some 40 MB for renditions (80 are allocated over time), however large the original
// is. Upright holds the turned picture as well, 1.5 more for a photo; for WebP also libwebp's memory
// (webp/module.go).
//
// Nothing is compiled or allocated when the program starts. The first WebP compiles libwebp, which
// takes 0.2 s and leaves 7 MB in use.
//
// Colours are taken for sRGB: a profile in the file is dropped, not applied.
package picture

import (
	"context"
	"io"
	"runtime"
	"time"

	"agrovet/internal/media/internal/picture/webp"
	"agrovet/internal/platform/errs"
)

// ErrBusy says that the queue is full. Nothing was read or written.
var ErrBusy = errs.New(errs.RateLimited, "media.busy", "Hay muchas fotos en proceso. Intente en unos segundos.",
	"Many photos are being processed. Try again in a few seconds.").After(5 * time.Second)

// Config says how much a Studio may use. Zero fields take their defaults.
type Config struct {
	Workers int // photos decoded at once; defaults to half the CPUs, at least 1
	Queue   int // callers that may wait for a worker; defaults to 16, some ten seconds of work
}

// withDefaults fills what is not positive.
func (c Config) withDefaults() Config {
	if c.Workers <= 0 {
		c.Workers = max(1, runtime.NumCPU()/2)
	}
	if c.Queue <= 0 {
		c.Queue = 16
	}
	return c
}

// A Studio works on photos, a few at once. It is safe for concurrent use, holds nothing while it
// is idle, and needs no closing.
type Studio struct{ turns *turns }

// New makes a Studio.
func New(cfg Config) *Studio {
	cfg = cfg.withDefaults()
	return &Studio{newTurns(cfg.Workers, cfg.Queue)}
}

// Upright writes the image in r anew to w, turned by its EXIF orientation, without any metadata,
// and returns the size it has now. mime is image/jpeg or image/webp (written at quality 90), or
// image/png; what is written has the same type. Orientations other than 2 to 8 do not turn. An
// animation becomes its first frame.
//
// After an error, w may have got a part. ctx ends the wait for a worker and the reading of r.
//
// Errors: media.ErrType, media.ErrDamaged, media.ErrPixels; ErrBusy; r's, w's and the context's.
// ErrPixels also means a WebP that is too large to be written, though not to be read.
func (s *Studio) Upright(ctx context.Context, w io.Writer, r io.Reader, mime string, orientation int) (width, height int, err error) {
	err = s.turns.do(ctx, func() error {
		width, height, err = upright(ctx, w, r, mime, orientation)
		return err
	})
	return width, height, err
}

func upright(ctx context.Context, w io.Writer, r io.Reader, mime string, orientation int) (width, height int, err error) {
	encode, err := encoderOf(mime)
	if err != nil {
		return 0, 0, err
	}
	m, err := decode(ctx, r, mime)
	if err != nil {
		return 0, 0, err
	}
	m = turn(m, orientation)
	size := m.Bounds().Size()
	return size.X, size.Y, encode(w, m)
}

// Set is what Renditions makes.
type Set struct {
	Renditions []Rendition // one for each of Sizes, in their order
	Preview    string      // data:image/webp;base64,… of at most MaxPreview bytes
}

// Rendition is a smaller copy of an image, as WebP.
type Rendition struct {
	Name          string // that of its Size
	Width, Height int    // pixels, never more than the original's
	Bytes         []byte // never more than the Size's
}

// Renditions makes the smaller copies and the preview of an upright image; of an animation, of its
// first frame. mime is image/jpeg, image/png, image/gif or image/webp. Transparency is kept.
//
// ctx ends the wait for a worker, the reading of r, and the work between two copies.
//
// Errors: media.ErrType, media.ErrDamaged, media.ErrPixels; ErrBusy; r's and the context's.
func (s *Studio) Renditions(ctx context.Context, r io.Reader, mime string) (set Set, err error) {
	err = s.turns.do(ctx, func() error {
		set, err = renditions(ctx, r, mime)
		return err
	})
	return set, err
}

func renditions(ctx context.Context, r io.Reader, mime string) (Set, error) {
	m, err := decode(ctx, r, mime)
	if err != nil {
		return Set{}, err
	}
	encoder, err := webp.Open()
	if err != nil {
		return Set{}, err
	}
	defer encoder.Close()
	return copies(ctx, encoder, m)
}

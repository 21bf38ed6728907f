// Package content decides by its bytes what a file is, refuses what should not be taken in, and
// writes it anew without what its sender did not mean to tell.
//
// It reads through an io.ReaderAt and never holds a file in memory. Nothing here decodes pixels:
// package picture does that.
//
// Every format has a walker: one function that goes from the first byte of a file to the last and
// says of each part whether it is kept, blanked or dropped (walk.go). [Inspect] is such a walk that
// writes to nobody, [Clean] the same walk with a writer, so what one accepts the other can write.
// What is dropped or blanked is searched for files that hide there (hidden.go).
//
// Formats that are read by offsets into the file (MP4, WebM) keep their length: what goes is blanked
// in its place. The others get shorter.
package content

import (
	"fmt"
	"io"
	"time"

	"agrovet/internal/media"
)

// Type is a type of file that is accepted.
type Type struct {
	Kind media.Kind
	MIME string // e.g. "image/jpeg"
	Ext  string // with its dot, e.g. ".jpg"
}

// Place is where a photo was taken, in degrees.
type Place struct{ Latitude, Longitude float64 }

// Info is what a file tells.
type Info struct {
	Type
	Width, Height int           // as stored, before Orientation; 0 unless it is an image
	Orientation   int           // EXIF's, 1 to 8; 1 when it has none. 0 unless it is an image
	Animated      bool          // an image of several frames
	Duration      time.Duration // of recordings; 0 when unknown
	Place         *Place        // nil when it has none
	TakenAt       *time.Time    // nil when it has none
}

// Limits bound what is accepted. Zero fields mean no limit.
type Limits struct {
	Bytes    map[media.Kind]int64
	Pixels   int64 // width times height of an image, over all its frames for animations
	Side     int   // width or height of an image, in pixels
	Duration map[media.Kind]time.Duration
}

// Inspect decides what the size bytes of r are. declared is the sender's Content-Type: it may be
// empty, and it may be wrong as long as it names the right kind of file.
//
// Errors: media.ErrEmpty, ErrTooLarge, ErrTooLong, ErrPixels, ErrType, ErrTypeLies, ErrDamaged and
// ErrMixed, with what is wrong as their cause; r's own errors as they are.
func Inspect(r io.ReaderAt, size int64, declared string, l Limits) (Info, error) {
	w := newWalk(r, size)
	w.limits = l
	f := w.recognise()
	if w.err == nil {
		w.run(f)
	}
	if w.err == nil {
		w.check(declared)
	}
	if w.err != nil {
		return Info{}, w.err
	}
	return w.info, nil
}

// Clean writes what [Inspect] has accepted, and described as info, to out, without metadata. The
// pixels and samples stay bit for bit, but a photo that EXIF says to turn lies on its side then.
//
// Errors: those of r and out. A file that Inspect would refuse is refused here as well, perhaps
// when some of it has been written.
func Clean(out io.Writer, r io.ReaderAt, size int64, info Info) error {
	w := newWalk(r, size)
	w.out = out
	for _, f := range formats {
		if f.makes(info.Type) {
			w.run(f)
			return w.err
		}
	}
	return media.ErrType
}

// largest is the most bytes that a file of one of these types may have, or 0 when there is no limit.
func (l Limits) largest(types []Type) (most int64) {
	for _, t := range types {
		if l.Bytes[t.Kind] <= 0 {
			return 0
		}
		most = max(most, l.Bytes[t.Kind])
	}
	return most
}

// checkSize ends the walk if no file of these types may be so large.
func (w *walk) checkSize(types []Type) {
	if most := w.limits.largest(types); most > 0 && w.size > most {
		w.fail(media.ErrTooLarge)
	}
}

// check compares what the walk found with the limits of its kind and with what the sender declared.
func (w *walk) check(declared string) {
	longest := w.limits.Duration[w.info.Kind]
	w.checkSize([]Type{w.info.Type})
	if !fits(declared, w.info.Type) {
		w.fail(media.ErrTypeLies.Wrap(fmt.Errorf("%s declared as %q", w.info.MIME, declared)))
	}
	if longest > 0 && w.info.Duration > longest {
		w.fail(media.ErrTooLong.Wrap(fmt.Errorf("%v", w.info.Duration)))
	}
}

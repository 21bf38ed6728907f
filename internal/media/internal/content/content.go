// Package content decides by its bytes what a file is, refuses what should not be taken in, and
// writes it anew without what its sender did not mean to tell.
//
// It reads through an io.ReaderAt and never holds a file in memory. Nothing here decodes pixels:
// package picture does that.
package content

import (
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

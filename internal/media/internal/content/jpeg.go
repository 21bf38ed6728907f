package content

import (
	"bytes"
	"encoding/binary"

	"agrovet/internal/media"
)

// Markers of JPEG (ITU-T T.81, table B.1), each after a byte 0xff.
const (
	jpegSOF0 = 0xc0 // baseline
	jpegSOF2 = 0xc2 // progressive; what follows up to 0xcf no browser shows
	jpegDHT  = 0xc4
	jpegRST0 = 0xd0
	jpegRST7 = 0xd7
	jpegEOI  = 0xd9
	jpegSOS  = 0xda
	jpegDQT  = 0xdb
	jpegDRI  = 0xdd
	jpegAPP0 = 0xe0
	jpegAPPF = 0xef
	jpegCOM  = 0xfe
)

// maxScans bounds how often a decoder has to go over all pixels. Progressive photos have about ten.
const maxScans = 100

// jpeg keeps what is needed to show the photo: its tables, its scans, its colours. All else goes:
// EXIF and XMP, comments, thumbnails, and what phones put behind the end (a second exposure, a film).
//
// A photo without its end marker is damaged. Decoders show it, but nothing tells it from one that
// arrived by half.
func (w *walk) jpeg() {
	j := jpeg{walk: w}
	w.keep(2) // SOI
	for !j.ended && w.step() {
		j.segment(j.marker())
	}
	if !j.sized || j.scans == 0 {
		w.damaged("jpeg: ends without a picture")
	}
	w.frame(1)
}

type jpeg struct {
	*walk
	sized, ended        bool
	scans               int
	seenJFIF, seenAPP14 bool
}

// maxJunk bounds what lies between two segments.
const maxJunk = 64 << 10

// marker moves to the next segment and returns its marker. Bytes between segments are left out, as
// decoders do (libjpeg's "extraneous bytes before marker").
func (j *jpeg) marker() byte {
	from := j.pos
	b := j.peek(2)
	for j.err == nil && (b[0] != 0xff || b[1] == 0xff || !isMarker(b[1])) {
		if j.skip(1); j.pos-from > maxJunk {
			j.damaged("jpeg: no segment at byte %d", from)
		}
		b = j.peek(2)
	}
	j.search(from, j.pos-from)
	return b[1]
}

// isMarker tells markers of segments from what may follow 0xff within coded data.
func isMarker(b byte) bool { return b != 0 && (b < jpegRST0 || b > jpegRST7) }

// segment deals with what the marker at j.pos starts.
func (j *jpeg) segment(marker byte) {
	if marker == jpegEOI {
		j.keep(2)
		j.ended = true
		return
	}
	h := j.peek(4)
	length := 2 + int64(binary.BigEndian.Uint16(h[2:]))
	switch {
	case length < 4:
		j.damaged("jpeg: a segment of %d bytes", length)
	case marker == jpegDHT, marker == jpegDQT, marker == jpegDRI:
		j.keepSearched(length)
	case marker == jpegSOS:
		j.scan(length)
	case jpegSOF0 <= marker && marker <= 0xcf:
		j.frameHeader(marker, length)
	case jpegAPP0 <= marker && marker <= jpegAPPF:
		j.application(marker, length)
	case marker == jpegCOM:
		j.drop(length)
	default:
		j.damaged("jpeg: marker %#x", marker)
	}
}

// frameHeader reads the size of the picture (T.81, B.2.2).
func (j *jpeg) frameHeader(marker byte, length int64) {
	switch {
	case marker > jpegSOF2: // lossless, hierarchical, arithmetic
		j.fail(media.ErrType)
	case j.sized || length < 10:
		j.damaged("jpeg: two frames, or half of one")
	}
	h := j.peek(10)
	if components := int64(h[9]); h[4] != 8 || length != 10+3*components {
		j.damaged("jpeg: %d components of %d bits", components, h[4])
	}
	j.canvas(int64(binary.BigEndian.Uint16(h[7:])), int64(binary.BigEndian.Uint16(h[5:])))
	j.sized = true
	j.keep(length)
}

// scan keeps a scan: its header, and the coded data up to the next marker, in which 0xff is followed
// by 0 or is a restart marker.
func (j *jpeg) scan(length int64) {
	if j.scans++; !j.sized || j.scans > maxScans {
		j.damaged("jpeg: scan %d", j.scans)
	}
	j.keep(length)
	start := j.pos
	for {
		j.keep(j.next(j.pos, 0xff) - j.pos)
		b := j.peek(2)
		if j.err != nil || isMarker(b[1]) && b[1] != 0xff {
			break
		}
		j.keep(1)
	}
	if j.pos == start {
		j.damaged("jpeg: a scan without data")
	}
}

// application decides on an APPn segment by the name that it begins with.
func (j *jpeg) application(marker byte, length int64) {
	s := j.peek(int(length))
	switch name := s[4:]; {
	case marker == jpegAPP0 && bytes.HasPrefix(name, []byte("JFIF\x00")) && length >= 18 && !j.seenJFIF:
		j.seenJFIF = true
		j.put([]byte("\xff\xe0\x00\x10JFIF\x00"))
		j.put(s[9:16]) // version and density
		j.put([]byte{0, 0})
		j.drop(length)
	case marker == jpegAPP0+14 && bytes.HasPrefix(name, []byte("Adobe")) && length >= 16 && !j.seenAPP14:
		j.seenAPP14 = true // it says what the colours are
		j.put([]byte("\xff\xee\x00\x0e"))
		j.put(s[4:16])
		j.drop(length)
	case marker == jpegAPP0+2 && bytes.HasPrefix(name, []byte("ICC_PROFILE\x00")):
		j.keepSearched(length)
	case marker == jpegAPP0+1 && bytes.HasPrefix(name, []byte("Exif\x00")) && len(name) > 6:
		j.exif(name[6:])
		j.drop(length)
	default:
		j.drop(length)
	}
}

package content

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"agrovet/internal/media"
)

// sign is how a file of another kind is recognised in the middle of a file: by bytes that do not
// occur by chance. The search goes through megabytes of what phones append to their photos, videos
// among it, so four bytes alone are not enough.
type sign struct {
	name  string
	magic string                 // in lower case
	fold  bool                   // upper case will do as well
	after func(rest []byte) bool // looks at what follows, at most signRest bytes; nil: anything will do
}

const signRest = 16

// The signs of files that a program might run, show or unpack, whatever the file around them is.
// Text is enough for a browser, wherever it stands.
var signs = []sign{
	{"HTML", "<html", true, tagEnds},
	{"HTML", "<!doctype html", true, nil},
	{"a script", "<script", true, tagEnds},
	{"an SVG", "<svg", true, func(b []byte) bool { return tagEnds(b) && isText(b) }},
	{"PHP", "<?php", true, tagEnds},
	{"a shell script", "#!/bin/", false, nil},
	{"a shell script", "#!/usr/bin/", false, nil},
	pdfHead,
	{"a ZIP", "pk\x03\x04", true, zipEntry},
	{"an empty ZIP", "pk\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00", true, nil},
	{"a RAR", "rar!\x1a\x07", true, nil},
	{"a 7z", "7z\xbc\xaf\x27\x1c", true, nil},
	{"a program (ELF)", "\x7felf", true, func(b []byte) bool {
		return len(b) > 2 && (b[0] == 1 || b[0] == 2) && (b[1] == 1 || b[1] == 2) && b[2] == 1
	}},
	{"a program (PE)", "pe\x00\x00", true, oneOf("\x4c\x01", "\x64\x86", "\xc0\x01", "\xc4\x01", "\x64\xaa")},
	{"a program (Mach-O)", "\xcf\xfa\xed\xfe", false, oneOf("\x07\x00\x00\x01", "\x0c\x00\x00\x01")},
	{"a program (Mach-O)", "\xce\xfa\xed\xfe", false, oneOf("\x07\x00\x00\x00", "\x0c\x00\x00\x00")},
	{"a program (Mach-O, Java)", "\xca\xfe\xba\xbe", false, oneOf("\x00\x00\x00")},
}

var pdfHead = sign{"a PDF", "%pdf-", true, func(b []byte) bool { return len(b) > 1 && (b[0] == '1' || b[0] == '2') && b[1] == '.' }}

// commentEnd is a sign in files whose first bytes open a comment, as in "GIF89a/*": a browser may
// be made to run such a file as a script, which starts after the comment.
var commentEnd = sign{"a script", "*/", false, nil}

// signsBy has the signs by their first byte.
var signsBy = func() (by [256][]sign) {
	for _, s := range signs {
		first := s.magic[:1]
		by[first[0]] = append(by[first[0]], s)
		if upper := bytes.ToUpper([]byte(first))[0]; s.fold && upper != first[0] {
			by[upper] = append(by[upper], s)
		}
	}
	return by
}()

// tagEnds says whether the name of a tag is complete.
func tagEnds(rest []byte) bool {
	return len(rest) > 0 && strings.IndexByte(" \t\r\n\f>/", rest[0]) >= 0
}

// isText says whether b has no control characters: no XML has.
func isText(b []byte) bool {
	return !slices.ContainsFunc(b, func(c byte) bool { return c < ' ' && c != '\t' && c != '\r' && c != '\n' || c == 0x7f })
}

// zipEntry says whether b goes on like a local header of a ZIP: version, flags, method (APPNOTE 4.3.7).
func zipEntry(b []byte) bool {
	if len(b) < 6 {
		return false
	}
	method := binary.LittleEndian.Uint16(b[4:])
	return b[0] <= 63 && b[1] <= 20 && (method <= 20 || method >= 93 && method <= 99)
}

func oneOf(prefixes ...string) func([]byte) bool {
	return func(b []byte) bool {
		return slices.ContainsFunc(prefixes, func(p string) bool { return bytes.HasPrefix(b, []byte(p)) })
	}
}

// at says whether b begins with the sign.
func (s sign) at(b []byte) bool {
	if len(b) < len(s.magic) {
		return false
	}
	for i, c := range b[:len(s.magic)] {
		if s.fold && 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != s.magic[i] {
			return false
		}
	}
	return s.after == nil || s.after(b[len(s.magic):min(len(b), len(s.magic)+signRest)])
}

// search looks through n bytes from pos on for files that hide there, and ends the walk if it finds
// one.
func (w *walk) search(pos, n int64) {
	const overlap = 64 // longer than any sign with what follows it
	for end := pos + min(n, w.size-pos); w.err == nil && pos < end; {
		b := w.at(pos, int(min(end-pos, windowSize)))
		w.searchBytes(b)
		if int64(len(b)) == end-pos {
			return
		}
		pos += int64(len(b)) - overlap
	}
}

func (w *walk) searchBytes(b []byte) {
	for i, c := range b {
		for _, s := range signsBy[c] {
			if s.at(b[i:]) {
				w.hides(s)
				return
			}
		}
		if w.script && c == '*' && commentEnd.at(b[i:]) {
			w.hides(commentEnd)
			return
		}
	}
}

func (w *walk) hides(s sign) { w.fail(media.ErrMixed.Wrap(fmt.Errorf("it holds %s", s.name))) }

// findSecondFormat looks where the readers of other formats look first, whatever the walker of the
// first format will make of these places: for the head of a PDF, which readers accept in the first
// 1024 bytes, for the directory of a ZIP, which is at the end of a file, and for an open comment.
func (w *walk) findSecondFormat() {
	head := w.at(0, int(min(w.size, headSize)))
	w.script = bytes.Contains(head[:min(len(head), 16)], []byte("/*"))
	for i := range head {
		if w.info.Type != typePDF && pdfHead.at(head[i:]) {
			w.hides(pdfHead)
		}
	}
	w.findZIP()
}

// Sizes of the record that ends the directory of a ZIP, which a comment of up to 65535 bytes may
// follow, and of what lies before it in a large one (APPNOTE 4.3.15 and 4.3.16).
const (
	zipEndSize       = 22
	zip64LocatorSize = 20
)

// findZIP looks for the end of the directory of a ZIP, where readers of ZIPs look for it. The
// directory must be where the record says, right before it.
func (w *walk) findZIP() {
	from := max(0, w.size-zipEndSize-0xffff)
	for from < w.size && w.err == nil {
		b := w.at(from, int(min(w.size-from, windowSize)))
		i := bytes.Index(b, []byte("PK\x05\x06"))
		if i < 0 {
			from += max(int64(len(b))-3, 1)
			continue
		}
		from += int64(i)
		if w.isZIPEnd(from) {
			w.hides(sign{name: "a ZIP"})
		}
		from += 4
	}
}

func (w *walk) isZIPEnd(pos int64) bool {
	if w.size-pos < zipEndSize {
		return false
	}
	length := int64(binary.LittleEndian.Uint32(w.at(pos, zipEndSize)[12:]))
	return w.signature(pos-length) == "PK\x01\x02" || w.signature(pos-zip64LocatorSize) == "PK\x06\x07"
}

// signature reads four bytes, apart from the window: that is full of ends of ZIPs when somebody
// wants to keep us busy.
func (w *walk) signature(pos int64) string {
	var b [4]byte
	if pos < 0 || pos > w.size-int64(len(b)) || w.err != nil {
		return ""
	}
	if _, err := w.r.ReadAt(b[:], pos); err != nil && !errors.Is(err, io.EOF) {
		w.fail(err)
	}
	return string(b[:])
}

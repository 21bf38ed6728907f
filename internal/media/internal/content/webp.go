package content

import (
	"bytes"
	"encoding/binary"
)

// Flags of VP8X (RFC 9649, 2.7).
const (
	webpXMP       = 0x04
	webpEXIF      = 0x08
	webpAnimation = 0x02
)

// webpKeeps says whether a chunk shows the picture. EXIF, XMP and whatever else may be there go.
func webpKeeps(name string) bool {
	switch name {
	case "VP8X", "ICCP", "ANIM", "ANMF", "ALPH", "VP8 ", "VP8L":
		return true
	}
	return false
}

// webp goes through the chunks twice: the sum of those that are kept comes first in the file.
func (w *walk) webp() {
	v := webp{walk: w, end: w.riffEnd()}
	if v.end > w.size {
		w.damaged("webp: %d bytes of %d", w.size, v.end)
	}
	w.putRIFF("WEBP", v.keptSize())
	w.skip(12)
	for w.pos < v.end && w.step() {
		v.chunk()
	}
	v.finish()
}

type webp struct {
	*walk
	end      int64
	extended bool // it has a VP8X, which says whether it is animated
	animated bool
	stills   int // pictures that are not frames
}

func (v *webp) keptSize() (size int64) {
	for pos := int64(12); pos < v.end && v.step(); {
		c := v.riffChunk(pos, v.end)
		if webpKeeps(c.name) {
			size += c.size()
		}
		pos += c.size()
	}
	return size
}

func (v *webp) chunk() {
	c := v.riffChunk(v.pos, v.end)
	data := v.pos + 8
	switch c.name {
	case "VP8X":
		v.extension(c)
		return
	case "VP8 ", "VP8L":
		v.still(v.bitstream(c, data))
	case "ANMF":
		v.animationFrame(c, data)
	case "ICCP", "ANIM":
		v.search(data, c.length)
	case "EXIF":
		v.exifAt(data, c.length)
	}
	if webpKeeps(c.name) {
		v.keepChunk(c, v.end)
	} else {
		v.dropChunk(c, v.end)
	}
}

// extension reads VP8X, and writes it without the flags of what goes.
func (v *webp) extension(c riffChunk) {
	if v.pos != 12 || c.length < 10 {
		v.damaged("webp: VP8X of %d bytes at byte %d", c.length, v.pos)
		return
	}
	h := bytes.Clone(v.peek(18))
	v.extended, v.animated = true, h[8]&webpAnimation != 0
	v.canvas(1+uint24(h[12:]), 1+uint24(h[15:]))
	h[8] &^= webpEXIF | webpXMP
	v.put(h)
	v.skip(18)
	v.keep(c.length - 10)
	v.pad(c, v.end)
}

// still takes in a picture outside of frames. Its size is that of the canvas.
func (v *webp) still(width, height int64) {
	v.stills++
	if !v.extended {
		v.canvas(width, height)
	}
	if width != int64(v.info.Width) || height != int64(v.info.Height) || v.stills > 1 || v.animated {
		v.damaged("webp: a picture of %d × %d", width, height)
	}
}

// animationFrame checks a frame: it lies on the canvas, and the picture in it is as large as it says
// (RFC 9649, 2.7.1.1).
func (v *webp) animationFrame(c riffChunk, data int64) {
	if !v.animated || c.length < 16 {
		v.damaged("webp: a frame of %d bytes", c.length)
	}
	h := v.at(data, 16)
	left, top, width, height := 2*uint24(h), 2*uint24(h[3:]), 1+uint24(h[6:]), 1+uint24(h[9:])
	if left+width > int64(v.info.Width) || top+height > int64(v.info.Height) {
		v.damaged("webp: a frame of %d × %d at %d, %d", width, height, left, top)
	}
	v.frame(1)
	pictures := 0
	for pos, end := data+16, data+c.length; pos < end && v.step(); {
		part := v.riffChunk(pos, end)
		switch part.name {
		case "ALPH":
		case "VP8 ", "VP8L":
			pictures++
			if x, y := v.bitstream(part, pos+8); x != width || y != height {
				v.damaged("webp: a picture of %d × %d in a frame of %d × %d", x, y, width, height)
			}
		default: // readers skip it, but no encoder writes anything else here
			v.damaged("webp: %q in a frame", part.name)
		}
		pos += part.size()
	}
	if pictures != 1 {
		v.damaged("webp: %d pictures in a frame", pictures)
	}
}

// bitstream reads the size of a picture from its first bytes: a key frame of VP8 (RFC 6386, 9.1), or
// VP8L (RFC 9649, 3.4).
func (v *webp) bitstream(c riffChunk, data int64) (width, height int64) {
	if c.length < 10 {
		v.damaged("webp: a picture of %d bytes", c.length)
	}
	h := v.at(data, 10)
	if c.name == "VP8L" {
		bits := int64(binary.LittleEndian.Uint32(h[1:]))
		if h[0] != 0x2f {
			v.damaged("webp: VP8L begins with %#x", h[0])
		}
		return 1 + bits&0x3fff, 1 + bits>>14&0x3fff
	}
	if h[0]&1 != 0 || string(h[3:6]) != "\x9d\x01\x2a" {
		v.damaged("webp: VP8 begins with % x", h[:6])
	}
	return int64(binary.LittleEndian.Uint16(h[6:])) & 0x3fff, int64(binary.LittleEndian.Uint16(h[8:])) & 0x3fff
}

func (v *webp) finish() {
	switch {
	case v.animated && v.frames == 0, !v.animated && v.stills == 0:
		v.damaged("webp: ends without a picture")
	case !v.animated:
		v.frame(1)
	}
}

func uint24(b []byte) int64 { return int64(b[0]) | int64(b[1])<<8 | int64(b[2])<<16 }

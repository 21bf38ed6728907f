package content

import (
	"bytes"
	"encoding/binary"
)

// Blocks of GIF89a, by their first byte, and extensions, by their second.
const (
	gifImage     = 0x2c
	gifExtension = 0x21
	gifTrailer   = 0x3b

	gifControl     = 0xf9 // how the next image is shown
	gifApplication = 0xff
	gifText        = 0x01
)

// gif keeps the images, how they are shown, and how often. Comments, texts and what programs add go.
func (w *walk) gif() {
	g := gif{walk: w}
	g.screen()
	for !g.ended && w.step() {
		g.block()
	}
	if w.frames == 0 {
		w.damaged("gif: no image")
	}
}

type gif struct {
	*walk
	control []byte // the control extension of the next image
	ended   bool
}

// screen reads the header and the logical screen (GIF89a, 17 and 18).
func (g *gif) screen() {
	h := g.peek(13)
	flags := h[10]
	g.canvas(int64(binary.LittleEndian.Uint16(h[6:])), int64(binary.LittleEndian.Uint16(h[8:])))
	g.keepSearched(13 + gifColours(flags))
}

// gifColours is the size of a table of colours.
func gifColours(flags byte) int64 {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (1 + flags&7)
}

func (g *gif) block() {
	switch first := g.peek(1)[0]; first {
	case gifImage:
		g.image()
	case gifExtension:
		g.extension(g.peek(2)[1])
	case gifTrailer:
		g.keep(1)
		g.ended = true
	default:
		g.damaged("gif: block %#x at byte %d", first, g.pos)
	}
}

// image keeps one image, which must lie on the screen: decoders make room for it.
func (g *gif) image() {
	h := g.peek(11)
	left, top := int(binary.LittleEndian.Uint16(h[1:])), int(binary.LittleEndian.Uint16(h[3:]))
	width, height := int(binary.LittleEndian.Uint16(h[5:])), int(binary.LittleEndian.Uint16(h[7:]))
	if width == 0 || height == 0 || left+width > g.info.Width || top+height > g.info.Height {
		g.damaged("gif: an image of %d × %d at %d, %d", width, height, left, top)
	}
	whole := 10 + gifColours(h[9]) + 1 // with the size of its first code
	g.frame(1)
	g.search(g.pos, whole)
	g.put(g.control)
	g.control = nil
	g.keep(g.end(g.pos+whole) - g.pos)
}

// end returns where the blocks of data that start at pos end. Each has its length first; the last is
// empty.
func (g *gif) end(pos int64) int64 {
	for length := byte(1); length > 0 && g.err == nil; {
		length = g.at(pos, 1)[0]
		pos += 1 + int64(length)
	}
	return pos
}

// extension keeps the extensions that show images, and drops the others.
func (g *gif) extension(label byte) {
	size := g.end(g.pos+2) - g.pos
	switch {
	case label == gifControl && size == 8:
		g.control = bytes.Clone(g.peek(8))
		g.skip(8)
	case label == gifApplication && size == 19 && g.repeats():
		g.keep(size)
	case label == gifText:
		g.control = nil // it was the text's
		g.drop(size)
	default:
		g.drop(size)
	}
}

// repeats says whether the extension at g.pos is the one that says how often an animation runs.
func (g *gif) repeats() bool {
	name := string(g.peek(14)[3:])
	return name == "NETSCAPE2.0" || name == "ANIMEXTS1.0"
}

package content

import (
	"encoding/binary"
	"hash/crc32"
	"math"
)

const pngMagic = "\x89PNG\r\n\x1a\n"

// pngKept are the chunks that decide how the picture looks (PNG 3rd edition, 5.6 and 11). All others
// go: texts, EXIF, times, and whatever programs invent.
var pngKept = map[string]bool{
	"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true,
	"tRNS": true, "gAMA": true, "cHRM": true, "sRGB": true, "iCCP": true, "sBIT": true, "bKGD": true, "pHYs": true,
	"acTL": true, "fcTL": true, "fdAT": true,
}

// pngPixels are the chunks whose data is compressed pixels, so that nothing is searched for in it.
var pngPixels = map[string]bool{"IDAT": true, "fdAT": true}

// png goes through the chunks and checks the sum of each.
func (w *walk) png() {
	p := png{walk: w}
	w.keep(int64(len(pngMagic)))
	for !p.ended && w.step() {
		p.chunk()
	}
	if !p.data {
		w.damaged("png: ends without a picture")
	}
	w.frame(max(1, p.claimed, p.counted))
}

type png struct {
	*walk
	sized, data, ended bool
	claimed, counted   int64 // frames of an animation, as acTL says and as they come
}

func (p *png) chunk() {
	h := p.peek(8)
	length, name := int64(binary.BigEndian.Uint32(h)), string(h[4:8])
	if !p.sized && name != "IHDR" || length > math.MaxInt32 || length > p.size-p.pos-12 {
		p.damaged("png: chunk %q of %d bytes", name, length)
	}
	p.read(name, length)
	p.checkSum(length)
	switch whole := 12 + length; {
	case pngPixels[name]:
		p.keep(whole)
	case pngKept[name]:
		p.keepSearched(whole)
	case name[0]&0x20 == 0: // a critical chunk: the picture is wrong without it
		p.damaged("png: chunk %q", name)
	default:
		p.drop(whole)
	}
}

// read takes in what a chunk tells.
func (p *png) read(name string, length int64) {
	switch at := p.pos + 8; {
	case p.err != nil:
	case name == "IHDR":
		p.header(length)
	case name == "IDAT":
		p.data = p.data || length > 0
	case name == "IEND":
		p.ended = true
	case name == "eXIf":
		p.exifAt(at, length)
	case name == "acTL" && length == 8:
		p.claimed = int64(binary.BigEndian.Uint32(p.at(at, 4)))
	case name == "fcTL":
		p.counted++
	}
}

// header reads IHDR (PNG, 11.2.1).
func (p *png) header(length int64) {
	if p.sized || length != 13 {
		p.damaged("png: IHDR of %d bytes", length)
		return
	}
	h := p.at(p.pos+8, 13)
	depth, colour := h[8], h[9]
	if !pngDepths[colour][depth] || h[10] != 0 || h[11] != 0 || h[12] > 1 {
		p.damaged("png: IHDR % x", h)
	}
	p.canvas(int64(binary.BigEndian.Uint32(h)), int64(binary.BigEndian.Uint32(h[4:])))
	p.sized = true
}

// pngDepths are the bits per sample that each type of colour may have.
var pngDepths = map[byte]map[byte]bool{
	0: {1: true, 2: true, 4: true, 8: true, 16: true},
	2: {8: true, 16: true},
	3: {1: true, 2: true, 4: true, 8: true},
	4: {8: true, 16: true},
	6: {8: true, 16: true},
}

// checkSum compares the sum at the end of the chunk at p.pos with that of its name and data.
func (p *png) checkSum(length int64) {
	sum := crc32.NewIEEE()
	p.view(p.pos+4, 4+length, func(b []byte) { sum.Write(b) })
	if stored := p.at(p.pos+8+length, 4); binary.BigEndian.Uint32(stored) != sum.Sum32() {
		p.damaged("png: the sum of the chunk at byte %d is wrong", p.pos)
	}
}

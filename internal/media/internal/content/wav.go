package content

import (
	"encoding/binary"

	"agrovet/internal/media"
)

// endless is what recorders that cannot go back write instead of lengths: nothing, or something near
// the largest number (ffmpeg all ones, SoX 0x7ffff000).
func endless(length int64) bool { return length == 0 || length >= 0x7ffff000 }

// wav keeps the format and the samples.
func (w *walk) wav() {
	v := wav{walk: w, end: w.riffEnd()}
	if v.open = endless(v.end - 8); v.open {
		v.end = w.size
	}
	if v.end > w.size+8 { // some count the head as well, or padding that they do not write
		w.damaged("wav: %d bytes of %d", w.size, v.end)
	}
	v.end = min(v.end, w.size)
	w.putRIFF("WAVE", v.keptSize())
	w.skip(12)
	v.seen = map[string]bool{}
	for v.end-w.pos >= 8 && w.step() {
		v.chunk()
	}
	if !v.seen["data"] {
		w.damaged("wav: no samples")
	}
}

type wav struct {
	*walk
	end  int64
	open bool // the recorder has not written how long the file is
	seen map[string]bool
	rate uint32 // bytes per second
}

// next reads the head of a chunk. The samples of an open file reach to its end.
func (v *wav) next(pos int64) riffChunk {
	h := v.at(pos, 8)
	length := int64(binary.LittleEndian.Uint32(h[4:]))
	if string(h[:4]) == "data" && v.open && endless(length) {
		return riffChunk{"data", v.end - pos - 8}
	}
	return v.riffChunk(pos, v.end)
}

func (v *wav) keptSize() (size int64) {
	v.seen = map[string]bool{}
	for pos := int64(12); v.end-pos >= 8 && v.step(); {
		c := v.next(pos)
		if v.keeps(c) {
			size += c.size()
		}
		v.seen[c.name] = true
		pos += c.size()
	}
	return size
}

// keeps says whether a player needs a chunk: the first of its kind, and nothing after the samples.
func (v *wav) keeps(c riffChunk) bool {
	known := c.name == "fmt " || c.name == "fact" || c.name == "data"
	return known && !v.seen[c.name] && !v.seen["data"]
}

func (v *wav) chunk() {
	c := v.next(v.pos)
	switch kept := v.keeps(c); {
	case c.name == "ds64":
		v.fail(media.ErrType)
	case !kept:
		v.dropChunk(c, v.end)
	case c.name == "data":
		v.samples(c)
	default:
		v.format(c)
	}
	v.seen[c.name] = true
}

// format reads what the samples are.
func (v *wav) format(c riffChunk) {
	if c.name == "fmt " && c.length < 16 {
		v.damaged("wav: fmt of %d bytes", c.length)
	}
	if c.name == "fmt " {
		v.rate = binary.LittleEndian.Uint32(v.at(v.pos+16, 4))
	}
	v.search(v.pos, c.size())
	v.keepChunk(c, v.end)
}

// samples keeps the samples, and says how many there are.
func (v *wav) samples(c riffChunk) {
	if v.rate == 0 {
		v.damaged("wav: samples of no format")
	}
	v.lasts(float64(c.length), float64(v.rate))
	v.put(binary.LittleEndian.AppendUint32([]byte("data"), uint32(c.length)))
	v.skip(8)
	v.keep(c.length)
	v.pad(c, v.end)
}

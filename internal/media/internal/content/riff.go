package content

import (
	"encoding/binary"
	"math"
)

// riffChunk is a chunk of a RIFF file: four letters, a length of four bytes, data, and a byte of
// padding when the length is odd.
type riffChunk struct {
	name   string
	length int64 // of its data
}

// riffSize is the size of the chunk in a file.
func (c riffChunk) size() int64 { return 8 + c.length + c.length%2 }

// riffChunk reads the head of the chunk at pos. Its data ends at end or before it.
func (w *walk) riffChunk(pos, end int64) riffChunk {
	h := w.at(pos, 8)
	c := riffChunk{string(h[:4]), int64(binary.LittleEndian.Uint32(h[4:]))}
	if c.length > end-pos-8 {
		w.damaged("riff: chunk %q of %d bytes", c.name, c.length)
	}
	return c
}

// keepChunk copies the chunk at w.pos with its padding, which programs forget at the end of a file.
func (w *walk) keepChunk(c riffChunk, end int64) {
	w.keep(8 + c.length)
	w.pad(c, end)
}

// dropChunk leaves the chunk at w.pos out.
func (w *walk) dropChunk(c riffChunk, end int64) {
	w.drop(min(c.size(), end-w.pos))
}

// pad moves over the padding of a chunk whose data has been kept.
func (w *walk) pad(c riffChunk, end int64) {
	if c.length%2 == 0 {
		return
	}
	w.put([]byte{0})
	if w.pos < end {
		w.skip(1)
	}
}

// putRIFF writes the head of a file whose chunks take size bytes.
func (w *walk) putRIFF(form string, size int64) {
	if size > math.MaxUint32-4 {
		w.damaged("riff: %d bytes", size)
	}
	w.put(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(4+size)))
	w.put([]byte(form))
}

// riffEnd returns where the chunks of the file end, by its head.
func (w *walk) riffEnd() int64 { return 8 + int64(binary.LittleEndian.Uint32(w.at(4, 4))) }

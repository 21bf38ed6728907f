package content

import "bytes"

// Heads of files of AMR (RFC 4867, 5.1): narrow band, in which old phones record, and wide band.
const (
	amrNarrow = "#!AMR\n"
	amrWide   = "#!AMR-WB\n"
)

const amrFramesPerSecond = 50

// Bytes of a frame by its type, its first byte included; 0 is a type that does not exist (RFC 4867,
// 4.3.1; 3GPP TS 26.101 and 26.201).
var (
	amrNarrowSizes = [16]int64{13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1}
	amrWideSizes   = [16]int64{18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1}
)

// amr keeps the file as it is: it has room for sound alone.
func (w *walk) amr() {
	sizes, head := amrNarrowSizes, amrNarrow
	if bytes.HasPrefix(w.at(0, int(min(w.size, int64(len(amrWide))))), []byte(amrWide)) {
		sizes, head = amrWideSizes, amrWide
		w.info.Type = typeAMRWide
	}
	w.search(0, w.size)
	w.keep(int64(len(head)))
	frames := 0
	for ; w.pos < w.size && w.step(); frames++ {
		first := w.peek(1)[0]
		size := sizes[first>>3&15]
		if first&0x83 != 0 || size == 0 {
			w.damaged("amr: a frame begins with %#x", first)
		}
		w.keep(size)
	}
	if frames == 0 {
		w.damaged("amr: no sound")
	}
	w.lasts(float64(frames), amrFramesPerSecond)
}

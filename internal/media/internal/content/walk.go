package content

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"agrovet/internal/media"
)

// windowSize is how much of a file is in memory. The largest unit that a walker looks at as a whole
// is a segment of JPEG, 65537 bytes.
const windowSize = 65 << 10

// maxSteps bounds the parts (chunks, boxes, pages, frames of sound) of one file. Six hours of sound
// have as many.
const maxSteps = 1 << 20

// walk is one way through a file, from its first byte to its last.
//
// Its methods do not return errors: the first one is kept in err, and after it nothing is read or
// written, and what is looked at is zeros. So walkers test err in their loops and nowhere else.
type walk struct {
	size   int64
	pos    int64 // everything before has been kept, blanked or dropped
	err    error
	info   Info
	limits Limits
	out    io.Writer // nil when the file is only inspected

	r        io.ReaderAt
	buffer   []byte // the window, and the bytes of the file from bufferAt on in it
	bufferAt int64

	steps   int
	frames  int64 // of an image
	hasEXIF bool
	script  bool // the file's first bytes open a comment of a script
}

func newWalk(r io.ReaderAt, size int64) *walk {
	return &walk{r: r, size: size, buffer: make([]byte, 0, windowSize)}
}

// run walks through the whole file.
func (w *walk) run(f *format) {
	w.info.Type = f.types[0]
	if w.info.Kind == media.Image {
		w.info.Orientation = 1
	}
	w.findSecondFormat()
	if w.err == nil {
		f.walk(w)
	}
	if w.err == nil {
		w.drop(w.size - w.pos)
	}
	w.info.Animated = w.frames > 1
}

// fail ends the walk, unless it has ended before.
func (w *walk) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// damaged ends the walk because the file breaks the rules of its format.
func (w *walk) damaged(format string, args ...any) {
	w.fail(media.ErrDamaged.Wrap(fmt.Errorf(format, args...)))
}

// step counts a part of the file, and says whether the walk goes on.
func (w *walk) step() bool {
	if w.steps++; w.steps > maxSteps {
		w.damaged("more than %d parts", maxSteps)
	}
	return w.err == nil
}

// at returns n bytes of the file, which are good until the next call. n is at most windowSize.
func (w *walk) at(pos int64, n int) []byte {
	if n = max(n, 0); pos < 0 || int64(n) > w.size-pos {
		w.damaged("ends before byte %d", pos+int64(n))
	}
	if w.err == nil && (pos < w.bufferAt || pos+int64(n) > w.bufferAt+int64(len(w.buffer))) {
		w.load(pos)
	}
	if w.err != nil {
		return make([]byte, n)
	}
	i := pos - w.bufferAt
	return w.buffer[i : i+int64(n)]
}

// load moves the window.
func (w *walk) load(pos int64) {
	w.bufferAt, w.buffer = pos, w.buffer[:min(windowSize, w.size-pos)]
	n, err := w.r.ReadAt(w.buffer, pos)
	switch {
	case n == len(w.buffer): // with or without io.EOF
	case err == nil || errors.Is(err, io.EOF):
		w.fail(io.ErrUnexpectedEOF) // shorter than its caller says: not the file's fault
	default:
		w.fail(err)
	}
}

// peek returns the next n bytes, which are good until the next call.
func (w *walk) peek(n int) []byte { return w.at(w.pos, n) }

// next returns where the byte c comes next, from pos on, or the size of the file.
func (w *walk) next(pos int64, c byte) int64 {
	for w.err == nil && pos < w.size {
		w.at(pos, 1)
		b := w.buffer[pos-w.bufferAt:]
		if i := bytes.IndexByte(b, c); i >= 0 {
			return pos + int64(i)
		}
		pos += int64(len(b))
	}
	return w.size
}

// skip moves over the next n bytes.
func (w *walk) skip(n int64) {
	if n < 0 || n > w.size-w.pos {
		w.damaged("something at byte %d is longer than the file", w.pos)
	}
	if w.err == nil {
		w.pos += n
	}
}

// put writes b, which is not in the file.
func (w *walk) put(b []byte) {
	if w.err != nil || w.out == nil {
		return
	}
	if _, err := w.out.Write(b); err != nil {
		w.fail(err)
	}
}

// keep copies the next n bytes.
func (w *walk) keep(n int64) {
	from := w.pos
	w.skip(n)
	if w.out != nil {
		w.view(from, n, w.put)
	}
}

// drop leaves the next n bytes out.
func (w *walk) drop(n int64) {
	w.search(w.pos, n)
	w.skip(n)
}

// blank writes zeros for the next n bytes.
func (w *walk) blank(n int64) {
	w.search(w.pos, n)
	w.skip(n)
	w.zeros(n)
}

// keepSearched copies the next n bytes, which are neither pixels nor samples.
func (w *walk) keepSearched(n int64) {
	w.search(w.pos, n)
	w.keep(n)
}

var zeros [4 << 10]byte

// zeros writes n zeros.
func (w *walk) zeros(n int64) {
	for w.out != nil && w.err == nil && n > 0 {
		part := min(n, int64(len(zeros)))
		w.put(zeros[:part])
		n -= part
	}
}

// view shows n bytes from pos on to do, in pieces that are good until it returns.
func (w *walk) view(pos, n int64, do func([]byte)) {
	for end := pos + n; w.err == nil && pos < end; {
		b := w.at(pos, int(min(end-pos, windowSize)))
		if w.err == nil {
			do(b)
		}
		pos += int64(len(b))
	}
}

// canvas takes in the size of an image.
func (w *walk) canvas(width, height int64) {
	if width <= 0 || height <= 0 || width > math.MaxInt32 || height > math.MaxInt32 {
		w.damaged("an image of %d × %d pixels", width, height)
		return
	}
	w.info.Width, w.info.Height = int(width), int(height)
	side, pixels := int64(w.limits.Side), w.limits.Pixels
	if side > 0 && max(width, height) > side || pixels > 0 && width*height > pixels {
		w.fail(media.ErrPixels.Wrap(fmt.Errorf("%d × %d", width, height)))
	}
}

// frame takes in n more frames of an image.
func (w *walk) frame(n int64) {
	w.frames += n
	area := max(1, int64(w.info.Width)*int64(w.info.Height))
	if w.limits.Pixels > 0 && w.frames > w.limits.Pixels/area {
		w.fail(media.ErrPixels.Wrap(fmt.Errorf("%d frames of %d pixels", w.frames, area)))
	}
}

// lasts takes in that a recording lasts so many units, of which a second has perSecond. Of several
// times the longest counts.
func (w *walk) lasts(units, perSecond float64) {
	seconds := units / perSecond
	if !(seconds > 0) { // or no number at all
		return
	}
	d := time.Duration(math.MaxInt64)
	if seconds < d.Seconds()/2 {
		d = time.Duration(seconds * float64(time.Second))
	}
	w.info.Duration = max(w.info.Duration, d)
}

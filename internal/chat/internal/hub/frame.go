package hub

import "sync"

// Op is what a frame is for.
type Op uint8

// The ops.
const (
	Text Op = iota
	Ping    // asks the other side for a pong with the same data
	Pong
)

// Frame is what connections are sent. One frame goes to many of them, and its bytes are made once, when
// they are first needed.
type Frame struct {
	Op        Op
	Room, Seq int64 // where an entry stands; 0: it is none

	parts []*Frame // which it is made of; nil: it is one
	made  sync.Once
	make  func() []byte
	data  []byte

	encoded sync.Once
	form    []byte
}

// Lazy is a text frame whose bytes are made when somebody wants them.
func Lazy(make func() []byte) *Frame { return &Frame{make: make} }

// Of is a frame of these bytes, which nobody changes.
func Of(op Op, data []byte) *Frame { return &Frame{Op: op, data: data} }

// Together are text frames that follow each other, as one that is written at once.
func Together(parts ...*Frame) *Frame {
	if len(parts) == 1 {
		return parts[0]
	}
	return &Frame{parts: parts}
}

// Each is the frames that it is made of, or itself.
func (f *Frame) Each(yield func(*Frame) bool) {
	if f.parts == nil {
		yield(f)
		return
	}
	for _, one := range f.parts {
		if !yield(one) {
			return
		}
	}
}

// count is how many frames it is.
func (f *Frame) count() int { return max(1, len(f.parts)) }

// size is how many bytes of data it has.
func (f *Frame) size() (n int) {
	for one := range f.Each {
		n += len(one.Data())
	}
	return n
}

// Data is the bytes of a frame that is one.
func (f *Frame) Data() []byte {
	if f.make != nil {
		f.made.Do(func() { f.data = f.make() })
	}
	return f.data
}

// Form is the frame as sockets write it; encode makes it once for all of them.
func (f *Frame) Form(encode func(Op, []byte) []byte) []byte {
	f.encoded.Do(func() {
		if f.parts == nil {
			f.form = encode(f.Op, f.Data())
			return
		}
		for _, one := range f.parts {
			f.form = append(f.form, one.Form(encode)...)
		}
	})
	return f.form
}

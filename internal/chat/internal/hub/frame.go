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

	made sync.Once
	make func() []byte
	data []byte

	encoded sync.Once
	form    []byte
}

// Lazy is a text frame whose bytes are made when somebody wants them.
func Lazy(make func() []byte) *Frame { return &Frame{make: make} }

// Of is a frame of these bytes, which nobody changes.
func Of(op Op, data []byte) *Frame { return &Frame{Op: op, data: data} }

// Data is the bytes.
func (f *Frame) Data() []byte {
	if f.make != nil {
		f.made.Do(func() { f.data = f.make() })
	}
	return f.data
}

// Form is the frame as sockets write it; encode makes it once for all of them.
func (f *Frame) Form(encode func(Op, []byte) []byte) []byte {
	f.encoded.Do(func() { f.form = encode(f.Op, f.Data()) })
	return f.form
}

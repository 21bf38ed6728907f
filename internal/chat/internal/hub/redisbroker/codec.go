package redisbroker

import (
	"encoding/binary"
	"errors"

	"agrovet/internal/chat/internal/hub"
)

// format begins every signal; another one is of another version, and is not read.
const format = 2

var errFormat = errors.New("a signal that is not of this version")

// encode writes a signal: numbers as varints, bytes behind their length, and each frame once, however many
// newcomers are told by it.
func encode(s hub.Signal) []byte {
	w := writer{b: []byte{format, byte(s.Kind)}, known: map[*hub.Frame]uint64{}}
	w.ints(s.Room, s.Seq, int64(s.Size), s.From, s.Out, int64(s.Code))
	w.list(s.Users)
	w.list(s.Sessions)
	w.bytes([]byte(s.Reason))
	w.bool(s.General)
	w.frame(s.Frame)
	w.b = binary.AppendUvarint(w.b, uint64(len(s.Members)))
	for _, m := range s.Members {
		w.ints(m.UserID, m.From)
		w.frame(m.Frame)
	}
	return w.b
}

type writer struct {
	b     []byte
	known map[*hub.Frame]uint64
}

func (w *writer) ints(all ...int64) {
	for _, n := range all {
		w.b = binary.AppendVarint(w.b, n)
	}
}

func (w *writer) list(all []int64) {
	w.b = binary.AppendUvarint(w.b, uint64(len(all)))
	w.ints(all...)
}

func (w *writer) bytes(b []byte) {
	w.b = binary.AppendUvarint(w.b, uint64(len(b)))
	w.b = append(w.b, b...)
}

func (w *writer) bool(v bool) {
	if v {
		w.b = append(w.b, 1)
	} else {
		w.b = append(w.b, 0)
	}
}

// frame writes a frame's number, 0 for none, and behind a number that is new the frame.
func (w *writer) frame(f *hub.Frame) {
	n := w.known[f]
	isNew := n == 0 && f != nil
	if isNew {
		n = uint64(len(w.known) + 1)
		w.known[f] = n
	}
	w.b = binary.AppendUvarint(w.b, n)
	if isNew {
		w.b = append(w.b, byte(f.Op))
		w.ints(f.Room, f.Seq)
		w.bytes(f.Data())
	}
}

// decode reads a signal. Errors: errFormat.
func decode(b []byte) (s hub.Signal, err error) {
	r := reader{b: b}
	if r.byte() != format {
		return s, errFormat
	}
	s.Kind = hub.Kind(r.byte())
	s.Room, s.Seq, s.Size, s.From, s.Out, s.Code = r.int(), r.int(), int(r.int()), r.int(), r.int(), int(r.int())
	s.Users, s.Sessions = r.list(), r.list()
	s.Reason, s.General = string(r.bytes()), r.byte() == 1
	s.Frame = r.frame()
	for range r.count() {
		s.Members = append(s.Members, hub.Newcomer{UserID: r.int(), From: r.int(), Frame: r.frame()})
	}
	if r.broken || len(r.b) > 0 || s.Kind > hub.Ended {
		return hub.Signal{}, errFormat
	}
	return s, nil
}

type reader struct {
	b      []byte
	broken bool
	frames []*hub.Frame
}

func (r *reader) cut(n int) (b []byte) {
	if n < 0 || n > len(r.b) {
		r.broken, r.b = true, nil
		return nil
	}
	b, r.b = r.b[:n], r.b[n:]
	return b
}

func (r *reader) byte() byte {
	if b := r.cut(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) int() int64 {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		n = -1
	}
	r.cut(n)
	return v
}

// count is how many things follow, each of at least one byte.
func (r *reader) count() int {
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v > uint64(len(r.b)) {
		r.cut(-1)
		return 0
	}
	r.cut(n)
	return int(v) //nolint:gosec // it is at most the length
}

func (r *reader) list() (all []int64) {
	for range r.count() {
		all = append(all, r.int())
	}
	return all
}

func (r *reader) bytes() []byte { return r.cut(r.count()) }

func (r *reader) frame() *hub.Frame {
	n := r.count()
	switch {
	case n == 0:
		return nil
	case n <= len(r.frames):
		return r.frames[n-1]
	}
	op, room, seq := hub.Op(r.byte()), r.int(), r.int()
	f := hub.Of(op, r.bytes())
	f.Room, f.Seq = room, seq
	r.frames = append(r.frames, f)
	return f
}

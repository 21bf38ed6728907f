package content

import (
	"bytes"
	"encoding/binary"
	"strings"

	"agrovet/internal/media"
)

// Pages of Ogg (RFC 3533, 6).
const (
	oggMagic = "OggS"
	oggHead  = 27 // bytes before the table of lengths
	oggFirst = 2  // flag of the first page of a stream
)

// oggCodec is how a codec lays out the packets that come before its sound.
type oggCodec struct {
	headers int    // how many there are; the second has the comments
	comment string // what it begins with
	blank   string // what it is replaced by; zeros follow
}

var (
	oggOpus   = &oggCodec{2, "OpusTags", "OpusTags\x00\x00\x00\x00\x00\x00\x00\x00"}         // RFC 7845, 5
	oggVorbis = &oggCodec{3, "\x03vorbis", "\x03vorbis\x00\x00\x00\x00\x00\x00\x00\x00\x01"} // Vorbis I, 4.2 and 5
)

// ogg keeps the pages, and blanks the comments in them. One stream of sound may follow another, but
// no two go side by side: that is how films are made.
func (w *walk) ogg() {
	o := ogg{walk: w}
	for w.pos < w.size && w.step() && strings.HasPrefix(oggMagic, string(w.peek(int(min(4, w.size-w.pos))))) {
		o.page()
	}
	o.endStream()
	if !o.sound {
		w.damaged("ogg: no sound")
	}
	w.lasts(o.seconds, 1)
}

type ogg struct {
	*walk
	codec    *oggCodec // of the stream that is read; nil before the first
	serial   uint32
	packet   int // which of the headers comes next
	offset   int // how much of it has come
	rate     float64
	granules float64 // the last position, in samples
	seconds  float64 // of the streams that have ended
	sound    bool
}

func (o *ogg) page() {
	head := oggHead + int(o.peek(oggHead)[26])
	size := head
	for _, n := range o.peek(head)[oggHead:] {
		size += int(n)
	}
	p := o.peek(size)
	switch first := p[5]&oggFirst != 0; {
	case o.err != nil:
		return
	case binary.LittleEndian.Uint32(p[22:]) != oggSum(p):
		o.damaged("ogg: the sum of the page at byte %d is wrong", o.pos)
	case first:
		o.stream(p, p[head:])
	case o.codec == nil || binary.LittleEndian.Uint32(p[14:]) != o.serial:
		o.fail(media.ErrType)
	}
	if at := int64(binary.LittleEndian.Uint64(p[6:])); at > 0 { // -1: no packet ends here
		o.granules = float64(at)
	}
	o.keepPage(p, head)
}

// stream begins a stream with its first packet.
func (o *ogg) stream(p, packet []byte) {
	if o.codec != nil && o.packet < o.codec.headers {
		o.fail(media.ErrType)
	}
	o.endStream()
	o.serial, o.packet, o.offset = binary.LittleEndian.Uint32(p[14:]), 0, 0
	switch {
	case len(packet) >= 19 && bytes.HasPrefix(packet, []byte("OpusHead")):
		o.codec, o.rate = oggOpus, 48000
		o.seconds -= float64(binary.LittleEndian.Uint16(packet[10:])) / o.rate // what decoders skip
	case len(packet) >= 30 && bytes.HasPrefix(packet, []byte("\x01vorbis")):
		o.codec, o.rate = oggVorbis, float64(binary.LittleEndian.Uint32(packet[12:]))
	default: // Theora, FLAC, Speex
		o.fail(media.ErrType)
	}
}

func (o *ogg) endStream() {
	if o.granules > 0 && o.rate > 0 {
		o.seconds += o.granules / o.rate
	}
	o.granules = 0
}

// keepPage keeps the page. While headers come, it is written with blank comments and a new sum.
func (o *ogg) keepPage(p []byte, head int) {
	if o.err == nil && o.packet >= o.codec.headers {
		o.sound = o.sound || len(p) > head
		o.keep(int64(len(p)))
		return
	}
	o.search(o.pos, int64(len(p)))
	p = bytes.Clone(o.peek(len(p)))
	if o.err == nil {
		o.blankComments(p[oggHead:head], p[head:])
	}
	binary.LittleEndian.PutUint32(p[22:], oggSum(p))
	o.put(p)
	o.skip(int64(len(p)))
}

// blankComments goes through the pieces of packets on a page. A piece shorter than 255 bytes is the
// last of its packet.
func (o *ogg) blankComments(lengths, data []byte) {
	for _, n := range lengths {
		if o.packet == 1 {
			o.blankPiece(data[:n])
		}
		data = data[n:]
		if o.offset += int(n); n == 255 {
			continue
		}
		if o.packet == 1 && o.offset < len(o.codec.blank) {
			o.damaged("ogg: comments of %d bytes", o.offset)
		}
		o.packet, o.offset = o.packet+1, 0
	}
}

// blankPiece overwrites a piece of the packet with the comments.
func (o *ogg) blankPiece(piece []byte) {
	if o.offset == 0 && !bytes.HasPrefix(piece, []byte(o.codec.comment)) {
		o.damaged("ogg: no comments")
	}
	n := copy(piece, o.codec.blank[min(o.offset, len(o.codec.blank)):])
	clear(piece[n:])
}

// oggSum is the sum of a page, with zeros where the sum is.
func oggSum(p []byte) (sum uint32) {
	for i, b := range p {
		if i >= 22 && i < 26 {
			b = 0
		}
		sum = sum<<8 ^ oggSums[byte(sum>>24)^b]
	}
	return sum
}

// oggSums is the table of the polynomial 0x04c11db7, highest bit first.
var oggSums = func() (table [256]uint32) {
	for i := range table {
		sum := uint32(i) << 24
		for range 8 {
			sum = sum<<1 ^ sum>>31*0x04c11db7
		}
		table[i] = sum
	}
	return table
}()

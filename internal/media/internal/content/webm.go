package content

import (
	"bytes"
	"encoding/binary"
	"maps"
	"math"
	"math/bits"

	"agrovet/internal/media"
)

// Elements of Matroska (RFC 9559, 5.1), by their ids.
const (
	idHead        = 0x1a45dfa3
	idDocType     = 0x4282
	idSegment     = 0x18538067
	idSeekHead    = 0x114d9b74
	idInfo        = 0x1549a966
	idScale       = 0x2ad7b1
	idDuration    = 0x4489
	idMuxingApp   = 0x4d80
	idWritingApp  = 0x5741
	idTracks      = 0x1654ae6b
	idTrack       = 0xae
	idTrackType   = 0x83
	idTrackName   = 0x536e
	idCodecName   = 0x258688
	idCues        = 0x1c53bb6b
	idCluster     = 0x1f43b675
	idPosition    = 0xa7
	idPrevSize    = 0xab
	idTimestamp   = 0xe7
	idSimpleBlock = 0xa3
	idBlockGroup  = 0xa0
	idBlock       = 0xa1
	idVoid        = 0xec
	idSum         = 0xbf // CRC-32
)

// element is a part of a WebM (RFC 8794): an id, a length, and data, which may be elements.
type element struct {
	id             uint32
	pos, data, end int64 // where it begins, where its data does, and where it ends
	open           bool  // a recorder has not written how long it is
}

// elementAt reads the head of the element at pos, which ends at end or before it.
func (w *walk) elementAt(pos, end int64) element {
	var h [12]byte
	copy(h[:], w.at(pos, int(min(int64(len(h)), w.size-pos))))
	idSize := 1 + bits.LeadingZeros8(h[0])
	size := 1 + bits.LeadingZeros8(h[min(idSize, 4)])
	if idSize > 4 || size > 8 {
		w.damaged("webm: no element at byte %d", pos)
		return element{}
	}
	e := element{id: uint32(bigEndian(h[:idSize])), pos: pos, data: pos + int64(idSize+size)}
	length := bigEndian(h[idSize:idSize+size]) &^ (1 << (7 * size))
	e.open = length == 1<<(7*size)-1
	e.end = e.data + int64(length)
	if e.open {
		e.end = end
	}
	if e.data > end || e.end > end {
		w.damaged("webm: element %#x from byte %d to %d", e.id, e.pos, e.end)
		return element{}
	}
	return e
}

// elementRule says what is done with an element. The walk is at its beginning, and goes to its end,
// or into it.
type elementRule func(v *webm, e element)

// elementRules are the rules for the elements in an element, by their ids. The rule of anyID is for
// all others.
type elementRules map[uint32]elementRule

const anyID = 0

// What is done with the elements of a film. Tags, attachments, chapters, titles and dates are not
// listed, and so become void.
var (
	segmentRules = merged(clusterRules, elementRules{
		idInfo: inside(infoRules), idTracks: inside(tracksRules), idCluster: (*webm).cluster,
		idSeekHead: keepElement, idCues: keepElement,
	})
	infoRules = elementRules{
		idScale: (*webm).readScale, idDuration: (*webm).readDuration,
		idMuxingApp: blankElement, idWritingApp: blankElement, anyID: void,
	}
	tracksRules  = elementRules{idTrack: inside(trackFields), anyID: void}
	trackFields  = elementRules{idTrackType: (*webm).trackType, idTrackName: void, idCodecName: void, idSum: void, anyID: keepElement}
	clusterRules = elementRules{
		idTimestamp: (*webm).timestamp, idSimpleBlock: (*webm).block, idBlockGroup: inside(groupRules),
		idPosition: keepElement, idPrevSize: keepElement, anyID: void,
	}
	groupRules = elementRules{idBlock: (*webm).block, idSum: void, anyID: keepElement}
)

func merged(a, b elementRules) elementRules {
	m := maps.Clone(a)
	maps.Copy(m, b)
	return m
}

// inside is the rule for an element of elements.
func inside(rules elementRules) elementRule {
	return func(v *webm, e element) {
		v.keep(e.data - e.pos)
		v.elements(rules, e.end)
	}
}

// keepElement is the rule for an element that is needed.
func keepElement(v *webm, e element) { v.keepSearched(e.end - e.pos) }

// blankElement is the rule for a text that must be there, but need not say anything.
func blankElement(v *webm, e element) {
	v.keep(e.data - e.pos)
	v.blank(e.end - e.data)
}

// void is the rule for an element that is not needed, and for sums of elements that change. Void has
// an id of one byte, so its length takes what remains of the old head: eight bytes, or one when the
// element is shorter than that.
func void(v *webm, e element) {
	whole := e.end - e.pos
	head := []byte{idVoid, byte(0x80 | (whole-2)&0x7f)}
	if whole >= 9 {
		head = binary.BigEndian.AppendUint64([]byte{idVoid}, 1<<56|uint64(whole-9))
	}
	v.search(v.pos, whole)
	v.put(head)
	v.skip(whole)
	v.zeros(whole - int64(len(head)))
}

// webm keeps the elements that show the film, in their places: SeekHead and Cues point to bytes of
// the file. What is not needed is overwritten.
func (w *walk) webm() {
	v := &webm{walk: w, scale: 1e6} // nanoseconds, unless Info says otherwise
	v.head(w.elementAt(0, w.size))
	segment := w.elementAt(w.pos, w.size)
	if segment.id != idSegment {
		w.damaged("webm: element %#x where the film should be", segment.id)
	}
	w.keep(segment.data - segment.pos)
	v.elements(segmentRules, segment.end)
	v.finish()
}

type webm struct {
	*walk
	video, sound, blocks bool
	scale, total         float64 // nanoseconds of a unit of time, and units of the film
	began, last          float64 // when the cluster began, and the last block
}

// head reads which kind of Matroska the file is. Of all kinds browsers show WebM alone.
func (v *webm) head(e element) {
	docType := ""
	for pos := e.data; pos < e.end && v.step(); {
		field := v.elementAt(pos, e.end)
		if field.id == idDocType {
			docType = string(bytes.TrimRight(v.at(field.data, int(min(field.end-field.data, 16))), "\x00"))
		}
		pos = field.end
	}
	if docType != "webm" {
		v.fail(media.ErrType)
	}
	keepElement(v, e)
}

// elements goes through the elements up to end.
func (v *webm) elements(rules elementRules, end int64) {
	for v.pos < end && v.step() {
		e := v.elementAt(v.pos, end)
		if e.open && e.id != idCluster {
			v.damaged("webm: element %#x has no length", e.id)
		}
		rule, known := rules[e.id]
		if !known {
			rule = rules[anyID]
		}
		if v.err == nil {
			rule(v, e)
		}
	}
}

// cluster enters a cluster. When its recorder has not written how long it is, it ends where the next
// one begins: what is in it is read as if it were beside it.
func (v *webm) cluster(e element) {
	v.keep(e.data - e.pos)
	if !e.open {
		v.elements(clusterRules, e.end)
	}
}

// number reads the data of an element that is a number (RFC 8794, 7).
func (v *webm) number(e element) float64 {
	n := bigEndian(v.at(e.data, int(min(e.end-e.data, 8))))
	keepElement(v, e)
	return float64(n)
}

func (v *webm) readScale(e element) { v.scale = v.number(e) }
func (v *webm) timestamp(e element) { v.began = v.number(e) }

// readDuration reads a number with a point, of four or eight bytes.
func (v *webm) readDuration(e element) {
	switch b := v.at(e.data, int(min(e.end-e.data, 8))); len(b) {
	case 4:
		v.total = float64(math.Float32frombits(binary.BigEndian.Uint32(b)))
	case 8:
		v.total = math.Float64frombits(binary.BigEndian.Uint64(b))
	}
	keepElement(v, e)
}

func (v *webm) trackType(e element) {
	switch v.number(e) {
	case 1:
		v.video = true
	case 2:
		v.sound = true
	}
}

// block keeps a block of pictures or sound. It begins with the number of its track and the time
// since its cluster began (RFC 9559, 10.1).
func (v *webm) block(e element) {
	h := v.at(e.data, int(min(e.end-e.data, 4)))
	if len(h) < 4 || h[0] < 0x80 { // WebM has no track after the 126th
		v.damaged("webm: a block begins with % x", h)
		return
	}
	v.blocks = true
	v.last = max(v.last, v.began+float64(int16(binary.BigEndian.Uint16(h[1:]))))
	v.keep(e.end - e.pos)
}

// finish says what the file is, and how long it lasts: recorders may not have written it.
func (v *webm) finish() {
	switch {
	case !v.blocks || !v.video && !v.sound:
		v.damaged("webm: ends without a film")
	case !v.video:
		v.info.Type = typeWebMAudio
	}
	v.lasts(v.total*v.scale, 1e9)
	v.lasts(v.last*v.scale, 1e9)
}

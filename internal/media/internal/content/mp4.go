package content

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"

	"agrovet/internal/media"
)

// startsMP4 knows films by the first of their boxes. Old ones of QuickTime have no ftyp; a text that
// has one of the other names in its place begins with a letter, and no box is so long.
func startsMP4(_ *walk, h []byte) bool {
	switch string(h[4:8]) {
	case "ftyp":
		return true
	case "moov", "mdat", "wide", "free", "skip", "pnot":
		return h[0] < ' '
	}
	return false
}

// box is a part of an MP4 (ISO 14496-12, 4.2): a length, four letters, and data, which may be boxes.
type box struct {
	name           string
	pos, data, end int64 // where it begins, where its data does, and where it ends
}

// boxAt reads the head of the box at pos, which ends at end or before it.
func (w *walk) boxAt(pos, end int64) box {
	h := w.at(pos, 8)
	b := box{string(h[4:8]), pos, pos + 8, 0}
	switch length := binary.BigEndian.Uint32(h); length {
	case 0: // up to the end of what it is in
		b.end = end
	case 1: // too long for four bytes
		b.end, b.data = pos+int64(min(binary.BigEndian.Uint64(w.at(pos+8, 8)), math.MaxInt64/2)), pos+16
	default:
		b.end = pos + int64(length)
	}
	if b.end < b.data || b.end > end {
		w.damaged("mp4: box %q from byte %d to %d", b.name, b.pos, b.end)
	}
	if w.err != nil {
		return box{}
	}
	return b
}

// boxRule says what is done with a box. The walk is at its beginning, and goes to its end.
type boxRule func(m *movie, b box)

// boxRules are the rules for the boxes in a box, by their names. The rule of "" is for all others.
type boxRules map[string]boxRule

// What is done with the boxes of a film. What may tell who made it, where and with what is not listed
// (udta, meta, uuid, free, skip, whatever makers of phones invent), and so is forgotten.
var (
	fileRules = boxRules{
		"ftyp": (*movie).brands, "moov": (*movie).whole, "mdat": (*movie).samples, "moof": enter(fragmentRules),
		"styp": keepBox, "sidx": keepBox, "ssix": keepBox, "mfra": keepBox, "": forget,
	}
	movieRules = boxRules{
		"mvhd": (*movie).head, "trak": (*movie).track, "mvex": enter(extensionRules), "cmov": refuse,
		"iods": keepBox, "pssh": keepBox, "": forget,
	}
	trackRules = boxRules{
		"tkhd": (*movie).trackHead, "mdia": enter(mediaRules),
		"edts": keepBox, "tref": keepBox, "tapt": keepBox, "trgr": keepBox, "": forget,
	}
	mediaRules = boxRules{"mdhd": (*movie).mediaHead, "hdlr": keepBox, "elng": keepBox, "minf": enter(minfRules), "": forget}
	minfRules  = boxRules{"stbl": enter(tableRules), "": keepBox}
	tableRules = boxRules{"stco": offsets(4), "co64": offsets(8), "": keepBox}
)

// enter is the rule for a box of boxes.
func enter(rules boxRules) boxRule {
	return func(m *movie, b box) {
		m.keep(b.data - b.pos)
		m.boxes(rules, b.end)
	}
}

// keepBox is the rule for a box that is needed.
func keepBox(m *movie, b box) { m.keepSearched(b.end - b.pos) }

// forget is the rule for a box that is not needed: it becomes one that is free.
func forget(m *movie, b box) {
	if b.name == "udta" || b.name == "meta" {
		m.location(b)
	}
	head := bytes.Clone(m.peek(int(b.data - b.pos)))
	copy(head[4:], "free")
	m.put(head)
	m.skip(b.data - b.pos)
	m.blank(b.end - b.data)
}

func refuse(m *movie, _ box) { m.fail(media.ErrType) }

// movie is what is known of a film while the walk goes through it.
type movie struct {
	*walk
	brand        string
	found        map[string]bool // names of the boxes of the file
	video, sound bool
	timescale    float64 // units of a second, of the film
	seconds      float64 // as the film says
	longest      float64 // seconds of the longest track
	extended     float64 // seconds of all fragments, as the film says
	spans        []span  // of measurements, in order
	current      *movieTrack
	tracks       map[uint32]*movieTrack
}

// mp4 keeps the boxes that show the film, in their places: other boxes point to bytes of the file.
// What is not needed is overwritten.
func (w *walk) mp4() {
	m := &movie{walk: w, found: map[string]bool{}, tracks: map[uint32]*movieTrack{}}
	m.findMeasurements()
	m.boxes(fileRules, w.size)
	if !m.found["moov"] || !m.found["mdat"] {
		w.damaged("mp4: a film without samples, or samples without a film")
	}
	m.decide()
}

// boxes goes through the boxes up to end. A few zeros may end them, as in QuickTime.
func (m *movie) boxes(rules boxRules, end int64) {
	for end-m.pos >= 8 && m.step() {
		b := m.boxAt(m.pos, end)
		rule, known := rules[b.name]
		if !known {
			rule = rules[""]
		}
		if m.err == nil {
			rule(m, b)
		}
	}
	if rest := m.peek(int(max(0, min(8, end-m.pos)))); m.err == nil && len(bytes.Trim(rest, "\x00")) > 0 {
		m.damaged("mp4: half a box at byte %d", m.pos)
	}
	m.keep(end - m.pos)
}

// imageBrands are those of pictures in this container, which no browser but some shows (HEIC, AVIF,
// JPEG 2000, JPEG XL, Canon's raw).
const imageBrands = "heic heix heim heis hevc hevx hevm hevs mif1 mif2 miaf msf1 avif avis avci avcs jp2  jpx  jpm  mjp2 jxl  crx "

// brands reads what kind of MP4 the file is (ISO 14496-12, 4.3).
func (m *movie) brands(b box) {
	m.brand = string(m.at(b.data, 4))
	if strings.Contains(imageBrands, m.brand) {
		m.fail(media.ErrType)
	}
	m.found["ftyp"] = true
	keepBox(m, b)
}

func (m *movie) whole(b box) {
	if m.found["moov"] {
		m.damaged("mp4: two films")
	}
	m.found["moov"] = true
	enter(movieRules)(m, b)
}

// track keeps a track of pictures or sound, and forgets all others: what cameras and drones measure
// on their way is in tracks of their own.
func (m *movie) track(b box) {
	handler := m.handler(b)
	m.video = m.video || handler == "vide"
	m.sound = m.sound || handler == "soun"
	if isShown(handler) {
		enter(trackRules)(m, b)
	} else {
		forget(m, b)
	}
}

// handler returns what the track is of (ISO 14496-12, 8.4.3).
func (m *movie) handler(track box) string {
	mdia := m.child(track, "mdia")
	hdlr := m.child(mdia, "hdlr")
	if hdlr.end-hdlr.data < 12 {
		return ""
	}
	return string(m.at(hdlr.data+8, 4))
}

// child returns the first box of this name in b, or an empty one.
func (m *movie) child(b box, name string) box {
	for pos := b.data; b.end-pos >= 8 && m.step(); {
		c := m.boxAt(pos, b.end)
		if c.name == name {
			return c
		}
		pos = c.end
	}
	return box{}
}

// head reads mvhd.
func (m *movie) head(b box) {
	m.timescale, m.seconds = m.times(b)
}

// trackHead reads tkhd.
func (m *movie) trackHead(b box) {
	id, _ := m.untimed(b, 12)
	m.current = m.trackOf(binary.BigEndian.Uint32(id))
}

// mediaHead reads mdhd.
func (m *movie) mediaHead(b box) {
	scale, seconds := m.times(b)
	m.longest = max(m.longest, seconds)
	if m.current != nil {
		m.current.timescale = scale
	}
}

// decide says what the file is, and how long it lasts.
func (m *movie) decide() {
	switch {
	case !m.video && !m.sound:
		m.fail(media.ErrType)
	case !m.video, m.brand == "M4A ", m.brand == "M4B ":
		m.info.Type = typeM4A
	case m.brand == "qt  ", !m.found["ftyp"]:
		m.info.Type = typeMOV
	case strings.HasPrefix(m.brand, "3g"):
		m.info.Type = type3GP
	}
	seconds := m.seconds
	if seconds == 0 {
		seconds = m.longest
	}
	if seconds == 0 {
		seconds = m.extended
	}
	for _, t := range m.tracks {
		seconds = max(seconds, t.seconds())
	}
	m.lasts(seconds, 1)
}

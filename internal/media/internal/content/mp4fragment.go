package content

import (
	"encoding/binary"
	"math/bits"
)

// Browsers record films in fragments, and write how long each of them is, but not the whole
// (ISO 14496-12, 8.8).

var (
	extensionRules = boxRules{"mehd": (*movie).extension, "trex": (*movie).defaults, "": keepBox}
	fragmentRules  = boxRules{"traf": enter(partRules), "mfhd": keepBox, "": forget}
	partRules      = boxRules{
		"tfhd": (*movie).partHead, "tfdt": (*movie).partTime, "trun": (*movie).run, "": keepBox,
		"udta": forget, "meta": forget, "uuid": forget, "free": forget, "skip": forget,
	}
)

// maxTracks bounds the tracks that are remembered. Films have two.
const maxTracks = 64

// movieTrack is what is known of a track of a film in fragments. Times are in its own units.
type movieTrack struct {
	timescale float64
	usual     float64 // how long a sample is where nothing else is said
	sample    float64 // the same, for the fragment that is read
	at        float64 // when the next sample begins
	end       float64
}

func (t *movieTrack) seconds() float64 { return perSecond(t.end, t.timescale) }

// trackOf returns the track with this number.
func (m *movie) trackOf(id uint32) *movieTrack {
	t := m.tracks[id]
	if t == nil {
		t = &movieTrack{}
		if len(m.tracks) < maxTracks {
			m.tracks[id] = t
		}
	}
	return t
}

// fields are the first bytes of a box, zeros where it is shorter: version, flags, and what follows.
type fields [64]byte

func (f *fields) flags() uint32       { return f.uint32(0) & 0xffffff }
func (f *fields) uint32(i int) uint32 { return binary.BigEndian.Uint32(f[i:]) }

// fields reads the first bytes of a box, and keeps it.
func (m *movie) fields(b box) (f fields) {
	copy(f[:], m.at(b.data, int(min(b.end-b.data, int64(len(f))))))
	keepBox(m, b)
	return f
}

// extension reads mehd.
func (m *movie) extension(b box) {
	f := m.fields(b)
	m.extended = perSecond(units(f[4:], f[0] == 1), m.timescale)
}

// defaults reads trex.
func (m *movie) defaults(b box) {
	f := m.fields(b)
	m.trackOf(f.uint32(4)).usual = float64(f.uint32(12))
}

// partHead reads tfhd, in which flags say which fields are there.
func (m *movie) partHead(b box) {
	f := m.fields(b)
	m.current = m.trackOf(f.uint32(4))
	m.current.sample = m.current.usual
	at := 8
	if f.flags()&1 != 0 { // where the data begins
		at += 8
	}
	if f.flags()&2 != 0 { // what its samples are
		at += 4
	}
	if f.flags()&8 != 0 {
		m.current.sample = float64(f.uint32(at))
	}
}

// partTime reads tfdt.
func (m *movie) partTime(b box) {
	f := m.fields(b)
	if m.current != nil {
		m.current.at = units(f[4:], f[0] == 1)
	}
}

// run reads trun: how many samples follow each other, and how long each of them is.
func (m *movie) run(b box) {
	from := b.data + 8
	f := m.fields(b)
	t := m.current
	if t == nil {
		m.damaged("mp4: a run of samples of no track")
		return
	}
	for _, flag := range []uint32{1, 4} { // where the data begins, what the first sample is
		if f.flags()&flag != 0 {
			from += 4
		}
	}
	if f.flags()&0x100 == 0 {
		t.at += float64(f.uint32(4)) * t.sample
	} else {
		t.at += m.sum(from, b.end, f)
	}
	t.end = max(t.end, t.at)
}

// sum adds up the durations in the table of a run. Each row has four bytes for each of the flags
// 0x100, 0x200, 0x400 and 0x800; the duration is the first of them.
func (m *movie) sum(from, end int64, f fields) (sum float64) {
	row := 4 * int64(bits.OnesCount32(f.flags()&0xf00))
	if int64(f.uint32(4)) > (end-from)/row {
		m.damaged("mp4: a run of %d samples in %d bytes", f.uint32(4), end-from)
	}
	for i := int64(0); i < int64(f.uint32(4)) && m.err == nil; i++ {
		sum += float64(binary.BigEndian.Uint32(m.at(from+i*row, 4)))
	}
	return sum
}

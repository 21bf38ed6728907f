package content

import (
	"bytes"
	"encoding/binary"
	"math"
)

// untimed keeps a box that says when something was made and changed (mvhd, tkhd, mdhd), without these
// times. It returns what follows them, n bytes at least (ISO 14496-12, 8.2.2, 8.3.2 and 8.4.2).
// Times and durations have eight bytes in boxes of version 1, else four.
func (m *movie) untimed(b box, n int64) (rest []byte, wide bool) {
	wide = m.at(b.data, 1)[0] == 1
	times := int64(8)
	if wide {
		times, n = 16, n+4
	}
	m.keep(b.data - b.pos + 4) // with version and flags
	m.skip(times)
	m.zeros(times)
	if b.end-m.pos < n {
		m.damaged("mp4: %s of %d bytes", b.name, b.end-b.pos)
	}
	rest = bytes.Clone(m.peek(int(n)))
	m.keep(b.end - m.pos)
	return rest, wide
}

// times reads a box that says how long something is (mvhd, mdhd), and keeps it.
func (m *movie) times(b box) (scale, seconds float64) {
	rest, wide := m.untimed(b, 8)
	scale = float64(binary.BigEndian.Uint32(rest))
	return scale, perSecond(units(rest[4:], wide), scale)
}

// units reads a number of units of time. All ones, and what no clock has counted, is unknown: 0.
func units(b []byte, wide bool) float64 {
	if n := binary.BigEndian.Uint32(b); !wide {
		if n == math.MaxUint32 {
			return 0
		}
		return float64(n)
	}
	n := binary.BigEndian.Uint64(b)
	if n >= math.MaxInt64 {
		return 0
	}
	return float64(n)
}

// perSecond turns units of a second into seconds. It is 0 when the scale is not known.
func perSecond(units, scale float64) float64 {
	if scale == 0 {
		return 0
	}
	return units / scale
}

// offsets is the rule for a table of the places of samples, each of so many bytes (ISO 14496-12,
// 8.7.5). They are in the file, or some of it is missing.
func offsets(size int64) boxRule {
	return func(m *movie, b box) {
		const head = 8 // version, flags, count
		count := (b.end - b.data - head) / size
		if count < 0 || int64(binary.BigEndian.Uint32(m.at(b.data+4, 4))) > count {
			m.damaged("mp4: a table of %d bytes", b.end-b.data)
		}
		count = min(count, int64(binary.BigEndian.Uint32(m.at(b.data+4, 4))))
		for i := range count {
			at := m.at(b.data+head+i*size, int(size))
			if m.err != nil {
				return
			}
			if place := bigEndian(at); place >= uint64(m.size) {
				m.damaged("mp4: samples at byte %d", place)
			}
		}
		keepBox(m, b)
	}
}

// bigEndian reads a number of at most eight bytes.
func bigEndian(b []byte) (n uint64) {
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return n
}

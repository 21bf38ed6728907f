package content

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"math"
	"slices"
)

// Cameras and drones write what they measure on their way, the place every second for one, into
// tracks of their own. These tracks are forgotten (movie.track). Here their samples are found, which
// lie between those of pictures and sound.

// span is a range of bytes of the file.
type span struct{ from, to int64 }

// maxSpans bounds the places where measurements are. A film of half a day has as many.
const maxSpans = 1 << 15

// findMeasurements finds the samples of the tracks that are forgotten. It goes ahead of the walk,
// because phones write the tables of a film behind its samples.
func (m *movie) findMeasurements() {
	film := m.child(box{end: m.size}, "moov")
	for pos := film.data; film.end-pos >= 8 && m.step(); {
		b := m.boxAt(pos, film.end)
		if b.name == "trak" && !isShown(m.handler(b)) && m.err == nil {
			m.addChunks(m.child(m.child(m.child(b, "mdia"), "minf"), "stbl"))
		}
		pos = b.end
	}
	m.spans = apart(m.spans)
}

// apart puts spans in order, and makes one of those that touch.
func apart(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	rest := spans[:0]
	for _, s := range spans {
		if n := len(rest); n > 0 && s.from <= rest[n-1].to {
			rest[n-1].to = max(rest[n-1].to, s.to)
		} else {
			rest = append(rest, s)
		}
	}
	return rest
}

// isShown tells the tracks that a player shows from all others, by their handler.
func isShown(handler string) bool { return handler == "vide" || handler == "soun" }

// addChunks adds the chunks of a track, by its tables: stco or co64 has the place of each, stsc how
// many samples it has, stsz how long each of these is (ISO 14496-12, 8.7).
func (m *movie) addChunks(stbl box) {
	places, width := m.child(stbl, "stco"), 4
	if places.name == "" {
		places, width = m.child(stbl, "co64"), 8
	}
	place := m.table(places)
	counts := chunkCounts{table: m.table(m.child(stbl, "stsc"))}
	sizes := sampleSizes{table: m.table(m.child(stbl, "stsz"))}
	place.next(4)  // how many rows there are, and so on:
	counts.next(4) // the ends of the boxes say it as well
	sizes.same = sizes.next(4)
	sizes.next(4)
	for from := place.next(width); !place.ended && m.step(); from = place.next(width) {
		m.addSpan(span{from, from + sizes.sum(counts.ofNext(), m.size)})
	}
}

func (m *movie) addSpan(s span) {
	last := len(m.spans) - 1
	switch {
	case last >= 0 && m.spans[last].to == s.from:
		m.spans[last].to = s.to
	case last+1 == maxSpans:
		m.damaged("mp4: more than %d chunks of measurements", maxSpans)
	default:
		m.spans = append(m.spans, s)
	}
}

// samples keeps pictures and sound, and blanks measurements.
func (m *movie) samples(b box) {
	m.found["mdat"] = true
	m.keep(b.data - b.pos)
	for len(m.spans) > 0 && m.spans[0].to <= b.data {
		m.spans = m.spans[1:]
	}
	for _, s := range m.spans {
		if s.from >= b.end || m.err != nil {
			break
		}
		m.keep(max(0, s.from-m.pos))
		gone := min(s.to, b.end) - m.pos
		m.skip(gone)
		m.zeros(gone)
	}
	m.keep(b.end - m.pos)
}

// table reads the numbers of a box from its beginning to its end. It has a small window of its own:
// several tables are read side by side.
type table struct {
	w      *walk
	r      *bufio.Reader
	ended  bool
	number [8]byte // the bytes of the number that is read
}

func (m *movie) table(b box) *table {
	const head = 4 // version and flags
	section := io.NewSectionReader(m.r, b.data+head, max(0, b.end-b.data-head))
	return &table{w: m.walk, r: bufio.NewReaderSize(section, 1<<10)}
}

// next reads a number of so many bytes. After the end of the table it is 0, as are those that are
// too large for any file.
func (t *table) next(width int) int64 {
	b := t.number[:width]
	_, err := io.ReadFull(t.r, b)
	if t.ended = err != nil; t.ended && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.w.fail(err)
	}
	if n := bigEndian(b); !t.ended && n < math.MaxInt64/2 {
		return int64(n)
	}
	return 0
}

// chunkCounts says how many samples the chunks have, one after the other. A row of stsc has the number
// of the first chunk that it is for, the samples of a chunk, and what kind they are.
type chunkCounts struct {
	*table
	chunk, count    int64
	until, thenHave int64 // the next row
}

func (c *chunkCounts) ofNext() int64 {
	c.chunk++
	for c.until <= c.chunk && !c.ended {
		c.count = c.thenHave
		c.until, c.thenHave = c.next(4), c.next(4)
		c.next(4)
	}
	return c.count
}

// sampleSizes says how long the samples are, one after the other.
type sampleSizes struct {
	*table
	same int64 // what all of them have, or 0
}

// sum adds up the next n sizes. It is not much more than most.
func (s *sampleSizes) sum(n, most int64) (sum int64) {
	if s.same > 0 {
		return s.same * min(n, most/s.same+1)
	}
	for ; n > 0 && sum < most && !s.ended; n-- {
		sum += s.next(4)
	}
	return sum
}

package textrules

import (
	"hash/fnv"
	"strconv"
)

// fewest is how many words say that texts are alike.
const fewest = 3

// Alike is the same for texts that differ in numbers, case, accents and punctuation alone. It is 0 for
// texts of a few words, which people write alike without meaning anything by it.
func (s *Text) Alike() int64 {
	plain := make([]string, 0, len(s.words))
	for _, w := range s.words {
		if !w.number {
			plain = append(plain, w.text)
		}
	}
	if len(plain) < fewest {
		return 0
	}
	return Fingerprint(plain...)
}

// Repeated finds a text that its author writes again and again: others is how many other texts of the
// author have the same [Text.Alike], and most is how many are too many. The evidence is how many there
// are with this one.
func Repeated(others, most int) Detector {
	return func(s *Text) (Match, bool) {
		alike := s.Alike()
		if others < most || alike == 0 {
			return Match{}, false
		}
		return Match{strconv.Itoa(others + 1), alike}, true
	}
}

// Fingerprint is that of what a detector looked at. It is never 0, and the same in every process and
// version: tables of findings have it.
func Fingerprint(parts ...string) int64 {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{' '})
	}
	return int64(h.Sum64() | 1)
}

// match is the piece from one word to another, found in the whole text.
func (s *Text) match(first, last int) Match {
	all := make([]string, len(s.words))
	for i, w := range s.words {
		all[i] = w.text
	}
	return Match{s.piece(first, last), Fingerprint(all...)}
}

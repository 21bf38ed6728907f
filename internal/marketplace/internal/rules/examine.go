package rules

import (
	"hash/fnv"
	"slices"
	"strings"
)

// Price is what an advert asks for one base unit, and what others ask.
type Price struct {
	Asked float64 // 0: not said
	Usual float64 // what the cheapest quarter of comparable adverts asks at most; 0: not known
	Of    string  // what is compared: category, currency, unit
}

// Finding is what a rule has found in an advert.
type Finding struct {
	Rule        string // its code
	Fraud       bool
	Evidence    string // the piece of text, at most MaxEvidence characters
	Fingerprint int64  // of what the rule looked at: the same while that is the same
}

// MaxEvidence is how many characters of a text a finding shows.
const MaxEvidence = 120

// Examine returns what the rules find, in their order, one finding of each at most. alike is how many
// other adverts of the publisher within a day have the same Alike.
func (s *Text) Examine(p Price, alike int) (found []Finding) {
	for _, r := range Rules {
		if f, ok := r.find(advert{s, p, alike}); ok {
			found = append(found, Finding{r.Code, r.Fraud, cut(f.evidence), f.fingerprint})
		}
	}
	return found
}

// advert is what a rule looks at.
type advert struct {
	*Text
	price Price
	same  int
}

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
	return hash(plain...)
}

// fingerprint is that of the whole text.
func (s *Text) fingerprint() int64 {
	all := make([]string, len(s.words))
	for i, w := range s.words {
		all[i] = w.text
	}
	return hash(all...)
}

// hash is never 0.
func hash(parts ...string) int64 {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{' '})
	}
	return int64(h.Sum64() | 1)
}

// cut shortens a piece of text, in one line.
func cut(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > MaxEvidence {
		return string(slices.Concat(r[:MaxEvidence-1], []rune("…")))
	}
	return text
}

package rules

import (
	"hash/fnv"
	"slices"
	"strings"
)

// Advert is what the rules look at.
type Advert struct {
	Title, Description string
	Price              Price
	Alike              int // other adverts of its publisher within a day whose Alike is the same
}

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

// Examine returns what the rules find, in their order, one finding of each at most.
func Examine(a Advert) (found []Finding) {
	s := newSubject(a)
	for _, r := range Rules {
		if f, ok := r.find(s); ok {
			found = append(found, Finding{r.Code, r.Fraud, cut(f.evidence), f.fingerprint})
		}
	}
	return found
}

// Alike is the same for texts that differ in numbers, case, accents and punctuation alone. It is 0 for
// texts of a few words, which people write alike without meaning anything by it.
func Alike(title, description string) int64 {
	return newSubject(Advert{Title: title, Description: description}).alike()
}

// fewest is how many words say that texts are alike.
const fewest = 3

func (s *subject) alike() int64 {
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
func (s *subject) fingerprint() int64 {
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

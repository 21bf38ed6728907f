package textrules

import (
	"slices"
	"strings"
)

// link looks for addresses.
func link(s *Text) (Match, bool) {
	for i := range s.words {
		if s.addressed(i) {
			return s.match(s.around(i)), true
		}
	}
	return spelledLink(s)
}

// addressed says whether a word makes an address of what stands around it.
func (s *Text) addressed(i int) bool {
	w, next := s.words[i], s.gap(i+1)
	switch {
	case w.text == "www", slices.Contains([]string{"http", "https", "hxxp", "hxxps"}, w.text) && strings.HasPrefix(strings.TrimLeft(next, " "), ":"):
		return true
	case i == 0 || next == "": // glued to what follows
		return false
	case w.gap == "@":
		return !s.words[i-1].number && next == "." // else it is the sign of the arroba
	case w.gap == ".":
		before := s.words[i-1].text
		return len(before) > 1 && slices.Contains(endings, w.text) || slices.Contains(shorteners, before+"."+w.text)
	}
	return w.text == "com" && strings.HasPrefix(w.gap, " ") && strings.TrimSpace(w.gap) == "."
}

// gap is what stands before a word, or behind the last; never empty there.
func (s *Text) gap(i int) string {
	if i < len(s.words) {
		return s.words[i].gap
	}
	return "\n"
}

// endings are how addresses end. They are no Spanish words: "sana.es" is a full stop without its blank
// more often than an address.
var endings = []string{"com", "net", "org", "shop", "site", "online", "xyz", "app", "bo", "mx", "cl"}

var shorteners = []string{"wa.me", "t.me", "fb.me", "bit.ly", "cutt.ly", "goo.gl", "linktr.ee"}

// spelledLink looks for addresses that are written with words.
var spelledLink = Phrases(`
	punto|dot com|net|org|bo
	arroba gmail|hotmail|yahoo|outlook|live|icloud
	gmail|hotmail|yahoo|outlook|icloud com
	wa me
	w w w
	h t t p`, ``)

// around are the first and the last word of the piece between blanks in which a word stands.
func (s *Text) around(i int) (first, last int) {
	first, last = i, i
	for first > 0 && !strings.ContainsAny(s.words[first].gap, " \t\r\n") {
		first--
	}
	for last+1 < len(s.words) && !strings.ContainsAny(s.words[last+1].gap, " \t\r\n") {
		last++
	}
	return first, last
}

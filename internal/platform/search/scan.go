package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// scanner reads the words of a text one after the other: runs of letters and digits, of any script.
// Combining marks belong to the letter before them. Formatting characters inside a word (soft
// hyphens, joiners, marks of direction) are skipped; everything else, invalid bytes included, ends it.
type scanner struct {
	text string
	pos  int // bytes read
	rune int // runes read

	word               []byte // the last word, folded and cut; valid until the next call
	start, end         int    // its place in text, in bytes
	startRune, endRune int    // and in runes
	letters            int    // runes in word
	exotic             bool   // word has runes that folding alone does not bring to NFC
}

// next moves to the next word and tells whether there is one.
func (s *scanner) next() bool {
	s.word, s.letters, s.exotic = s.word[:0], 0, false
	for s.pos < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[s.pos:])
		inWord := isWord(r)
		if s.letters > 0 && !inWord && !continues(r) {
			break
		}
		if inWord && s.letters == 0 {
			s.start, s.startRune = s.pos, s.rune
		}
		s.pos, s.rune = s.pos+size, s.rune+1
		if inWord || s.letters > 0 && !unicode.Is(unicode.Cf, r) {
			s.end, s.endRune = s.pos, s.rune
			s.add(r)
		}
	}
	if s.exotic {
		s.word = norm.NFC.Bytes(s.word)
	}
	return s.letters > 0
}

// isWord tells whether r is part of words. The ordinals of "1º" and "2ª" are not, though letters.
func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && r != 'ª' && r != 'º'
}

// continues tells whether r, though no letter, does not end a word that has begun.
func continues(r rune) bool { return r >= utf8.RuneSelf && unicode.In(r, unicode.M, unicode.Cf) }

// add appends r to the word, folded.
func (s *scanner) add(r rune) {
	r = plain(unicode.ToLower(r))
	if r < utf8.RuneSelf || r == 'ñ' {
		s.append(r)
		return
	}
	var buf [32]byte
	decomposed := norm.NFD.AppendString(buf[:0], string(r))
	for len(decomposed) > 0 {
		d, size := utf8.DecodeRune(decomposed)
		decomposed = decomposed[size:]
		s.append(unicode.ToLower(d))
	}
}

// plain spares the accented vowels of Spanish the decomposition.
func plain(r rune) rune {
	switch r {
	case 'á':
		return 'a'
	case 'é':
		return 'e'
	case 'í':
		return 'i'
	case 'ó':
		return 'o'
	case 'ú', 'ü':
		return 'u'
	}
	return r
}

// append adds a decomposed rune. Accents are dropped, but n with a tilde is ñ.
func (s *scanner) append(r rune) {
	switch {
	case r >= utf8.RuneSelf && unicode.Is(unicode.M, r):
		if last := len(s.word) - 1; r == '\u0303' && last >= 0 && s.word[last] == 'n' {
			s.word = utf8.AppendRune(s.word[:last], 'ñ')
		}
	case s.letters < MaxWordRunes:
		s.word = utf8.AppendRune(s.word, r)
		s.letters++
		s.exotic = s.exotic || r > unicode.MaxLatin1
	}
}

// Fold returns the words of text, folded (lower case, without accents, ñ kept, NFC) and with one
// space between them; at most [MaxTextWords]. Folding what is folded changes nothing.
func Fold(text string) string {
	var b strings.Builder
	s := scanner{text: text}
	for n := 0; n < MaxTextWords && s.next(); n++ {
		if n > 0 {
			b.WriteByte(' ')
		}
		b.Write(s.word)
	}
	return b.String()
}

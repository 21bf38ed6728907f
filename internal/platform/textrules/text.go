package textrules

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"agrovet/internal/platform/search"
)

// word is a run of letters, or a run of digits: "450kg" is two.
type word struct {
	text       string // folded
	number     bool
	start, end int    // in the text, in bytes
	gap        string // what stands before it
	sentence   int    // in which it stands
}

// Text is what somebody has written, read once for all rules. It is for one goroutine.
type Text struct {
	text  string // title and content, with each character in its plain form (Unicode NFKC)
	words []word
	steps int // of comparing phrases, so that a test can see that they are bounded
}

// Texts are cut, so that the time is bounded whatever comes.
const (
	maxText  = 200_000 // bytes
	maxWords = 20_000
)

// Read reads a text; its title may be empty. What is behind the first 200,000 bytes or 20,000 words is not
// examined.
func Read(title, content string) *Text {
	text := norm.NFKC.String(clip(title) + "\n" + clip(content))
	s := &Text{text: clip(text)}
	s.read()
	return s
}

// clip cuts to maxText, at the beginning of a character.
func clip(text string) string {
	if len(text) <= maxText {
		return text
	}
	end := maxText
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// read finds the words.
func (s *Text) read() {
	s.words = make([]word, 0, min(maxWords, len(s.text)/5+1))
	last, sentence := 0, 0 // where the last word ended
	for pos := 0; pos < len(s.text) && len(s.words) < maxWords; {
		kind, size := class(s.text[pos:])
		if kind == other || kind == joins {
			pos += size
			continue
		}
		end := wordEnd(s.text, pos+size, kind)
		if folded := fold(s.text[pos:end]); folded != "" {
			gap := s.text[last:pos]
			if strings.ContainsAny(gap, ".!?;\n") {
				sentence++
			}
			s.words = append(s.words, word{folded, kind == digit, pos, end, gap, sentence})
			last = end
		}
		pos = end
	}
}

// wordEnd is where the word ends whose first character, of the kind, stands before pos.
func wordEnd(text string, pos int, kind int) int {
	for pos < len(text) {
		next, size := class(text[pos:])
		if next != kind && next != joins {
			break
		}
		pos += size
	}
	return pos
}

const (
	other  = iota
	joins  // belongs to the character before it, or is not seen at all
	letter // of a word
	digit  // of a number
)

func class(text string) (kind, size int) {
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case r >= '0' && r <= '9':
		return digit, size
	case unicode.IsLetter(r):
		return letter, size
	case unicode.In(r, unicode.M, unicode.Cf):
		return joins, size
	}
	return other, size
}

// fold spares words of plain small letters and digits the work.
func fold(text string) string {
	for i := range len(text) {
		if c := text[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return search.Fold(text)
		}
	}
	return text
}

// piece is the text from one word to another.
func (s *Text) piece(first, last int) string {
	return s.text[s.words[first].start:s.words[last].end]
}

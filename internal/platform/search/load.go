package search

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// The bounds on a file of synonyms.
const (
	maxLineBytes = 4096
	maxClasses   = 10000
	maxClass     = 24 // words of a class
)

// LineError says which line of a file of synonyms is wrong, counted from 1, and why.
type LineError struct {
	Line   int
	Reason string
}

func (e *LineError) Error() string { return fmt.Sprintf("synonyms, line %d: %s", e.Line, e.Reason) }

// Load reads a file of synonyms, UTF-8:
//
//	# from here to the end of the line is a comment
//	papa, patata                      one class per line: each word finds the others
//	caña de azúcar, caña dulce        phrases have up to three words, not counting "de" and the like
//	ave > gallina, pollo, pato        "ave" finds the others; none of them finds "ave" or each other
//	[mx]                              classes below hold in Mexico only
//	chabacano, albaricoque
//	[ar uy py]                        and these in three countries, by ISO 3166-1 code
//	caravana, arete
//	[]                                and these everywhere again
//
// Case, accents and number of a word do not matter. A line has at most 4096 bytes and 24 words, a file
// 10,000 classes.
//
// Errors: *LineError for the first wrong line, or what r returned.
func Load(r io.Reader) (*Synonyms, error) {
	l := loader{synonyms: &Synonyms{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLineBytes)
	for lines.Scan() {
		l.line++
		if err := l.read(lines.Text()); err != nil {
			return nil, err
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return nil, &LineError{l.line + 1, fmt.Sprintf("longer than %d bytes", maxLineBytes)}
	}
	return l.synonyms, lines.Err()
}

type loader struct {
	synonyms  *Synonyms
	countries []string
	line      int
}

func (l *loader) wrong(format string, args ...any) error {
	return &LineError{l.line, fmt.Sprintf(format, args...)}
}

func (l *loader) read(line string) error {
	if !utf8.ValidString(line) {
		return l.wrong("not UTF-8")
	}
	if l.line == 1 {
		line = strings.TrimPrefix(line, "\ufeff") // editors on Windows write it
	}
	line, _, _ = strings.Cut(line, "#")
	line = strings.TrimSpace(line)
	switch {
	case line == "":
		return nil
	case line[0] == '[':
		return l.heading(line)
	default:
		return l.class(line)
	}
}

var headingForm = regexp.MustCompile(`^\[\s*((?i:[a-z]{2})(?:[\s,]+(?i:[a-z]{2}))*)?\s*\]$`)

func (l *loader) heading(line string) error {
	m := headingForm.FindStringSubmatch(line)
	if m == nil {
		return l.wrong("%q: a heading has country codes of two letters, as in [mx] or [ar uy]", line)
	}
	l.countries = strings.Fields(strings.ReplaceAll(strings.ToLower(m[1]), ",", " "))
	return nil
}

func (l *loader) class(line string) error {
	if len(l.synonyms.classes) == maxClasses {
		return l.wrong("more than %d classes", maxClasses)
	}
	c := class{countries: l.countries}
	if head, tail, ok := strings.Cut(line, ">"); ok {
		if strings.ContainsAny(head, ",") || strings.Contains(tail, ">") {
			return l.wrong(`one word, one ">", then what it finds`)
		}
		c.general, line = true, head+","+tail
	}
	for text := range strings.SplitSeq(line, ",") {
		e, err := l.entry(text)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(c.entries, func(o entry) bool { return o.key() == e.key() }) {
			c.entries = append(c.entries, e)
		}
	}
	if n := len(c.entries); n < 2 || n > maxClass {
		return l.wrong("a class has 2 to %d words; here are %d, inflections of one word not counted", maxClass, n)
	}
	l.synonyms.classes = append(l.synonyms.classes, c)
	return nil
}

func (l *loader) entry(text string) (e entry, err error) {
	text = strings.TrimSpace(text)
	s, all := scanner{text: text}, 0
	for ; s.next(); all++ {
		if !isStopword(s.word) {
			e.words = append(e.words, string(s.word))
			e.stems = append(e.stems, Stem(string(s.word)))
		}
	}
	switch n := len(e.words); {
	case all == 0:
		return e, l.wrong("%q: a word is missing between commas", text)
	case n == 0 || n == 1 && all > 1:
		return e, l.wrong(`%q: only words such as "de" or "con" are left out, and nothing or one word remains`, text)
	case n > maxPhrase:
		return e, l.wrong("%q: a phrase has up to %d words", text, maxPhrase)
	}
	return e, nil
}

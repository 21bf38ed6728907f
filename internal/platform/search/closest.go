package search

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Word is a folded word of a vocabulary and how often it was written.
type Word struct {
	Text string
	N    int64
}

// maxCorrections is how many words may take the place of a mistyped one.
const maxCorrections = 3

// Pieces returns the runs of three letters of a folded word with its ends marked: ^^m, ^ma, mai, aiz,
// iz$, z$$ for "maiz"; each once. Words with a typing error between them share most of them, and two
// words with the same ends share at least those, however short they are. For a text[] column with
// a GIN index. The empty word has none.
func Pieces(word string) []string {
	if word == "" {
		return nil
	}
	r := []rune("^^" + word + "$$")
	var pieces []string
	for i := range len(r) - 2 {
		if p := string(r[i : i+3]); !slices.Contains(pieces, p) {
			pieces = append(pieces, p)
		}
	}
	return pieces
}

// Closest returns the candidates that word was most probably meant to be: those with the fewest
// typing errors, the most frequent first, then by alphabet; at most three. An error is a letter added,
// left out or wrong, or two neighbours swapped. Words of 4 or 5 letters may have one, longer ones two,
// shorter ones and those with digits none. word itself is no candidate.
func Closest(word string, candidates []Word) []Word {
	best, found := allowedErrors(word), []Word(nil)
	for _, c := range candidates {
		if c.Text == word || hasDigit(c.Text) {
			continue
		}
		switch d := distance(word, c.Text, best); {
		case d > best:
		case d < best:
			best, found = d, append(found[:0], c)
		default:
			found = append(found, c)
		}
	}
	if best == 0 {
		return nil
	}
	slices.SortFunc(found, func(a, b Word) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Text, b.Text))
	})
	found = slices.CompactFunc(found, func(a, b Word) bool { return a.Text == b.Text })
	return found[:min(len(found), maxCorrections)]
}

func allowedErrors(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n < 4 || hasDigit(word):
		return 0
	case n < 6:
		return 1
	default:
		return 2
	}
}

func hasDigit(word string) bool {
	return slices.ContainsFunc([]rune(word), unicode.IsDigit)
}

// distance is the Damerau-Levenshtein distance of a and b (optimal string alignment: no letter is
// touched twice), or some number above limit when it is above limit.
func distance(a, b string, limit int) int {
	s, t := []rune(a), []rune(b)
	if d := len(s) - len(t); d > limit || -d > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(t); j++ {
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+differ(s[i-1], t[j-1]))
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(t)]
}

func differ(a, b rune) int {
	if a == b {
		return 0
	}
	return 1
}

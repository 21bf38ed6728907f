package store

import (
	"context"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"agrovet/internal/auth/internal/store/authdb"
)

// Search is what a list is narrowed to: words that must all occur; none means everybody.
type Search struct {
	Words  []string
	Phones bool // look in phone numbers too
}

// fold makes texts comparable for people: José, JOSE and josé are the same.
func fold(s string) string {
	bare := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	folded, _, err := transform.String(bare, s)
	if err != nil {
		folded = s
	}
	return strings.ToLower(folded)
}

// Searchable is the text in which a user's words are looked for.
func Searchable(fullName, lastName, role string) string {
	return fold(fullName + " " + lastName + " " + role)
}

const (
	pieceLength = 3   // as in the index
	numberMark  = "#" // before the pieces of phone numbers
	nearEach    = 50  // users that are looked through for each match that is wanted, before the index is asked
	nearLeast   = 2_000
	nearMost    = 20_000
)

// pieces are what the index must have for a word to occur.
func pieces(word, mark string) (all []string) {
	letters := []rune(word)
	n := min(len(letters), pieceLength)
	for i := 0; i+n <= len(letters); i++ {
		all = append(all, mark+string(letters[i:i+n]))
	}
	return all
}

// terms are a search as the queries take it.
type terms struct{ words, names, numbers []string }

// terms reads every word as a part of a name, and, when the search may, those that look like numbers
// as parts of phone numbers.
func (s Search) terms() (t terms) {
	for _, w := range s.Words {
		word := fold(w)
		t.words, t.names = append(t.words, word), append(t.names, pieces(word, "")...)
		mark := ""
		if s.Phones && strings.Trim(word, "+0123456789") == "" {
			mark = numberMark
		}
		t.numbers = append(t.numbers, pieces(word, mark)...)
	}
	return t
}

// search lists users in whose fields all words occur: first among the next ones, where common words
// are found, then by the index, where rare ones are.
func (s Store) search(ctx context.Context, search Search, span Span) ([]User, error) {
	db, t := s.DB.Q(ctx), search.terms()
	near := min(max(nearLeast, nearEach*(span.Skip+span.Amount)), nearMost)
	found, err := s.q.UserSearchNear(ctx, db, authdb.UserSearchNearParams{After: span.After, Near: int32(near),
		Words: t.words, Phones: search.Phones, Skip: int32(span.Skip), Amount: int32(span.Amount)})
	if err != nil || len(found) == span.Amount {
		return found, err
	}
	return s.q.UserSearch(ctx, db, authdb.UserSearchParams{After: span.After, Names: t.names, Numbers: t.numbers,
		Words: t.words, Phones: search.Phones, Skip: int32(span.Skip), Amount: int32(span.Amount)})
}

func (s Store) searchCount(ctx context.Context, search Search, most int) (int64, error) {
	t := search.terms()
	return s.q.UserSearchCount(ctx, s.DB.Q(ctx), authdb.UserSearchCountParams{Names: t.names, Numbers: t.numbers,
		Words: t.words, Phones: search.Phones, Most: int32(most)})
}

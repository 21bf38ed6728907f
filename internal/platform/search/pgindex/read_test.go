package pgindex

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
	"agrovet/internal/platform/search"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

//go:embed testdata/tables.sql
var tables string

const (
	notes  = 20_000
	apart  = 64 // ids from one note to the next: 32 notes in each of 625 buckets
	wanted = 10 // of which a hundred are few
)

// has says which notes have which words.
var has = map[string]func(i int) bool{
	"odd":     func(i int) bool { return i%2 == 1 },
	"even":    func(i int) bool { return i%2 == 0 || i%3000 == 1 }, // with odd: 7
	"third":   func(i int) bool { return i%3 == 0 },
	"some":    func(i int) bool { return i%150 == 0 }, // 134: neither rare nor frequent
	"rare":    func(i int) bool { return i%2500 == 7 },
	"old":     func(i int) bool { return i < 300 },
	"new":     func(i int) bool { return i > notes-300 },
	"oldish":  func(i int) bool { return i < 2000 && i%2 == 1 },
	"newish":  func(i int) bool { return i > notes-2000 && i%5 == 0 || i < 1000 },
	"nothing": func(int) bool { return false },
}

func id(i int) int64 { return int64(i*apart + 1) }

// newIndex is an index with notes, all counted.
func newIndex(t testing.TB) Index {
	t.Helper()
	db, err := pg.Open(pgtest.Database(t), "public", pg.Options{})
	require.NoError(t, err)
	t.Cleanup(db.Close)
	_, err = db.Q(t.Context()).Exec(t.Context(), tables)
	require.NoError(t, err)
	_, err = db.Q(t.Context()).CopyFrom(t.Context(), pgx.Identifier{"document"}, []string{"id", "terms", "author_id"},
		pgx.CopyFromSlice(notes, func(i int) ([]any, error) {
			return []any{id(i), Bucketed(id(i), terms(wordsOf(i)...)), i % 10}, nil
		}))
	require.NoError(t, err)
	x := Index{DB: db, Documents: "document", ID: "id"}
	require.NoError(t, x.CountNew(t.Context(), countWords))
	_, err = db.Q(t.Context()).Exec(t.Context(), "analyze")
	require.NoError(t, err)
	return x
}

func countWords(_ context.Context, ids []int64) (all []map[string]int, err error) {
	for _, one := range ids {
		words := map[string]int{}
		for _, w := range wordsOf(int(one) / apart) {
			words[w] = 2
		}
		all = append(all, words)
	}
	return all, nil
}

func wordsOf(i int) (all []string) {
	for w, here := range has {
		if here(i) {
			all = append(all, w)
		}
	}
	return all
}

func terms(words ...string) (all []int64) {
	for _, w := range words {
		all = append(all, search.TermOf(w))
	}
	return all
}

// asked is a query with what it means.
type asked struct {
	Query
	matches func(i int) bool
}

func (q asked) and(any ...string) asked {
	before := q.matches
	return asked{Query{q.Groups, q.Must, append(slices.Clone(q.Any), terms(any...))}, func(i int) bool {
		return (before == nil || before(i)) && slices.ContainsFunc(any, func(w string) bool { return has[w](i) })
	}}
}

func word(any ...string) asked { return asked{}.and(any...) }

// must is and, of all the words.
func (q asked) must(all ...string) asked {
	before := q.matches
	return asked{Query{q.Groups, terms(all...), q.Any}, func(i int) bool {
		return before(i) && !slices.ContainsFunc(all, func(w string) bool { return !has[w](i) })
	}}
}

// typed is a group with a phrase: what is typed as one word may be written as two.
func typed(w string, phrase ...string) asked {
	return asked{Query{Groups: []search.Group{{Alternatives: []search.Alternative{{Terms: terms(w)}, {Terms: terms(phrase...)}}}}}, func(i int) bool {
		return has[w](i) || !slices.ContainsFunc(phrase, func(w string) bool { return !has[w](i) })
	}}
}

// TestReadFindsTheNewest compares what is found with what a look at every note finds, whichever way is gone.
func TestReadFindsTheNewest(t *testing.T) {
	x := newIndex(t)
	ways := map[way]bool{}
	for name, q := range map[string]asked{
		"all": {matches: func(int) bool { return true }}, "frequent": word("odd"), "some": word("some"), "rare": word("rare"), "nothing": word("nothing"), "old": word("old"), "new": word("new"),
		"one or the other": word("rare", "old"), "two": word("odd").and("third"), "rare together": word("odd").and("even"), "never together": word("old").and("new"),
		"far apart": word("oldish").and("newish"), "a rare one of two": word("odd").and("rare"), "must": word("odd").must("third", "some"), "phrase": typed("rare", "odd", "even"),
		"phrase and word": typed("some", "odd", "third").and("newish"),
	} {
		for _, below := range []int64{0, id(notes / 2), id(50), 1} {
			for _, author := range []int{-1, 1} {
				t.Run(fmt.Sprintf("%s, below %d, but for %d", name, below, author), func(t *testing.T) {
					expected := []note{}
					for i := notes - 1; i >= 0 && len(expected) < wanted; i-- {
						if q.matches(i) && (below == 0 || id(i) < below) && i%10 != author {
							expected = append(expected, note{id(i), int64(i % 10)})
						}
					}
					l, err := x.first(t.Context(), q.Query, wanted)
					require.NoError(t, err)
					ways[l.way] = true
					found, looks := read(t, x, window(q.Query, below, author))
					require.Equal(t, expected, found)
					require.LessOrEqual(t, looks, 2)
				})
			}
		}
	}
	require.Len(t, ways, 4, "every way was gone")
}

type note struct{ ID, AuthorID int64 }

func window(q Query, below int64, without int) Window {
	return Window{Query: q, Below: below, Most: wanted,
		Columns: func(s *Statement) string { return "d.author_id + " + s.Arg(0) + " as author_id" },
		Where:   func(s *Statement) { s.Add(" and d.author_id <> %s", s.Arg(without)) }}
}

func read(t testing.TB, x Index, w Window) (found []note, looks int) {
	found, err := Read(t.Context(), x, w, func(s *Statement) {
		s.Add(" select id, author_id from matches order by id desc limit %s", s.Arg(1000))
	}, func(rows []note) int {
		looks++
		return len(rows)
	})
	require.NoError(t, err)
	return found, looks
}

func TestReadWithoutDocuments(t *testing.T) {
	x := newIndex(t)
	_, err := x.DB.Q(t.Context()).Exec(t.Context(), "truncate document, term")
	require.NoError(t, err)
	for _, q := range []Query{{}, word("odd").Query} {
		found, _ := read(t, x, window(q, 0, -1))
		require.Empty(t, found)
	}
	require.NoError(t, x.Counted(t.Context(), &Tally{terms: map[int64]int64{search.TermOf("odd"): 1e6}}, 0)) // as if there had been some
	found, _ := read(t, x, window(word("odd").Query, 0, -1))
	require.Empty(t, found)
}

func TestShareCountsWordsAndPhrases(t *testing.T) {
	x := newIndex(t)
	synonyms, err := search.Load(strings.NewReader("fiebre aftosa, glosopeda vírica"))
	require.NoError(t, err)
	groups := search.New(synonyms).Query("fiebre aftosa vacas").Groups // phrases, and a word
	require.Len(t, groups, 2)
	require.Empty(t, groups[0].Any())
	for want, text := range map[float64]string{0: "Se vende tractor", 0.5: "Glosopeda vírica", 1: "Fiebre aftosa de la vaca"} {
		var s Statement
		s.Add("select %s from (select %s::bigint[] as terms) d", s.Share("d.terms", groups), s.Arg(search.New(nil).Text(search.Field{Text: text})))
		var got float64
		require.NoError(t, x.DB.Q(t.Context()).QueryRow(t.Context(), s.Text(), s.Args()...).Scan(&got))
		require.Equal(t, want, got, text)
	}
}

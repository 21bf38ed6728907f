package search

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// table is a Vocabulary in memory that counts what it is asked.
type table struct {
	words                  map[string]int64
	known, prefix, similar int
	err                    error
}

func (v *table) Known(_ context.Context, words ...string) (map[string]int64, error) {
	v.known++
	found := map[string]int64{}
	for _, w := range words {
		if n, ok := v.words[w]; ok {
			found[w] = n
		}
	}
	return found, v.err
}

func (v *table) Prefix(_ context.Context, prefix string, limit int) ([]Word, error) {
	v.prefix++
	return v.top(limit, func(w string) int64 {
		if strings.HasPrefix(w, prefix) {
			return v.words[w]
		}
		return 0
	}), v.err
}

func (v *table) Similar(_ context.Context, pieces []string, limit int) ([]Word, error) {
	v.similar++
	return v.top(limit, func(w string) (shared int64) {
		for _, p := range Pieces(w) {
			if slices.Contains(pieces, p) {
				shared++
			}
		}
		return shared
	}), v.err
}

func (v *table) top(limit int, rank func(string) int64) (found []Word) {
	for w, n := range v.words {
		if rank(w) > 0 {
			found = append(found, Word{w, n})
		}
	}
	slices.SortFunc(found, func(a, b Word) int {
		return cmp.Or(cmp.Compare(rank(b.Text), rank(a.Text)), cmp.Compare(a.Text, b.Text))
	})
	return found[:min(limit, len(found))]
}

func vocabulary() *table {
	return &table{words: map[string]int64{
		"tractor": 9, "tractores": 4, "tractorista": 2, "vaca": 8, "boca": 1, "hilux": 5, "semilla": 6, "semillas": 3,
		"fertilizante": 7, "garrapata": 3, "maiz": 9, "mais": 1, "camioneta": 4, "chacra": 1, "ganado": 3,
	}}
}

func TestComplete(t *testing.T) {
	a := New(Default())
	for _, tt := range []struct {
		q, corrections string
		find, miss     string // texts that the completed query finds, and does not
	}{
		{"trac", "", "tractores nuevos", "camioneta"},
		{"trac ", "", "trac", "tractor"},
		{"tractro hilux", "tractro→tractor", "Hilux y tractor", "hilux"},
		{"baca", "baca→vaca,boca", "ganado", "boda"},
		{"fertilisante ", "fertilisante→fertilizante", "abono", "urea"},
		{"semilas ", "semilas→semillas", "semilla", ""},
		{"garapta", "garapta→garrapata", "garrapatas", ""},
		{"tractoras ", "", "tractor", ""}, // another form of a known word
		{"miaz ", "miaz→maiz", "choclo", ""},
		{"res ", "", "ganado", ""},                // unknown, but a synonym is known
		{"bovino ", "", "vaca", ""},               //
		{"caña dulce ", "", "caña de azucar", ""}, // phrases are not corrected
		{"h1lux xyz ", "", "h1lux xyz", ""},       // digits and short words neither
		{"", "", "anything", ""},
		{"de la", "", "anything", ""},
	} {
		q, corrections, err := a.Complete(context.Background(), vocabulary(), a.Query(tt.q))
		require.NoError(t, err)
		var got []string
		for _, c := range corrections {
			got = append(got, c.Word+"→"+strings.Join(c.Instead, ","))
		}
		require.Equal(t, tt.corrections, strings.Join(got, " "), "%q", tt.q)
		require.True(t, completedFinds(a, q, tt.find), "%q finds %q", tt.q, tt.find)
		require.False(t, tt.miss != "" && completedFinds(a, q, tt.miss), "%q finds %q", tt.q, tt.miss)
	}
}

func completedFinds(a *Analyzer, q Query, text string) bool {
	has := map[int64]bool{}
	for _, term := range a.Text(Field{Text: text}) {
		has[term] = true
	}
	return !slices.ContainsFunc(q.Groups, func(g Group) bool { return !g.satisfied(has) })
}

func TestCompleteAsksLittle(t *testing.T) {
	a, v := New(nil), vocabulary()
	q := a.Query("aaaaaaa bbbbbbb ccccccc ddddddd eeeeeee fff")
	_, corrections, err := a.Complete(context.Background(), v, q)
	require.NoError(t, err)
	require.Empty(t, corrections)
	require.Equal(t, []int{1, 1, 3}, []int{v.known, v.prefix, v.similar})

	v = vocabulary()
	_, _, err = a.Complete(context.Background(), v, a.Query("de la"))
	require.NoError(t, err)
	require.Zero(t, v.known+v.prefix+v.similar)

	_, _, err = New(Default()).Complete(context.Background(), v, New(Default()).Query("caña dulce"))
	require.NoError(t, err)
	require.Zero(t, v.similar, "a phrase that the synonyms know has no typing error")
}

func TestCompleteLeavesItsQueryAlone(t *testing.T) {
	a := New(Default())
	q, same := a.Query("baca trac"), a.Query("baca trac")
	_, _, err := a.Complete(context.Background(), vocabulary(), q)
	require.NoError(t, err)
	require.Equal(t, same, q)
}

func TestCompletionsOfOneQueryAreIndependent(t *testing.T) {
	a := New(Default())
	q := a.Query("tract")
	complete := func(word string) Query {
		c, _, err := a.Complete(context.Background(), &table{words: map[string]int64{word: 1}}, q)
		require.NoError(t, err)
		return c
	}
	q.Groups[0].Alternatives = append(make([]Alternative, 0, 9), q.Groups[0].Alternatives...) // room for one more
	first := complete("tractor")
	complete("tractorista")
	require.Equal(t, []string{"tractor"}, first.Groups[0].Alternatives[1].Words)
}

func TestCompleteReturnsTheVocabularysError(t *testing.T) {
	a, v := New(nil), vocabulary()
	v.err = errors.New("down")
	_, _, err := a.Complete(context.Background(), v, a.Query("trac"))
	require.ErrorIs(t, err, v.err)
}

func TestClosest(t *testing.T) {
	words := func(all ...string) (found []Word) {
		for i, w := range all {
			found = append(found, Word{w, int64(i % 2)})
		}
		return found
	}
	for _, tt := range []struct {
		word       string
		candidates []Word
		want       []Word
	}{
		{"maz", words("maiz"), nil},
		{"maix", words("maiz", "mas"), words("maiz")},
		{"meix", words("maiz"), nil},
		{"miaz", words("maiz"), words("maiz")},
		{"vacnau", words("vacuna"), words("vacuna")},
		{"año1", words("año"), nil},
		{"piña", words("piñas", "pina", "pila"), []Word{{"pina", 1}, {"pila", 0}, {"piñas", 0}}},
		{"tractor", words("tractor"), nil},
		{"tractr", words("tractor", "tracto", "trato"), []Word{{"tracto", 1}, {"tractor", 0}}},
		{"casa", words("caso", "cosa", "caza", "cama", "cara"), []Word{{"cama", 1}, {"cosa", 1}, {"cara", 0}}},
		{"", words("a"), nil},
	} {
		require.Equal(t, tt.want, Closest(tt.word, tt.candidates), tt.word)
	}
}

func TestPieces(t *testing.T) {
	require.Equal(t, []string{"^^m", "^ma", "mai", "aiz", "iz$", "z$$"}, Pieces("maiz"))
	require.Equal(t, []string{"^^ñ", "^ñ$", "ñ$$"}, Pieces("ñ"))
	require.Empty(t, Pieces(""))
}

// edits counts as Closest does, by its definition.
func edits(a, b []rune) int {
	switch {
	case len(a) == 0 || len(b) == 0:
		return len(a) + len(b)
	case a[0] == b[0]:
		return edits(a[1:], b[1:])
	}
	n := 1 + min(edits(a[1:], b), edits(a, b[1:]), edits(a[1:], b[1:]))
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		n = min(n, 1+edits(a[2:], b[2:]))
	}
	return n
}

func TestDistance(t *testing.T) {
	word := rapid.StringOfN(rapid.SampledFrom([]rune("abñ")), 0, 6, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b, limit := word.Draw(t, "a"), word.Draw(t, "b"), rapid.IntRange(0, 6).Draw(t, "limit")
		want := edits([]rune(a), []rune(b))
		if got := distance(a, b, limit); want <= limit {
			require.Equal(t, want, got)
		} else {
			require.Greater(t, got, limit)
		}
	})
}

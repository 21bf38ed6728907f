package search

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Terms are stored: these numbers must never change.
func TestTermsAreStable(t *testing.T) {
	for _, tt := range []struct {
		got, want int64
	}{
		{TermOf("tractor"), termTractor},
		{Trait("condition", "new"), traitNew},
		{InBucket(TermOf("tractor"), 0), termTractor + 1},
		{InBucket(TermOf("tractor"), 41), termTractor + 42},
		{InBucket(InBucket(TermOf("tractor"), 41), 7), termTractor + 8},
		{InBucket(termTractor, Buckets-1), termTractor + Buckets},
		{InBucket(termTractor, Buckets), termTractor + 1},
		{InBucket(termTractor, -1), termTractor + Buckets},
	} {
		require.Equal(t, tt.want, tt.got)
	}
}

const (
	termTractor = 0x2409d804e2000000
	traitNew    = 0x5575ecd7dc000000
)

func TestTermLayout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word, value := rapid.String().Draw(t, "word"), rapid.String().Draw(t, "value")
		bucket := rapid.Int64().Draw(t, "bucket")
		term, trait := TermOf(word), Trait(word, value)
		for _, v := range []int64{term, trait} {
			require.GreaterOrEqual(t, v, int64(0))
			require.Zero(t, v&bucketMask)
			b := InBucket(v, bucket)
			require.Equal(t, v, b&^bucketMask)
			require.NotZero(t, b&bucketMask)
		}
		require.NotEqual(t, term, trait)
		require.Less(t, term, int64(traitBit))
		require.GreaterOrEqual(t, trait, int64(traitBit))
	})
	require.NotEqual(t, Trait("ab", "c"), Trait("a", "bc"))
}

func TestText(t *testing.T) {
	a := New(Default())
	terms := a.Text(Field{Title, "Vendo la vaca"}, Field{Body, "y las vacas, de NPK 10-30-10"})
	var want []int64
	for _, stem := range []string{"vend", "vac", "npk", "10", "30"} {
		want = append(want, TermOf(stem))
	}
	slices.Sort(want)
	require.Equal(t, want, terms)
	require.Empty(t, a.Text())
	require.Empty(t, a.Text(Field{Body, "de la el … 🐄"}))
	require.Equal(t, terms, a.In("mx").Text(Field{Title, "Vendo la vaca"}, Field{Body, "y las vacas, de NPK 10-30-10"}))
}

// Whatever form of a word a text has, every form of it finds the text.
func TestEveryInflectionFindsTheText(t *testing.T) {
	a := New(Default())
	rapid.Check(t, func(t *rapid.T) {
		forms := strings.Fields(rapid.SampledFrom(inflections).Draw(t, "forms"))
		written := rapid.SampledFrom(forms).Draw(t, "written")
		typed := rapid.SampledFrom(forms).Draw(t, "typed")
		around := rapid.SliceOfN(rapid.SampledFrom(strings.Fields(strings.Join(inflections, " "))), 0, 20).Draw(t, "around")
		at := rapid.IntRange(0, len(around)).Draw(t, "at")
		text := strings.Join(slices.Insert(around, at, written), " ")
		require.True(t, finds(a, typed, text), "%s in %s", typed, text)
	})
}

func TestVocabulary(t *testing.T) {
	got := New(nil).Vocabulary(Field{Title, "Tractores y tractores, Ñandú"}, Field{Body, "de 2015 f100 ha sí yo " + strings.Repeat("x", 31)})
	require.Equal(t, map[string]int{"tractores": 2, "ñandu": 1}, got)
}

func TestQuery(t *testing.T) {
	a := New(Default())
	words := func(q string) (all []string) {
		for _, g := range a.Query(q).Groups {
			w := g.Word
			if g.Unfinished {
				w += "…"
			}
			all = append(all, w)
		}
		return all
	}
	for q, want := range map[string][]string{
		"":                           nil,
		"de la":                      nil,
		"Hilux 2015 ":                {"hilux", "2015"},
		"Hilux trac":                 {"hilux", "trac…"},
		"tractor de":                 {"tractor"},
		"vaca vacas VACA ":           {"vaca"},
		"semilla de caña de azúcar":  {"semilla", "caña azucar"},
		"caña azucar barata":         {"caña azucar", "barata…"},
		"pick up":                    {"pick up"},
		"a1 a2 a3 a4 a5 a6 a7 a8 a9": {"a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8"},
	} {
		require.Equal(t, want, words(q), "%q", q)
	}
	g := a.Query("camioneta ").Groups[0]
	require.Equal(t, Alternative{Own, []string{"camioneta"}, []int64{TermOf(Stem("camioneta"))}}, g.Alternatives[0])
	require.Equal(t, []int64{TermOf(Stem("camioneta")), TermOf(Stem("pickup"))}, g.Any())
	require.Equal(t, [][]int64{{TermOf("pick"), TermOf("up")}}, g.Phrases())
}

var hostile = []string{
	"", "\x00", "\xff\xfe", "🐄🐄", "\u202eolleb", "de la", "<b>vaca & \"res\"</b>", strings.Repeat("vaca ", 3000),
	strings.Repeat("x", 100000), strings.Repeat(" ", 100000) + "vaca", strings.Repeat("\u0301", 1000), "caña de azúcar, pick up",
}

func FuzzText(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, s)
	}
	a := New(Default())
	f.Fuzz(func(t *testing.T, title, body string) {
		fields := []Field{{Title, title}, {Body, body}}
		terms := a.Text(fields...)
		require.LessOrEqual(t, len(terms), MaxTextWords)
		require.True(t, slices.IsSorted(terms))
		require.Len(t, slices.Compact(slices.Clone(terms)), len(terms))
		for w := range a.Vocabulary(fields...) {
			require.True(t, utf8.ValidString(w))
			require.LessOrEqual(t, utf8.RuneCountInString(w), 30)
			require.Equal(t, w, Fold(w))
		}
	})
}

func FuzzQuery(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	a := New(Default())
	f.Fuzz(func(t *testing.T, text string) {
		q := a.Query(text)
		require.LessOrEqual(t, len(q.Groups), MaxQueryWords)
		for i, g := range q.Groups {
			require.NotEmpty(t, g.Alternatives)
			require.LessOrEqual(t, len(g.Alternatives), MaxAlternatives)
			require.Equal(t, g.Word, Fold(g.Word))
			require.False(t, g.Unfinished && i < len(q.Groups)-1)
		}
		require.True(t, finds(a, text, text) || len(text) > 10000, "a text finds itself")
		score := a.Score(q, []Field{{Title, text}, {Role(99), text}})
		require.False(t, math.IsNaN(score) || score < 0 || score > 1, "%v", score)
	})
}

func BenchmarkText(b *testing.B) {
	a := New(Default())
	text := strings.Repeat("Vendo tractor Massey Ferguson con arado de discos en buen estado de conservación. ", 8)
	for b.Loop() {
		a.Text(Field{Body, text})
	}
}

func BenchmarkQuery(b *testing.B) {
	a := New(Default())
	for b.Loop() {
		a.Query("vendo camioneta hilux 2015 caña de azúcar")
	}
}

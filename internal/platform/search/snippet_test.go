package search

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestSnippet(t *testing.T) {
	a := New(Default())
	filler := strings.Repeat("palabra ", 40)
	for _, tt := range []struct {
		q, text string
		max     int
		want    string
	}{
		{"vaca", "Vendo vacas, y un toro.", 100, "Vendo <mark>vacas</mark>, y un toro."},
		{"vaca", "Ganado <b>& más</b>", 100, "<mark>Ganado</mark> &lt;b&gt;&amp; más&lt;/b&gt;"},
		{"trac", "dos tractores", 100, "dos <mark>tractores</mark>"},
		{"trac ", "dos tractores", 100, "dos tractores"},
		{"camioneta", "linda pick-up roja", 100, "linda <mark>pick</mark>-<mark>up</mark> roja"},
		{"camioneta", "pick roja up", 100, "pick roja up"},
		{"caña de azúcar", "Caña   de\n\tazúcar", 100, "<mark>Caña</mark> de <mark>azúcar</mark>"},
		{"nada", "uno dos tres cuatro", 9, "uno dos…"},
		{"de", "uno dos tres cuatro", 100, "uno dos tres cuatro"},
		{"toro", "", 100, ""},
		{"toro", " ¡¡ !! ", 100, "¡¡ !!"},
		{"toro", "a\x00b\xffc \u202etoro\u202c", 100, "a b\ufffdc <mark>toro</mark>"},
		{"toro negro", filler + "toro " + filler + "un toro muy negro " + filler, 30, "…un <mark>toro</mark> muy <mark>negro</mark> palabra…"},
		{"maiz", filler + "MAÍZ", 30, "…palabra palabra palabra <mark>MAÍZ</mark>"},
		{"vacunacion", "vacunacio\u0301n hoy", 100, "<mark>vacunacio\u0301n</mark> hoy"},
	} {
		require.Equal(t, tt.want, HTML(a.Snippet(tt.text, a.Query(tt.q), tt.max)), "%q in %q", tt.q, tt.text)
	}
	long := HTML(a.Snippet(filler, a.Query("x"), 0))
	require.InDelta(t, DefaultSnippet, utf8.RuneCountInString(long), 10)
}

func TestCorrectionsAreMarkedToo(t *testing.T) {
	a := New(Default())
	q, _, err := a.Complete(t.Context(), vocabulary(), a.Query("tractro"))
	require.NoError(t, err)
	require.Equal(t, "un <mark>tractor</mark>", HTML(a.Snippet("un tractor", q, 100)))
}

var mark = regexp.MustCompile(`</?mark>`)

func FuzzSnippet(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, "vaca pick up caña", 50)
		f.Add("uno vaca "+s+" res", s, 10)
	}
	a := New(Default())
	f.Fuzz(func(t *testing.T, text, query string, size int) {
		size %= 1000
		parts := a.Snippet(text, a.Query(query), size)
		plain := ""
		for i, p := range parts {
			require.NotEmpty(t, p.Text)
			require.True(t, i == 0 || p.Match != parts[i-1].Match)
			plain += p.Text
		}
		if size <= 0 {
			size = DefaultSnippet
		}
		require.True(t, utf8.ValidString(plain))
		require.LessOrEqual(t, utf8.RuneCountInString(plain), size+slack)
		require.NotContains(t, plain, "\x00")
		rendered := mark.ReplaceAllString(HTML(parts), "")
		require.NotContains(t, rendered, "<")
		require.Equal(t, plain, html.UnescapeString(rendered))
	})
}

func BenchmarkSnippet(b *testing.B) {
	a := New(Default())
	m := a.Matcher(a.Query("tractor usado"))
	text := strings.Repeat("Vendo maquinaria agrícola variada con arado de discos en buen estado. ", 20) + "Tractor usado."
	for b.Loop() {
		m.Snippet(text, 200)
	}
}

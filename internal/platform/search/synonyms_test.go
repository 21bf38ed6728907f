package search

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

func load(t testing.TB, file string) *Synonyms {
	t.Helper()
	s, err := Load(strings.NewReader(file))
	require.NoError(t, err)
	return s
}

// finds tells whether a text is found by a query, as a module's SQL would decide.
func finds(a *Analyzer, query, text string) bool {
	has := map[int64]bool{}
	for _, term := range a.Text(Field{Text: text}) {
		has[term] = true
	}
	for _, g := range a.Query(query).Groups {
		if !g.satisfied(has) {
			return false
		}
	}
	return true
}

func (g Group) satisfied(has map[int64]bool) bool {
	for _, term := range g.Any() {
		if has[term] {
			return true
		}
	}
	for _, phrase := range g.Phrases() {
		all := true
		for _, term := range phrase {
			all = all && has[term]
		}
		if all {
			return true
		}
	}
	return false
}

func TestDefaultSynonyms(t *testing.T) {
	a := New(Default())
	for _, tt := range []struct {
		country, query, text string
		found                bool
	}{
		{"", "vaca", "Vendo ganado", true},
		{"", "ganado bovino", "reses de descarte", true},
		{"", "CHANCHOS", "se venden cerdos", true},
		{"", "maiz", "choclos frescos", true},
		{"", "choclo", "maíz en grano", false},
		{"", "elote", "choclo", true},
		{"", "papas", "patata", true},
		{"", "caraotas", "porotos", true},
		{"", "pick up 4x4", "Camioneta 4x4", true},
		{"", "camioneta", "Pick-up Hilux", true},
		{"", "camioneta", "pick axe", false},
		{"", "caña de azúcar", "caña dulce", true},
		{"", "ave", "pollos", true},
		{"", "pollos", "gallinas", false},
		{"", "vacuna", "ganado vacuno", false},
		{"", "vacuna aftosa", "vacunación contra la fiebre aftosa", true},
		{"", "cosecha", "trilladora", false},
		{"", "desparasitante", "antihelmíntico", true},
		{"", "alambre de puas", "alambre espigado", true},
		{"", "caravana", "aretes", false},
		{"AR", "caravana", "aretes", true},
		{"ar", "hacienda", "ganado", true},
		{"mx", "hacienda", "ganado", false},
		{"mx", "troca", "camioneta", true},
		{"bo", "carpa solar", "invernadero", true},
		{"co", "platano", "banana", false},
		{"pe", "platano", "banana", true},
		{"zz", "vaca", "ganado", true},
	} {
		require.Equal(t, tt.found, finds(a.In(tt.country), tt.query, tt.text), "%v", tt)
	}
}

// Two words with one stem by accident would tie two classes together.
func TestDefaultClassesDoNotOverlapByAccident(t *testing.T) {
	require.GreaterOrEqual(t, len(Default().classes), 60)
	byStem, classOf := map[string]string{}, map[string]entry{}
	for _, c := range Default().classes {
		for _, e := range c.entries {
			for i, w := range e.words {
				other := byStem[e.stems[i]]
				require.True(t, other == "" || canonical(other) == canonical(w) || related(other, w), "%s and %s", other, w)
				byStem[e.stems[i]] = w
			}
			if !c.general && len(c.countries) == 0 {
				require.NotContains(t, classOf, e.key(), "in two classes that hold everywhere")
				classOf[e.key()] = e
			}
		}
	}
}

// related tells whether two words differ in their gender alone.
func related(a, b string) bool { return strings.TrimRight(a, "ao") == strings.TrimRight(b, "ao") }

func TestOperatorsExtendTheSynonyms(t *testing.T) {
	more := load(t, "\ufeff# ours\n\n[BO, pe]\nthola , Leña del altiplano # a bush\n[]\nvaca, milka\n")
	a := New(Default().With(more))
	require.True(t, finds(a.In("bo"), "tholas", "leña de altiplano"))
	require.True(t, finds(a.In("pe"), "leña del altiplano", "thola"))
	require.False(t, finds(a, "thola", "leña altiplano"))
	require.True(t, finds(a, "milka", "vacas"))
	require.True(t, finds(a, "vaca", "milka y res"))
	require.False(t, finds(a, "milka", "res"), "classes are not joined by a word that they share")
	require.False(t, finds(New(Default()), "milka", "vacas"), "With leaves its receiver alone")
	require.False(t, finds(New(nil), "vaca", "res"))
}

func TestWrongLines(t *testing.T) {
	for file, want := range map[string]string{
		"# fine\nvaca":                     "line 2: a class has 2",
		"vaca, vacas":                      "line 1: a class has 2",
		"vaca,,res":                        "line 1: \"\": a word is missing",
		"vaca, res,":                       "a word is missing",
		"a, b, --":                         "line 1",
		"vaca, de la":                      "only words such as",
		"mocho, sin cuernos":               "only words such as",
		"uno1, dos2 tres3 cuatro4 cinco5":  "up to 3 words",
		"[mexico]\n":                       "heading",
		"[mx":                              "heading",
		"vaca, res\n[mx] a, b":             "line 2: \"[mx] a, b\": a heading",
		"ave, aves de corral > pollo":      "one word",
		"ave > pollo > pato":               "one word",
		"ave >":                            "a word is missing",
		"> ave":                            "a word is missing",
		"vaca, r\xffs":                     "not UTF-8",
		"\n\n" + strings.Repeat("x", 9999): "line 3: longer than 4096",
		strings.Repeat("a1,b2,c3,d4,e5,f6,g7,", 1) + "h1,i1,j1,k1,l1,m1,n1,o1,p1,q1,r1,s1,t1,v1,w1,x1,z1,b1": "24 words; here are 25",
	} {
		_, err := Load(strings.NewReader(file))
		var line *LineError
		require.ErrorAs(t, err, &line, "%q", file)
		require.Contains(t, err.Error(), want, "%q", file)
	}
	broken := errors.New("broken")
	_, err := Load(iotest.ErrReader(broken))
	require.ErrorIs(t, err, broken)
}

func FuzzLoad(f *testing.F) {
	f.Add(defaultFile)
	f.Add("[mx]\na1, b2 > c3\n[]\nx , y # z")
	f.Fuzz(func(t *testing.T, file string) {
		s, err := Load(strings.NewReader(file))
		if err != nil {
			var line *LineError
			require.ErrorAs(t, err, &line)
			require.Positive(t, line.Line)
			require.NotEmpty(t, line.Reason)
			return
		}
		a := New(s)
		for _, c := range s.classes {
			q := a.In(append(c.countries, "")[0]).Query(strings.Join(c.entries[0].words, " "))
			require.Len(t, q.Groups, 1, "a word of the file is one group")
			require.LessOrEqual(t, len(q.Groups[0].Alternatives), MaxAlternatives)
		}
	})
}

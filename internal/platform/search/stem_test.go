package search

import (
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// inflections lists, one word a line, what people type for it.
var inflections = []string{
	"vacunación vacunacion vacunaciones Vacunación VACUNACIÓN vacuna vacunas vacunar vacunado vacunada",
	"maíz maiz maíces MAÍZ",
	"semilla semillas", "tractor tractores", "gallina gallinas", "fertilizante fertilizantes",
	"lechón lechon lechones lechona", "becerro becerra becerros becerras", "res reses", "vaca vacas",
	"uva uvas", "ave aves", "pie pies", "ajo ajos", "río rios", "púa púas pua", "vid vides", "pez peces",
	"raíz raices", "lombriz lombrices", "arroz arroces", "dulce dulces", "cruz cruces",
	"calidad calidades", "pared paredes", "collar collares", "taller talleres", "imagen imágenes",
	"orden órdenes", "almacén almacenes", "racimo racimos", "último últimos", "holandés holandesa holandeses holandesas",
	"inglés inglesa ingleses", "ají ajíes ajís", "maní manies manis", "buey bueyes", "ley leyes", "animal animales",
	"frijol frijoles fríjol", "camión camiones camion", "limón limones", "padre padres", "carne carnes",
	"lote lotes", "bosque bosques", "tanque tanques", "base bases", "eje ejes", "jefe jefes", "especie especies",
	"fumigador fumigadora fumigadores fumigadoras", "cosechadora cosechadoras", "productor productora productores",
	"vendo vende venden vender vendemos vendido vendiendo", "alquilo alquila alquilar alquiler alquileres",
	"ganado ganados", "vacuno vacunos", "interés intereses", "mes meses", "gas gases", "país países", "autobús autobuses",
	"piña piñas", "caña cañas", "niño niña niños", "montaña montañas", "pingüino pinguinos", "azúcar azucares",
	"agrónomo agronoma agrónomos", "biología biologia", "veterinario veterinaria veterinarios", "solución soluciones solucion",
}

func TestInflectionsShareAStem(t *testing.T) {
	for _, line := range inflections {
		words := strings.Fields(line)
		for _, w := range words {
			require.Equal(t, Stem(Fold(words[0])), Stem(Fold(w)), "%s and %s", words[0], w)
		}
	}
}

func TestDifferentWordsKeepDifferentStems(t *testing.T) {
	for _, line := range []string{
		"vacuno vacuna", "novillo novilla", "tractor tractorista", "cosecha cosechadora", "fertilizar fertilizante", "ganado gana", "cebada cebo", "granada grano grande",
		"caña cana cañada", "ano año", "sal salida", "pasto pasta", "taller talla", "cama camada", "alambre alambrado",
		"pulga pulgada", "gallo gallina", "papa papaya papel", "pera perro", "mora morrón", "puerco puerto", "casa caza",
		"toro torre", "res red", "leche lechón", "pared parir",
	} {
		seen := map[string]string{}
		for w := range strings.FieldsSeq(line) {
			stem := Stem(Fold(w))
			require.Empty(t, seen[stem], "%s has the stem %s too", w, stem)
			seen[stem] = w
		}
	}
}

// pluralOf forms the plural of a folded noun as the grammar has it.
func pluralOf(w string) string {
	switch last := w[len(w)-1]; {
	case last == 'z':
		return w[:len(w)-1] + "ces"
	case strings.ContainsRune("aeiou", rune(last)):
		return w + "s"
	default:
		return w + "es"
	}
}

func TestPluralsOfEveryWordOfTheSynonymsShareItsStem(t *testing.T) {
	for _, c := range Default().classes {
		for _, e := range c.entries {
			if w := e.words[0]; strings.ContainsRune("aeiounrldzjy", rune(w[len(w)-1])) {
				require.Equal(t, Stem(w), Stem(pluralOf(w)), w)
			}
		}
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "",
		"Maíz Ñandú PINGÜINO":              "maiz ñandu pinguino",
		"hilux 2015":                       "hilux 2015",
		"NPK 10-30-10":                     "npk 10 30 10",
		"4x4, 50kg; m²":                    "4x4 50kg m",
		"1º, 2ª y nº 3":                    "1 2 y n 3",
		"D'Anjou/pera":                     "d anjou pera",
		"man\u0303ana ma\u00f1ana":         "mañana mañana",
		"MAN\u0303ANA":                     "mañana",
		"caf\u0065\u0301":                  "cafe",
		"trac\u00adtor trac\u200dtor":      "tractor tractor",
		"\u202eabc\u202c":                  "abc",
		"a\x00b \xff\xfe c\xc3":            "a b c",
		"🐄vaca🐄":                           "vaca",
		"\u0301\u0303":                     "",
		"Straße İ Å K":                     "straße i a k",
		"각 \u1100\u1161\u11a8":             "각 각",
		"مرحبا ٣":                          "مرحبا ٣",
		strings.Repeat("ñ", 50) + " x":     strings.Repeat("ñ", MaxWordRunes) + " x",
		"n" + strings.Repeat("\u0301", 99): "n",
	} {
		require.Equal(t, want, Fold(text), "%q", text)
	}
	require.Len(t, strings.Fields(Fold(strings.Repeat("a ", 10*MaxTextWords))), MaxTextWords)
}

func TestFoldDoesNotDependOnTheSpelling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.SampledFrom([]rune("aeñnÑáÜü\u0303\u0301\u0323 -1")), 0, 30, -1)).Draw(t, "text")
		folded := Fold(text)
		require.Equal(t, folded, Fold(folded))
		if !strings.ContainsFunc(text, func(r rune) bool { return r > 0x24f && (r < 0x300 || r > 0x36f) }) {
			require.Equal(t, folded, Fold(norm.NFC.String(text)))
			require.Equal(t, folded, Fold(norm.NFD.String(text)))
		}
	})
}

func FuzzStem(f *testing.F) {
	for _, line := range inflections {
		f.Add(line)
	}
	f.Add("aciones amente logias ucion mente adora iendose es s ies eses zez")
	f.Fuzz(func(t *testing.T, text string) {
		folded := Fold(text)
		require.True(t, utf8.ValidString(folded))
		require.Equal(t, folded, Fold(folded))
		for w := range strings.FieldsSeq(folded) {
			stem := Stem(w)
			require.NotEmpty(t, stem)
			require.Equal(t, start([]byte(w)), start([]byte(stem)), "%s → %s", w, stem)
		}
	})
}

func BenchmarkStem(b *testing.B) {
	for b.Loop() {
		Stem("fertilizaciones")
	}
}

// More words than are remembered, from several goroutines, give the stems that they always give.
func TestRememberedStemsAreStems(t *testing.T) {
	m := memo{stems: map[string]string{}}
	var g sync.WaitGroup
	for range 4 {
		g.Go(func() {
			for n := range maxMemo + 1000 {
				word := "vacas" + strconv.FormatInt(int64(n), 36)
				if n%50 == 0 {
					word = []string{"vacas", "terneros", "sembradas", "caña"}[n/50%4]
				}
				if got := m.stemOf([]byte(word)); got != Stem(word) {
					t.Errorf("%s: %s, not %s", word, got, Stem(word))
				}
			}
		})
	}
	g.Wait()
}

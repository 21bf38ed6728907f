package search

import (
	"strings"
	"unicode/utf8"

	"github.com/kljensen/snowball/spanish"
)

// Stem returns the stem of a folded word ([Fold]): what its singular, plural, masculine and feminine
// have in common, and most of the forms of a verb. Words with digits or of other scripts are their
// own stems. The first two letters of a word are those of its stem.
//
// The Spanish Snowball stemmer does most of the work. It is fed so that what people type every day
// ends at one stem, however it is accented:
//
//   - It never sees the writer's accents. Those that it needs ("ión", "logía") are put back first.
//   - Singular and plural are the same word before it sees them: vaca becomes vacas, tractores
//     becomes tractor, maíz and maíces become maic. Snowball alone parts racimo from racimos,
//     calidad from calidades and uva from uvas.
//   - Machines, products and trades keep their ending: cosechadora is not cosecha, fertilizante is
//     not fertilizar, tractorista is not tractor. Fumigador and fumigadora are one word.
//   - Some words are kept whole because their stem would be another word's: vacuno is not vacuna.
func Stem(word string) string {
	if !stemmable(word) {
		return word
	}
	w := canonical(word)
	if s, ok := whole[w]; ok {
		return s
	}
	switch {
	case strings.HasSuffix(w, "adoras"):
		return strings.TrimSuffix(w, "as")
	case strings.HasSuffix(w, "ador"):
		return w
	case strings.HasSuffix(w, "antes") && len(w) > len("xxantes"):
		return strings.TrimSuffix(w, "es")
	case strings.HasSuffix(w, "istas") && len(w) > len("xxistas"):
		return strings.TrimSuffix(w, "as")
	case strings.HasSuffix(w, "ion"):
		w = strings.TrimSuffix(w, "ion") + "ión"
	case strings.HasSuffix(w, "logias"):
		w = strings.TrimSuffix(w, "ias") + "ías"
	}
	return unaccent.Replace(spanish.Stem(w, true))
}

// unaccent removes what Stem has put back.
var unaccent = strings.NewReplacer("ó", "o", "í", "i")

// stemmable tells whether word has three letters or more and only those of Spanish.
func stemmable(word string) bool {
	for _, r := range word {
		if (r < 'a' || r > 'z') && r != 'ñ' {
			return false
		}
	}
	return utf8.RuneCountInString(word) >= 3
}

// canonical returns one form for the singular and the plural of a folded word: the plural of words
// that end in a vowel, the singular of the others, with c for a final z.
func canonical(w string) string {
	w = plural(w)
	for {
		switch {
		case strings.HasSuffix(w, "ies") && w != "ies": // ajíes, series: as ajís
			return strings.TrimSuffix(w, "es") + "s"
		case strings.HasSuffix(w, "z"):
			return strings.TrimSuffix(w, "z") + "c"
		case strings.HasSuffix(w, "esas") && len(w) >= len("inglesas"): // of inglés, holandés
			w = strings.TrimSuffix(w, "as")
		case pluralOfConsonant(w):
			w = strings.TrimSuffix(w, "es")
		default:
			return w
		}
	}
}

// plural adds the s of the plural to nouns and adjectives that end in a vowel. Gerunds, adverbs and
// infinitives with a pronoun, which have none, are left to Snowball.
func plural(w string) string {
	for _, ending := range []string{"ando", "iendo", "yendo", "mente", "rse"} {
		if strings.HasSuffix(w, ending) {
			return w
		}
	}
	if strings.ContainsRune("aeiou", rune(w[len(w)-1])) {
		return w + "s"
	}
	return w
}

// pluralOfConsonant tells whether w without "es" ends in a consonant that ends Spanish words. For
// padres it does so too, which is harmless: padre has become padres.
func pluralOfConsonant(w string) bool {
	s, ok := strings.CutSuffix(w, "es")
	if !ok || utf8.RuneCountInString(s) < 3 || strings.HasSuffix(s, "ant") {
		return false
	}
	return strings.ContainsRune("rnldsjyzc", rune(s[len(s)-1]))
}

// whole has the words that are their own stems, by canonical form.
var whole = func() map[string]string {
	m := map[string]string{}
	for w := range strings.FieldsSeq(`
		alambrado camada cañada cebada ganado granada manada novillo pared pasta pulgada salida
		semen taller vacuno venado`) {
		m[canonical(w)] = w
	}
	m[canonical("alambrada")] = "alambrado"
	return m
}()

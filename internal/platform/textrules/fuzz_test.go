package textrules

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// FuzzExamine looks for texts that break the rules, that they read differently twice, or that cost more
// than their length explains.
func FuzzExamine(f *testing.F) {
	for _, text := range []string{"", "Pago adelantado, cel 7 0 1 2 3 4 5 6", "siete cero y y cero uno", "treinta y", "7o0o1", "\xff\xfe7\xcc\x81", "ﷺ http:/", "+", "@.com", "ana@b.co"} {
		f.Add("Vaca", text)
	}
	f.Fuzz(func(t *testing.T, title, content string) {
		rules := append(slices.Clone(everything), Rule{Code: "repeated", Find: Repeated(len(title)%7, 4)})
		found := rules.Examine(Read(title, content))
		require.Equal(t, found, rules.Examine(Read(title, content)))
		require.Equal(t, alike(title, content), alike(title, content))
		require.LessOrEqual(t, len(found), len(rules))
		for _, one := range found {
			require.LessOrEqual(t, utf8.RuneCountInString(one.Evidence), MaxEvidence)
			require.NotZero(t, one.Fingerprint, one.Rule)
		}
		requireBounded(t, Read(title, content))
	})
}

// requireBounded checks that the work grows with the words, not faster.
func requireBounded(t *testing.T, s *Text) {
	t.Helper()
	for _, r := range everything {
		s.steps = 0
		r.Find(s)
		require.LessOrEqual(t, s.steps, 1000*(len(s.words)+1), r.Code)
	}
}

func TestTheWorkIsBoundedForTheWorstTexts(t *testing.T) {
	for _, text := range []string{"deposito ", "pago ", "antes deposito previo ", "no pide se paga ", "codigo sms que llega ", "7 ", "treinta y ", "a.", "a@", "www", "7o", "ﷺ", "́", "no ", "entra al grupo ", "escribe "} {
		s := Read(text, strings.Repeat(text, 400_000/len(text)))
		requireBounded(t, s)
		require.LessOrEqual(t, len(s.words), maxWords)
		require.LessOrEqual(t, len(s.text), maxText)
	}
}

func BenchmarkExamine(b *testing.B) {
	text := strings.Repeat("Vaca Holstein de segundo parto, sana, vacunada contra aftosa, 18 litros por día, se entrega en finca. ", 4)
	for b.Loop() {
		examine("Vaca lechera Holstein", text)
	}
}

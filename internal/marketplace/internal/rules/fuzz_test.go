package rules

import (
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
	f.Fuzz(func(t *testing.T, title, description string) {
		a := sample{Title: title, Description: description, Alike: len(title) % 7, Price: Price{1, float64(len(description)), "x"}}
		found := examine(a)
		require.Equal(t, found, examine(a))
		require.Equal(t, alike(title, description), alike(title, description))
		require.LessOrEqual(t, len(found), len(Rules))
		for _, one := range found {
			require.LessOrEqual(t, utf8.RuneCountInString(one.Evidence), MaxEvidence)
			require.NotZero(t, one.Fingerprint, one.Rule)
		}
		requireBounded(t, a)
	})
}

// requireBounded checks that the work grows with the words, not faster.
func requireBounded(t *testing.T, a sample) {
	t.Helper()
	s := Read(a.Title, a.Description)
	for _, r := range Rules {
		s.steps = 0
		r.find(advert{s, a.Price, a.Alike})
		require.LessOrEqual(t, s.steps, 1000*(len(s.words)+1), r.Code)
	}
}

func TestTheWorkIsBoundedForTheWorstTexts(t *testing.T) {
	for _, text := range []string{"deposito ", "pago ", "antes deposito previo ", "no pide se paga ", "codigo sms que llega ", "7 ", "treinta y ", "a.", "a@", "www", "7o", "ﷺ", "́", "no "} {
		a := sample{Title: text, Description: strings.Repeat(text, 400_000/len(text))}
		requireBounded(t, a)
		s := Read(a.Title, a.Description)
		require.LessOrEqual(t, len(s.words), maxWords)
		require.LessOrEqual(t, len(s.text), maxText)
	}
}

func BenchmarkExamine(b *testing.B) {
	text := strings.Repeat("Vaca Holstein de segundo parto, sana, vacunada contra aftosa, 18 litros por día, se entrega en finca. ", 4)
	for b.Loop() {
		examine(sample{Title: "Vaca lechera Holstein", Description: text})
	}
}

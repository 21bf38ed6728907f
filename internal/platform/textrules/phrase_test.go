package textrules

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPhrasesAreFoundAndExcused(t *testing.T) {
	cures := Rules{{Code: "miracle_cure", Find: Phrases(`
		Cura|curan .. todo|toda
		# días y sanó`, `
		no cur*`)}}
	for text, want := range map[string]string{
		"Esto CURA en un día todo mal": "CURA en un día todo", "a los 3 dias y sano": "3 dias y sano", "curan toda peste": "curan toda",
		"esto no cura todo": "", "cura. Todo bien": "", "cura uno dos tres cuatro cinco todo": "", "tres días y sanó": "", "": "",
	} {
		found := cures.Examine(Read("", text))
		if want == "" {
			require.Empty(t, found, text)
			continue
		}
		require.Len(t, found, 1, text)
		require.Equal(t, "miracle_cure", found[0].Rule)
		require.Equal(t, want, found[0].Evidence)
	}
}

func TestPhrasesThatNothingCouldMatchArePanics(t *testing.T) {
	for _, list := range []string{"a* b", "x|# y", "pago 50%", "12 vacas", ".. pago", "pago ..", "a .. b .. c .. d", "pago|", "vaca-toro", "*"} {
		require.Panics(t, func() { Phrases("vaca\n"+list, "") }, list)
		require.Panics(t, func() { Phrases("", list) }, list)
	}
	require.NotPanics(t, func() { Phrases("\n\n  ", "") })
}

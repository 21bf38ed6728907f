package pgindex

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/search"
)

// A word with typing errors still has one of the pieces by which the word that was meant is looked for.
func TestTellingPiecesAreLeftByErrors(t *testing.T) {
	for meant, typed := range map[string]string{
		"ivermectina": "ibermetina", "fertilizante": "fertilisamte", "vaquillona": "baquilona", "brucelosis": "bruselocis", "maiz": "mais", "tractor": "tracotr",
		"aguacate": "auacaet", "lechones": "lechoens", "cosechadora": "ocsechadoar", "alpaca": "alapca",
	} {
		common := 0
		for _, p := range telling(search.Pieces(typed)) {
			common += shared([]string{p}, meant)
		}
		require.Positive(t, common, "%s for %s", typed, meant)
	}
	require.Less(t, len(telling(search.Pieces("cosechadora"))), len(search.Pieces("cosechadora")))
}

func TestMarksCountSharedPieces(t *testing.T) {
	require.Zero(t, marks(nil))
	require.Equal(t, marks(search.Pieces("vaca")), marks(search.Pieces("vaca")))
	require.NotEqual(t, marks(search.Pieces("vaca")), marks(search.Pieces("toro")))
}

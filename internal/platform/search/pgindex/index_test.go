package pgindex

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/search"
)

func TestTermsStandTwice(t *testing.T) {
	a, b := search.TermOf("vac"), search.Trait("condition", "new")
	column := Bucketed(5*Bucket+1, []int64{b, a, b})
	require.Len(t, column, 4, "each once as it is, and once in the bucket")
	require.IsIncreasing(t, column)
	require.Contains(t, column, search.InBucket(a, 5))
	require.ElementsMatch(t, []int64{a, b}, Plain(column))
	require.Len(t, column, 4, "what Plain was given stays as it is")
	require.NotNil(t, Bucketed(1, nil))
}

func TestNamesOfTables(t *testing.T) {
	const text = "{documents} {id} {term} {word} {counted} '{}'"
	require.Equal(t, "listing add_id term word counted '{}'", Index{Documents: "listing", ID: "add_id"}.named(text))
	require.Equal(t, "d id comment_term comment_word comment_counted '{}'", Index{Documents: "d", ID: "id", Prefix: "comment_"}.named(text))
}

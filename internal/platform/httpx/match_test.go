package httpx

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMatchVersions(t *testing.T) {
	for header, want := range map[string]int{
		"": 0, "*": 0, `"*"`: 0, "7": 7, `"7"`: 7, ` W/"7" `: 7, "0": -1, "-1": -1, "x": -1, `"7`: 7, "7, 8": -1, "1.0": -1, "99999999999999999999": -1,
	} {
		require.Equal(t, want, MatchParams{IfMatch: header}.Version(), header)
	}
}

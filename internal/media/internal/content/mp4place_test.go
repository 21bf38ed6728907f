package content

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseISO6709(t *testing.T) {
	for text, want := range map[string]*Place{
		"+27.5916+086.5640+8850/": {27.5916, 86.5640},
		"-17.3900-066.1500/":      {-17.39, -66.15},
		"+40-075":                 {40, -75},
		"+00.0000+000.0000/":      nil,
		"+4012-07500/":            nil, // degrees and minutes
		"40-075":                  nil,
		"+40":                     nil,
		"+-":                      nil,
		"+1.2.3+4":                nil,
		"":                        nil,
	} {
		require.Equal(t, want, parseISO6709(text), text)
	}
}

//go:build installed

package stories

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestInstalled tells the stories to the installation that $STORIES describes: JSON of an [Installation].
func TestInstalled(t *testing.T) {
	var in Installation
	require.NoError(t, json.Unmarshal([]byte(os.Getenv("STORIES")), &in))
	Run(t, in)
}

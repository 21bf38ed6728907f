package search

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestScore(t *testing.T) {
	a := New(Default())
	for _, tt := range []struct {
		q      string
		fields []Field
		want   float64
	}{
		{"vaca", []Field{{Title, "Una vaca"}}, 1},
		{"vaca", []Field{{Title, "Vacas"}}, 0.9},
		{"vaca", []Field{{Title, "Ganado"}}, 0.7},
		{"vac", []Field{{Title, "vacantes"}}, 0.5},
		{"vaca", []Field{{Category, "vaca"}}, 0.8},
		{"vaca", []Field{{Attributes, "vaca"}}, 0.6},
		{"vaca", []Field{{Body, "vaca"}}, 0.4},
		{"vaca", []Field{{Body, "vaca"}, {Title, "vacas"}}, 0.9},
		{"vaca", []Field{{Title, "toro"}}, 0},
		{"vaca negra ", []Field{{Title, "vaca negra"}}, 1},
		{"vaca negra ", []Field{{Title, "vaca de la negra"}}, 1},
		{"vaca negra ", []Field{{Title, "negra vaca"}}, 0.8},
		{"vaca negra ", []Field{{Title, "vaca"}, {Body, "negra"}}, 0.8 * 0.7},
		{"vaca negra ", []Field{{Title, "negra"}, {Body, "vaca negra"}}, 0.8*0.7 + 0.2*0.4},
		{"vaca negra ", []Field{{Title, "vaca a1 a2 a3 a4 negra"}}, 0.8},
		{"vaca negra ", []Field{{Title, "vaca"}, {Title, "negra"}}, 0.8},
		{"vaca negra ", []Field{{Title, "a1 vaca"}, {Title, "a1 a2 negra"}}, 0.8},
		{"pick up", []Field{{Title, "Pick up"}}, 1},
		{"pick up", []Field{{Title, "camioneta"}}, 0.7},
		{"pick up", []Field{{Title, "pick de up"}}, 1},
		{"pick up", []Field{{Title, "pick roja up"}}, 0},
		{"caña de azúcar barata ", []Field{{Title, "Caña de azúcar barata"}}, 1},
		{"", []Field{{Title, "vaca"}}, 0},
		{"vaca", nil, 0},
	} {
		require.InDelta(t, tt.want, a.Score(a.Query(tt.q), tt.fields), 1e-9, "%q in %v", tt.q, tt.fields)
	}
	q, _, err := a.Complete(t.Context(), vocabulary(), a.Query("tractro "))
	require.NoError(t, err)
	require.InDelta(t, 0.35, a.Score(q, []Field{{Title, "tractor"}}), 1e-9)
}

// A bounded list of candidates is scored in one go, so a document must cost microseconds.
func BenchmarkScore(b *testing.B) {
	a := New(Default())
	m := a.Matcher(a.Query("tractor usado camioneta"))
	fields := []Field{
		{Title, "Vendo tractor Massey Ferguson 290 usado"},
		{Category, "Maquinaria agrícola"},
		{Body, strings.Repeat("Maquinaria en buen estado, con arado de discos y rastra, papeles al día. ", 15)},
	}
	b.ReportAllocs()
	for b.Loop() {
		m.Score(fields)
	}
}

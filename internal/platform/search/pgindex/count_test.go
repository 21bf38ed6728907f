package pgindex

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/search"
)

func TestCounts(t *testing.T) {
	x, ctx := newIndex(t), t.Context()
	odd, even, nothing := search.TermOf("odd"), search.TermOf("even"), search.TermOf("nothing")
	check := func(odds, evens, last int64) {
		t.Helper()
		n, l, err := x.Counts(ctx, []int64{odd, even, nothing})
		require.NoError(t, err)
		require.Equal(t, map[int64]int64{odd: odds, even: evens}, n)
		require.Equal(t, last, l)
	}
	check(notes/2, notes/2+7, id(notes-1))

	t.Run("nothing is counted twice", func(t *testing.T) {
		require.NoError(t, x.CountNew(ctx, func(context.Context, []int64) ([]map[string]int, error) { panic("of none") }))
		check(notes/2, notes/2+7, id(notes-1))
	})
	t.Run("what fails is counted later", func(t *testing.T) {
		_, err := x.DB.Q(ctx).Exec(ctx, "insert into document values ($1, $2, 0)", id(notes), Bucketed(id(notes), terms("odd")))
		require.NoError(t, err)
		failed := errors.New("away")
		require.ErrorIs(t, x.CountNew(ctx, func(context.Context, []int64) ([]map[string]int, error) { return nil, failed }), failed)
		check(notes/2, notes/2+7, id(notes))
		require.NoError(t, x.CountNew(ctx, countWords))
		check(notes/2+1, notes/2+7, id(notes))
	})
	t.Run("a tally is added", func(t *testing.T) {
		var tally Tally
		tally.Add([]int64{odd, even}, map[string]int{"odd": 3})
		tally.Add([]int64{odd}, nil)
		require.NoError(t, x.Counted(ctx, &tally, id(notes)))
		check(notes/2+3, notes/2+8, id(notes))
	})
}

func TestVocabulary(t *testing.T) {
	x, ctx := newIndex(t), t.Context()
	w := Words{x}
	known, err := w.Known(ctx, "odd", "nothing")
	require.NoError(t, err)
	require.Equal(t, map[string]int64{"odd": notes / 2}, known, "in documents, however often in each")
	words, err := w.Prefix(ctx, "ol", 10)
	require.NoError(t, err)
	require.Equal(t, []search.Word{{Text: "oldish", N: 1000}, {Text: "old", N: 300}}, words)
	words, err = w.Similar(ctx, search.Pieces("oldihs"), 1)
	require.NoError(t, err)
	require.Equal(t, "oldish", words[0].Text)

	query, corrections, err := search.New(nil).Complete(ctx, w, search.New(nil).Query("thrid "))
	require.NoError(t, err)
	require.Equal(t, []search.Correction{{Word: "thrid", Instead: []string{"third"}}}, corrections)
	require.Len(t, query.Groups, 1)
}

package rpc_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/errs"
)

// open asks until nothing is asked any more.
func (f *farm) open(t *testing.T) {
	t.Helper()
	for range 5 {
		_, err := milk.Call(t.Context(), f.client, 1)
		require.ErrorIs(t, err, errAway)
	}
	require.EqualValues(t, 2, f.state(t))
}

func TestTheBreakerOpensAndCloses(t *testing.T) {
	f := setup(t, twice)
	require.EqualValues(t, 0, f.state(t))
	f.wrong.Store(503)
	f.open(t)
	asked := f.asked.Load()
	_, err := double.Call(t.Context(), f.client, 1)
	require.ErrorIs(t, err, errAway)
	require.ErrorIs(t, err, errs.ErrUnavailable)
	require.NotZero(t, errs.As(err).RetryAfter)
	require.Equal(t, asked, f.asked.Load(), "nothing is sent while it is open")

	f.wrong.Store(0)
	require.Eventually(t, func() bool {
		_, err := double.Call(t.Context(), f.client, 1)
		return err == nil && f.state(t) == 0
	}, 10*time.Second, 10*time.Millisecond)
	details, err := f.client.Check(t.Context())
	require.NoError(t, err)
	require.Equal(t, "closed", details["breaker"])
}

func TestTheBreakerOpensWhenNobodyIsThere(t *testing.T) {
	f := setup(t, twice)
	f.server.Close()
	for range 2 { // each tries three times
		_, err := milk.Call(t.Context(), f.client, 1)
		require.ErrorIs(t, err, errAway)
	}
	require.EqualValues(t, 2, f.state(t))
}

func TestAnswersDoNotOpenTheBreaker(t *testing.T) {
	for name, answer := range map[string]error{
		"Conflict": errTaken, "Bug": errors.New("a bug"), "OwnUnavailable": errs.New(errs.Unavailable, "farm.full", "Lleno.", "Full."),
	} {
		f := setup(t, func(context.Context, int) (int, error) { return 0, answer })
		for range 30 {
			_, err := milk.Call(t.Context(), f.client, 1)
			require.Error(t, err)
		}
		require.EqualValues(t, 0, f.state(t), name)
	}
}

func TestUnavailableOnTheOtherSideOpensTheBreaker(t *testing.T) {
	f := setup(t, func(context.Context, int) (int, error) { return 0, errs.ErrUnavailable })
	f.open(t)
}

func TestCallersWhoLeaveDoNotOpenTheBreaker(t *testing.T) {
	f := setup(t, twice)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 30 {
		_, err := milk.Call(ctx, f.client, 1)
		require.ErrorIs(t, err, context.Canceled)
	}
	late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	for range 30 {
		_, err := milk.Call(late, f.client, 1)
		require.ErrorIs(t, err, errAway)
	}
	require.EqualValues(t, 0, f.state(t))
}

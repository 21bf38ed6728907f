package fleet

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestIdleSaysWhatWaits(t *testing.T) {
	var status int
	var body string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	defer s.Close()
	for _, c := range []struct {
		status     int
		body, want string
	}{
		{200, `{"details": {"events": {"feeds": {"auth": {"backlog": 0}}, "subscriptions": {"foro": {"parked": 0}}}}}`, ""},
		{200, `{"details": {"events": {"feeds": {"auth": {"backlog": 3}}}}}`, "3 events wait in auth"},
		{200, `{"details": {"events": {"subscriptions": {"foro": {"parked": 1}}}}}`, "1 events are parked in foro"},
		{503, `{"checks": {"redis": "down"}}`, "redis:down"},
		{200, `no JSON`, "invalid character"},
	} {
		status, body = c.status, c.body
		if err := Idle(t.Context(), s.URL); c.want == "" {
			require.NoError(t, err)
		} else {
			require.ErrorContains(t, err, c.want)
		}
	}
}

func TestSettlesWhenNothingWaitsThreeTimesInARow(t *testing.T) {
	waits := errors.New("one event waits")
	answers := []error{nil, nil, waits, nil, nil, nil}
	require.NoError(t, Settle(t.Context(), func(context.Context) error {
		defer func() { answers = answers[1:] }()
		return answers[0]
	}))
	require.Empty(t, answers)
	ctx, cancel := context.WithCancel(t.Context())
	looks := 0
	require.ErrorIs(t, Settle(ctx, func(context.Context) error {
		if looks++; looks == 2 {
			cancel()
			return ctx.Err()
		}
		return waits
	}), waits, "the end of the time is not the reason")
}

func TestWhatIsTemporaryStaysWhenItFails(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var dir string
	went := func(err error) error {
		return Temporary("test", func(f *Fleet) error { dir = f.Dir; return err })
	}
	require.NoError(t, went(nil))
	require.NoDirExists(t, dir)
	failure := errors.New("it fails")
	require.ErrorIs(t, went(failure), failure)
	require.DirExists(t, dir)
}

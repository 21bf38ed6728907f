package rpc_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/labstack/echo/v5"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/rpc"
)

func TestAQuestionIsAnswered(t *testing.T) {
	var who authn.Principal
	f := setup(t, func(ctx context.Context, n int) (int, error) {
		who, _ = authn.From(ctx)
		return 2 * n, nil
	})
	got, err := double.Call(t.Context(), f.client, 21)
	require.NoError(t, err)
	require.Equal(t, 42, got)
	require.Equal(t, authn.Principal{Service: "village"}, who)
	seconds := f.family(t, "agrovet_rpc_seconds")
	require.Len(t, seconds, 1)
	require.EqualValues(t, 1, seconds[0].GetHistogram().GetSampleCount())
}

func TestBytesFollowTheInput(t *testing.T) {
	f := setup(t, twice)
	hay := strings.Repeat("hay\n{}", 1<<18)
	got, err := feed.Send(t.Context(), f.client, "Lola\nthe cow", strings.NewReader(hay), int64(len(hay)))
	require.NoError(t, err)
	require.Equal(t, "Lola\nthe cow eats "+hay, got)
	got, err = feed.Send(t.Context(), f.client, "Lola", bytes.NewReader(nil), 0)
	require.NoError(t, err)
	require.Equal(t, "Lola eats ", got)
}

func TestErrorsKeepWhatTheyAre(t *testing.T) {
	f := setup(t, func(context.Context, int) (int, error) {
		return 0, errTaken.After(7 * time.Second).Wrap(errors.New("password hunter2"))
	})
	_, err := double.Call(t.Context(), f.client, 1)
	require.ErrorIs(t, err, errTaken)
	require.NotErrorIs(t, err, errs.ErrUnavailable)
	require.NotContains(t, err.Error(), "hunter2", "causes stay where they happened")
	told := errs.As(err)
	require.Equal(t, errTaken.After(7*time.Second), told)
	require.EqualValues(t, 1, f.asked.Load(), "an answer is not asked for again")
}

func TestOurOwnFaultsAreTheCallersError(t *testing.T) {
	f := setup(t, func(context.Context, int) (int, error) { return 0, errors.New("a bug") })
	_, err := double.Call(t.Context(), f.client, 1)
	require.ErrorIs(t, err, errs.ErrInternal)
}

func TestOthersAreTurnedAway(t *testing.T) {
	f := setup(t, twice)
	for name, header := range map[string]string{
		"Nobody": "", "Member": "Token ana", "Stranger": "Token eve", "WrongSecret": "Service village:0000",
		"NoSecret": "Service village:", "JustTheScheme": "Service", "RawSecret": "Service village:" + secret, "NoName": "Service :x",
	} {
		for _, m := range []string{"double", "milk", "feed"} {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.server.URL+rpc.Path+"farm/"+m+"/", strings.NewReader("1\n"))
			require.NoError(t, err)
			if header != "" {
				req.Header.Set("Authorization", header)
			}
			res, err := http.DefaultClient.Do(req)
			require.NoError(t, err)
			require.NoError(t, res.Body.Close())
			want := http.StatusUnauthorized
			if name == "Member" {
				want = http.StatusForbidden
			}
			require.Equal(t, want, res.StatusCode, "%s asks %s", name, m)
		}
	}
}

func TestAWrongSecretIsNotTheUsersFault(t *testing.T) {
	f := setup(t, twice, func(c *rpc.Config) { c.Secret = "another secret" })
	_, err := double.Call(t.Context(), f.client, 1)
	require.ErrorIs(t, err, errAway)
	require.ErrorIs(t, err, errs.ErrUnavailable)
	require.NotErrorIs(t, err, errs.ErrTokenInvalid)
	require.EqualValues(t, 1, f.asked.Load(), "asking again would not help")
}

func TestReadsAreAskedAgain(t *testing.T) {
	for _, status := range []int32{502, 503, 504} {
		f := setup(t, twice)
		f.wrong.Store(status)
		_, err := double.Call(t.Context(), f.client, 1)
		require.ErrorIs(t, err, errAway)
		require.EqualValues(t, 3, f.asked.Load())
		_, err = milk.Call(t.Context(), f.client, 1)
		require.ErrorIs(t, err, errAway)
		require.EqualValues(t, 4, f.asked.Load(), "what is not safe to ask twice is not")
	}
	f := setup(t, twice)
	f.wrong.Store(500)
	_, err := double.Call(t.Context(), f.client, 1)
	require.ErrorIs(t, err, errAway)
	require.EqualValues(t, 1, f.asked.Load())
}

func TestACutConnectionIsTriedAgainOnlyWhenSafe(t *testing.T) {
	var calls atomic.Int32
	f := setup(t, func(context.Context, int) (int, error) {
		if calls.Add(1) == 1 {
			panic(http.ErrAbortHandler) // it has been done, and nobody hears of it
		}
		return int(calls.Load()), nil
	})
	_, err := milk.Call(t.Context(), f.client, 1)
	require.ErrorIs(t, err, errAway)
	require.EqualValues(t, 1, calls.Load())
	calls.Store(0)
	got, err := double.Call(t.Context(), f.client, 1)
	require.NoError(t, err)
	require.Equal(t, 2, got)
}

func TestAFileIsSentOnce(t *testing.T) {
	f := setup(t, twice)
	f.wrong.Store(503)
	_, err := feed.Send(t.Context(), f.client, "Lola", strings.NewReader("hay"), 3)
	require.ErrorIs(t, err, errAway)
	require.EqualValues(t, 1, f.asked.Load())
}

func TestTheDeadlineGoesAlong(t *testing.T) {
	left := make(chan time.Duration, 3)
	f := setup(t, func(ctx context.Context, _ int) (int, error) {
		end, _ := ctx.Deadline()
		left <- time.Until(end)
		return 0, nil
	})
	_, err := double.Call(t.Context(), f.client, 1)
	require.NoError(t, err)
	require.LessOrEqual(t, <-left, 5*time.Second, "the client's timeout")
	_, err = double.WithTimeout(time.Second).Call(t.Context(), f.client, 1)
	require.NoError(t, err)
	require.LessOrEqual(t, <-left, time.Second, "the method's")
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	_, err = double.Call(ctx, f.client, 1)
	require.NoError(t, err)
	require.LessOrEqual(t, <-left, 2*time.Second, "the caller's")
}

func TestASlowAnswerIsGivenUpOnBothSides(t *testing.T) {
	ended := make(chan struct{})
	f := setup(t, func(ctx context.Context, _ int) (int, error) {
		<-ctx.Done()
		close(ended)
		return 0, ctx.Err()
	})
	_, err := milk.WithTimeout(100*time.Millisecond).Call(t.Context(), f.client, 1)
	require.ErrorIs(t, err, errAway)
	<-ended
}

func TestTheRequestsIDGoesAlong(t *testing.T) {
	f := setup(t, twice)
	s, err := httpx.New(httpx.Config{})
	require.NoError(t, err)
	s.Raw(http.MethodGet, "/page/", httpx.Anyone, func(c *echo.Context) error {
		n, err := double.Call(c.Request().Context(), f.client, 1)
		if err != nil {
			return err
		}
		return c.JSON(http.StatusOK, n)
	})
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/page/", http.NoBody)
	r.Header.Set("X-Request-Id", "page-17")
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	require.Equal(t, http.StatusOK, w.Code, w.Body)
	require.Equal(t, "page-17", f.last.Load().Header.Get("X-Request-Id"))
}

func TestTheTraceGoesAlong(t *testing.T) {
	before, propagator := otel.GetTracerProvider(), otel.GetTextMapPropagator()
	provider := sdktrace.NewTracerProvider()
	otel.SetTracerProvider(provider)
	otel.SetTextMapPropagator(propagation.TraceContext{})
	t.Cleanup(func() { otel.SetTracerProvider(before); otel.SetTextMapPropagator(propagator) })
	f := setup(t, twice, func(c *rpc.Config) { c.Trace = true })
	ctx, span := provider.Tracer("test").Start(t.Context(), "page")
	defer span.End()
	_, err := double.Call(ctx, f.client, 1)
	require.NoError(t, err)
	require.Contains(t, f.last.Load().Header.Get("Traceparent"), trace.SpanContextFromContext(ctx).TraceID().String())
}

func TestSizesAreBounded(t *testing.T) {
	f := setup(t, twice)
	_, err := feed.Call(t.Context(), f.client, strings.Repeat("x", 2<<20))
	require.Error(t, err)
	require.Equal(t, "rpc.input", errs.As(err).Code)
	_, err = feed.Send(t.Context(), f.client, strings.Repeat("x", 20<<10), strings.NewReader("hay"), 3)
	require.Equal(t, "rpc.input", errs.As(err).Code)
	require.Zero(t, f.asked.Load())
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.server.URL+rpc.Path+"farm/double/", strings.NewReader(strings.Repeat(" ", 2<<20)+"1"))
	require.NoError(t, err)
	req.Header.Set("Authorization", httpx.ServiceCredential("village", secret))
	res, err := http.DefaultClient.Do(req)
	if err == nil {
		require.NoError(t, res.Body.Close())
		require.Equal(t, http.StatusBadRequest, res.StatusCode)
	}
	_, err = feed.Send(t.Context(), f.client, "Lola", io.NewSectionReader(strings.NewReader("hay"), 0, 2), 3)
	require.ErrorIs(t, err, errAway, "a file that is shorter than it says")
}

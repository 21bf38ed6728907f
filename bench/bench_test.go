package main

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestQuantile(t *testing.T) {
	require.Equal(t, 2.0, median([]float64{3, 1, 2}))
	require.Equal(t, 1.0, median([]float64{2, 1}))
	require.Equal(t, 99, quantile(upTo(100), 0.99))
	require.Equal(t, 100, quantile(upTo(100), 1))
	require.Zero(t, median(nil))
}

func upTo(n int) (all []int) {
	for i := range n {
		all = append(all, i+1)
	}
	return all
}

func TestTableSaysWhatIsMissed(t *testing.T) {
	var out bytes.Buffer
	fine := row{what: "fine", rounds: []float64{0.5, 0.7, 0.9}, limit: atLeast(0.7)}
	slow := row{what: "slow", rounds: []float64{101}, unit: " ms", limit: atMost(100)}
	free := row{what: "free", rounds: []float64{7}}
	require.NoError(t, printTable(&out, []row{fine, free}))
	require.Contains(t, out.String(), "0.70 (0.50–0.90)  ≥ 0.7  ok")
	require.NotContains(t, out.String(), "MISSED")
	require.ErrorIs(t, printTable(&out, []row{fine, slow, free}), errMissed)
	require.Contains(t, out.String(), "≤ 100 ms  MISSED")
}

func TestTurnsChangeWhoBegins(t *testing.T) {
	var order string
	side := func(name string, rate float64) func() (float64, error) {
		return func() (float64, error) { order += name; return rate, nil }
	}
	d, err := byTurns(3, side("a", 3), side("b", 4))
	require.NoError(t, err)
	require.Equal(t, "abbaab", order)
	require.Equal(t, duel{3, 4, []float64{0.75, 0.75, 0.75}}, d)
	broken := errors.New("broken")
	_, err = byTurns(1, side("a", 3), func() (float64, error) { return 0, broken })
	require.ErrorIs(t, err, broken)
}

func TestStatementsThatComeWithEveryRequest(t *testing.T) {
	entry := "@agrovet/auth@41 LOG:  execute stmtcache_1: -- name: UserByID :one\n\tSELECT  id\n\tfrom users where id = $1\n" +
		"@agrovet/auth@41 DETAIL:  parameters: $1 = '1'\n@bare/auth@41 LOG:  execute <unnamed>: select 2\n"
	log := strings.Repeat(entry, samples) + "@agrovet/auth@41 LOG:  statement: select 'now and then'\n"
	require.Equal(t, []string{"auth: select id from users where id = $1"}, perRequest(log, "agrovet/"))
	require.Equal(t, []string{"auth: select 2"}, perRequest(log, "bare/"))
	require.Equal(t, []string{"auth: select id from users where id = $1", "auth: select id from users where id = $1"},
		perRequest(log+log, "agrovet/"))
}

// server answers /health/ with a body, everything else with 429.
func server(t *testing.T) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/health/" {
			w.WriteHeader(http.StatusTooManyRequests)
		}
		_, _ = w.Write([]byte(r.Header.Get("Authorization") + "."))
	}))
	t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

func TestClientReadsAnswersOneAfterTheOther(t *testing.T) {
	c, err := dial(t.Context(), server(t), time.Minute)
	require.NoError(t, err)
	defer c.close()
	for _, token := range []string{"first", ""} {
		status, err := c.do(get("/health/", token))
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, status)
		require.Equal(t, map[bool]string{true: "Token first.", false: "."}[token != ""], string(c.body))
	}
	status, err := c.do(post("/elsewhere/", map[string]string{"a": "b"}))
	require.NoError(t, err)
	require.Equal(t, http.StatusTooManyRequests, status)
}

func TestLoad(t *testing.T) {
	l := load{address: server(t), conns: 3, span: time.Minute, most: 30, request: func(int) []byte { return get("/health/", "") }}
	r, err := l.run(t.Context())
	require.NoError(t, err)
	require.Len(t, r.latencies, 30)
	require.Positive(t, r.rate)

	l.request = func(int) []byte { return get("/refused/", "") }
	_, err = l.run(t.Context())
	require.ErrorContains(t, err, "status 429")
	l.busy = true
	r, err = l.run(t.Context())
	require.NoError(t, err)
	require.Zero(t, r.rate, "refused answers are no throughput")
}

func TestPacedLoadKeepsItsRate(t *testing.T) {
	l := load{address: server(t), conns: 2, rate: 100, span: 500 * time.Millisecond, request: func(int) []byte { return get("/health/", "") }}
	r, err := l.run(t.Context())
	require.NoError(t, err)
	require.InDelta(t, 50, len(r.latencies), 2)
}

func TestWhatTheProductExecutedIsRead(t *testing.T) {
	log := "\n@agrovet/marketplace@41 LOG:  statement: begin\n@agrovet/auth@41 LOG:  execute stmtcache_1: -- name: UserByID :one\n\tselect id\n\tfrom users where id = $1 and name = $2\n" +
		"@agrovet/auth@41 DETAIL:  parameters: $1 = '1', $2 = 'O''Higgins, $3 = ''x''', $3 = NULL\n@bare/auth@41 LOG:  execute <unnamed>: select 2\n@bare/auth@41 DETAIL:  parameters: $1 = '9'\n"
	all := entries(log)
	require.Len(t, all, 2)
	require.Equal(t, heard{Schema: "marketplace", SQL: "begin", by: "41"}, all[0])
	require.Equal(t, "auth", all[1].Schema)
	require.Equal(t, "-- name: UserByID :one\nselect id\nfrom users where id = $1 and name = $2", all[1].SQL)
	require.Equal(t, []*string{new("1"), new("O'Higgins, $3 = 'x'"), nil}, all[1].Values)
}

func TestViewsAreNoDifference(t *testing.T) {
	body := map[string]any{"results": []any{map[string]any{"id": 1, "views": 3}}, "views": 2}
	withoutViews(body)
	require.Equal(t, map[string]any{"results": []any{map[string]any{"id": 1}}}, body)
}

func TestWhatAnotherRequestHasInsteadIsRenewed(t *testing.T) {
	const event = "0198f2a4-5b1c-7d3e-8f90-123456789012"
	r := replay{Varying: []string{"145", "9000"}, Created: "77000", Key: "\\xabc"}
	texts := []*string{new("145"), nil, new("{145,20,9000}"), new("1450"), new(`{"comment_id": 77000, "post_id":9000, "at": "2026-11-26T07:45:145Z"}`), new(event), new("\\xabc"), new("")}
	by := renewal{varying: []string{"146", "9001"}, created: "77001", key: "k"}
	args := by.all(r.prepare(heard{Values: texts}))
	require.Equal(t, "146", args[0])
	require.Equal(t, (*string)(nil), args[1])
	require.Equal(t, "{146,20,9001}", args[2])
	require.Equal(t, new("1450"), args[3], "what stays is not made anew")
	require.Equal(t, `{"comment_id": 77001, "post_id":9001, "at": "2026-11-26T07:45:145Z"}`, args[4])
	require.Len(t, args[5], len(event))
	require.NotEqual(t, event, args[5])
	require.Regexp(t, `^\\x[0-9a-f]{64}$`, args[6])
	require.Equal(t, new(""), args[7])
	locks := by.all(r.prepare(heard{SQL: "select pg_advisory_xact_lock(k)", Values: []*string{new("{-632126,145}")}}))
	require.Regexp(t, `^\{\d+,\d+\}$`, locks[0])
	require.NotContains(t, locks[0], "632126")
}

func TestWhatARequestMakesIsFound(t *testing.T) {
	key := "\\xabc"
	w := watched{answer: []byte(`{"id": 77}`), always: []string{": begin", ": commit", ": select names"}, did: []heard{
		{SQL: "begin", by: "2"}, {SQL: "begin", by: "1"}, {SQL: "insert into idempotency_key (user_id, key_hash) values ($1, $2)", Values: []*string{new("1"), &key}, by: "1"},
		{SQL: "commit", by: "2"}, {SQL: "-- name: CommentInsert :one\ninsert", by: "1"}, {SQL: "select names", by: "3"}, {SQL: "select of a job", by: "2"}, {SQL: "commit", by: "1"}, {SQL: "select of the relay", by: "1"}}}
	r, err := w.creating("CommentInsert")
	require.NoError(t, err)
	require.Equal(t, 2, r.Creates)
	require.Equal(t, "77", r.Created)
	require.Equal(t, key, r.Key)
	require.Len(t, r.Statements, 5, "those of a job's transaction and what follows are left out")
	_, err = w.creating("AddInsert")
	require.ErrorContains(t, err, "AddInsert")
}

func TestOnesLikeItAreKnownByTheirPath(t *testing.T) {
	require.Equal(t, "/api/adds/{id}/", ofAny("/api/adds/7/"))
}

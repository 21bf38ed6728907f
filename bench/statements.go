package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
)

// linePrefix begins each entry of PostgreSQL's log with the name of the application and the connection's process.
const linePrefix = "@%a@%p "

// samples is how many equal requests are listened to; what appears less often than that is not part
// of the request.
const samples = 20

// sameWork fails when product and peer do not execute the same statements for a request, or do not
// give the same answer, so that the peer cannot grow stale unnoticed when the product changes.
func (h *house) sameWork(ctx context.Context, product, peer []byte) error {
	if err := h.sameAnswer(ctx, product, peer); err != nil {
		return err
	}
	return h.sameStatements(ctx, func(int) []byte { return product }, func(int) []byte { return peer })
}

// sameStatements is sameWork for requests whose answers differ.
func (h *house) sameStatements(ctx context.Context, product, peer func(n int) []byte) error {
	a, err := h.statements(ctx, h.community.product, "agrovet/", product)
	if err != nil {
		return err
	}
	b, err := h.statements(ctx, h.community.bare, "bare/", peer)
	if err != nil {
		return err
	}
	if len(a) == 0 || !slices.Equal(a, b) {
		return fmt.Errorf("bring the peer (bench/bare*.go) up to date: for one request the product executes\n  %s\nand its peer\n  %s",
			strings.Join(a, "\n  "), strings.Join(b, "\n  "))
	}
	return nil
}

func (h *house) sameAnswer(ctx context.Context, product, peer []byte) error {
	a, err := h.community.product.answer(ctx, product)
	if err != nil {
		return err
	}
	b, err := h.community.bare.answer(ctx, peer)
	withoutViews(a)
	withoutViews(b)
	if err == nil && !reflect.DeepEqual(a, b) {
		err = fmt.Errorf("bring the peer (bench/bare*.go) up to date: the product answers\n  %v\nand its peer\n  %v", a, b)
	}
	return err
}

// withoutViews takes out of adverts and posts how often they were read, which changes with reading them, and what
// is reckoned from it.
func withoutViews(body any) {
	switch body := body.(type) {
	case []any:
		for _, one := range body {
			withoutViews(one)
		}
	case map[string]any:
		for _, name := range []string{"views", "views_count", "relevance_score"} {
			delete(body, name)
		}
		withoutViews(body["results"])
	}
}

// answer is the JSON with which the server answers.
func (p *process) answer(ctx context.Context, request []byte) (body any, err error) {
	c, err := dial(ctx, p.address, 10*time.Second)
	if err != nil {
		return nil, err
	}
	defer c.close()
	status, err := c.do(request)
	if err == nil && status > 299 {
		err = fmt.Errorf("status %d: %.500s", status, c.body)
	}
	if err != nil {
		return nil, err
	}
	err = json.Unmarshal(c.body, &body)
	return body, err
}

// statements are those that a server executes for the requests, sorted, as PostgreSQL's log tells;
// application is how the names of the server's connections begin.
func (h *house) statements(ctx context.Context, p *process, application string, request func(n int) []byte) ([]string, error) {
	text, err := h.logged(ctx, func() error {
		_, err := load{address: p.address, conns: 1, span: 30 * time.Second, most: samples, request: request}.run(ctx)
		return err
	})
	return perRequest(text, application), err
}

// logStatements changes the server's setting and waits until every connection heeds it.
func (h *house) logStatements(ctx context.Context, change string) error {
	err := h.asOwner(ctx, change, "select pg_reload_conf()")
	time.Sleep(200 * time.Millisecond)
	return err
}

// executed finds what an entry of the log says was executed; comments finds those of queries.
var (
	executed = regexp.MustCompile(`(?s)^([^@]*)@\d+ LOG:  (?:execute [^:]*|statement): (.*)$`)
	comments = regexp.MustCompile(`(?m)--.*$`)
)

// perRequest are the statements of the log that came with every one of the requests.
func perRequest(log, application string) (all []string) {
	times := map[string]int{}
	for entry := range strings.SplitSeq("\n"+log, "\n@") {
		if found := executed.FindStringSubmatch(entry); found != nil && strings.HasPrefix(found[1], application) {
			times[in(strings.TrimPrefix(found[1], application), found[2])]++
		}
	}
	for _, s := range slices.Sorted(maps.Keys(times)) {
		for range times[s] / samples {
			all = append(all, s)
		}
	}
	return all
}

// in is a statement in one form, with the schema of whose role executed it.
func in(schema, statement string) string { return schema + ": " + normal(statement) }

// normal is a statement without comments and in one form.
func normal(statement string) string {
	return strings.ToLower(strings.Join(strings.Fields(comments.ReplaceAllString(statement, "")), " "))
}

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
)

// linePrefix begins each entry of PostgreSQL's log with the name of the application.
const linePrefix = "@%a@ "

// samples is how many equal requests are listened to; what appears less often than that is not part
// of the request.
const samples = 20

// sameWork fails when product and peer do not execute the same statements for a request, or do not
// give the same answer, so that the peer cannot grow stale unnoticed when the product changes.
func (h *house) sameWork(ctx context.Context, product, peer []byte) error {
	if err := h.sameAnswer(ctx, product, peer); err != nil {
		return err
	}
	a, err := h.statements(ctx, h.community.product, "agrovet/", product)
	if err != nil {
		return err
	}
	b, err := h.statements(ctx, h.community.bare, "bare/", peer)
	if err != nil {
		return err
	}
	if len(a) == 0 || !slices.Equal(a, b) {
		return fmt.Errorf("bring bench/bareusers.go up to date: for one request the product executes\n  %s\nand its peer\n  %s",
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
	if err == nil && !reflect.DeepEqual(a, b) {
		err = fmt.Errorf("bring bench/bareusers.go up to date: the product answers\n  %v\nand its peer\n  %v", a, b)
	}
	return err
}

// answer is the JSON with which the server answers.
func (p *process) answer(ctx context.Context, request []byte) (body any, err error) {
	c, err := dial(ctx, p.address, 10*time.Second)
	if err != nil {
		return nil, err
	}
	defer c.close()
	if _, err := c.do(request); err != nil {
		return nil, err
	}
	err = json.Unmarshal(c.body, &body)
	return body, err
}

// statements are those that a server executes for the request, sorted, as PostgreSQL's log tells;
// application is how the names of the server's connections begin.
func (h *house) statements(ctx context.Context, p *process, application string, request []byte) ([]string, error) {
	if err := h.logStatements(ctx, "alter system set log_statement = 'all'"); err != nil {
		return nil, err
	}
	log, err := os.Open(filepath.Join(h.dir, "postgres", "server.log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	if _, err := log.Seek(0, io.SeekEnd); err != nil {
		return nil, err
	}
	asked := load{address: p.address, conns: 1, span: 30 * time.Second, most: samples, request: func(int) []byte { return request }}
	if _, err := asked.run(ctx); err != nil {
		return nil, err
	}
	if err := h.logStatements(ctx, "alter system reset log_statement"); err != nil {
		return nil, err
	}
	text, err := io.ReadAll(log)
	return perRequest(string(text), application), err
}

// logStatements changes the server's setting and waits until every connection heeds it.
func (h *house) logStatements(ctx context.Context, change string) error {
	err := h.asOwner(ctx, change, "select pg_reload_conf()")
	time.Sleep(200 * time.Millisecond)
	return err
}

// executed finds what an entry of the log says was executed; comments finds those of queries.
var (
	executed = regexp.MustCompile(`(?s)^([^@]*)@ LOG:  (?:execute [^:]*|statement): (.*)$`)
	comments = regexp.MustCompile(`(?m)--.*$`)
)

// perRequest are the statements of the log that came with every one of the requests.
func perRequest(log, application string) (all []string) {
	times := map[string]int{}
	for entry := range strings.SplitSeq("\n"+log, "\n@") {
		if found := executed.FindStringSubmatch(entry); found != nil && strings.HasPrefix(found[1], application) {
			words := strings.Fields(comments.ReplaceAllString(found[2], ""))
			times[strings.ToLower(strings.Join(words, " "))]++
		}
	}
	for _, s := range slices.Sorted(maps.Keys(times)) {
		for range times[s] / samples {
			all = append(all, s)
		}
	}
	return all
}

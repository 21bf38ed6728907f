package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// The marketplace and the forum put SQL together while they run, so there is nothing to write down here: the
// product is watched once, and its peer told to execute the same statements whenever it is asked for the same, with
// the same values but those that are another request's. What it answers has the same form and is encoded for each
// request.

// heard is a statement that the product executed.
type heard struct {
	Schema string
	SQL    string
	Values []*string // as texts
	by     string    // the connection's process
}

// replay is what the peer does for a request.
type replay struct {
	Statements []heard
	Varying    []string        // values of the statements that other requests have others for
	Creates    int             // the statement that makes a row; -1: none does
	Created    string          // its id
	Key        string          // the hash of the request's idempotency key
	Answer     json.RawMessage // of the product
}

const replayPath = "/replay/"

// logged is what PostgreSQL logs while do runs.
func (h *house) logged(ctx context.Context, do func() error) (string, error) {
	if err := h.logStatements(ctx, "alter system set log_statement = 'all'"); err != nil {
		return "", err
	}
	log, err := os.Open(filepath.Join(h.dir, "postgres", "server.log"))
	if err != nil {
		return "", err
	}
	defer log.Close()
	if _, err := log.Seek(0, io.SeekEnd); err != nil {
		return "", err
	}
	if err := errors.Join(do(), h.logStatements(ctx, "alter system reset log_statement")); err != nil {
		return "", err
	}
	text, err := io.ReadAll(log)
	return string(text), err
}

var (
	detail    = regexp.MustCompile(`(?s)^agrovet/[^@]*@\d+ DETAIL:  parameters: (.*)$`)
	parameter = regexp.MustCompile(`(?s)^\$\d+ = (NULL|'((?:[^']|'')*)')(?:, )?`)
)

// entries are the statements in a log that the product executed.
func entries(log string) (all []heard) {
	for entry := range strings.SplitSeq("\n"+log, "\n@") {
		if found := executedBy.FindStringSubmatch(entry); found != nil {
			all = append(all, heard{Schema: found[1], by: found[2], SQL: strings.ReplaceAll(strings.TrimSpace(found[3]), "\n\t", "\n")})
		} else if found := detail.FindStringSubmatch(entry); found != nil && len(all) > 0 {
			all[len(all)-1].Values = values(strings.ReplaceAll(strings.TrimSpace(found[1]), "\n\t", "\n"))
		}
	}
	return all
}

var executedBy = regexp.MustCompile(`(?s)^agrovet/([^@]*)@(\d+) LOG:  (?:execute [^:]*|statement): (.*)$`)

// values reads "$1 = 'text', $2 = NULL".
func values(text string) (all []*string) {
	for found := parameter.FindStringSubmatch(text); found != nil; found = parameter.FindStringSubmatch(text) {
		if text = text[len(found[0]):]; found[1] == "NULL" {
			all = append(all, nil)
			continue
		}
		all = append(all, new(strings.ReplaceAll(found[2], "''", "'")))
	}
	return all
}

// teach tells the peer what to do for requests of this kind.
func (h *house) teach(ctx context.Context, of string, r replay) error {
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, "http://"+h.community.bare.address+replayPath+"?of="+url.QueryEscape(of), strings.NewReader(string(body)))
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if said, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusOK {
		return fmt.Errorf("teach the peer %s: %s", of, said)
	}
	return nil
}

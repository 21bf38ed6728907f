package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// watched is a request of which the product was watched.
type watched struct {
	asked  []byte
	did    []heard  // in order; jobs may have done some of it
	always []string // what it executes in the time of each request like this
	answer []byte
}

// ofRequest are the statements that are always executed. missing are those of them that were not.
func (w watched) ofRequest(did []heard) (of []heard, missing []string) {
	missing = slices.Clone(w.always)
	for _, s := range did {
		if i := slices.Index(missing, in(s.Schema, s.SQL)); i >= 0 {
			missing = slices.Delete(missing, i, i+1)
			of = append(of, s)
		}
	}
	return of, missing
}

// watch has the product answer a request when it has nothing else to do.
func (h *house) watch(ctx context.Context, p *process, request func(n int) []byte) (w watched, err error) {
	w.asked = request(samples + 1)
	if w.always, err = h.statements(ctx, p, "agrovet/", request); err != nil {
		return w, err
	}
	if err := h.awaitQuiet(ctx); err != nil {
		return w, err
	}
	text, err := h.logged(ctx, func() error {
		c, err := dial(ctx, p.address, 10*time.Second)
		if err != nil {
			return err
		}
		defer c.close()
		status, err := c.do(w.asked)
		if err == nil && status >= 300 {
			err = fmt.Errorf("status %d: %.300s", status, c.body)
		}
		w.answer = slices.Clone(c.body)
		return err
	})
	w.did = entries(text)
	return w, err
}

// awaitQuiet waits until the product has dealt with what followed from requests: it writes nothing. It waits ten
// seconds at most.
func (h *house) awaitQuiet(ctx context.Context) error {
	conn, err := h.owner(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	before := ""
	for quiet, n := 0, 0; quiet < 3 && n < 100; n++ {
		var at string
		if err := conn.QueryRow(ctx, "select pg_current_wal_insert_lsn()::text").Scan(&at); err != nil {
			return err
		}
		if quiet++; at != before {
			quiet = 0
		}
		before = at
		time.Sleep(100 * time.Millisecond)
	}
	return nil
}

// creating is the replay of a request that makes a row: what the product executed until its transaction was over, with
// what is new each time. What follows, as the relay of its events, is left out.
func (w watched) creating(name string) (r replay, err error) {
	r.Answer = w.answer
	id, err := idOf(w.answer)
	if err != nil {
		return r, err
	}
	r.Created = strconv.FormatInt(id, 10)
	made := slices.IndexFunc(w.did, func(s heard) bool { return strings.Contains(s.SQL, "-- name: "+name+" ") })
	if made < 0 {
		return r, errors.New("nothing was made by " + name)
	}
	first, last := transaction(w.did, made)
	if first < 0 || last < 0 {
		return r, errors.New("there is no transaction with " + name)
	}
	before, _ := w.ofRequest(w.did[:first])
	r.Statements = slices.DeleteFunc(before, bounds)
	for i, s := range w.did[first : last+1] {
		mine := s.by == w.did[made].by
		if !mine && (bounds(s) || !slices.Contains(w.always, in(s.Schema, s.SQL))) { // a job's
			continue
		}
		if first+i == made {
			r.Creates = len(r.Statements)
		}
		if mine && strings.HasPrefix(s.SQL, "insert into idempotency_key") {
			r.Key = *s.Values[1]
		}
		r.Statements = append(r.Statements, s)
	}
	return r, nil
}

// bounds says whether a statement begins or ends a transaction.
func bounds(s heard) bool { return s.SQL == "begin" || s.SQL == "commit" }

// transaction is from where to where that of a statement goes; -1: there is none.
func transaction(all []heard, of int) (first, last int) {
	first, last = -1, -1
	for i, s := range all {
		switch {
		case s.by != all[of].by:
		case i < of && s.SQL == "begin":
			first = i
		case i > of && last < 0 && s.SQL == "commit":
			last = i
		}
	}
	return first, last
}

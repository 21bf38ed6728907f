package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
)

// taught is a replay that is ready.
type taught struct {
	replay
	values [][]value // of each statement
	answer any       // typed, so that encoding it costs what it costs everybody
}

// replays are what the peer does for which requests.
type replays struct {
	mu sync.RWMutex
	of map[string]taught
}

// learn takes a replay in.
func (p *peer) learn(w http.ResponseWriter, r *http.Request) {
	var t taught
	err := json.NewDecoder(r.Body).Decode(&t.replay)
	if err == nil {
		t.answer, err = typed(t.Answer)
	}
	for _, s := range t.Statements {
		t.values = append(t.values, t.prepare(s))
	}
	p.replays.mu.Lock()
	p.replays.of[r.URL.Query().Get("of")] = t
	p.replays.mu.Unlock()
	reply(w, http.StatusOK, nil, err)
}

// typed reads an answer of the product into the type that is written for it, which must have all of it.
func typed(answer []byte) (any, error) {
	for _, form := range slices.Concat(addForms(), foroForms()) {
		d := json.NewDecoder(bytes.NewReader(answer))
		d.DisallowUnknownFields()
		if d.Decode(form) == nil {
			return form, nil
		}
	}
	return nil, fmt.Errorf("bring the types of bench/bareadd.go or bench/bareforo.go up to date with the product's answer: %.300s", answer)
}

// replay answers as it was taught.
func (p *peer) replay(w http.ResponseWriter, r *http.Request) {
	p.replays.mu.RLock()
	t, ok := p.replays.of[kindOf(r, r.URL.RequestURI())]
	if !ok { // of another object
		t, ok = p.replays.of[kindOf(r, ofAny(r.URL.Path))]
	}
	p.replays.mu.RUnlock()
	if !ok {
		http.NotFound(w, r)
		return
	}
	status := http.StatusOK
	if r.Method == http.MethodPost {
		status = http.StatusCreated
		var in map[string]any // a bare handler reads what it gets
		_ = json.NewDecoder(r.Body).Decode(&in)
	}
	err := p.execute(r.Context(), t, renewal{varying: varying(r), key: r.Header.Get("Idempotency-Key")})
	var body []byte
	if err == nil {
		body, err = json.Marshal(t.answer)
	}
	reply(w, status, body, err)
}

// execute executes the statements, those of a transaction on its connection.
func (p *peer) execute(ctx context.Context, t taught, by renewal) (err error) {
	held := map[string]*pgxpool.Conn{}
	defer func() {
		for _, c := range held {
			if err != nil {
				_, _ = c.Exec(context.WithoutCancel(ctx), "rollback")
			}
			c.Release()
		}
	}()
	for i, s := range t.Statements {
		if s.SQL == "begin" {
			if held[s.Schema], err = p.pools[s.Schema].Acquire(ctx); err != nil {
				return err
			}
		}
		first, err := p.statement(ctx, held[s.Schema], s, by.all(t.values[i]))
		if err != nil {
			return fmt.Errorf("%.80s: %w", s.SQL, err)
		}
		switch {
		case i == t.Creates && first != nil:
			by.created = strconv.FormatInt(*first, 10)
		case s.SQL == "commit":
			held[s.Schema].Release()
			delete(held, s.Schema)
		}
	}
	return nil
}

// statement executes one, and returns the first value of its last row if that is a number.
func (p *peer) statement(ctx context.Context, c *pgxpool.Conn, s heard, args []any) (first *int64, err error) {
	query := p.pools[s.Schema].Query
	if c != nil {
		query = c.Query
	}
	rows, err := query(ctx, s.SQL, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	to := destinations(rows.FieldDescriptions())
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return nil, err
		}
		if id, ok := to[0].(**int64); ok {
			first = *id
		}
	}
	return first, rows.Err()
}

// voidOID is the type of functions that return nothing.
const voidOID = 2278

// destinations are variables of the types that a program written for the columns would have.
func destinations(columns []pgconn.FieldDescription) []any {
	to := make([]any, len(columns))
	for i, c := range columns {
		switch c.DataTypeOID {
		case pgtype.Int8OID, pgtype.Int4OID, pgtype.Int2OID:
			to[i] = new(*int64)
		case pgtype.Float8OID:
			to[i] = new(*float64)
		case pgtype.BoolOID:
			to[i] = new(*bool)
		case pgtype.TimestamptzOID:
			to[i] = new(*time.Time)
		case pgtype.JSONBOID, pgtype.ByteaOID, pgtype.UUIDOID:
			to[i] = new([]byte)
		case pgtype.Int8ArrayOID:
			to[i] = new([]int64)
		case pgtype.TextArrayOID, pgtype.VarcharArrayOID:
			to[i] = new([]string)
		case voidOID, pgtype.XID8OID:
			to[i] = nil // not wanted
		default:
			to[i] = new(*string)
		}
	}
	return to
}

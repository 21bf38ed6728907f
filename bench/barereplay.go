package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
)

func urlQuery(s string) string { return url.QueryEscape(s) }

// taught is a replay that is ready.
type taught struct {
	replay
	answer any // typed, so that encoding it costs what it costs everybody
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
	for _, form := range []any{&bareAdds{}, &[]bareAdd{}, &bareAdd{}} {
		if err != nil || t.answer != nil {
			break
		}
		d := json.NewDecoder(bytes.NewReader(t.Answer))
		d.DisallowUnknownFields()
		if d.Decode(form) == nil {
			t.answer = form
		}
	}
	if err == nil && t.answer == nil {
		err = errors.New("bring bareAdd up to date with the product's adverts: " + string(t.Answer[:min(300, len(t.Answer))]))
	}
	p.replays.mu.Lock()
	p.replays.of[r.URL.Query().Get("of")] = t
	p.replays.mu.Unlock()
	reply(w, http.StatusOK, nil, err)
}

// replay answers as it was taught.
func (p *peer) replay(w http.ResponseWriter, r *http.Request) {
	path := r.URL.RequestURI()
	p.replays.mu.RLock()
	t, ok := p.replays.of[r.Method+" "+path]
	last := ""
	if !ok { // of another object
		dir, name := cutLast(path)
		last = name
		t, ok = p.replays.of[r.Method+" "+dir]
	}
	p.replays.mu.RUnlock()
	if !ok {
		http.NotFound(w, r)
		return
	}
	if r.Method == http.MethodPost {
		var in map[string]any // a bare handler reads what it gets
		_ = json.NewDecoder(r.Body).Decode(&in)
		last = r.Header.Get(sellerHeader)
	}
	err := p.execute(r.Context(), t, last, r.Header.Get("Idempotency-Key"))
	var body []byte
	if err == nil {
		body, err = json.Marshal(t.answer)
	}
	status := http.StatusOK
	if r.Method == http.MethodPost {
		status = http.StatusCreated
	}
	reply(w, status, body, err)
}

// cutLast cuts "/api/adds/7/" into "/api/adds/" and "7".
func cutLast(path string) (dir, name string) {
	path = strings.TrimSuffix(path, "/")
	i := strings.LastIndex(path, "/")
	return path[:i+1] + "{id}", path[i+1:]
}

// execute executes the statements, those of a transaction on its connection. Values that are another object's
// each time are replaced: the id in the path, ids of new rows, and keys.
func (p *peer) execute(ctx context.Context, t taught, id, key string) (err error) {
	held := map[string]*pgxpool.Conn{}
	defer func() {
		for _, c := range held {
			if err != nil {
				_, _ = c.Exec(context.WithoutCancel(ctx), "rollback")
			}
			c.Release()
		}
	}()
	made := map[string]string{t.Varying: id}
	if t.Varying == "" {
		made = map[string]string{}
	}
	for _, s := range t.Statements {
		if s.SQL == "begin" {
			if held[s.Schema], err = p.pool(s.Schema).Acquire(ctx); err != nil {
				return err
			}
		}
		if err := p.statement(ctx, held[s.Schema], s, made, key); err != nil {
			return fmt.Errorf("%.80s: %w", s.SQL, err)
		}
		if s.SQL == "commit" {
			held[s.Schema].Release()
			delete(held, s.Schema)
		}
	}
	return nil
}

func (p *peer) statement(ctx context.Context, c *pgxpool.Conn, s heard, made map[string]string, key string) error {
	args := make([]any, len(s.Values))
	for i, v := range s.Values {
		args[i] = v
		if v != nil {
			args[i] = renewed(*v, made, key)
		}
	}
	query := p.pool(s.Schema).Query
	if c != nil {
		query = c.Query
	}
	rows, err := query(ctx, s.SQL, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	to := destinations(rows.FieldDescriptions())
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return err
		}
		if id, ok := to[0].(**int64); ok && strings.Contains(s.SQL, "-- name: AddInsert ") {
			made[createdID] = strconv.FormatInt(**id, 10)
		}
	}
	return rows.Err()
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
		case voidOID, pgtype.XID8OID:
			to[i] = nil // not wanted
		default:
			to[i] = new(*string)
		}
	}
	return to
}

// renewed is the value that takes another's place: keys that must not come twice are new ones.
func renewed(v string, made map[string]string, key string) string {
	if other, ok := made[v]; ok {
		return other
	}
	if v == keyHash {
		sum := sha256.Sum256([]byte(key))
		return "\\x" + hex.EncodeToString(sum[:])
	}
	return uuids.ReplaceAllStringFunc(v, func(string) string { return uuid.Must(uuid.NewV7()).String() })
}

var uuids = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

func (p *peer) pool(schema string) *pgxpool.Pool {
	return map[string]*pgxpool.Pool{"auth": p.auth, "profiles": p.profiles, "media": p.media, "marketplace": p.marketplace}[schema]
}

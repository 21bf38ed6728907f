package httpx

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/semaphore"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

// Idempotency keys (design §6; after the IETF draft "The Idempotency-Key HTTP Header Field").
//
// A write that carries the header runs in one transaction with the row that remembers its answer:
// either both are there or neither. A repeat gets the first answer and Idempotency-Replayed: true.
// The key belongs to the user (not to the session), so it survives a new login, and to the module's
// schema, so it survives restarts and replicas. Answers can hold secrets (a token), so they are
// sealed with the client's key, of which the database has only a hash.

// IdempotencyHeader is the request header with the client's key, 1 to 255 visible characters.
const IdempotencyHeader = "Idempotency-Key"

const replayedHeader = "Idempotency-Replayed"

// Errors of idempotency keys.
var (
	ErrKeyReused = errs.New(errs.Unprocessable, "idempotency_key_reused",
		"Esta Idempotency-Key ya se usó con otra solicitud.", "This Idempotency-Key was already used for another request.")
	ErrKeyInvalid = errs.New(errs.Invalid, "idempotency_key_invalid",
		"La Idempotency-Key debe tener de 1 a 255 caracteres visibles.", "The Idempotency-Key must be 1 to 255 visible characters.")
)

// errRefused rolls the transaction back when the handler answered with an error: a failed try
// leaves no key. The answer goes out all the same.
var errRefused = errors.New("httpx: refused, key not kept")

// answer is a response that was held back until the transaction is committed.
type answer struct {
	Status int         `json:"status"`
	Header http.Header `json:"header"`
	Body   []byte      `json:"body"`
}

// heldContext collects the response instead of sending it.
type heldContext struct {
	humaContext
	held *answer
	buf  *bytes.Buffer
}

func newHeld(ctx huma.Context) *heldContext {
	return &heldContext{ctx, &answer{Header: http.Header{}}, &bytes.Buffer{}}
}

func (c *heldContext) Unwrap() huma.Context            { return c.humaContext }
func (c *heldContext) SetStatus(code int)              { c.held.Status = code }
func (c *heldContext) Status() int                     { return c.held.Status }
func (c *heldContext) SetHeader(name, value string)    { c.held.Header.Set(name, value) }
func (c *heldContext) AppendHeader(name, value string) { c.held.Header.Add(name, value) }
func (c *heldContext) BodyWriter() io.Writer           { return c.buf }
func (c *heldContext) WithContext(ctx context.Context) huma.Context {
	return &heldContext{huma.WithContext(c.humaContext, ctx), c.held, c.buf}
}

func (c *heldContext) answer() *answer {
	c.held.Body = c.buf.Bytes()
	return c.held
}

func (a *answer) send(ctx huma.Context) {
	for k, values := range a.Header {
		for _, v := range values {
			ctx.AppendHeader(k, v)
		}
	}
	ctx.SetStatus(a.Status)
	_, _ = ctx.BodyWriter().Write(a.Body) // the client may be gone: nothing to do about it
}

// idempotency keeps the keys of one module's writes.
type idempotency struct {
	db       *pg.DB
	inFlight keyedMutex
	slots    *semaphore.Weighted
}

// newIdempotency lets writes with keys have half of the module's connections at most. Each holds one
// while its handler may ask another module, whose own such writes may be asking this one: the other
// half answers those questions, so that the two never wait for each other.
func newIdempotency(db *pg.DB) *idempotency {
	slots := int64(1)
	if db != nil {
		slots = max(1, int64(db.Stat().MaxConns())/2)
	}
	return &idempotency{db: db, slots: semaphore.NewWeighted(slots)}
}

// middleware is a part of every write of the module. Requests without the header pass.
func (i *idempotency) middleware(ctx huma.Context, next func(huma.Context)) {
	c, key := humaecho.Unwrap(ctx), ctx.Header(IdempotencyHeader)
	if len(c.Request().Header.Values(IdempotencyHeader)) == 0 {
		next(ctx)
		return
	}
	if key == "" || !validKey(key) { // an empty one protects nobody, though its sender thinks so
		writeProblem(c, ErrKeyInvalid)
		return
	}
	a, replayed, err := i.run(ctx, newTry(ctx, key), next)
	if err != nil {
		writeProblem(c, err)
		return
	}
	if replayed {
		ctx.SetHeader(replayedHeader, "true")
	}
	a.send(ctx)
}

func validKey(key string) bool {
	for _, r := range key {
		if r < '!' || r > '~' {
			return false
		}
	}
	return len(key) <= 255
}

// run answers from the kept row, or runs the handler and keeps its answer.
//
// Repeats that arrive together wait here for each other before they take a connection, so that
// waiting ones cannot use up the pool that the first one needs; those of other processes wait in
// the database, on the row.
func (i *idempotency) run(ctx huma.Context, t try, next func(huma.Context)) (a *answer, replayed bool, err error) {
	unlock, err := i.inFlight.lock(ctx.Context(), string(t.hash)+fmt.Sprint(t.user))
	if err != nil {
		return nil, false, err
	}
	defer unlock()
	if err := i.slots.Acquire(ctx.Context(), 1); err != nil {
		return nil, false, err
	}
	defer i.slots.Release(1)
	info := requestOf(ctx.Context())
	err = i.db.Tx(ctx.Context(), func(txCtx context.Context) error {
		q := i.db.Q(txCtx)
		info.conflict, info.keep = nil, false
		if a, err = t.claim(txCtx, q); a != nil || err != nil {
			replayed = a != nil
			return err
		}
		held := newHeld(huma.WithContext(ctx, txCtx))
		next(held)
		if a = held.answer(); info.conflict != nil {
			return info.conflict
		}
		switch {
		case a.Status < 400:
			return t.keep(txCtx, q, a)
		case info.keep:
			return t.forget(txCtx, q)
		}
		return errRefused
	})
	if errors.Is(err, errRefused) {
		err = nil
	}
	return a, replayed, err
}

// try is one request with a key.
type try struct {
	user        int64
	hash        []byte // of the key
	fingerprint []byte // of method, address, body and files
	seal        cipher.AEAD
}

func newTry(ctx huma.Context, key string) try {
	body, _ := io.ReadAll(ctx.BodyReader()) // held in memory by shapeBody: cannot fail
	print := sha256.New()
	u := ctx.URL()
	fmt.Fprintf(print, "%s %s\n%d\n%s", ctx.Method(), u.RequestURI(), len(body), body)
	FilesOf(ctx.Context()).digest(print)
	fingerprint := print.Sum(nil)
	hash := sha256.Sum256([]byte("agrovet idempotency " + key))
	return try{authn.UserID(ctx.Context()), hash[:], fingerprint, newSeal(key, fingerprint)}
}

// newSeal derives the cipher from what only the client knows: its key and what it sent.
func newSeal(key string, fingerprint []byte) cipher.AEAD {
	secret, err := hkdf.Key(sha256.New, []byte(key), fingerprint, "agrovet idempotency answer", 32)
	if err != nil {
		panic(err) // only for absurd lengths
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		panic(err) // 32 bytes are a valid key
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err)
	}
	return aead
}

// claim inserts the key's row. When it is there already, it returns the answer that it keeps.
func (t try) claim(ctx context.Context, q pg.Querier) (*answer, error) {
	tag, err := q.Exec(ctx, `insert into idempotency_key (user_id, key_hash, fingerprint)
		values ($1, $2, $3) on conflict do nothing`, t.user, t.hash, t.fingerprint)
	if err != nil || tag.RowsAffected() == 1 {
		return nil, err
	}
	var fingerprint, sealed []byte
	err = q.QueryRow(ctx, `select fingerprint, answer from idempotency_key where user_id = $1 and key_hash = $2`,
		t.user, t.hash).Scan(&fingerprint, &sealed)
	if errors.Is(err, pgx.ErrNoRows) { // purged this very moment
		return nil, errs.ErrUnavailable
	}
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(fingerprint, t.fingerprint) {
		return nil, ErrKeyReused
	}
	return t.open(sealed)
}

func (t try) open(sealed []byte) (*answer, error) {
	plain, err := t.seal.Open(nil, nil, sealed, nil)
	if err != nil {
		return nil, fmt.Errorf("open kept answer: %w", err)
	}
	var a answer
	return &a, json.Unmarshal(plain, &a)
}

func (t try) keep(ctx context.Context, q pg.Querier, a *answer) error {
	plain, err := json.Marshal(a)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, `update idempotency_key set status = $3, answer = $4 where user_id = $1 and key_hash = $2`,
		t.user, t.hash, a.Status, t.seal.Seal(nil, nil, plain, nil))
	return err
}

// forget removes the key's row, so that the key can be used again.
func (t try) forget(ctx context.Context, q pg.Querier) error {
	_, err := q.Exec(ctx, `delete from idempotency_key where user_id = $1 and key_hash = $2`, t.user, t.hash)
	return err
}

// keyedMutex is a lock per key.
type keyedMutex struct {
	mu    sync.Mutex
	locks map[string]*keyLock
}

type keyLock struct {
	held chan struct{} // has room for the holder
	refs int
}

// lock waits for the key's lock, at most as long as ctx lives.
func (m *keyedMutex) lock(ctx context.Context, key string) (unlock func(), err error) {
	m.mu.Lock()
	if m.locks == nil {
		m.locks = map[string]*keyLock{}
	}
	l := m.locks[key]
	if l == nil {
		l = &keyLock{held: make(chan struct{}, 1)}
		m.locks[key] = l
	}
	l.refs++
	m.mu.Unlock()
	release := func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		if l.refs--; l.refs == 0 {
			delete(m.locks, key)
		}
	}
	select {
	case l.held <- struct{}{}:
		return func() { <-l.held; release() }, nil
	case <-ctx.Done():
		release()
		return nil, ctx.Err()
	}
}

// PurgeIdempotencyKeys deletes keys older than 30 days, a batch at a time, and says how many.
func PurgeIdempotencyKeys(ctx context.Context, db *pg.DB) (int64, error) {
	tag, err := db.Q(ctx).Exec(ctx, `delete from idempotency_key where (user_id, key_hash) in (
		select user_id, key_hash from idempotency_key
		where created_at < now() - interval '30 days' order by created_at limit 5000)`)
	return tag.RowsAffected(), err
}

// Package password turns passwords into hashes, checks them, and decides which are good enough.
//
// [Hasher] makes argon2id hashes (RFC 9106) in the PHC string form and verifies them and the
// PBKDF2 hashes of the original. One hash takes some 20 ms of a core and 19 MiB, on purpose, so the
// Hasher never does more than a few at a time: the others wait in a short queue (pool.go), and who
// finds the queue full gets [ErrBusy] at once. A flood of logins therefore costs at most Workers
// cores and Workers times the memory, and leaves the rest to people who read.
//
// With Config.Command each worker has a process of low priority compute for it: helper.go is its
// side, child.go what it knows of the process, and serve.go runs there. Without, or where no process
// can be started, it computes itself (request.go).
//
// [Check] is the rule for new passwords (rules.go). Old ones are never checked against it.
//
// Nothing here logs or keeps a password.
package password

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/alexedwards/argon2id"
)

// Errors of a Hasher, beside the context's.
var (
	// ErrBusy says that the queue is full. Nothing was hashed; the caller answers 429.
	ErrBusy = errors.New("password: too many passwords at once")
	// ErrClosed says that the Hasher was closed before the work began.
	ErrClosed = errors.New("password: hasher is closed")
	// ErrHelper says that the process that hashes ended before it answered, and so did the next.
	ErrHelper = errors.New("password: the hashing process ended before it answered")
)

// A Hasher hashes and verifies passwords on a few workers of its own. It is safe for concurrent
// use. Close it to end the workers.
type Hasher struct {
	params  *argon2id.Params
	pool    *pool
	nothing string // a hash that no password is known for
}

// New starts a Hasher's workers. It fails when cfg is out of bounds.
func New(cfg Config) (*Hasher, error) {
	cfg = cfg.withDefaults()
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	params := cfg.Params.full()
	return &Hasher{params: params, nothing: impossible(params), pool: newPool(cfg)}, nil
}

// Close ends the workers and their processes after the hashes they are computing, and waits for
// them. Callers that still wait in the queue, and later ones, get ErrClosed. Closing again does
// nothing.
func (h *Hasher) Close() { h.pool.close() }

// Hash returns password as "$argon2id$v=19$m=19456,t=2,p=1$salt$key" with a fresh salt.
//
// ctx ends the wait for a worker, not the hashing itself.
//
// Errors: ErrBusy, ErrClosed, ErrHelper, the context's.
func (h *Hasher) Hash(ctx context.Context, password string) (encoded string, err error) {
	a, err := h.compute(ctx, request{Password: password, Params: *h.params})
	return a.Encoded, err
}

// Verify tells whether encoded was made from password. needsRehash says, only when ok, that the
// hash is weaker or other than Hash would make it, and that the caller should store a new one.
//
// encoded is what Hash returned or a Django "pbkdf2_sha256$iterations$salt$key". Anything else
// never verifies: nothing at all, "!…" for an unusable password, a password in clear text, a hash
// whose parameters are beyond the bounds of this package. That takes as long as a wrong password
// does, and is no error.
//
// Errors: ErrBusy, ErrClosed, ErrHelper, the context's.
func (h *Hasher) Verify(ctx context.Context, password, encoded string) (ok, needsRehash bool, err error) {
	encoded, other := h.verifiable(encoded)
	a, err := h.compute(ctx, request{Password: password, Encoded: encoded})
	return a.OK, a.OK && other, err
}

// VerifyNothing takes as long as Verify with a hash of the present parameters and always means no.
// Call it for a user who does not exist, so that the time does not tell. (A user whose hash is
// still the original's takes longer, until the first login replaces it.)
//
// Errors: those of Verify.
func (h *Hasher) VerifyNothing(ctx context.Context, password string) error {
	_, _, err := h.Verify(ctx, password, h.nothing)
	return err
}

// compute waits for a worker and has it compute. After an error the answer is empty.
func (h *Hasher) compute(ctx context.Context, r request) (a answer, err error) {
	var failed error
	err = h.pool.do(ctx, func(c computer) { a, failed = c.compute(r) })
	return a, cmp.Or(err, failed)
}

// verifiable returns encoded when it can be computed at a sane cost, and else a hash that nothing
// verifies; other says that Hash would make another kind.
func (h *Hasher) verifiable(encoded string) (_ string, other bool) {
	if _, ok := parseDjango(encoded); ok {
		return encoded, true
	}
	if params, ok := parseArgon(encoded); ok {
		return encoded, *params != *h.params
	}
	return h.nothing, false
}

// impossible returns a hash with a random key: finding its password is as hard as breaking argon2.
func impossible(p *argon2id.Params) string {
	random := make([]byte, p.SaltLength+p.KeyLength)
	_, _ = rand.Read(random) // never fails, see crypto/rand
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", p.Memory, p.Iterations, p.Parallelism,
		b64.EncodeToString(random[:p.SaltLength]), b64.EncodeToString(random[p.SaltLength:]))
}

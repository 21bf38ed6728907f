// Package password turns passwords into hashes, checks them, and decides which are good enough.
//
// [Hasher] makes argon2id hashes (RFC 9106) in the PHC string form and verifies them and the
// PBKDF2 hashes of the original. One hash takes some 20 ms of a core and 19 MiB, on purpose, so the
// Hasher never does more than a few at a time: the others wait in a short queue (pool.go), and who
// finds the queue full gets [ErrBusy] at once. A flood of logins therefore costs at most Workers
// cores and Workers times the memory, and leaves the rest to people who read.
//
// [Check] is the rule for new passwords (rules.go). Old ones are never checked against it.
//
// Nothing here logs or keeps a password.
package password

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"

	"github.com/alexedwards/argon2id"
)

// Errors of a Hasher, beside the context's.
var (
	// ErrBusy says that the queue is full. Nothing was hashed; the caller answers 429.
	ErrBusy = errors.New("password: too many passwords at once")
	// ErrClosed says that the Hasher was closed before the work began.
	ErrClosed = errors.New("password: hasher is closed")
)

// Config says how much a Hasher may use. Zero fields take their defaults.
type Config struct {
	Workers int    // hashes computed at once; defaults to half the CPUs, at least 1
	Queue   int    // callers that may wait for a worker; defaults to 64
	Params  Params // cost of new hashes
}

// Params is the cost of an argon2id hash. Zero fields take the least that OWASP's password storage
// cheat sheet recommends: 19456 KiB, 2 iterations, 1 lane.
type Params struct {
	Memory      uint32 // KiB, from 8 per lane to 262144
	Iterations  uint32 // 1 to 16
	Parallelism uint8  // 1 to 8
}

// withDefaults fills what is zero.
func (c Config) withDefaults() Config {
	if c.Workers == 0 {
		c.Workers = max(1, runtime.NumCPU()/2)
	}
	if c.Queue == 0 {
		c.Queue = 64
	}
	if c.Params.Memory == 0 {
		c.Params.Memory = 19 * 1024
	}
	if c.Params.Iterations == 0 {
		c.Params.Iterations = 2
	}
	if c.Params.Parallelism == 0 {
		c.Params.Parallelism = 1
	}
	return c
}

// validate names the field that is out of bounds.
func (c Config) validate() error {
	switch {
	case c.Workers < 0:
		return fmt.Errorf("password: Workers is %d, must not be negative", c.Workers)
	case c.Queue < 0:
		return fmt.Errorf("password: Queue is %d, must not be negative", c.Queue)
	case !bounded(c.Params.full()):
		return fmt.Errorf("password: Params %+v out of bounds", c.Params)
	}
	return nil
}

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
	return &Hasher{params: params, nothing: impossible(params), pool: newPool(cfg.Workers, cfg.Queue)}, nil
}

// Close ends the workers after the hashes they are computing and waits for them. Callers that
// still wait in the queue, and later ones, get ErrClosed. Closing again does nothing.
func (h *Hasher) Close() { h.pool.close() }

// Hash returns password as "$argon2id$v=19$m=19456,t=2,p=1$salt$key" with a fresh salt.
//
// ctx ends the wait for a worker, not the hashing itself.
//
// Errors: ErrBusy, ErrClosed, the context's.
func (h *Hasher) Hash(ctx context.Context, password string) (encoded string, err error) {
	var failed error
	err = h.pool.do(ctx, func() { encoded, failed = argon2id.CreateHash(password, h.params) })
	return encoded, errors.Join(err, failed)
}

// Verify tells whether encoded was made from password. needsRehash says, only when ok, that the
// hash is weaker or other than Hash would make it, and that the caller should store a new one.
//
// encoded is what Hash returned or a Django "pbkdf2_sha256$iterations$salt$key". Anything else
// never verifies: nothing at all, "!…" for an unusable password, a password in clear text, a hash
// whose parameters are beyond the bounds of this package. That takes as long as a wrong password
// does, and is no error.
//
// Errors: ErrBusy, ErrClosed, the context's, all of them before a worker took the work.
func (h *Hasher) Verify(ctx context.Context, password, encoded string) (ok, needsRehash bool, err error) {
	check := h.checker(encoded)
	err = h.pool.do(ctx, func() { ok, needsRehash = check(password) })
	return ok, needsRehash, err
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

// checker chooses by the form of encoded what to compute.
func (h *Hasher) checker(encoded string) func(password string) (ok, needsRehash bool) {
	if d, ok := parseDjango(encoded); ok {
		return func(password string) (bool, bool) { ok := d.matches(password); return ok, ok }
	}
	params, ok := parseArgon(encoded)
	if !ok {
		encoded, params = h.nothing, h.params
	}
	return func(password string) (bool, bool) {
		ok, err := argon2id.ComparePasswordAndHash(password, encoded)
		return ok && err == nil, ok && *params != *h.params
	}
}

// impossible returns a hash with a random key: finding its password is as hard as breaking argon2.
func impossible(p *argon2id.Params) string {
	random := make([]byte, p.SaltLength+p.KeyLength)
	_, _ = rand.Read(random) // never fails, see crypto/rand
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", p.Memory, p.Iterations, p.Parallelism,
		b64.EncodeToString(random[:p.SaltLength]), b64.EncodeToString(random[p.SaltLength:]))
}

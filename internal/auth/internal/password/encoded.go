package password

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/alexedwards/argon2id"
)

// Bounds of the parameters that a stored hash may ask for. Whoever could write a hash into the
// database must not be able to stop the process with it.
const (
	maxEncoded     = 512    // bytes
	maxMemory      = 262144 // KiB
	maxIterations  = 16
	maxParallelism = 8
	minSalt        = 8 // bytes, RFC 9106 section 3.1
	minKey         = 16
	maxSaltOrKey   = 64

	// Django adds some with each version; 1,500,000 is its most so far.
	maxDjangoIterations = 2_000_000
)

// full adds the lengths of salt and key, which are not configurable.
func (p Params) full() *argon2id.Params {
	return &argon2id.Params{
		Memory: p.Memory, Iterations: p.Iterations, Parallelism: p.Parallelism, SaltLength: 16, KeyLength: 32,
	}
}

// bounded tells whether p can be computed at a sane cost. Zero iterations or lanes would make
// argon2 panic, and an empty key would match every password.
func bounded(p *argon2id.Params) bool {
	return p.Parallelism >= 1 && p.Parallelism <= maxParallelism &&
		p.Iterations >= 1 && p.Iterations <= maxIterations &&
		p.Memory >= 8*uint32(p.Parallelism) && p.Memory <= maxMemory &&
		p.SaltLength >= minSalt && p.SaltLength <= maxSaltOrKey &&
		p.KeyLength >= minKey && p.KeyLength <= maxSaltOrKey
}

// parseArgon returns the parameters of an argon2id hash, and false when it is none or its
// parameters are out of bounds.
func parseArgon(encoded string) (*argon2id.Params, bool) {
	if len(encoded) > maxEncoded {
		return nil, false
	}
	params, _, _, err := argon2id.DecodeHash(encoded)
	return params, err == nil && bounded(params)
}

// django is a hash of Django's default hasher, PBKDF2 with HMAC-SHA256 (RFC 8018 section 5.2).
// Its salt is used as text, not decoded.
type django struct {
	iterations int
	salt       string
	key        []byte
}

// parseDjango reads "pbkdf2_sha256$1000000$salt$base64 of 32 bytes".
func parseDjango(encoded string) (django, bool) {
	parts := strings.Split(encoded, "$")
	if len(encoded) > maxEncoded || len(parts) != 4 || parts[0] != "pbkdf2_sha256" || parts[2] == "" {
		return django{}, false
	}
	iterations, err := strconv.Atoi(parts[1])
	if err != nil || iterations < 1 || iterations > maxDjangoIterations {
		return django{}, false
	}
	key, err := base64.StdEncoding.DecodeString(parts[3])
	if err != nil || len(key) != sha256.Size {
		return django{}, false
	}
	return django{iterations, parts[2], key}, true
}

// matches compares in constant time.
func (d django) matches(password string) bool {
	key, err := pbkdf2.Key(sha256.New, password, []byte(d.salt), d.iterations, len(d.key))
	return err == nil && subtle.ConstantTimeCompare(key, d.key) == 1
}

// Verifiable tells whether a stored text is a hash that [Hasher.Verify] can check.
func Verifiable(encoded string) bool {
	_, old := parseDjango(encoded)
	_, ok := parseArgon(encoded)
	return old || ok
}

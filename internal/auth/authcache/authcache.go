// Package authcache is what auth keeps in the key-value store that all processes share, and how it is written there:
// sessions, which auth alone writes, and users as others show them, which its clients write and auth removes when
// they change.
//
// Everything is fresh for [Fresh] and kept for longer: whoever finds something stale asks auth, and goes on with the
// stale when auth is away. Losing any of it costs time, never truth; an error of the store is as if it had nothing.
package authcache

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/kv"
)

// How long things are believed, and kept for when auth is away.
const (
	Fresh       = 5 * time.Minute
	KeepSession = time.Hour
	KeepUser    = 24 * time.Hour
	KeepNobody  = 30 * time.Second // that an id is nobody's
)

// Cache is a view of the store.
type Cache struct {
	KV  kv.Store
	Now func() time.Time // nil: time.Now
}

func (c Cache) now() time.Time {
	if c.Now == nil {
		return time.Now()
	}
	return c.Now()
}

// until is when something written now stops being fresh, in Unix seconds.
func (c Cache) until() int64 { return c.now().Add(Fresh).Unix() }

func (c Cache) fresh(until int64) bool { return c.now().Unix() < until }

// HashToken is what database and store know of a token. A fast hash is enough: tokens are random.
func HashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

func sessionKey(hash []byte) string { return "session:" + hex.EncodeToString(hash) }

func userKey(id int64) string { return "cache:user:" + strconv.FormatInt(id, 10) }

// session is what stands at a session's key.
type session struct {
	authn.Principal
	FreshUntil int64
}

// Session finds whose token this is; known is false when the store does not say.
func (c Cache) Session(ctx context.Context, hash []byte) (p authn.Principal, fresh, known bool) {
	b, ok, err := c.KV.Get(ctx, sessionKey(hash))
	var s session
	if err != nil || !ok || json.Unmarshal(b, &s) != nil {
		return p, false, false
	}
	return s.Principal, c.fresh(s.FreshUntil), true
}

// PutSession keeps whose token this is. The caller must look once more after it, since somebody may have ended the
// session in between.
func (c Cache) PutSession(ctx context.Context, hash []byte, p authn.Principal) error {
	b, err := json.Marshal(session{p, c.until()})
	if err != nil {
		return err
	}
	return c.KV.Set(ctx, sessionKey(hash), b, KeepSession)
}

// ForgetSessions removes sessions.
func (c Cache) ForgetSessions(ctx context.Context, hashes ...[]byte) error {
	keys := make([]string, len(hashes))
	for i, h := range hashes {
		keys[i] = sessionKey(h)
	}
	return c.KV.Delete(ctx, keys...)
}

// user is what stands at a user's key; without User, the id is nobody's.
type user struct {
	User       *auth.User
	FreshUntil int64
}

// Users finds users. ask are those to ask auth for, which found may have as they were some time ago.
func (c Cache) Users(ctx context.Context, ids ...int64) (found map[int64]auth.User, ask []int64) {
	keys := make([]string, len(ids))
	for i, id := range ids {
		keys[i] = userKey(id)
	}
	values, err := c.KV.GetMany(ctx, keys...)
	found = make(map[int64]auth.User, len(ids))
	for i, id := range ids {
		var u user
		if b, ok := values[keys[i]]; err != nil || !ok || json.Unmarshal(b, &u) != nil {
			ask = append(ask, id)
			continue
		}
		if u.User != nil {
			found[id] = *u.User
		}
		if !c.fresh(u.FreshUntil) {
			ask = append(ask, id)
		}
	}
	return found, ask
}

// PutUsers keeps what auth said of these ids.
func (c Cache) PutUsers(ctx context.Context, asked []int64, told map[int64]auth.User) error {
	somebody, nobody := map[string][]byte{}, map[string][]byte{}
	for _, id := range asked {
		entry, into := user{FreshUntil: c.until()}, nobody
		if u, ok := told[id]; ok {
			entry.User, into = &u, somebody
		}
		b, err := json.Marshal(entry)
		if err != nil {
			return err
		}
		into[userKey(id)] = b
	}
	if len(nobody) > 0 {
		if err := c.KV.SetMany(ctx, nobody, KeepNobody); err != nil {
			return err
		}
	}
	if len(somebody) == 0 {
		return nil
	}
	return c.KV.SetMany(ctx, somebody, KeepUser)
}

// ForgetUsers removes users.
func (c Cache) ForgetUsers(ctx context.Context, ids ...int64) error {
	keys := make([]string, len(ids))
	for i, id := range ids {
		keys[i] = userKey(id)
	}
	return c.KV.Delete(ctx, keys...)
}

package core

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/auth/authcache"
	"agrovet/internal/auth/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/sched"
)

const (
	tokenBytes  = 20              // 40 hexadecimal characters, as the original's tokens
	maxSessions = 50              // of one user; the longest unused end first
	touchAfter  = time.Hour       // how exactly the last use is known
	maxDevice   = 200             // characters of a device's name
	retryAfter  = 2 * time.Second // when the database cannot be asked
)

// newSession makes a token for a device, in ctx's transaction.
func (c *Core) newSession(ctx context.Context, userID int64, device string) (token string, err error) {
	var random [tokenBytes]byte
	_, _ = rand.Read(random[:]) // never fails
	token = hex.EncodeToString(random[:])
	_, ended, err := c.store.AddSession(ctx, userID, authcache.HashToken(token), clip(device, maxDevice), maxSessions)
	if err != nil {
		return "", err
	}
	return token, c.ended(ctx, userID, ended...)
}

// ended drops sessions that are over from the cache, and tells of them.
func (c *Core) ended(ctx context.Context, userID int64, sessions ...store.EndedSession) error {
	if len(sessions) == 0 {
		return nil
	}
	e := auth.SessionsEnded{UserID: userID}
	hashes := make([][]byte, len(sessions))
	for i, s := range sessions {
		e.SessionIDs = append(e.SessionIDs, s.ID)
		hashes[i] = s.Hash
	}
	c.forget(ctx, hashes...)
	if err := c.store.CloseTokens(ctx, hashes); err != nil {
		return err
	}
	return c.publish(ctx, e)
}

func clip(s string, most int) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

// Authenticate says whose token this is; see authn.Authenticator. A stale entry of the cache is for other processes
// when this one is away; here the database is asked.
func (c *Core) Authenticate(ctx context.Context, token string) (authn.Principal, error) {
	hash := authcache.HashToken(token)
	p, fresh, known := c.cache.Session(ctx, hash)
	if fresh {
		return p, nil
	}
	p, err := c.holder(ctx, hash)
	if c.there != nil && errors.Is(err, errs.ErrTokenInvalid) {
		p, err = c.admit(ctx, token, hash)
	}
	if err != nil {
		if known && errors.Is(err, errs.ErrTokenInvalid) {
			c.forget(ctx, hash)
		}
		return p, err
	}
	if err := c.cache.PutSession(ctx, hash, p); err != nil {
		return p, nil // not cached: asked again next time
	}
	// Who ended the session between the question and Set has looked for the cache entry too early.
	if p, err = c.holder(ctx, hash); err != nil {
		c.forget(ctx, hash)
	}
	return p, err
}

// holder asks the database whose token this is. Errors: errs.ErrTokenInvalid, errs.ErrUnavailable.
func (c *Core) holder(ctx context.Context, hash []byte) (authn.Principal, error) {
	h, err := c.store.Holder(ctx, hash, c.cfg.TokenIdle)
	if err != nil && !errors.Is(err, errs.ErrTokenInvalid) {
		err = errs.ErrUnavailable.After(retryAfter).Wrap(err)
	}
	if err != nil {
		return authn.Principal{}, err
	}
	if time.Since(h.LastUsed) > touchAfter {
		c.used.add(h.ID)
	}
	return authn.Principal{UserID: h.UserID, Role: h.Role, Staff: h.IsStaff, Superuser: h.IsSuperuser,
		SessionID: h.ID, Expires: c.Expires(h.LastUsed)}, nil
}

// forget drops sessions from the cache once the transaction of ctx, if there is one, has committed.
func (c *Core) forget(ctx context.Context, hashes ...[]byte) {
	if len(hashes) == 0 {
		return
	}
	late := context.WithoutCancel(ctx)
	c.deps.DB.AfterCommit(ctx, func() {
		if err := c.cache.ForgetSessions(late, hashes...); err != nil {
			c.log.ErrorContext(late, "ended sessions stay believed until their cache entries expire", "within", authcache.Fresh, "error", err)
		}
	})
}

// forgetUser drops all cached sessions of a user whose rights have changed.
func (c *Core) forgetUser(ctx context.Context, userID int64) error {
	hashes, err := c.store.Hashes(ctx, userID)
	c.forget(ctx, hashes...)
	return err
}

// Sessions lists a user's sessions, the last used first.
func (c *Core) Sessions(ctx context.Context, userID int64) ([]store.Session, error) {
	return c.store.Sessions(ctx, userID, c.cfg.TokenIdle)
}

// Expires is when a session that was last used then ends.
func (c *Core) Expires(lastUsed time.Time) time.Time { return lastUsed.Add(c.cfg.TokenIdle) }

// EndSession ends one session of the user. Errors: errs.ErrNotFound.
func (c *Core) EndSession(ctx context.Context, userID, sessionID int64) error {
	return c.tx(ctx, func(ctx context.Context) error {
		ended, err := c.store.EndSession(ctx, sessionID, userID)
		if err != nil {
			return err
		}
		return c.ended(ctx, userID, ended)
	})
}

// EndOtherSessions ends all sessions of the user but one; 0 keeps none.
func (c *Core) EndOtherSessions(ctx context.Context, userID, keep int64) error {
	return c.tx(ctx, func(ctx context.Context) error {
		ended, err := c.store.EndOthers(ctx, userID, keep)
		if err != nil {
			return err
		}
		if err := c.store.CloseTaken(ctx, userID); err != nil {
			return err
		}
		return c.ended(ctx, userID, ended...)
	})
}

// touchEvery is how often the use of sessions is written, all together.
const touchEvery = time.Minute

// Run notes the use of sessions until ctx ends, and a last time then. It closes Core: Run outlives the
// requests.
func (c *Core) Run(ctx context.Context) error {
	tick := time.NewTicker(touchEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			c.touch(ctx)
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			c.touch(last)
			c.Close()
			return nil
		}
	}
}

func (c *Core) touch(ctx context.Context) {
	ids := c.used.take()
	if len(ids) == 0 {
		return
	}
	if err := c.store.Touch(ctx, ids); err != nil {
		c.log.WarnContext(ctx, "use of sessions not noted", "sessions", len(ids), "error", err)
	}
}

// Jobs keep sessions and codes from piling up.
func (c *Core) Jobs() []sched.Job {
	purge := func(some func(ctx context.Context) (int64, error)) func(context.Context) error {
		return func(ctx context.Context) error {
			for {
				if n, err := some(ctx); n == 0 || err != nil {
					return err
				}
			}
		}
	}
	return []sched.Job{
		{Name: "auth.purge-sessions", Every: time.Hour, Run: purge(func(ctx context.Context) (int64, error) {
			return c.store.PurgeSessions(ctx, c.cfg.TokenIdle)
		})},
		{Name: "auth.purge-codes", Every: time.Hour, Run: purge(c.store.PurgeCodes)},
	}
}

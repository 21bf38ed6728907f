package core

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"math/big"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/sms"
	"agrovet/internal/auth/internal/store"
	"agrovet/internal/platform/errs"
)

// Codes by SMS prove that a number is somebody's. A request is a row; the code itself is made by the
// subscription that sends it (SendCode), so that nothing holds it in clear, and a failed sending is
// tried again with a new code. Requests for numbers that nobody has take the same way, and get a code
// that nobody is sent, so that neither answers nor times tell who is registered, here or when a code
// is guessed.

const (
	codeLife   = 10 * time.Minute
	maxGuesses = 5
	saltBytes  = 16
)

// codeRequest asks for a code.
type codeRequest struct {
	purpose string
	subject string // see store.ForPassword and its like
	user    *int64 // nil: nobody has this number
	phone   string
	typed   string
	address string
}

// requestCode notes a request and has the code sent after the commit.
//
// Errors: errs.ErrRateLimited beyond the caps of number, address and installation;
// auth.ErrSMSUnavailable while the sender fails.
func (c *Core) requestCode(ctx context.Context, r codeRequest) error {
	if c.sender.failing() {
		return auth.ErrSMSUnavailable.After(senderPause)
	}
	return c.tx(ctx, func(ctx context.Context) error {
		lately, err := c.store.Lately(ctx, r.phone, r.address)
		if err != nil {
			return err
		}
		if over(lately.ByPhone, c.cfg.CodesPerPhone) || over(lately.ByAddress, c.cfg.CodesPerAddress) || over(lately.Total, c.cfg.CodesTotal) {
			return errs.ErrRateLimited.After(codeLife)
		}
		id, err := c.store.AddCode(ctx, store.NewCode{Purpose: r.purpose, Subject: r.subject, UserID: r.user, Phone: r.phone, Typed: r.typed,
			Address: r.address, ExpiresAt: time.Now().Add(codeLife)})
		if err != nil {
			return err
		}
		return c.publish(ctx, auth.CodeRequested{CodeID: id})
	})
}

func over(n int64, most int) bool { return most > 0 && n >= int64(most) }

// SendCode makes the code of a request and sends it. An error has the bus try again later, with a new
// code. Requests that have expired or were replaced meanwhile are left alone.
func (c *Core) SendCode(ctx context.Context, e auth.CodeRequested) error {
	r, ok, err := c.store.LockCode(ctx, e.CodeID)
	if err != nil || !ok || r.State != store.Waiting || time.Now().After(r.ExpiresAt) {
		return err
	}
	code := newCode()
	if r.UserID != nil {
		err = c.deps.SMS.Send(ctx, r.Phone, codeText(code))
		c.sender.note(err)
	}
	if errors.Is(err, sms.ErrRejected) {
		c.log.WarnContext(ctx, "sms refused for good", "sender", c.deps.SMS.Name(), "request", r.ID, "error", err)
		return c.store.EndCode(ctx, r.ID, store.Failed)
	}
	if err != nil {
		return fmt.Errorf("send code: %w", err)
	}
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails
	return c.store.CodeSent(ctx, r.ID, hashCode(salt, code), salt)
}

// CodeRequests are the requests of a user that are still known, the newest first.
func (c *Core) CodeRequests(ctx context.Context, userID int64) ([]store.Request, error) {
	return c.store.CodesOf(ctx, userID)
}

// newCode is six digits.
func newCode() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic(err) // the system's randomness never fails
	}
	return fmt.Sprintf("%06d", n)
}

// codeText is what the SMS says. Members read Spanish; the code stands last.
func codeText(code string) string {
	return "agrovet: su código, válido por 10 minutos, es " + code
}

// hashCode is a fast hash: a million codes are tried in a second whatever the hash, so what protects
// a code is that it lives for ten minutes and five guesses; the salt keeps equal codes from looking
// equal.
func hashCode(salt []byte, code string) []byte {
	h := sha256.New()
	h.Write(salt)
	h.Write([]byte(code))
	return h.Sum(nil)
}

// useCode checks the code that was entered for the subject, ends it and runs then, all or none. Each
// try takes a guess first; whoever answers the error must see to it that this stays (web does).
//
// Errors: auth.ErrCodeInvalid.
func (c *Core) useCode(ctx context.Context, purpose, subject, code string, then func(ctx context.Context, r store.Code) error) error {
	r, err := c.store.Guess(ctx, purpose, subject, maxGuesses)
	if err != nil {
		return err
	}
	right := subtle.ConstantTimeCompare(hashCode(r.Salt, code), r.Hash) == 1
	if !right || r.UserID == nil {
		return auth.ErrCodeInvalid
	}
	return c.tx(ctx, func(ctx context.Context) error {
		if err := c.store.UseCode(ctx, r.ID); err != nil {
			return err
		}
		return then(ctx, r)
	})
}

const (
	senderFailures = 3           // in a row, until the sender counts as failing
	senderPause    = time.Minute // then requests are refused for so long before one is let through
)

// senderHealth remembers whether messages get through.
type senderHealth struct {
	mu     sync.Mutex
	failed int
	last   time.Time
	counts *prometheus.CounterVec
}

func newSenderHealth(r prometheus.Registerer) *senderHealth {
	h := &senderHealth{counts: prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "agrovet_auth_sms_total", Help: "Text messages handed to the sender, by outcome.",
	}, []string{"outcome"})}
	if r != nil {
		r.MustRegister(h.counts)
	}
	return h
}

// note takes in the outcome of a sending.
func (h *senderHealth) note(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case err == nil:
		h.failed = 0
		h.counts.WithLabelValues("sent").Inc()
	case errors.Is(err, sms.ErrRejected):
		h.counts.WithLabelValues("refused").Inc()
	default:
		h.counts.WithLabelValues("failed").Inc()
	}
	if sendersFault(err) {
		h.failed, h.last = h.failed+1, time.Now()
	}
}

// sendersFault says whether the next message would fail, too. A refused number says nothing against
// the sender; refused credentials or a wrong address do.
func sendersFault(err error) bool {
	var e *sms.Error
	if errors.Is(err, sms.ErrRejected) && errors.As(err, &e) {
		return e.Status < 400 || e.Status == 401 || e.Status == 403 || e.Status == 404
	}
	return err != nil
}

// failing says whether asking for a code makes no sense right now.
func (h *senderHealth) failing() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.failed >= senderFailures && time.Since(h.last) < senderPause
}

// Check is for /health/detailed/: whether codes can be sent.
func (c *Core) Check(context.Context) (map[string]any, error) {
	details := map[string]any{"sender": c.deps.SMS.Name()}
	if c.sender.failing() {
		return details, errors.New("the SMS sender fails")
	}
	return details, nil
}

package living

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/sony/gobreaker/v2"
)

// Config says where the original's auth is. Zero values stand for the defaults.
type Config struct {
	URL     string        // empty: there is none
	Token   string        // of any user there, to look for numbers with; empty: nobody is found
	Timeout time.Duration // of a question. Defaults to 5 s
	IDsFrom int64         // where the ids of users begin who register here. Defaults to a thousand millions
}

// WithDefaults fills what is zero.
func (c Config) WithDefaults() Config {
	c.Timeout = cmp.Or(c.Timeout, 5*time.Second)
	c.IDsFrom = cmp.Or(c.IDsFrom, 1_000_000_000)
	return c
}

const (
	openFor  = 5 * time.Second // the original is left alone for so long after tripAt failures in a row
	tripAt   = 5
	atOnce   = 16       // questions; more wait, within their deadline
	maxTold  = 1 << 20  // bytes of an answer
	maxInput = 64 << 10 // bytes of a text
)

// Errors of a Service.
var (
	// ErrNobody is the original's answer that there is no such person: wrong password, token of nobody.
	ErrNobody = errors.New("living: nobody")
	// ErrAway says that there was no answer, or none that could be read.
	ErrAway = errors.New("living: the original is away")
	// ErrAgrovet says that an agrovet is where the original should be: in the end it asks itself.
	ErrAgrovet = errors.New("living: auth.original.url leads to an agrovet, and not to the original")
	// ErrToken says that auth.original.token is nobody's.
	ErrToken = errors.New("living: the original refuses auth.original.token")
)

// Service asks the original's auth. Its methods may be called by any number of goroutines.
type Service struct {
	cfg     Config
	http    *http.Client
	pool    *http.Transport
	breaker *gobreaker.CircuitBreaker[[]byte]
	asked   *prometheus.CounterVec
}

// New connects to nobody yet. It returns nil without an URL. Close ends the connections that are idle then.
func New(cfg Config, r prometheus.Registerer) *Service {
	if cfg.URL == "" {
		return nil
	}
	cfg.URL = strings.TrimSuffix(cfg.URL, "/")
	pool := &http.Transport{DialContext: (&net.Dialer{Timeout: 2 * time.Second}).DialContext, TLSHandshakeTimeout: 3 * time.Second,
		MaxConnsPerHost: atOnce, MaxIdleConnsPerHost: atOnce, IdleConnTimeout: 30 * time.Second}
	noRedirects := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	s := &Service{cfg: cfg, pool: pool, http: &http.Client{Transport: pool, CheckRedirect: noRedirects},
		asked: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "agrovet_auth_original_total",
			Help: "Questions to the original's auth (me, login, search) by outcome: ok, nobody, away."}, []string{"question", "outcome"})}
	s.breaker = gobreaker.NewCircuitBreaker[[]byte](gobreaker.Settings{Name: "original", MaxRequests: 3, Timeout: openFor, Interval: 10 * time.Second,
		ReadyToTrip:  func(n gobreaker.Counts) bool { return n.ConsecutiveFailures >= tripAt },
		IsSuccessful: func(err error) bool { return err == nil || errors.Is(err, ErrNobody) },
		IsExcluded:   func(err error) bool { return errors.Is(err, context.Canceled) }})
	if r != nil {
		r.MustRegister(s.asked)
	}
	return s
}

// Visit looks whether the original answers, and takes the token that numbers are looked for with. It first asks whose
// no token is, which nobody asks on; an agrovet gives the id of a request back.
//
// Errors: ErrAgrovet; ErrToken; ErrAway.
func (s *Service) Visit(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.cfg.URL+root+"users/me/", nil)
	if err != nil {
		return away(err)
	}
	id := rand.Text()
	req.Header.Set("X-Request-Id", id)
	res, err := s.http.Do(req)
	if err != nil {
		return away(err)
	}
	defer res.Body.Close()
	switch {
	case res.Header.Get("X-Request-Id") == id:
		return ErrAgrovet
	case res.StatusCode != http.StatusUnauthorized && res.StatusCode != http.StatusForbidden:
		return away(fmt.Errorf("answered %s", res.Status))
	case s.cfg.Token == "":
		return nil
	}
	if req, err = s.get(ctx, root+"users/me/", s.cfg.Token); err == nil {
		_, err = s.exchange(req)
	}
	switch {
	case errors.Is(err, ErrNobody):
		return ErrToken
	case err != nil:
		return away(err)
	}
	return nil
}

// Close ends idle connections.
func (s *Service) Close() { s.pool.CloseIdleConnections() }

func (s *Service) count(question string, err error) {
	outcome := "away"
	switch {
	case err == nil:
		outcome = "ok"
	case errors.Is(err, ErrNobody):
		outcome = "nobody"
	}
	s.asked.WithLabelValues(question, outcome).Inc()
}

// away is ErrAway with its cause.
func away(cause error) error { return fmt.Errorf("%w: %w", ErrAway, cause) }

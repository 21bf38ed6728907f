package pgserver

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const (
	pollEvery    = 20 * time.Millisecond
	answerWithin = 5 * time.Second  // one attempt
	giveUpWithin = 15 * time.Second // for stopping a server that did not get ready
)

// SQLSTATEs, see "PostgreSQL Error Codes" in its documentation.
const (
	cannotConnectNow   = "57P03" // starting up or recovering
	unknownDatabase    = "3D000"
	authorizationError = "28" // class
)

// awaitReady returns when the server answers queries in its database, which
// is created the first time. A server that does not get there is stopped.
func (s *Server) awaitReady(ctx context.Context) error {
	began := time.Now()
	ctx, cancel := context.WithTimeoutCause(ctx, s.cfg.StartTimeout,
		fmt.Errorf("PostgreSQL was not ready after %s; see %s", s.cfg.StartTimeout, s.home.logPath()))
	defer cancel()
	if s.crashed {
		s.cfg.Log.Warn("the last run of PostgreSQL did not end cleanly: it recovers now", "dir", s.home.data())
	}
	if err := s.poll(ctx); err != nil {
		return s.abandon(ctx, err)
	}
	s.cfg.Log.Info("PostgreSQL is ready", "version", s.bins.Version, "pid", s.PID(), "took", time.Since(began))
	return nil
}

func (s *Server) poll(ctx context.Context) error {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		err := s.answers(ctx)
		if err == nil || hopeless(err) {
			return err
		}
		select {
		case <-s.done:
			return s.exitedEarly()
		case <-ctx.Done():
			return fmt.Errorf("%w (last attempt: %w)", context.Cause(ctx), err)
		case <-tick.C:
		}
	}
}

// answers connects once, creating the database when it is missing.
func (s *Server) answers(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	err := execute(ctx, s.DSN(), "SELECT 1")
	if sqlState(err) == unknownDatabase {
		return execute(ctx, s.at.dsn(s.secret, "postgres"), "CREATE DATABASE "+Database)
	}
	return err
}

func execute(ctx context.Context, dsn, statement string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

// hopeless tells errors that the running server means from those of a server
// that is not up yet.
func hopeless(err error) bool {
	state := sqlState(err)
	return state != "" && state != cannotConnectNow
}

func sqlState(err error) string {
	if pgErr := (*pgconn.PgError)(nil); errors.As(err, &pgErr) {
		return pgErr.Code
	}
	return ""
}

// abandon stops a server that did not get ready and explains why it did not.
func (s *Server) abandon(ctx context.Context, cause error) error {
	stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), giveUpWithin)
	defer cancel()
	if sqlState(cause) != "" && sqlState(cause)[:2] == authorizationError {
		cause = fmt.Errorf("the password in %s/%s does not fit the cluster: %w", s.home.data(), passwordName, cause)
	}
	select {
	case <-s.done: // it ended by itself, and cause says how
	default:
		_ = s.Stop(stopCtx) // cause is what matters
	}
	return blameDisk(s.home.root, cause)
}

// exitedEarly is Err for a server that ended before it was ready, be it with
// status 0 because somebody else stopped it.
func (s *Server) exitedEarly() error {
	if s.err != nil {
		return s.err
	}
	return ErrExited
}

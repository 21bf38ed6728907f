// Package sched runs jobs every so often, each in one process at a time.
//
// Every process calls [Run] with the same jobs. When a job last began is a row in the schema's table
// job, so that of all processes one runs it per period, also across restarts. While it runs, that
// process is its leader (package leader), so that a run that takes longer than the period is not
// joined by the next one elsewhere. A run counts when it begins: one that fails, panics or dies with
// its process is not repeated before the period is over. Times are the database's.
//
// Each job has one goroutine, so jobs of a process do not wait for each other. When the context
// ends, running jobs are told through theirs, and Run returns when all have returned.
package sched

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/sched/leader"
)

// Job is work that comes back.
type Job struct {
	Name    string        // unique within the schema; must never change
	Every   time.Duration // the period, from beginning to beginning
	Timeout time.Duration // the run's deadline. Defaults to Every
	Run     func(ctx context.Context) error
}

// Run runs jobs by the table of db until ctx ends, and waits for those that are running. It returns
// nil; what goes wrong is logged, counted and tried again in the next period.
func Run(ctx context.Context, db *pg.DB, jobs ...Job) error {
	var running sync.WaitGroup
	for _, j := range jobs {
		if j.Timeout == 0 {
			j.Timeout = j.Every
		}
		running.Go(func() { (&runner{db, j}).loop(ctx) })
	}
	running.Wait()
	return nil
}

type runner struct {
	db  *pg.DB
	job Job
}

const (
	maxJitter   = 5 * time.Second // keeps processes that started together from asking together
	whenAway    = 5 * time.Second // pause when the database cannot be asked
	whenRunning = time.Second     // pause when the job is overdue but still runs elsewhere
)

func (r *runner) loop(ctx context.Context) {
	for {
		pause, err := r.turn(ctx)
		if err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "cannot ask whether a job is due", "job", r.job.Name, "schema", r.db.Schema, "error", err)
			pause = min(whenAway, r.job.Every)
		}
		jitter := rand.N(max(1, min(r.job.Every/10, maxJitter)))
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause + jitter):
		}
	}
}

// turn runs the job if it is due, and returns when to ask again.
func (r *runner) turn(ctx context.Context) (time.Duration, error) {
	if pause, err := r.untilDue(ctx); err != nil || pause > 0 {
		return pause, err
	}
	lease, err := leader.Try(ctx, r.db, "job "+r.job.Name)
	if err != nil {
		return 0, err
	}
	if lease == nil {
		return min(whenRunning, r.job.Every), nil
	}
	defer lease.Release()
	mine, err := r.claim(ctx)
	if err != nil {
		return 0, err
	}
	if mine {
		r.run(ctx)
	}
	return r.untilDue(ctx)
}

const (
	untilDue = `select coalesce((select extract(epoch from
			last_run_at + make_interval(secs => $2) - clock_timestamp())::float8 from job where name = $1), 0)`

	claim = `insert into job (name, last_run_at) values ($1, clock_timestamp())
		on conflict (name) do update set last_run_at = excluded.last_run_at
		where job.last_run_at <= excluded.last_run_at - make_interval(secs => $2)`
)

func (r *runner) untilDue(ctx context.Context) (time.Duration, error) {
	var seconds float64
	err := r.db.Q(ctx).QueryRow(ctx, untilDue, r.job.Name, r.job.Every.Seconds()).Scan(&seconds)
	return max(0, time.Duration(seconds*float64(time.Second))), err
}

// claim takes this period's run, unless another process has.
func (r *runner) claim(ctx context.Context) (bool, error) {
	tag, err := r.db.Q(ctx).Exec(ctx, claim, r.job.Name, r.job.Every.Seconds())
	return tag.RowsAffected() == 1, err
}

func (r *runner) run(process context.Context) {
	ctx, cancel := context.WithTimeout(process, r.job.Timeout)
	defer cancel()
	err := r.safely(ctx)
	if err != nil && process.Err() != nil { // that is not the job's failure
		return
	}
	if err != nil {
		failures.WithLabelValues(r.db.Schema, r.job.Name).Inc()
		slog.ErrorContext(ctx, "job failed", "job", r.job.Name, "schema", r.db.Schema, "error", err)
		return
	}
	lastSuccess.WithLabelValues(r.db.Schema, r.job.Name).SetToCurrentTime()
}

func (r *runner) safely(ctx context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return r.job.Run(ctx)
}

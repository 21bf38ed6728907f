package sched_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
	"agrovet/internal/platform/sched"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func database(t *testing.T) *pg.DB {
	dsn := pgtest.Database(t)
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) })
	return pgtest.SchemaIn(t, dsn, "jobs")
}

// run runs a process with these jobs until the test or the returned function ends it.
func run(t *testing.T, db *pg.DB, jobs ...sched.Job) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- sched.Run(ctx, db, jobs...) }()
	stop = sync.OnceFunc(func() {
		cancel()
		require.NoError(t, <-done)
	})
	t.Cleanup(stop)
	return stop
}

// pass lets the period of all jobs pass, as far as the table knows.
func pass(t *testing.T, db *pg.DB) {
	_, err := db.Q(t.Context()).Exec(t.Context(), "update job set last_run_at = last_run_at - interval '1 day'")
	require.NoError(t, err)
}

func TestAJobRunsOncePerPeriodOverAllProcesses(t *testing.T) {
	db := database(t)
	runs := make(chan struct{}, 100)
	job := sched.Job{Name: "j", Every: time.Hour, Run: func(context.Context) error { runs <- struct{}{}; return nil }}
	quick := sched.Job{Name: "q", Every: time.Millisecond, Run: func(context.Context) error { return nil }}
	for range 3 {
		stop := run(t, db, job, quick)
		defer stop()
	}
	<-runs
	stopLate := run(t, db, job)
	require.Never(t, func() bool { return len(runs) > 0 }, 300*time.Millisecond, 10*time.Millisecond)
	stopLate()
	pass(t, db)
	run(t, db, job) // a process that starts in the next period
	<-runs
}

func TestALongRunIsNotJoinedByTheNextPeriod(t *testing.T) {
	db := database(t)
	var running, most atomic.Int32
	begun, release := make(chan struct{}, 100), make(chan struct{})
	job := sched.Job{Name: "j", Every: 10 * time.Millisecond, Timeout: time.Minute, Run: func(context.Context) error {
		most.Store(max(most.Load(), running.Add(1)))
		defer running.Add(-1)
		begun <- struct{}{}
		<-release
		return nil
	}}
	run(t, db, job)
	run(t, db, job)
	<-begun
	pass(t, db)
	require.Never(t, func() bool { return len(begun) > 0 }, 300*time.Millisecond, 10*time.Millisecond)
	close(release)
	<-begun // it goes on, in one of them
	require.EqualValues(t, 1, most.Load())
}

func TestFailureAndPanicAreCountedAndWaitForTheNextPeriod(t *testing.T) {
	db := database(t)
	registry := prometheus.NewRegistry()
	registry.MustRegister(sched.Collectors()...)
	before := value(t, registry, "agrovet_job_failures_total")
	var tries atomic.Int32
	done := make(chan struct{})
	run(t, db, sched.Job{Name: "moody", Every: 5 * time.Millisecond, Run: func(context.Context) error {
		switch tries.Add(1) {
		case 1:
			return errors.New("no")
		case 2:
			panic("no")
		case 4:
			close(done)
		}
		return nil
	}})
	<-done
	require.Equal(t, before+2, value(t, registry, "agrovet_job_failures_total"))
	require.Positive(t, value(t, registry, "agrovet_job_last_success_timestamp_seconds"))
}

// value of a metric of the job called moody; 0 before there is one.
func value(t *testing.T, registry *prometheus.Registry, name string) (v float64) {
	families, err := registry.Gather()
	require.NoError(t, err)
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if f.GetName() == name && m.GetLabel()[0].GetValue() == "moody" {
				v += m.GetCounter().GetValue() + m.GetGauge().GetValue()
			}
		}
	}
	return v
}

func TestARunHasADeadline(t *testing.T) {
	db := database(t)
	ended := make(chan error, 1)
	run(t, db, sched.Job{Name: "j", Every: time.Hour, Timeout: time.Millisecond, Run: func(ctx context.Context) error {
		<-ctx.Done()
		ended <- ctx.Err()
		return ctx.Err()
	}})
	require.ErrorIs(t, <-ended, context.DeadlineExceeded)
}

func TestRunWaitsForRunningJobsWhenItEnds(t *testing.T) {
	db := database(t)
	begun := make(chan struct{})
	var finished atomic.Bool
	stop := run(t, db, sched.Job{Name: "j", Every: time.Hour, Run: func(ctx context.Context) error {
		close(begun)
		<-ctx.Done()
		finished.Store(true)
		return nil
	}})
	<-begun
	stop()
	require.True(t, finished.Load())
}

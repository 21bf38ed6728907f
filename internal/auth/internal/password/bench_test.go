package password

import (
	"context"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/stretchr/testify/require"
)

// BenchmarkHasherAgainstBareArgon2 reports the hashes per second through a Hasher as a part of
// those of a bare loop with as many goroutines as the Hasher has workers. The two take turns.
func BenchmarkHasherAgainstBareArgon2(b *testing.B) {
	b.Run("InThisProcess", func(b *testing.B) { againstBare(b, nil) })
	b.Run("InAHelper", func(b *testing.B) { againstBare(b, role("hash")) })
}

func againstBare(b *testing.B, command func() *exec.Cmd) {
	const workers, batch = 1, 8
	h := setup(b, Config{Command: command, Workers: workers, Queue: batch})
	var bare, hasher time.Duration
	for b.Loop() {
		bare += inParallel(workers, batch/workers, func() { _, _ = argon2id.CreateHash("testpass123", h.params) })
		hasher += inParallel(batch, 1, func() {
			_, err := h.Hash(context.Background(), "testpass123")
			require.NoError(b, err)
		})
	}
	b.ReportMetric(batch*float64(b.N)/hasher.Seconds(), "hashes/s")
	b.ReportMetric(float64(bare)/float64(hasher), "ratio")
}

// inParallel runs work times over on each of some goroutines and returns how long all took.
func inParallel(goroutines, times int, work func()) time.Duration {
	began := time.Now()
	var all sync.WaitGroup
	for range goroutines {
		all.Go(func() {
			for range times {
				work()
			}
		})
	}
	all.Wait()
	return time.Since(began)
}

// BenchmarkReadsDuringFlood reports how late, at the 99th percentile, a goroutine runs that wants
// to every millisecond, as one does that serves reads: alone, while a Hasher's queue is full of
// logins of either kind, and while as many hash without a Hasher.
func BenchmarkReadsDuringFlood(b *testing.B) {
	b.Run("Alone", func(b *testing.B) { reads(b, func() { time.Sleep(time.Millisecond) }) })
	b.Run("InThisProcess", func(b *testing.B) { flooded(b, nil) })
	b.Run("InAHelper", func(b *testing.B) { flooded(b, role("hash")) })
	b.Run("Unbounded", func(b *testing.B) {
		reads(b, func() { _, _ = argon2id.CreateHash("testpass123", Params{}.withDefaults().full()) })
	})
}

func flooded(b *testing.B, command func() *exec.Cmd) {
	h := setup(b, Config{Command: command})
	for name, encoded := range map[string]string{"Argon2id": h.nothing, "PBKDF2": djangoVector} {
		b.Run(name, func(b *testing.B) {
			reads(b, func() { _, _, _ = h.Verify(context.Background(), "wrong", encoded) })
		})
	}
}

// reads measures while 32 callers flood.
func reads(b *testing.B, flood func()) {
	ctx, stop := context.WithCancel(context.Background())
	var callers sync.WaitGroup
	for range 32 {
		callers.Go(func() {
			for ctx.Err() == nil {
				flood()
			}
		})
	}
	var late []time.Duration
	for b.Loop() {
		due := time.Now().Add(time.Millisecond)
		time.Sleep(time.Millisecond)
		late = append(late, time.Since(due))
	}
	stop()
	callers.Wait()
	slices.Sort(late)
	b.ReportMetric(float64(late[len(late)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(late[len(late)/2].Microseconds())/1000, "p50-ms")
}

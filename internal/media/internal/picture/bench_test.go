package picture

import (
	"bytes"
	"context"
	"image/jpeg"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// BenchmarkRenditions reports how many photos of 12 megapixels a core makes renditions of in a
// second, and how long that takes as a multiple of a bare jpeg.Decode. The two take turns.
func BenchmarkRenditions(b *testing.B) {
	s := New(Config{Workers: 1})
	againstBareDecode(b, func() error {
		_, err := s.Renditions(b.Context(), bytes.NewReader(photoJPEG()), "image/jpeg")
		return err
	})
}

// BenchmarkUpright reports the same of turning.
func BenchmarkUpright(b *testing.B) {
	s := New(Config{Workers: 1})
	againstBareDecode(b, func() error {
		_, _, err := s.Upright(b.Context(), io.Discard, bytes.NewReader(photoJPEG()), "image/jpeg", 6)
		return err
	})
}

func againstBareDecode(b *testing.B, work func() error) {
	require.NoError(b, work()) // compiles libwebp
	var bare, own time.Duration
	var bytesOwn uint64
	for b.Loop() {
		began := time.Now()
		_, err := jpeg.Decode(bytes.NewReader(photoJPEG()))
		require.NoError(b, err)
		bare += time.Since(began)
		before, began := allocated(), time.Now()
		require.NoError(b, work())
		own += time.Since(began)
		bytesOwn += allocated() - before
	}
	b.ReportMetric(float64(b.N)/own.Seconds(), "photos/s")
	b.ReportMetric(float64(own)/float64(bare), "ratio")
	b.ReportMetric(float64(bytesOwn)/float64(b.N)/(1<<20), "MB/photo")
}

// BenchmarkReadsDuringRenditions reports how late, at the 99th percentile, a goroutine runs that
// wants to every millisecond, as one does that serves reads, while others make garbage to collect.
func BenchmarkReadsDuringRenditions(b *testing.B) {
	_ = photoJPEG()
	b.Run("Alone", func(b *testing.B) { reads(b, func() { time.Sleep(time.Millisecond) }) })
	s := New(Config{Workers: 1})
	b.Run("Renditions", func(b *testing.B) {
		reads(b, func() {
			_, _ = s.Renditions(context.Background(), bytes.NewReader(photoJPEG()), "image/jpeg")
		})
	})
}

// garbage keeps the compiler from leaving the garbage out.
var garbage []byte

func reads(b *testing.B, flood func()) {
	stop, stopped := make(chan struct{}), make(chan struct{}, 2)
	for _, work := range []func(){flood, func() { garbage = make([]byte, 1<<17); time.Sleep(100 * time.Microsecond) }} {
		go func() {
			defer func() { stopped <- struct{}{} }()
			for {
				select {
				case <-stop:
					return
				default:
					work()
				}
			}
		}()
	}
	var late []time.Duration
	for b.Loop() {
		due := time.Now().Add(time.Millisecond)
		time.Sleep(time.Millisecond)
		late = append(late, time.Since(due))
	}
	close(stop)
	<-stopped
	<-stopped
	slices.Sort(late)
	b.ReportMetric(float64(late[len(late)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(late[len(late)-1].Microseconds())/1000, "max-ms")
}

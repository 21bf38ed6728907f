package socket_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/live"
)

// readers makes this process one that opens sockets, reads what comes and answers nothing, until its input
// ends: so that the server's own time and memory can be measured.
func readers() {
	address, n := os.Getenv("READERS_OF"), os.Getenv("READERS")
	if address == "" {
		return
	}
	count, _ := strconv.Atoi(n)
	for i := range count {
		c, err := net.Dial("tcp", address)
		if err != nil {
			panic(err)
		}
		path := strings.ReplaceAll(os.Getenv("READERS_PATH"), "{i}", fmt.Sprint(i+1))
		fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", path)
		r := bufio.NewReader(c)
		if res, err := http.ReadResponse(r, nil); err != nil || res.StatusCode != http.StatusSwitchingProtocols {
			panic(fmt.Sprint("not let in: ", err, res))
		}
		go func() { _, _ = io.Copy(io.Discard, c) }()
	}
	fmt.Println("connected")
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

// read has another process open sockets, and returns when they are open.
func read(t testing.TB, address, path string, n int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "READERS_OF="+address, "READERS_PATH="+path, "READERS="+fmt.Sprint(n))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		in.Close()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "connected\n", line)
}

// processor is how long this process has worked, in seconds.
func processor() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

const said = "¿Todavía tiene la vaca Holstein? Puedo pasar mañana temprano con el camión."

// BenchmarkFanOut compares the hub with a bare loop over prepared messages, in deliveries per second of the
// server's processor time.
func BenchmarkFanOut(b *testing.B) {
	for _, n := range []int{100, 1000} {
		b.Run(fmt.Sprintf("bare/%d", n), func(b *testing.B) { bare(b, n) })
		b.Run(fmt.Sprintf("hub/%d", n), func(b *testing.B) {
			w := setup(b, func(c *live.Config) { c.PerPerson = n })
			w.rules.Room(7, ana, luis)
			read(b, strings.TrimPrefix(w.http.URL, "http://"), "/ws/presence/?token=1", n)
			settle(b, w, n)
			frames := &w.live.Hub.Count().Frames
			start, begun := processor(), frames.Load()
			for b.Loop() {
				want := frames.Load() + int64(n)
				w.live.Entries(context.Background(), []core.Shown{w.rules.Stored(7, luis, said)})
				for frames.Load() < want {
					time.Sleep(200 * time.Microsecond)
				}
			}
			b.ReportMetric(float64(frames.Load()-begun)/(processor()-start), "deliveries/cpu-s")
		})
	}
}

func settle(b *testing.B, w *world, n int) {
	for w.live.Hub.Size() < n {
		time.Sleep(time.Millisecond)
	}
	w.rules.Say(7, luis, said) // all are level when it has arrived
	for w.live.Hub.Count().Frames.Load() < int64(n) {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(50 * time.Millisecond)
	b.ResetTimer()
}

// bare is what the library can do, and nothing else.
func bare(b *testing.B, n int) {
	var mu sync.Mutex
	var conns []*websocket.Conn
	up := websocket.Upgrader{ReadBufferSize: 512, WriteBufferPool: &sync.Pool{}}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := up.Upgrade(w, r, nil)
		if err != nil {
			panic(err)
		}
		mu.Lock()
		defer mu.Unlock()
		conns = append(conns, c)
	}))
	defer s.Close()
	read(b, strings.TrimPrefix(s.URL, "http://"), "/", n)
	rules := setup(b).rules
	rules.Room(7, ana, luis)
	var sent atomic.Int64
	start := processor()
	for b.Loop() {
		m, err := websocket.NewPreparedMessage(websocket.TextMessage, live.EntryBytes(rules.Stored(7, luis, said)))
		require.NoError(b, err)
		for _, c := range conns {
			if err := c.WritePreparedMessage(m); err != nil {
				b.Fatal(err)
			}
			sent.Add(1)
		}
	}
	b.ReportMetric(float64(sent.Load())/(processor()-start), "deliveries/cpu-s")
	for _, c := range conns {
		c.Close()
	}
}

// BenchmarkIdle is the memory of a connection that does nothing.
func BenchmarkIdle(b *testing.B) {
	const n = 2000
	for range b.N {
		w := setup(b, func(c *live.Config) { c.Connections = n })
		for i := range int64(n) {
			w.rules.Room(100+i/4*4, 1+i/4*4, 2+i/4*4, 3+i/4*4, 4+i/4*4)
		}
		before := resident(b)
		read(b, strings.TrimPrefix(w.http.URL, "http://"), "/ws/?token={i}", n)
		for w.live.Hub.Size() < n {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(2 * time.Second)
		b.ReportMetric(float64(resident(b)-before)/n, "KB/connection")
		w.stop()
	}
}

// resident is the memory of this process in KB, with what the collector has freed given back.
func resident(t testing.TB) int {
	runtime.GC()
	debug.FreeOSMemory()
	status, err := os.ReadFile("/proc/self/status")
	require.NoError(t, err)
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kb, err := strconv.Atoi(strings.Fields(rest)[0])
	require.NoError(t, err)
	return kb
}

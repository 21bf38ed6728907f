package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// measureFanOut has one member write to rooms of many: deliveries per second of the server's processor time,
// against a loop that writes prepared messages.
func (c *chatHouse) measureFanOut(ctx context.Context) (rows []row, err error) {
	loop, err := c.serveBareChat(ctx, "-store=false")
	if err != nil {
		return nil, err
	}
	defer loop.stop()
	for _, f := range []fanOut{{members: 100, messages: 1000}, {members: 1000, messages: 200}} {
		if f.room, err = c.room(ctx, false, c.people[:f.members]...); err != nil {
			return nil, err
		}
		d, err := byTurns(c.rounds, f.on(ctx, c, c.product), f.on(ctx, c, loop))
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{what: fmt.Sprintf("deliveries to %d sockets by second of processor time, against a loop of prepared messages", f.members),
			measured: perSecond(d.product), peer: perSecond(d.peer), rounds: d.ratios, limit: atLeast(0.7)})
	}
	return rows, nil
}

// fanOut is messages of one member to a room.
type fanOut struct {
	room     int64
	members  int
	messages int64
}

// underWay is how many messages the writer has not seen yet.
const underWay = 8

func (f fanOut) on(ctx context.Context, c *chatHouse, p *process) func() (float64, error) {
	return func() (float64, error) {
		sockets, err := connectAll(ctx, p, c.people[:f.members], f.room, f.members)
		if err != nil {
			return 0, err
		}
		var heard, own count
		var reading sync.WaitGroup
		defer reading.Wait()
		defer closeAll(sockets)
		for i, s := range sockets {
			to := &heard
			if i == 0 {
				to = &own
			}
			reading.Go(func() { to.read(s, nil) })
		}
		if err := f.send(ctx, sockets[0], &own, &heard, 20); err != nil { // until all is warm
			return 0, err
		}
		before, err := p.processor()
		if err != nil {
			return 0, err
		}
		if err := f.send(ctx, sockets[0], &own, &heard, 20+f.messages); err != nil {
			return 0, err
		}
		after, err := p.processor()
		return float64(f.messages) * float64(f.members) / (after - before).Seconds(), err
	}
}

// send sends until there were so many messages, and everybody has them.
func (f fanOut) send(ctx context.Context, writer *socket, own, others *count, messages int64) error {
	for sent := own.messages.Load(); sent < messages; sent++ {
		if err := own.await(ctx, sent-underWay+1); err != nil {
			return err
		}
		if err := writer.say(); err != nil {
			return err
		}
	}
	if err := own.await(ctx, messages); err != nil {
		return err
	}
	return others.await(ctx, messages*int64(f.members-1))
}

// processor is the processor time that the process has used.
func (p *process) processor() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	user, err := strconv.ParseInt(fields[11], 10, 64)
	system, err2 := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond, errors.Join(err, err2) // a tick is 10 ms (proc(5))
}

// The room in which some members do not read.
const (
	listeners   = 50
	sleepers    = 20
	stalledRate = 100 // messages per second
	stalledSpan = 4 * time.Second
)

// measureStalled is how long messages take to members who read, when others in the room do not, against when
// all do.
func (c *chatHouse) measureStalled(ctx context.Context) ([]row, error) {
	room, err := c.room(ctx, false, c.people[:listeners+sleepers]...)
	if err != nil {
		return nil, err
	}
	d, err := byTurns(c.rounds, c.stalled(ctx, room, true), c.stalled(ctx, room, false))
	return []row{{what: fmt.Sprintf("p99 from send to receipt with %d of %d members stalled, against all reading", sleepers, listeners+sleepers),
		measured: fmt.Sprintf("%.1f ms", d.product), peer: fmt.Sprintf("%.1f ms", d.peer), rounds: d.ratios, limit: atMost(1.5)}}, err
}

func (c *chatHouse) stalled(ctx context.Context, room int64, asleep bool) func() (float64, error) {
	return func() (float64, error) {
		awake, err := connectAll(ctx, c.product, c.people[:listeners], room, listeners)
		if err != nil {
			return 0, err
		}
		var reading sync.WaitGroup
		defer reading.Wait()
		defer closeAll(awake)
		others, err := c.sleepers(ctx, room, &reading, asleep)
		defer closeAll(others)
		if err != nil {
			return 0, err
		}
		var heard count
		var mu sync.Mutex
		var took []time.Duration
		for _, s := range awake {
			reading.Go(func() {
				heard.read(s, func(sent time.Time) {
					d := time.Since(sent)
					mu.Lock()
					defer mu.Unlock()
					took = append(took, d)
				})
			})
		}
		if err := longTexts(ctx, awake[0], &heard); err != nil {
			return 0, err
		}
		mu.Lock()
		defer mu.Unlock()
		return ms(quantile(took, 0.99)), nil
	}
}

// sleepers are connected with small windows; asleep, they never read.
func (c *chatHouse) sleepers(ctx context.Context, room int64, reading *sync.WaitGroup, asleep bool) (all []*socket, err error) {
	for _, m := range c.people[listeners : listeners+sleepers] {
		s, err := connectNarrow(ctx, c.product, m, room)
		if err != nil {
			return all, err
		}
		all = append(all, s)
		if !asleep {
			var read count
			reading.Go(func() { read.read(s, nil) })
		}
	}
	return all, nil
}

// connectNarrow is connect over a connection for which the kernel keeps little.
func connectNarrow(ctx context.Context, p *process, m member, room int64) (*socket, error) {
	narrow := func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if tcp, ok := conn.(*net.TCPConn); ok {
			err = errors.Join(err, tcp.SetReadBuffer(4096))
		}
		return conn, err
	}
	return connectBy(ctx, &websocket.Dialer{HandshakeTimeout: time.Minute, ReadBufferSize: 4096, WriteBufferSize: 512, NetDialContext: narrow}, p, m, room)
}

// longTexts are sent at the rate of the measurement, long enough to fill what kernels keep for those who do
// not read.
func longTexts(ctx context.Context, s *socket, heard *count) error {
	padding := strings.Repeat("vaca ", 700)
	begun, sent := time.Now(), int64(0)
	for ; time.Since(begun) < stalledSpan; sent++ {
		if err := rests(ctx, time.Until(begun.Add(time.Duration(sent)*time.Second/stalledRate))); err != nil {
			return err
		}
		if err := s.write(padding); err != nil {
			return err
		}
	}
	return heard.await(ctx, sent*listeners)
}

// The room whose frames are counted.
const (
	receivers     = 50
	framesSpan    = 5 * time.Second
	framesRate    = 10 // messages per second
	receiptsEvery = 200 * time.Millisecond
)

var seqAt = []byte(`"seq":`)

// measureFrames counts the frames that a message costs in a room whose members acknowledge: half of them have
// the room open and say that they have read, the others that they have it, each at most so often, as phones do.
func (c *chatHouse) measureFrames(ctx context.Context) ([]row, error) {
	room, err := c.room(ctx, false, c.people[:receivers]...)
	if err != nil {
		return nil, err
	}
	var answered []float64
	frames, err := repeat(c.rounds, func() (float64, error) {
		out, in, err := c.frames(ctx, room)
		answered = append(answered, in/receivers)
		return out / receivers, err
	})
	return []row{{what: fmt.Sprintf("frames by message and member in a room of %d with receipts", receivers),
		measured: fmt.Sprintf("%s, and %.2f from the member", spread(frames, "%.2f"), median(answered)), peer: "–", rounds: frames, limit: atMost(2)}}, err
}

func (c *chatHouse) frames(ctx context.Context, room int64) (out, in float64, err error) {
	sockets, err := connectAll(ctx, c.product, c.people[:receivers], room, receivers)
	if err != nil {
		return 0, 0, err
	}
	var heard count
	var answers atomic.Int64
	var reading sync.WaitGroup
	defer reading.Wait()
	defer closeAll(sockets)
	for i, s := range sockets {
		if i == 0 { // the author
			reading.Go(func() { heard.read(s, nil) })
			continue
		}
		reading.Go(func() { s.acknowledge(i%2 == 0, &heard, &answers) })
	}
	if err := rests(ctx, time.Second); err != nil { // what greets is not counted
		return 0, 0, err
	}
	greeting := heard.frames.Load()
	messages := float64(framesRate * framesSpan.Seconds())
	for begun, n := time.Now(), 0; n < int(messages); n++ {
		if err := rests(ctx, time.Until(begun.Add(time.Duration(n)*time.Second/framesRate))); err != nil {
			return 0, 0, err
		}
		if err := sockets[0].say(); err != nil {
			return 0, 0, err
		}
	}
	if err := rests(ctx, time.Second); err != nil { // until the last receipts are there
		return 0, 0, err
	}
	return float64(heard.frames.Load()-greeting) / messages, float64(answers.Load()) / messages, nil
}

// acknowledge reads and, now and then, tells how far it has come.
func (s *socket) acknowledge(opened bool, heard *count, answers *atomic.Int64) {
	for last := time.Now(); ; {
		frame, err := s.next()
		if err != nil {
			return
		}
		heard.frames.Add(1)
		if _, ok := sentAt(frame); !ok || time.Since(last) < receiptsEvery {
			continue
		}
		_, rest, _ := bytes.Cut(frame, seqAt)
		digits := rest[:bytes.IndexAny(rest, ",}")]
		ask := fmt.Appendf(nil, `{"type":"delivered","rooms":{"%d":%s}}`, s.room, digits)
		if opened {
			ask = fmt.Appendf(nil, `{"type":"mark_read","room_id":%d,"seq":%s}`, s.room, digits)
		}
		if s.WriteMessage(websocket.TextMessage, ask) != nil {
			return
		}
		answers.Add(1)
		last = time.Now()
	}
}

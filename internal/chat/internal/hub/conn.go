package hub

import (
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// What may wait for a connection at most. Who has more is too slow.
const (
	MaxFrames = 1024
	MaxBytes  = 512 << 10
)

// Transport is the way out of a connection. Calls of Try, Write and Close do not overlap.
type Transport interface {
	// Try sends a frame if the network takes all of it now; false: Write is called with it next. It does not
	// block.
	Try(f *Frame) bool
	// Write sends frames in order, and returns when the network has taken them. An error ends the connection.
	Write(frames []*Frame) error
	// Close tells the other side why it ends, and has the reader end soon.
	Close(code int, reason string)
	// Hurry gives a Write that is under way, and Close, little time.
	Hurry()
	// Abort ends it at once. It may be called at any time, and again.
	Abort()
}

// Conn is somebody's connection. Of an idle one there is no goroutine here, and no buffer: what the network
// takes at once is written by whoever sends it; a writer comes with the first frame that has to wait, and goes
// with the last.
type Conn struct {
	UserID    int64
	SessionID int64
	Kind      string    // for the metrics
	All       bool      // rooms that become the person's are the connection's, too
	Confirms  bool      // the other side is asked by pings for what it has; only of connections with one room
	Until     time.Time // it is to come anew then; zero: never

	hub  *Hub
	out  Transport
	run  func() // c.write, made once
	slot int

	seats map[int64]*seat // under the hub's lock
	quick atomic.Bool     // the first frames were awaited long enough

	mu      sync.Mutex
	queue   []*Frame
	waiting int // frames, those that are being written included
	bytes   int // of these
	writing bool
	closing bool
	closed  bool // nothing is written any more
	code    int
	reason  string
	parked  []*seat // which wait for the queue to be empty
	confirm confirm
}

// confirm is what a connection's other side is known to have (RFC 6455 §5.5.3: a pong repeats its ping).
type confirm struct {
	sent  int64 // the newest entry of somebody else
	asked int64 // by the last ping
	open  bool  // which is not answered yet
}

// NewConn is a connection that writes to out. It is not the hub's before Open.
func (h *Hub) NewConn(out Transport) *Conn {
	c := &Conn{hub: h, out: out}
	c.run = c.write
	return c
}

var queues = sync.Pool{New: func() any { q := make([]*Frame, 0, 16); return &q }}

func takeQueue() []*Frame { return (*queues.Get().(*[]*Frame))[:0] }

func giveQueue(q []*Frame) {
	if cap(q) == 0 || cap(q) > MaxFrames {
		return
	}
	clear(q)
	q = q[:0]
	queues.Put(&q)
}

// Send has frames follow what waits already. It says whether the connection takes them: one that is closing
// does not, and one for which too much waits is closed.
func (c *Conn) Send(frames ...*Frame) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range frames {
		if !c.push(f) {
			return false
		}
	}
	return true
}

// entries sends entries of a room's log that follow each other; f is their frames.
func (c *Conn) entries(f *Frame, all []Entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.push(f) || !c.Confirms {
		return
	}
	for _, e := range all {
		if e.From != c.UserID {
			c.confirm.sent = e.Seq
		}
	}
	c.askNow()
}

// push appends to the queue, whose lock is held.
func (c *Conn) push(f *Frame) bool {
	if c.closing {
		return false
	}
	size := f.size()
	if c.waiting >= MaxFrames || c.bytes+size > MaxBytes && c.waiting > 0 {
		c.cut()
		return false
	}
	c.append(f, size)
	return true
}

// append sends a frame at once when nothing waits and the network takes it, which spares a writer and is the
// rule; else it waits.
func (c *Conn) append(f *Frame, size int) {
	if !c.writing && c.out.Try(f) {
		c.hub.count.out(f.count())
		return
	}
	if c.queue == nil {
		c.queue = takeQueue()
	}
	c.queue = append(c.queue, f)
	c.waiting += f.count()
	c.bytes += size
	c.start()
}

// start has a writer work; the lock is held.
func (c *Conn) start() {
	if !c.writing {
		c.writing = true
		go c.run()
	}
}

// cut closes a connection that is too slow; the lock is held. What waits is dropped: it will resume.
func (c *Conn) cut() {
	c.closing, c.code, c.reason = true, c.hub.cfg.SlowCode, c.hub.cfg.SlowReason
	giveQueue(c.queue)
	c.queue = nil
	c.hub.count.cuts("slow")
	c.out.Hurry()
	c.start()
}

// Close ends the connection when all that waits, and these last frames, are written.
func (c *Conn) Close(code int, reason string, last ...*Frame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closing {
		return
	}
	for _, f := range last {
		c.append(f, f.size())
	}
	c.closing, c.code, c.reason = true, code, reason
	c.start()
}

// write is the writer. It ends when nothing waits.
func (c *Conn) write() {
	batch := takeQueue()
	defer func() { giveQueue(batch) }()
	for {
		batch = c.take(batch)
		if len(batch) == 0 {
			return
		}
		if err := c.out.Write(batch); err != nil {
			c.fail()
			return
		}
		c.written(batch)
	}
}

// take gives the writer what waits, for an empty queue; nothing ends the writer.
func (c *Conn) take(empty []*Frame) []*Frame {
	c.mu.Lock()
	if len(c.queue) == 0 && !c.closing {
		c.ask()
	}
	if len(c.queue) > 0 {
		batch := c.queue
		c.queue = empty[:0]
		c.mu.Unlock()
		return batch
	}
	last := c.closing && !c.closed
	c.closed = c.closing
	giveQueue(c.queue)
	c.queue = nil
	parked := c.parked
	c.parked = nil
	if !last {
		c.writing = false
	}
	c.mu.Unlock()
	if last {
		c.out.Close(c.code, c.reason)
	}
	c.hub.loader.seats(parked...)
	return empty[:0]
}

// written notes what the network has taken, and empties the batch.
func (c *Conn) written(batch []*Frame) {
	frames, bytes := 0, 0
	for _, f := range batch {
		frames, bytes = frames+f.count(), bytes+f.size()
	}
	c.hub.count.out(frames)
	c.mu.Lock()
	c.waiting -= frames
	c.bytes -= bytes
	c.mu.Unlock()
	clear(batch)
}

// fail ends a connection that cannot be written to.
func (c *Conn) fail() {
	c.mu.Lock()
	if !c.closing {
		c.hub.count.cuts("lost")
	}
	c.closing, c.closed = true, true
	c.mu.Unlock()
	c.out.Abort()
}

// ask has the other side say what it has, when that is not known and no answer is awaited; the lock is held.
func (c *Conn) ask() {
	if q := &c.confirm; q.sent > q.asked && !q.open {
		q.asked, q.open = q.sent, true
		data := strconv.AppendInt(nil, q.asked, 10)
		c.append(Of(Ping, data), len(data))
	}
}

// Ponged takes the answer to a ping, and returns up to which entry the other side has all; 0: it says nothing.
func (c *Conn) Ponged(data []byte) int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	q := &c.confirm
	if !q.open || string(data) != strconv.FormatInt(q.asked, 10) {
		return 0
	}
	q.open = false
	asked := q.asked
	c.askNow()
	return asked
}

// askNow asks unless the writer is about to; the lock is held.
func (c *Conn) askNow() {
	if !c.writing && !c.closing {
		c.ask()
	}
}

// roomy says whether more may be sent of which nothing may be lost.
func (c *Conn) roomy() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.waiting < MaxFrames/2 && c.bytes < MaxBytes/2
}

// roomAgain is how often Await looks.
const roomAgain = 2 * time.Millisecond

// Await returns when the connection can take answers, or ends: who asks faster than they read waits for
// themselves, and is not cut for it.
func (c *Conn) Await() {
	for !c.roomy() && !c.over() {
		time.Sleep(roomAgain)
	}
}

func (c *Conn) over() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closing
}

// park has a seat wait until the queue is empty; false: it is.
func (c *Conn) park(s *seat) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.writing || c.closing {
		return c.closing
	}
	c.parked = append(c.parked, s)
	return true
}

package socket

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v5"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/hub"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/httpx"
)

// streamLife is how long a stream lasts. Clients come back by themselves, and say where they are.
const streamLife = time.Hour

func (d *doors) addStream() {
	route := httpx.Route{Method: http.MethodGet, Path: "/api/chat/stream/", ID: "chat.stream", Summary: "What happens, as server-sent events",
		Access: httpx.Member, Credential: httpx.SocketCredential, Timeout: streamLife, Errors: []int{http.StatusServiceUnavailable},
		Doc: "The frames of `/ws/` for networks where WebSockets do not pass; send by REST. Each event's id says what one has: a browser sends it back when it " +
			"reconnects, and gets what it lacks."}
	text := &huma.Schema{Type: "string"}
	event := &huma.Schema{Type: "object", Properties: map[string]*huma.Schema{"id": text, "event": text, "data": text}} // of one
	d.router.Stream(route, func(op *huma.Operation) {
		op.Parameters = append(op.Parameters,
			&huma.Param{Name: "rooms", In: "query", Schema: &huma.Schema{Type: "string"}, Description: "What one has: `12:345,13:2` is room 12 up to 345 and room 13 up to 2. Other rooms come from now on."},
			&huma.Param{Name: "token", In: "query", Schema: &huma.Schema{Type: "string"}, Description: "In place of the header, which browsers cannot set here."},
			&huma.Param{Name: "Last-Event-ID", In: "header", Schema: &huma.Schema{Type: "string"}, Description: "The last event's id; it wins over `rooms`."})
		op.Responses["200"] = &huma.Response{Description: "The stream", Content: map[string]*huma.MediaType{"text/event-stream": {Schema: event}}}
	}, d.stream)
}

// stream sends a person's frames until either side ends it.
func (d *doors) stream(c *echo.Context) error {
	r := c.Request()
	positions, err := parsePositions(c.QueryParam("rooms"))
	if err != nil {
		return err
	}
	later, err := parsePositions(r.Header.Get("Last-Event-ID"))
	if err != nil {
		return err
	}
	maps.Copy(positions, later)
	if d.live.Hub.Full() {
		return errFull
	}
	s := &events{w: c.Response(), control: http.NewResponseController(c.Response()), has: positions, ended: make(chan struct{})}
	who, _ := authn.From(r.Context())
	conn := d.newConn(s, who, stream)
	if err := d.live.Hub.Open(conn); err != nil {
		return errFull.Wrap(err)
	}
	defer s.finish()
	defer d.live.Hub.Leave(conn)
	if err := d.router.StillSignedIn(r); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	c.Response().Header().Set("X-Accel-Buffering", "no") // of proxies: they would hold events back
	s.mu.Lock()                                          // nothing is written before it is known what the other side has
	err = d.welcome(r.Context(), conn, positions, false)
	s.mu.Unlock()
	if err != nil {
		return err
	}
	return s.wait(r.Context())
}

// events is the way out of a stream.
type events struct {
	w       http.ResponseWriter
	control *http.ResponseController

	mu    sync.Mutex // of what is written: nothing is once the handler has returned
	over  bool
	begun bool
	has   map[int64]int64 // what the other side has with all that was written; complete before the first event
	text  bytes.Buffer
	ended chan struct{}
	once  sync.Once
}

// wait returns when either side has ended the stream.
func (e *events) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
	case <-e.ended:
	}
	return nil
}

func (e *events) finish() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.over = true
	_ = e.control.SetWriteDeadline(time.Time{}) // the connection may serve other requests
}

// Try does nothing: a stream is flushed, which may take time.
func (e *events) Try(*hub.Frame) bool { return false }

// Write sends frames as events, those of entries with an id.
func (e *events) Write(frames []*hub.Frame) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.over {
		return http.ErrAbortHandler
	}
	e.text.Reset()
	for _, f := range frames {
		for one := range f.Each {
			e.put(one)
		}
	}
	_ = e.control.SetWriteDeadline(time.Now().Add(writeWithin)) // fails with the connection
	if _, err := e.w.Write(e.text.Bytes()); err != nil {
		return err
	}
	return e.control.Flush()
}

func (e *events) put(f *hub.Frame) {
	if f.Op != hub.Text {
		e.text.WriteString(":\n\n") // keeps proxies from closing
		return
	}
	if f.Room != 0 {
		e.has[f.Room] = f.Seq
	}
	if f.Room != 0 || !e.begun {
		e.begun = true
		e.text.WriteString("id: ")
		e.text.WriteString(formatPositions(e.has))
		e.text.WriteByte('\n')
	}
	e.text.WriteString("data: ")
	e.text.Write(f.Data()) // JSON has no line ends
	e.text.WriteString("\n\n")
}

// Close ends the stream. The client comes back, and learns why it may not if so.
func (e *events) Close(int, string) { e.Abort() }

// Hurry leaves a Write little time.
func (e *events) Hurry() { _ = e.control.SetWriteDeadline(time.Now().Add(closeWithin)) }

// Abort ends the stream.
func (e *events) Abort() { e.once.Do(func() { close(e.ended) }) }

// parsePositions reads 12:345,13:2.
//
// Errors: chat.ErrRoomInvalid.
func parsePositions(text string) (map[int64]int64, error) {
	out := map[int64]int64{}
	if text == "" {
		return out, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		room, seq, _ := strings.Cut(part, ":")
		id, err := strconv.ParseInt(room, 10, 64)
		n, err2 := strconv.ParseInt(seq, 10, 64)
		if cmp.Or(err, err2) != nil || id <= 0 || n < 0 {
			return nil, chat.ErrRoomInvalid
		}
		out[id] = n
	}
	return out, nil
}

func formatPositions(at map[int64]int64) string {
	var b strings.Builder
	for i, room := range slices.Sorted(maps.Keys(at)) {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%d:%d", room, at[room])
	}
	return b.String()
}

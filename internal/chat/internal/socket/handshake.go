package socket

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/labstack/echo/v5"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/hub"
	"agrovet/internal/chat/internal/wire"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

// Protocol is the subprotocol that is spoken. Who sends the token as a subprotocol names this one, too.
const Protocol = "agrovet"

var upgrader = websocket.Upgrader{
	ReadBufferSize:  512, // of each connection, for good
	WriteBufferSize: 512,
	WriteBufferPool: &sync.Pool{},
	Subprotocols:    []string{Protocol},
	CheckOrigin:     func(*http.Request) bool { return true }, // httpx has
	Error:           func(http.ResponseWriter, *http.Request, int, error) {},
}

var (
	errNoSocket = errs.New(errs.Invalid, "websocket_required", "Aquí se conecta con WebSocket.", "Connect here by WebSocket.")
	errFull     = errs.New(errs.Unavailable, "chat.full", "Hay demasiadas conexiones. Intente de nuevo.", "There are too many connections. Try again.").After(5 * time.Second)
	errSince    = errs.InField("since", "Debe ser un número.", "It must be a number.")
)

// all is /ws/: everything of a person. Nothing of the rooms is sent before the client has said what it has,
// or a moment has passed.
func (d *doors) all(c *echo.Context) error {
	return d.let(c, &peer{kind: everything, strict: true}, func(ctx context.Context, p *peer) error {
		if err := d.welcome(ctx, p.conn, map[int64]int64{}, true); err != nil {
			return err
		}
		time.AfterFunc(resumeWithin, func() { d.live.Hub.Release(p.conn) })
		return nil
	})
}

// resumeWithin is how long entries are held back for a client that has not yet said what it has. One that
// says it later gets some of them again.
const resumeWithin = time.Second

// presence is /ws/presence/: who is there, and what happens in rooms, for those who have none open.
func (d *doors) presence(c *echo.Context) error {
	return d.let(c, &peer{kind: presence}, func(ctx context.Context, p *peer) error {
		return d.welcome(ctx, p.conn, map[int64]int64{}, false)
	})
}

// pushed is how many entries a client is sent at most that does not say what it has.
const pushed = 100

// room is /ws/chat/{room}/. What the client lacks is sent: above ?since=, or else what no device of the
// person has yet.
func (d *doors) room(c *echo.Context) error {
	id, err := strconv.ParseInt(c.Param("room"), 10, 64)
	if err != nil {
		return chat.ErrNoRoom
	}
	since := int64(-1)
	if text := c.QueryParam("since"); text != "" {
		if since, err = strconv.ParseInt(text, 10, 64); err != nil || since < 0 {
			return errSince
		}
	}
	userID := authn.UserID(c.Request().Context())
	if _, _, err := d.live.Rules().Member(c.Request().Context(), id, userID); err != nil {
		return err
	}
	return d.let(c, &peer{kind: oneRoom, room: id}, func(ctx context.Context, p *peer) error {
		r, m, err := d.live.Rules().Member(ctx, id, userID) // again: whoever is put out from now on is told
		if err != nil {
			return err
		}
		place := hub.Place{Room: id, From: m.FromSeq, Pos: since, Seq: r.LastSeq, Tells: since >= 0}
		if since < 0 {
			place.Pos = max(m.DeliveredSeq, r.LastSeq-pushed)
		}
		d.live.Hub.Seat(p.conn, place)
		return nil
	})
}

// let opens a connection. enter makes it take part in what it is for.
func (d *doors) let(c *echo.Context, p *peer, enter func(ctx context.Context, p *peer) error) error {
	r := c.Request()
	if !websocket.IsWebSocketUpgrade(r) {
		return errNoSocket
	}
	if d.live.Hub.Full() {
		return errFull
	}
	socket, err := upgrader.Upgrade(c.Response(), r, nil)
	if err != nil {
		return errNoSocket.Wrap(err)
	}
	if res, err := echo.UnwrapResponse(c.Response()); err == nil {
		res.Status = http.StatusSwitchingProtocols
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), within)
	defer cancel()
	d.open(ctx, r, p, socket)
	if err := d.enter(ctx, r, p, enter); err != nil {
		e := httpx.Failure(ctx, err)
		p.conn.Close(closeCode(e), "", p.problem(e, nil))
	}
	go p.read() // this goroutine has a large stack, and the request: both end here
	return nil
}

// open makes a socket a connection of the hub.
func (d *doors) open(ctx context.Context, r *http.Request, p *peer, socket *websocket.Conn) {
	who, _ := authn.From(r.Context())
	p.doors, p.lang, p.flood = d, httpx.Lang(ctx), flood{limit: d.live.Config.Frames}
	p.out = newTransport(socket, d.live.Config.Heartbeat*5/2)
	p.conn = d.newConn(p.out, who, p.kind)
	p.conn.Confirms = p.kind == oneRoom
	p.listen()
}

// newConn is a connection of somebody, which lives for a while: then the token is shown again, which is use
// of its session.
func (d *doors) newConn(out hub.Transport, who authn.Principal, kind string) *hub.Conn {
	c := d.live.Hub.NewConn(out)
	c.UserID, c.SessionID, c.Kind, c.All = who.UserID, who.SessionID, kind, kind != oneRoom
	life := d.live.Config.Lifetime
	if left := time.Until(who.Expires); !who.Expires.IsZero() && left/2 < life {
		life = max(left/2, time.Minute)
	}
	c.Until = time.Now().Add(life)
	return c
}

// enter makes a connection take part, once it is one of those that are told when sessions and memberships end.
func (d *doors) enter(ctx context.Context, r *http.Request, p *peer, enter func(ctx context.Context, p *peer) error) error {
	if err := d.live.Hub.Open(p.conn); err != nil {
		return errFull.Wrap(err)
	}
	if err := d.router.StillSignedIn(r); err != nil {
		return err
	}
	return enter(ctx, p)
}

// closeCode is the code with which a connection ends that could not be opened.
func closeCode(e *errs.Error) int {
	switch e.Kind {
	case errs.Unauthenticated:
		return wire.CloseSession
	case errs.Forbidden, errs.NotFound:
		return wire.CloseNotMember
	case errs.Unavailable, errs.Timeout:
		return wire.CloseSlow
	}
	return wire.CloseFault
}

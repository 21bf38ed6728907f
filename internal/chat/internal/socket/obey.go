package socket

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"
	"unicode/utf8"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/hub"
	"agrovet/internal/chat/internal/live"
	"agrovet/internal/chat/internal/wire"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

var (
	errJSON = errs.New(errs.Invalid, "invalid_json", "El mensaje no es JSON.", "The frame is not JSON.")
	errType = errs.New(errs.Invalid, "unknown_type", "Tipo desconocido.", "Unknown type.")
	errRoom = errs.InField("room_id", "Se requiere la sala.", "The room is required.")
)

// badJSON is how many frames may be no JSON before the connection ends.
const badJSON = 10

// head is what all frames have.
type head struct {
	Type        string          `json:"type"`
	ClientMsgID json.RawMessage `json:"client_msg_id"`
}

// obey does what a frame asks; false: the connection ends.
func (p *peer) obey(data []byte) (on bool) {
	var h head
	if !json.Valid(data) || !utf8.Valid(data) { // json lets wrong characters pass, and answers would repeat them
		return p.noJSON()
	}
	_ = json.Unmarshal(data, &h) // what is no object, or has a type that is no text, has none
	if ok, end := p.flood.take(time.Now()); !ok {
		p.answer(p.problem(chat.ErrTooFast.After(p.flood.wait()), h.ClientMsgID))
		if end {
			p.cut("flood", wire.CloseFlood, "slow down")
		}
		return !end
	}
	ctx, cancel := context.WithTimeout(authn.With(context.Background(), authn.Principal{UserID: p.conn.UserID, SessionID: p.conn.SessionID}), within)
	defer cancel()
	err := p.do(ctx, h.Type, data)
	if err != nil && (p.strict || !errors.Is(err, errType)) {
		p.answer(p.problem(httpx.Failure(ctx, err), h.ClientMsgID))
	}
	p.live.Hub.Release(p.conn)
	return true
}

func (p *peer) noJSON() (on bool) {
	if ok, _ := p.flood.take(time.Now()); ok {
		p.answer(p.problem(errJSON, nil))
	}
	p.bad++
	if p.bad < badJSON {
		return true
	}
	p.cut("invalid_json", wire.CloseNotJSON, "frames are JSON")
	return false
}

// do does what a type of frame asks.
func (p *peer) do(ctx context.Context, kind string, data []byte) error {
	if p.kind == presence && kind != wire.AskPing && kind != wire.AskOnline {
		return errType
	}
	if kind == wire.AskSend {
		return asked(p, ctx, data, p.send)
	}
	p.settled() // what else is asked comes behind the messages before it
	switch kind {
	case wire.AskRead:
		return asked(p, ctx, data, p.markRead)
	case wire.AskDelivered:
		return asked(p, ctx, data, p.delivered)
	case wire.AskResume:
		return asked(p, ctx, data, p.resume)
	case wire.AskTyping:
		return asked(p, ctx, data, p.typing)
	case wire.AskOnline:
		return asked(p, ctx, data, p.online)
	case wire.AskPing:
		p.answer(live.Frame(func() any { return wire.Pong{Type: wire.TypePong} }))
		return nil
	}
	return errType
}

// asked decodes a frame and does what it asks.
func asked[T any](_ *peer, ctx context.Context, data []byte, do func(context.Context, T) error) error {
	var v T
	if err := json.Unmarshal(data, &v); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			return errs.InField(wrong.Field, "Valor inválido.", "Invalid value.")
		}
		return errs.InField("room_id", "Sala inválida.", "Invalid room.")
	}
	return do(ctx, v)
}

// in is the room that a frame is about.
//
// Errors: chat.ErrOtherRoom.
func (p *peer) in(ref wire.RoomRef) (int64, error) {
	switch {
	case p.room == 0 && ref == 0:
		return 0, errRoom
	case p.room != 0 && ref != 0 && int64(ref) != p.room:
		return 0, chat.ErrOtherRoom
	case p.room != 0:
		return p.room, nil
	}
	return int64(ref), nil
}

func (p *peer) send(_ context.Context, f wire.Send) error {
	room, err := p.in(f.Room)
	if err != nil {
		return err
	}
	d := core.Draft{RoomID: room, SenderID: p.conn.UserID, Content: f.Content, MediaID: or(f.MediaID), ReplyTo: or(f.ReplyTo)}
	if d.Content == "" {
		d.Content = f.Text
	}
	if d.ClientKey, err = core.ClientKey(f.ClientMsgID); err != nil {
		return err
	}
	p.pass(message{d, raw(f.ClientMsgID)})
	return nil
}

func (p *peer) markRead(ctx context.Context, f wire.MarkRead) error {
	room, err := p.in(f.Room)
	if err != nil {
		return err
	}
	rules := p.live.Rules()
	switch {
	case f.Seq > 0:
		_, err = rules.Read(ctx, room, p.conn.UserID, f.Seq)
	case len(f.MessageIDs) > 0:
		_, err = rules.ReadMessages(ctx, room, p.conn.UserID, f.MessageIDs)
	default:
		var r chat.Room
		if r, _, err = rules.Member(ctx, room, p.conn.UserID); err == nil {
			_, err = rules.Read(ctx, room, p.conn.UserID, r.LastSeq)
		}
	}
	return err
}

// positions are a frame's numbers by room.
//
// Errors: chat.ErrRoomInvalid, chat.ErrOtherRoom.
func (p *peer) positions(rooms map[string]int64) (map[int64]int64, error) {
	out := make(map[int64]int64, len(rooms))
	for text, seq := range rooms {
		id, err := strconv.ParseInt(text, 10, 64)
		switch {
		case err != nil:
			return nil, chat.ErrRoomInvalid
		case p.room != 0 && id != p.room:
			return nil, chat.ErrOtherRoom
		}
		out[id] = seq
	}
	return out, nil
}

func (p *peer) delivered(_ context.Context, f wire.MarkDelivered) error {
	upTo, err := p.positions(f.Rooms)
	if err != nil {
		return err
	}
	for room, seq := range upTo {
		if seq > 0 && p.live.Hub.In(p.conn, room) {
			p.live.Got(p.conn.UserID, room, seq)
		}
	}
	return nil
}

func (p *peer) resume(_ context.Context, f wire.Resume) error {
	positions, err := p.positions(f.Rooms)
	if err == nil {
		p.live.Hub.Resume(p.conn, positions)
	}
	return err
}

// typing tells a room, of two if neither blocks the other, which is looked up as often as it is told.
func (p *peer) typing(ctx context.Context, f wire.IsTyping) error {
	room, err := p.in(f.Room)
	switch {
	case err != nil:
		return err
	case !p.live.Hub.In(p.conn, room):
		return chat.ErrNotMember
	case !p.typed.take(room, time.Now()):
		return nil
	case !p.typed.always:
		if p.typed.always, err = p.live.Rules().MayType(ctx, room); err != nil {
			return err
		}
	}
	p.live.Typing(room, p.conn.UserID)
	return nil
}

// online tells who is there. When that cannot be found out, the list is empty (contract: websocket.md §5).
func (p *peer) online(ctx context.Context, f wire.GetOnline) error {
	users, err := p.live.Online(ctx, p.conn.UserID, f.Users)
	if err != nil {
		p.live.Log.WarnContext(ctx, "who is online cannot be told", "error", err)
	}
	if users == nil {
		users = []int64{}
	}
	p.answer(live.Frame(func() any { return wire.OnlineUsers{Type: wire.TypeOnlineUsers, Users: users} }))
	return nil
}

func (p *peer) answer(f *hub.Frame) { p.conn.Send(f) }

// problem is the frame of an error, as httpx.Failure finds it.
func (p *peer) problem(e *errs.Error, clientMsgID json.RawMessage) *hub.Frame {
	out := wire.Error{Type: wire.TypeError, Code: e.Code, Detail: e.Text.In(p.lang), ClientMsgID: raw(clientMsgID), RetryAfter: e.RetryAfter.Seconds()}
	for _, f := range e.Fields {
		if out.Detail == "" {
			out.Detail = f.Name + ": " + f.Text.In(p.lang)
		}
	}
	return live.Frame(func() any { return out })
}

// raw is a value of a client's frame that outlives it.
func raw(m json.RawMessage) json.RawMessage {
	if len(m) == 0 {
		return json.RawMessage("null")
	}
	return append(json.RawMessage(nil), m...)
}

func or[T any](v *T) (zero T) {
	if v != nil {
		return *v
	}
	return zero
}

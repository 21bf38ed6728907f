package socket

import (
	"context"
	"encoding/json"
	"sync"

	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/live"
	"agrovet/internal/chat/internal/wire"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/httpx"
)

// maxOutgoing is how many messages of a connection may be on their way. Its next ones are not read until then.
const maxOutgoing = 32

// outgoing is the messages of a connection that are on their way to be stored. While some are being stored
// others gather, and go together behind them: in their order, and in fewer transactions than there are messages.
type outgoing struct {
	places chan struct{} // one is taken by each message

	mu      sync.Mutex
	waiting []message
	idle    chan struct{} // closed when all are stored or refused; nil: they are
}

// message is a draft, and what its sender calls it.
type message struct {
	draft core.Draft
	key   json.RawMessage
}

// pass has a message follow those that are on their way.
func (p *peer) pass(m message) {
	if p.sends == nil {
		p.sends = &outgoing{places: make(chan struct{}, maxOutgoing)}
	}
	o := p.sends
	o.places <- struct{}{}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting = append(o.waiting, m)
	if o.idle == nil {
		o.idle = make(chan struct{})
		go p.store(o)
	}
}

// settled waits until the messages of the connection are stored, or refused.
func (p *peer) settled() {
	if p.sends == nil {
		return
	}
	p.sends.mu.Lock()
	idle := p.sends.idle
	p.sends.mu.Unlock()
	if idle != nil {
		<-idle
	}
}

// store stores what gathers until there is no more, and answers.
func (p *peer) store(o *outgoing) {
	for {
		o.mu.Lock()
		batch := o.waiting
		o.waiting = nil
		if len(batch) == 0 {
			close(o.idle)
			o.idle = nil
		}
		o.mu.Unlock()
		if len(batch) == 0 {
			return
		}
		p.storeAll(batch)
		for range batch {
			<-o.places
		}
	}
}

func (p *peer) storeAll(batch []message) {
	ctx, cancel := context.WithTimeout(authn.With(context.Background(), authn.Principal{UserID: p.conn.UserID, SessionID: p.conn.SessionID}), within)
	defer cancel()
	drafts := make([]core.Draft, len(batch))
	for i, m := range batch {
		drafts[i] = m.draft
	}
	for i, s := range p.live.Rules().SendAll(ctx, drafts) {
		switch {
		case s.Err != nil:
			p.answer(p.problem(httpx.Failure(ctx, s.Err), batch[i].key))
		case p.strict:
			p.answer(live.Frame(func() any {
				return wire.Ack{Type: wire.TypeAck, ClientMsgID: batch[i].key, RoomIDs: wire.RoomIDsOf(s.RoomID), MessageID: s.ID, Seq: s.Seq,
					Timestamp: wire.Written(s.CreatedAt), Repeated: s.Repeated}
			}))
		}
	}
}

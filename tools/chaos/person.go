package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"agrovet/internal/chat/wsclient"
	"agrovet/tools/split/patient"
	"agrovet/tools/split/people"
)

// person is somebody who has a socket besides.
type person struct {
	*people.Person
	dead []string // tokens that were signed out

	socket *wsclient.Client
	mu     sync.Mutex
	heard  map[int64][]int64 // numbers of entries by room
	there  map[int64]bool    // who came, or went, as the socket was told last
}

// connect opens the person's socket, which comes back by itself. URL is that of a process, or of what stands in front.
func (p *person) connect(ctx context.Context, url string, dial bool) (err error) {
	cfg := wsclient.Config{URL: url, Token: p.Token, Begin: wsclient.FromStart, Again: 3 * time.Second, MinWait: 100 * time.Millisecond, MaxWait: time.Second}
	if dial {
		cfg.NetDial = p.Client().Dial
	}
	cfg.Handle = func(f wsclient.Frame) {
		p.mu.Lock()
		defer p.mu.Unlock()
		switch {
		case f.Entry():
			p.heard[f.Room] = append(p.heard[f.Room], f.Seq)
		case f.Type == "presence.online", f.Type == "presence.offline":
			p.there[f.UserID] = f.Type == "presence.online"
		}
	}
	p.socket, err = wsclient.Dial(ctx, cfg)
	return err
}

// gapless says whether the socket was told of a room all up to the last entry, each once and in order.
func (p *person) gapless(room, last int64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, seq := range p.heard[room] {
		if seq != int64(i)+1 {
			return fmt.Errorf("%s heard entry %d of room %d as number %d", p, seq, room, i+1)
		}
	}
	if n := int64(len(p.heard[room])); n != last {
		return fmt.Errorf("%s heard %d of %d entries of room %d", p, n, last, room)
	}
	return nil
}

// say sends a message by the socket.
func (p *person) say(ctx context.Context, room int64) error {
	ctx, cancel := context.WithTimeout(ctx, patient.Patience)
	defer cancel()
	text := "por el socket " + people.Word()
	ack, err := p.socket.Send(ctx, wsclient.Outgoing{Room: room, Text: text})
	p.Said[text] = ack.MessageID
	if err != nil {
		return errors.Join(fmt.Errorf("%q in room %d", text, room), err)
	}
	return nil
}

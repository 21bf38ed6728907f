package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"agrovet/tools/split/patient"
	"agrovet/tools/split/people"
)

// check reads back, as clients do, what was acknowledged.
func (m *community) check(ctx context.Context) error {
	var all []error
	entries, ended := 0, 0
	for room, members := range m.rooms {
		n, err := m.room(ctx, room, members)
		entries += n
		all = append(all, err)
	}
	all = append(all, m.Threads(ctx))
	for _, p := range m.people {
		all = append(all, p.check(ctx))
		ended += len(p.dead)
	}
	say("read back: %v, %d entries of rooms, %d ended sessions", m.Totals(), entries, ended)
	return errors.Join(all...)
}

// room wants a log without holes, with every message once, which the members' sockets were told of in order.
func (m *community) room(ctx context.Context, room int64, members []*person) (int, error) {
	var seq int64
	texts := map[string]int64{}
	for {
		var got struct {
			Entries []struct {
				Seq  int64
				ID   int64
				Type string
				Text string
			}
			LastSeq int64 `json:"last_seq"`
			More    bool
		}
		if err := members[0].Get(ctx, "chat", fmt.Sprintf("/api/chat/rooms/%d/log/?after=%d&limit=200", room, seq), &got); err != nil {
			return 0, err
		}
		for _, e := range got.Entries {
			if seq++; e.Seq != seq {
				return 0, fmt.Errorf("room %d: entry %d follows %d", room, e.Seq, seq-1)
			}
			if e.Type != "chat_message" {
				continue
			}
			if texts[e.Text] != 0 {
				return 0, fmt.Errorf("room %d: %q is there twice", room, e.Text)
			}
			texts[e.Text] = e.ID
		}
		if seq >= got.LastSeq {
			break
		}
	}
	return int(seq), errors.Join(m.known(ctx, room, seq, members), m.all(texts))
}

// known waits until all members' sockets are level.
func (m *community) known(ctx context.Context, room, last int64, members []*person) (err error) {
	for limit := time.Now().Add(time.Minute); time.Now().Before(limit) && ctx.Err() == nil; time.Sleep(100 * time.Millisecond) {
		err = nil
		for _, p := range members {
			err = errors.Join(err, p.gapless(room, last))
		}
		if err == nil {
			return nil
		}
	}
	return err
}

// all wants each message that is there to be somebody's who was told so.
func (m *community) all(texts map[string]int64) error {
	for text, id := range texts {
		found := false
		for _, p := range m.people {
			found = found || p.Said[text] == id
			if got, ok := p.Said[text]; ok && got != id {
				return fmt.Errorf("%q is message %d, and was acknowledged as %d", text, id, got)
			}
		}
		if !found {
			return fmt.Errorf("%q is there and nobody was told so", text)
		}
	}
	return nil
}

var (
	profileOf   = map[string]string{"specialist": "specialists", "businessman": "businessmen", "consumer": "consumers"}
	communityOf = map[string]string{"specialist": "especialistas-salud", "businessman": "agronegocios", "consumer": "general"}
)

// check wants all that is somebody's to be there, and no more.
func (p *person) check(ctx context.Context) error {
	err := errors.Join(
		p.Listed(ctx, "marketplace", fmt.Sprintf("/api/adds/?publisher=%d&page_size=1", p.ID), len(p.Adverts)),
		p.Listed(ctx, "media", "/api/media/?page_size=1", len(p.Files)),
		p.Listed(ctx, "marketplace", "/api/follows/?page_size=1", len(p.Follows)),
		p.Titled(ctx, "marketplace", "/api/adds/%d/", p.Adverts), p.Asked(ctx),
		p.fetched(ctx), welcome(ctx, p.Person), p.signedOut(ctx), p.messages(ctx))
	if err != nil {
		err = fmt.Errorf("%s: %w", p, err)
	}
	return err
}

// fetched wants the bytes of each picture.
func (p *person) fetched(ctx context.Context) error {
	for id, address := range p.Files {
		u, err := url.Parse(address)
		if err != nil {
			return err
		}
		a, err := p.Client().Do(ctx, patient.Request{Method: http.MethodGet, Module: "media", Path: u.RequestURI()})
		if err != nil || a.Status != http.StatusOK || len(a.Raw) == 0 {
			return fmt.Errorf("picture %d at %s: %d (%w)", id, address, a.Status, err)
		}
	}
	return nil
}

// messages wants each acknowledged one to be where its id says.
func (p *person) messages(ctx context.Context) error {
	for text, id := range p.Said {
		var got struct{ Content string }
		if err := p.Get(ctx, "chat", fmt.Sprintf("/api/chat/messages/%d/", id), &got); err != nil || got.Content != text {
			return fmt.Errorf("message %d is %q and not %q: %w", id, got.Content, text, err)
		}
	}
	return nil
}

// welcome wants what registering makes elsewhere: a profile and a community.
func welcome(ctx context.Context, p *people.Person) error {
	var profile struct{ ID int64 }
	if err := p.Get(ctx, "profiles", fmt.Sprintf("/api/profiles/%s/%d/", profileOf[p.Role], p.ID), &profile); err != nil {
		return err
	}
	var community struct {
		IsMember bool `json:"is_member"`
	}
	if err := p.Get(ctx, "foro", "/api/foro/communities/by-slug/"+communityOf[p.Role]+"/", &community); err != nil {
		return err
	}
	if profile.ID == 0 || !community.IsMember {
		return fmt.Errorf("profile %d, in a community: %t", profile.ID, community.IsMember)
	}
	return nil
}

// signedOut wants ended sessions to be ended everywhere.
func (p *person) signedOut(ctx context.Context) error {
	for _, token := range p.dead {
		for module, path := range map[string]string{"auth": "/api/auth/users/me/", "chat": "/api/chat/rooms/"} {
			a, err := p.Client().Do(ctx, patient.Request{Method: http.MethodGet, Module: module, Path: path, Token: token})
			if err != nil || a.Status != http.StatusUnauthorized {
				return fmt.Errorf("an ended session gets %d at %s (%w)", a.Status, module, err)
			}
		}
	}
	return nil
}

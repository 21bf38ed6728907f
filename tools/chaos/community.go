package main

import (
	"context"
	"fmt"
	"net/http"

	"agrovet/tools/split/patient"
	"agrovet/tools/split/people"
)

// community is people in rooms.
type community struct {
	*people.Community
	people []*person
	rooms  map[int64][]*person
}

var roles = []string{"specialist", "businessman", "consumer"}

// gather registers people, puts them into rooms of four and connects them, through what stands in front.
func gather(ctx context.Context, g *ground) (*community, error) {
	m, err := assemble(ctx, g)
	if err != nil {
		return m, err
	}
	for _, p := range m.people {
		if err := p.connect(ctx, "http://chat.localhost", true); err != nil {
			return m, err
		}
	}
	return m, nil
}

// assemble registers people and puts them into rooms of four.
func assemble(ctx context.Context, g *ground) (*community, error) {
	m := &community{Community: people.New(g.dial), rooms: map[int64][]*person{}}
	for i := range g.people {
		p, err := m.Register(ctx, roles[i%len(roles)])
		if err != nil {
			return m, err
		}
		m.people = append(m.people, &person{Person: p, heard: map[int64][]int64{}, there: map[int64]bool{}})
	}
	for i := range m.people {
		var members []*person
		for k := range min(4, len(m.people)) {
			members = append(members, m.people[(i+k)%len(m.people)])
		}
		if err := m.meet(ctx, members); err != nil {
			return m, err
		}
	}
	return m, nil
}

// meet opens a room.
func (m *community) meet(ctx context.Context, members []*person) error {
	var ids []int64
	for _, p := range members {
		ids = append(ids, p.ID)
	}
	var room struct{ ID int64 }
	if err := members[0].Post(ctx, "chat", "/api/chat/rooms/", people.JSON{"participants_ids": ids, "is_private": false, "name": "Sala " + people.Word()}, &room); err != nil {
		return err
	}
	m.rooms[room.ID] = members
	for _, p := range members {
		p.Rooms = append(p.Rooms, room.ID)
	}
	return nil
}

// leave closes everybody's socket.
func (m *community) leave() {
	for _, p := range m.people {
		if p.socket != nil {
			p.socket.Close()
		}
	}
}

// act is the n-th thing that somebody does.
func act(ctx context.Context, p *person, n int) error {
	say := func(ctx context.Context) error { return p.say(ctx, p.AnyRoom()) }
	acts := []func(context.Context) error{p.publish, say, say, p.Write, p.Write, p.Ask, p.Comment, p.Like, p.Look, p.Follow, p.signInAgain}
	return acts[(n+int(p.ID))%len(acts)](ctx)
}

// publish publishes an advert; consumers may not and only upload.
func (p *person) publish(ctx context.Context) error {
	if p.Publishes() {
		return p.Publish(ctx)
	}
	_, err := p.Upload(ctx)
	return err
}

// signInAgain makes another session, and ends it. When the answer to signing out was lost, trying again is refused for
// want of a session, which is what was wanted.
func (p *person) signInAgain(ctx context.Context) error {
	token, err := p.Login(ctx)
	if err != nil {
		return err
	}
	r := patient.Request{Method: http.MethodPost, Module: "auth", Path: "/api/auth/logout/", Token: token, Key: people.Word(), Content: []byte("{}"), Kind: "application/json"}
	a, err := p.Client().Do(ctx, r)
	if err != nil {
		return err
	}
	if a.Status >= 300 && (a.Status != http.StatusUnauthorized || a.Tries == 1) {
		return fmt.Errorf("sign out, try %d: %d %.300s", a.Tries, a.Status, a.Raw)
	}
	p.dead = append(p.dead, token)
	return nil
}

package main

import (
	"context"
	"sync"

	"agrovet/tools/split/people"
)

// person is somebody who writes about themselves besides.
type person struct {
	*people.Person
	about string // of themselves, in their profile
}

// profiles of the roles, as the original spells them: where they are, and what is written there about themselves.
var profiles = map[string]struct{ path, about string }{
	"Specialist": {"specialists", "about_us"}, "businessman": {"businessmen", "descriptions"}, "consumer": {"consumers", ""},
}

var roles = []string{"Specialist", "businessman", "consumer"}

// community is people in rooms of two, and some who come later.
type community struct {
	*people.Community

	mu     sync.Mutex
	people []*person
	rooms  map[int64]*person // one of the two
}

// gather registers people and has each share a room with the next one.
func gather(ctx context.Context, g *ground) (*community, error) {
	m := &community{Community: people.New(g.front.Web), rooms: map[int64]*person{}}
	for i := range g.people {
		if _, err := m.register(ctx, i); err != nil {
			return m, err
		}
	}
	for i, p := range m.people {
		if err := m.meet(ctx, p, m.people[(i+1)%len(m.people)]); err != nil {
			return m, err
		}
	}
	return m, nil
}

// register makes somebody, the n-th.
func (m *community) register(ctx context.Context, n int) (*person, error) {
	p, err := m.Register(ctx, roles[n%len(roles)])
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.people = append(m.people, &person{Person: p})
	return m.people[len(m.people)-1], nil
}

// meet opens the room of two.
func (m *community) meet(ctx context.Context, p, other *person) error {
	var room struct{ ID int64 }
	err := p.Post(ctx, "chat", "/api/chat/rooms/get_or_create_private/", people.JSON{"participants_ids": []int64{p.ID, other.ID}}, &room)
	p.Rooms = append(p.Rooms, room.ID)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rooms[room.ID] = p
	return err
}

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"agrovet/tools/split/patient"
)

// community is people who do things at the same time.
type community struct {
	c      *patient.Client
	people []*person
	rooms  map[int64][]*person

	mu    sync.Mutex
	posts []int64 // of everybody
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
	m := &community{c: patient.New(g.dial), rooms: map[int64][]*person{}}
	for i := range g.people {
		p, err := register(ctx, m.c, roles[i%len(roles)])
		if err != nil {
			return m, err
		}
		m.people = append(m.people, p)
	}
	for i := range m.people {
		var members []*person
		var ids []int64
		for k := range min(4, len(m.people)) {
			members = append(members, m.people[(i+k)%len(m.people)])
			ids = append(ids, members[k].id)
		}
		var room struct{ ID int64 }
		if err := members[0].post(ctx, "chat", "/api/chat/rooms/", j{"participants_ids": ids, "is_private": false, "name": "Sala " + word()}, &room); err != nil {
			return m, err
		}
		m.rooms[room.ID] = members
		for _, p := range members {
			p.rooms = append(p.rooms, room.ID)
		}
	}
	return m, nil
}

// leave closes everybody's socket.
func (m *community) leave() {
	for _, p := range m.people {
		if p.socket != nil {
			p.socket.Close()
		}
	}
}

// work has everybody do one thing after the other until quit ends; what is begun is finished.
func (m *community) work(ctx, quit context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, p := range m.people {
		g.Go(func() error {
			for n := 0; quit.Err() == nil; n++ {
				if err := m.act(ctx, p, n); err != nil {
					return fmt.Errorf("user %d: %w", p.id, err)
				}
				select {
				case <-time.After(200*time.Millisecond + rand.N(200*time.Millisecond)):
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// act is the n-th thing that somebody does.
func (m *community) act(ctx context.Context, p *person, n int) error {
	switch room := p.rooms[rand.IntN(len(p.rooms))]; (n + int(p.id)) % 11 {
	case 0:
		return p.publish(ctx)
	case 1, 2:
		return p.say(ctx, room)
	case 3, 4:
		return p.write(ctx, room)
	case 5:
		return m.ask(ctx, p)
	case 6:
		return m.comment(ctx, p)
	case 7:
		return m.like(ctx, p)
	case 8:
		return p.read(ctx)
	case 9:
		return m.follow(ctx, p)
	}
	return p.signInAgain(ctx)
}

// publish uploads a picture and shows it in an advert; consumers may not and only upload.
func (p *person) publish(ctx context.Context) error {
	file, err := p.upload(ctx)
	if err != nil || p.role == "consumer" {
		return err
	}
	title := "Molino " + word()
	var got struct{ ID int64 }
	err = p.post(ctx, "marketplace", "/api/adds/", j{"title": title, "description": "Poco uso, " + word(), "price": "100", "condition": "used", "main_image_id": file}, &got)
	p.adverts[got.ID] = title
	return err
}

// write sends a message by REST; every second has a key of the chat's own besides.
func (p *person) write(ctx context.Context, room int64) error {
	text := "por REST " + word()
	body := j{"room": room, "content": text}
	if rand.IntN(2) == 0 {
		body["client_msg_id"] = text
	}
	var got struct{ ID int64 }
	err := p.post(ctx, "chat", "/api/chat/messages/", body, &got)
	p.said[text] = got.ID
	return err
}

func (m *community) ask(ctx context.Context, p *person) error {
	title := "Mi vaca " + word()
	var got struct{ ID int64 }
	err := p.post(ctx, "foro", "/api/foro/posts/", j{"title": title, "content": "Está triste, " + word()}, &got)
	p.posts[got.ID] = title
	m.mu.Lock()
	defer m.mu.Unlock()
	if err == nil {
		m.posts = append(m.posts, got.ID)
	}
	return err
}

// some is a post of anybody; 0: there is none yet.
func (m *community) some() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.posts) == 0 {
		return 0
	}
	return m.posts[rand.IntN(len(m.posts))]
}

func (m *community) comment(ctx context.Context, p *person) error {
	post := m.some()
	if post == 0 {
		return m.ask(ctx, p)
	}
	var got struct{ ID int64 }
	err := p.post(ctx, "foro", "/api/foro/comments/", j{"post": post, "content": "Llame al veterinario, " + word(), "parent": nil}, &got)
	p.comments[got.ID] = post
	return err
}

func (m *community) like(ctx context.Context, p *person) error {
	post := m.some()
	if post == 0 || p.reactions[post] {
		return nil
	}
	p.reactions[post] = true
	return p.post(ctx, "foro", "/api/foro/reactions/", j{"type": "like", "content_type": "post", "object_id": post}, nil)
}

func (m *community) follow(ctx context.Context, p *person) error {
	other := m.people[rand.IntN(len(m.people))]
	if other == p || p.follows[other.id] {
		return nil
	}
	p.follows[other.id] = true
	return p.post(ctx, "marketplace", "/api/follows/", j{"following": other.id}, nil)
}

// read looks at what everybody looks at.
func (p *person) read(ctx context.Context) error {
	for module, path := range map[string]string{"marketplace": "/api/adds/", "foro": "/api/foro/posts/", "chat": "/api/chat/rooms/", "auth": "/api/auth/users/me/"} {
		if err := p.get(ctx, module, path, nil); err != nil {
			return err
		}
	}
	return nil
}

// signInAgain makes another session, and ends it. When the answer to signing out was lost, trying again is refused for
// want of a session, which is what was wanted.
func (p *person) signInAgain(ctx context.Context) error {
	var got struct{ Token string }
	if err := p.post(ctx, "auth", "/api/auth/login/", j{"phone_number": p.phone, "password": password}, &got); err != nil {
		return err
	}
	r := patient.Request{Method: http.MethodPost, Module: "auth", Path: "/api/auth/logout/", Token: got.Token, Key: word(), Content: []byte("{}"), Kind: "application/json"}
	a, err := p.c.Do(ctx, r)
	if err != nil {
		return err
	}
	if a.Status >= 300 && (a.Status != http.StatusUnauthorized || a.Tries == 1) {
		return fmt.Errorf("sign out, try %d: %d %.300s", a.Tries, a.Status, a.Raw)
	}
	p.dead = append(p.dead, got.Token)
	return nil
}

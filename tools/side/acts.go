package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"mime/multipart"
	"net/http"

	"agrovet/tools/split/patient"
)

func (p *person) post(ctx context.Context, module, path string, body, v any) error {
	return p.c.Send(ctx, http.MethodPost, module, path, p.token, body, v)
}

func (p *person) patch(ctx context.Context, module, path string, body any) error {
	return p.c.Send(ctx, http.MethodPatch, module, path, p.token, body, nil)
}

func (p *person) get(ctx context.Context, module, path string, v any) error {
	return p.c.Get(ctx, module, path, p.token, v)
}

// publishes says whether the role may publish and follow in the original.
func (p *person) publishes() bool { return roles[p.role].name != "consumer" }

// act is the n-th thing that somebody does.
func (m *community) act(ctx context.Context, p *person, n int) error {
	switch (n + int(p.id)) % 13 {
	case 0, 1:
		return p.publish(ctx)
	case 2, 3, 4:
		return p.say(ctx)
	case 5:
		return m.ask(ctx, p)
	case 6:
		return m.comment(ctx, p)
	case 7:
		return m.like(ctx, p)
	case 8:
		return m.follow(ctx, p)
	case 9:
		return p.rename(ctx)
	case 10:
		return p.tell(ctx)
	case 11:
		return p.look(ctx)
	}
	if n%2 == 0 {
		return m.invite(ctx, p, n)
	}
	return p.signIn(ctx)
}

// publish publishes an advert, or gives one that is there another title.
func (p *person) publish(ctx context.Context) error {
	if !p.publishes() {
		return nil
	}
	title := "Molino " + word()
	for id := range p.adverts {
		if rand.IntN(2) > 0 {
			break
		}
		err := p.patch(ctx, "marketplace", fmt.Sprintf("/api/adds/%d/", id), j{"title": title})
		p.adverts[id] = title
		return err
	}
	picture, err := p.upload(ctx)
	if err != nil {
		return err
	}
	var got struct{ ID int64 }
	err = p.post(ctx, "marketplace", "/api/adds/", j{"title": title, "description": "Poco uso, " + word(), "price": "100.00", "condition": "used", "main_image_id": picture}, &got)
	p.adverts[got.ID], p.pictures[got.ID] = title, picture
	return err
}

// upload uploads a picture that nobody else has.
func (p *person) upload(ctx context.Context) (id int64, err error) {
	picture := image.NewNRGBA(image.Rect(0, 0, 16, 16))
	for i := range picture.Pix {
		picture.Pix[i] = byte(rand.IntN(256)) //nolint:gosec // of no importance
	}
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("image", word()+".png")
	if err == nil {
		err = errors.Join(png.Encode(part, picture), w.Close())
	}
	if err != nil {
		return 0, err
	}
	a, err := p.c.Write(ctx, patient.Request{Method: http.MethodPost, Module: "media", Path: "/api/media/", Token: p.token, Content: form.Bytes(), Kind: w.FormDataContentType()})
	if err != nil {
		return 0, err
	}
	var got struct{ ID int64 }
	err = a.Into(&got)
	return got.ID, err
}

func (p *person) say(ctx context.Context) error {
	text := "Buenos días, " + word()
	var got struct {
		ID int64 `json:"message_id"`
	}
	err := p.post(ctx, "chat", "/api/chat/messages/", j{"room": p.rooms[rand.IntN(len(p.rooms))], "content": text}, &got)
	p.said[got.ID] = text
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

// comment sends the post under both names: the original wants both.
func (m *community) comment(ctx context.Context, p *person) error {
	post := m.some()
	if post == 0 {
		return m.ask(ctx, p)
	}
	var got struct{ ID int64 }
	err := p.post(ctx, "foro", "/api/foro/comments/", j{"post": post, "post_id": post, "content": "Llame al veterinario, " + word(), "parent": nil}, &got)
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
	whom := m.other(p)
	if !p.publishes() || p.follows[whom.id] {
		return nil
	}
	p.follows[whom.id] = true
	return p.post(ctx, "marketplace", "/api/follows/", j{"following": whom.id}, nil)
}

func (p *person) rename(ctx context.Context) error {
	p.name = "Persona " + word()
	return p.patch(ctx, "auth", fmt.Sprintf("/api/auth/users/%d/", p.id), j{"full_name": p.name})
}

// tell writes about themselves into the profile.
func (p *person) tell(ctx context.Context) error {
	r := roles[p.role]
	if r.about == "" {
		return nil
	}
	p.about = "Del campo, " + word()
	return p.patch(ctx, "profiles", fmt.Sprintf("/api/profiles/%s/%d/", r.profile, p.id), j{r.about: p.about})
}

// signIn signs in once more, and goes on with the token that this gives.
func (p *person) signIn(ctx context.Context) error {
	var got struct{ Token string }
	err := p.post(ctx, "auth", "/api/auth/login/", j{"phone_number": p.phone, "password": password}, &got)
	if err == nil {
		p.token = got.Token
	}
	return err
}

// invite has somebody sign up and do some things at once, wherever the modules are.
func (m *community) invite(ctx context.Context, host *person, n int) error {
	p, err := m.register(ctx, n+int(host.id))
	if err != nil {
		return err
	}
	if err := m.meet(ctx, p, host); err != nil {
		return err
	}
	for _, do := range []func(context.Context) error{p.publish, p.say, p.tell,
		func(ctx context.Context) error { return m.ask(ctx, p) }, func(ctx context.Context) error { return m.comment(ctx, p) },
		func(ctx context.Context) error { return m.follow(ctx, p) }} {
		if err := do(ctx); err != nil {
			return fmt.Errorf("newcomer %d: %w", p.id, err)
		}
	}
	return nil
}

// look reads what everybody reads, and something of one's own: what was acknowledged is there.
func (p *person) look(ctx context.Context) error {
	for module, path := range map[string]string{"marketplace": "/api/adds/", "foro": "/api/foro/posts/", "chat": "/api/chat/rooms/"} {
		if err := p.get(ctx, module, path, nil); err != nil {
			return err
		}
	}
	for id, title := range p.adverts {
		return p.titled(ctx, "marketplace", "/api/adds/%d/", id, title)
	}
	for id, title := range p.posts {
		return p.titled(ctx, "foro", "/api/foro/posts/%d/", id, title)
	}
	return nil
}

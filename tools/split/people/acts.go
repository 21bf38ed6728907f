package people

import (
	"context"
	"fmt"
	"math/rand/v2"
)

// Login makes another session, and returns its token.
func (p *Person) Login(ctx context.Context) (token string, err error) {
	var got struct{ Token string }
	err = p.Post(ctx, "auth", "/api/auth/login/", JSON{"phone_number": p.Phone, "password": Password}, &got)
	return got.Token, err
}

// Rename takes another name.
func (p *Person) Rename(ctx context.Context) error {
	p.Name = "Persona " + Word()
	return p.Patch(ctx, "auth", fmt.Sprintf("/api/auth/users/%d/", p.ID), JSON{"full_name": p.Name})
}

// Publishes says whether their role may publish adverts.
func (p *Person) Publishes() bool { return p.Role != "consumer" }

// Publish uploads a picture and shows it in an advert.
func (p *Person) Publish(ctx context.Context) error {
	picture, err := p.Upload(ctx)
	if err != nil {
		return err
	}
	title := "Molino " + Word()
	var got struct{ ID int64 }
	err = p.Post(ctx, "marketplace", "/api/adds/", JSON{"title": title, "description": "Poco uso, " + Word(), "price": "100.00", "condition": "used", "main_image_id": picture}, &got)
	p.Adverts[got.ID], p.Pictures[got.ID] = title, picture
	return err
}

// Write sends a message by REST into one of their rooms; every second has a key of the chat's own besides.
func (p *Person) Write(ctx context.Context) error {
	text := "Buenos días, " + Word()
	body := JSON{"room": p.AnyRoom(), "content": text}
	if rand.IntN(2) == 0 {
		body["client_msg_id"] = text
	}
	var got struct {
		ID int64 `json:"message_id"`
	}
	err := p.Post(ctx, "chat", "/api/chat/messages/", body, &got)
	p.Said[text] = got.ID
	return err
}

// AnyRoom is one of their rooms.
func (p *Person) AnyRoom() int64 { return p.Rooms[rand.IntN(len(p.Rooms))] }

// Ask writes a post.
func (p *Person) Ask(ctx context.Context) error {
	title := "Mi vaca " + Word()
	var got struct{ ID int64 }
	if err := p.Post(ctx, "foro", "/api/foro/posts/", JSON{"title": title, "content": "Está triste, " + Word()}, &got); err != nil {
		return err
	}
	p.Posts[got.ID] = title
	p.community.mu.Lock()
	defer p.community.mu.Unlock()
	p.community.posts = append(p.community.posts, got.ID)
	return nil
}

// Comment comments on a post of anybody, or asks where there is none. The post stands under both names: the original wants
// both.
func (p *Person) Comment(ctx context.Context) error {
	post := p.community.some()
	if post == 0 {
		return p.Ask(ctx)
	}
	var got struct{ ID int64 }
	err := p.Post(ctx, "foro", "/api/foro/comments/", JSON{"post": post, "post_id": post, "content": "Llame al veterinario, " + Word(), "parent": nil}, &got)
	p.Comments[got.ID] = post
	return err
}

// Like likes a post of anybody that they do not like yet.
func (p *Person) Like(ctx context.Context) error {
	post := p.community.some()
	if post == 0 || p.Reactions[post] {
		return nil
	}
	p.Reactions[post] = true
	return p.Post(ctx, "foro", "/api/foro/reactions/", JSON{"type": "like", "content_type": "post", "object_id": post}, nil)
}

// Follow follows somebody else whom they do not follow yet.
func (p *Person) Follow(ctx context.Context) error {
	whom := p.community.anybody()
	if whom == p || p.Follows[whom.ID] {
		return nil
	}
	p.Follows[whom.ID] = true
	return p.Post(ctx, "marketplace", "/api/follows/", JSON{"following": whom.ID}, nil)
}

// Look reads what everybody looks at.
func (p *Person) Look(ctx context.Context) error {
	for module, path := range map[string]string{"marketplace": "/api/adds/", "foro": "/api/foro/posts/", "chat": "/api/chat/rooms/", "auth": "/api/auth/users/me/"} {
		if err := p.Get(ctx, module, path, nil); err != nil {
			return err
		}
	}
	return nil
}

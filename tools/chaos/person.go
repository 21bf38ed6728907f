package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"agrovet/internal/chat/wsclient"
	"agrovet/tools/split/patient"
)

// j is a JSON object.
type j = map[string]any

const password = "trigo-y-quinua"

var phones atomic.Int64

func init() { phones.Store(70_000_000 + rand.Int64N(9_000_000)) }

// person is somebody, and all that was acknowledged to them.
type person struct {
	c           *patient.Client
	id          int64
	phone, role string
	token       string
	dead        []string // tokens that were signed out

	adverts, posts, files map[int64]string // what they are called, or the address of the file
	comments              map[int64]int64  // post by comment
	reactions, follows    map[int64]bool   // posts, people
	said                  map[string]int64 // message by text, by both doors
	rooms                 []int64

	socket *wsclient.Client
	mu     sync.Mutex
	heard  map[int64][]int64 // numbers of entries by room
	there  map[int64]bool    // who came, or went, as the socket was told last
}

// register makes somebody.
func register(ctx context.Context, c *patient.Client, role string) (*person, error) {
	p := &person{c: c, phone: fmt.Sprintf("+591%d", phones.Add(1)), role: role, adverts: map[int64]string{}, posts: map[int64]string{}, files: map[int64]string{},
		comments: map[int64]int64{}, reactions: map[int64]bool{}, follows: map[int64]bool{}, said: map[string]int64{}, heard: map[int64][]int64{}, there: map[int64]bool{}}
	var got struct {
		Token string
		User  struct{ ID int64 }
	}
	err := p.post(ctx, "auth", "/api/auth/register/", j{"phone_number": p.phone, "password": password, "full_name": "Persona " + word(), "role": role}, &got)
	p.id, p.token = got.User.ID, got.Token
	return p, err
}

// word is one that nobody else writes.
func word() string {
	b := make([]byte, 11)
	for i := range b {
		b[i] = [...]string{"bcdfgklmnpr", "aeiou"}[i%2][rand.IntN([...]int{11, 5}[i%2])]
	}
	return string(b)
}

// post sends JSON and reads the answer into v.
func (p *person) post(ctx context.Context, module, path string, body, v any) error {
	return p.send(ctx, http.MethodPost, module, path, body, v)
}

func (p *person) send(ctx context.Context, method, module, path string, body, v any) error {
	return p.c.Send(ctx, method, module, path, p.token, body, v)
}

// get reads into v and wants success.
func (p *person) get(ctx context.Context, module, path string, v any) error {
	return p.c.Get(ctx, module, path, p.token, v)
}

// picture is a small one of noise, which nobody else has.
func picture() ([]byte, error) {
	m := image.NewNRGBA(image.Rect(0, 0, 24, 16))
	for i := range 24 * 16 {
		c := rand.Uint32()
		m.Set(i%24, i/24, color.NRGBA{uint8(c), uint8(c >> 8), uint8(c >> 16), 255})
	}
	var b bytes.Buffer
	err := png.Encode(&b, m)
	return b.Bytes(), err
}

// upload sends a picture as a form.
func (p *person) upload(ctx context.Context) (id int64, err error) {
	file, err := picture()
	if err != nil {
		return 0, err
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("image", "vaca.png")
	if err != nil {
		return 0, err
	}
	if _, err := part.Write(file); err != nil {
		return 0, err
	}
	if err := form.Close(); err != nil {
		return 0, err
	}
	a, err := p.c.Write(ctx, patient.Request{Method: http.MethodPost, Module: "media", Path: "/api/media/", Token: p.token, Content: body.Bytes(), Kind: form.FormDataContentType()})
	if err != nil {
		return 0, err
	}
	var got struct {
		ID  int64
		URL string
	}
	err = a.Into(&got)
	p.files[got.ID] = got.URL
	return got.ID, err
}

// connect opens the person's socket, which comes back by itself. URL is that of a process, or of what stands in front.
func (p *person) connect(ctx context.Context, url string, dial bool) (err error) {
	cfg := wsclient.Config{URL: url, Token: p.token, Begin: wsclient.FromStart, Again: 3 * time.Second, MinWait: 100 * time.Millisecond, MaxWait: time.Second}
	if dial {
		cfg.NetDial = p.c.Dial
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
			return fmt.Errorf("user %d heard entry %d of room %d as number %d", p.id, seq, room, i+1)
		}
	}
	if n := int64(len(p.heard[room])); n != last {
		return fmt.Errorf("user %d heard %d of %d entries of room %d", p.id, n, last, room)
	}
	return nil
}

// say sends a message by the socket.
func (p *person) say(ctx context.Context, room int64) error {
	ctx, cancel := context.WithTimeout(ctx, patient.Patience)
	defer cancel()
	text := "por el socket " + word()
	ack, err := p.socket.Send(ctx, wsclient.Outgoing{Room: room, Text: text})
	p.said[text] = ack.MessageID
	if err != nil {
		return errors.Join(fmt.Errorf("%q in room %d", text, room), err)
	}
	return nil
}

package web

import (
	"context"

	"agrovet/internal/chat/internal/wire"
	"agrovet/internal/platform/httpx"
)

// absolute makes addresses of a room's people and files such that clients can use them from anywhere.
func absolute(ctx context.Context, r *wire.Room) {
	for i := range r.Participants {
		absolutePerson(ctx, &r.Participants[i].Person)
	}
	for i := range r.Messages {
		absoluteMessage(ctx, &r.Messages[i])
	}
}

func absolutePerson(ctx context.Context, p *wire.Person) {
	if p.Picture != nil {
		whole := httpx.Absolute(ctx, *p.Picture)
		p.Picture, p.PictureURL = &whole, &whole
	}
}

func absoluteMessage(ctx context.Context, m *wire.Message) {
	absolutePerson(ctx, &m.Sender)
	if m.Media != nil {
		m.Media.URL = httpx.Absolute(ctx, m.Media.URL)
		m.MediaURL = &m.Media.URL
	}
}

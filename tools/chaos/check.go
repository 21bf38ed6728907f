package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"agrovet/tools/split/patient"
)

// page is a list as clients read it.
type page struct {
	Count   int
	Results []struct {
		ID    int64
		Title string
	}
}

// check reads back, as clients do, what was acknowledged.
func (m *community) check(ctx context.Context) error {
	var all []error
	entries := 0
	for room, members := range m.rooms {
		n, err := m.room(ctx, room, members)
		entries += n
		all = append(all, err)
	}
	all = append(all, m.threads(ctx))
	total := map[string]int{"entries of rooms": entries}
	for _, p := range m.people {
		all = append(all, p.check(ctx))
		total["adverts"] += len(p.adverts)
		total["posts"] += len(p.posts)
		total["comments"] += len(p.comments)
		total["reactions"] += len(p.reactions)
		total["pictures"] += len(p.files)
		total["follows"] += len(p.follows)
		total["messages"] += len(p.said)
		total["ended sessions"] += len(p.dead)
	}
	say("read back: %v", total)
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
		if err := members[0].get(ctx, "chat", fmt.Sprintf("/api/chat/rooms/%d/log/?after=%d&limit=200", room, seq), &got); err != nil {
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
			found = found || p.said[text] == id
			if got, ok := p.said[text]; ok && got != id {
				return fmt.Errorf("%q is message %d, and was acknowledged as %d", text, id, got)
			}
		}
		if !found {
			return fmt.Errorf("%q is there and nobody was told so", text)
		}
	}
	return nil
}

// threads wants what is counted at each post to be what was acknowledged.
func (m *community) threads(ctx context.Context) error {
	comments, likes := map[int64]int{}, map[int64]int{}
	for _, p := range m.people {
		for _, post := range p.comments {
			comments[post]++
		}
		for post := range p.reactions {
			likes[post]++
		}
	}
	for _, id := range m.posts {
		var post struct {
			Comments int `json:"comments_count"`
			Likes    int `json:"likes_count"`
		}
		if err := m.people[0].get(ctx, "foro", fmt.Sprintf("/api/foro/posts/%d/", id), &post); err != nil {
			return err
		}
		if post.Comments != comments[id] || post.Likes != likes[id] {
			return fmt.Errorf("post %d has %d comments and %d likes; acknowledged were %d and %d", id, post.Comments, post.Likes, comments[id], likes[id])
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
	return errors.Join(
		p.listed(ctx, "marketplace", fmt.Sprintf("/api/adds/?publisher=%d&page_size=1", p.id), len(p.adverts)),
		p.listed(ctx, "foro", fmt.Sprintf("/api/foro/posts/?author=%d&page_size=1", p.id), len(p.posts)),
		p.listed(ctx, "media", "/api/media/?page_size=1", len(p.files)),
		p.listed(ctx, "marketplace", "/api/follows/?page_size=1", len(p.follows)),
		p.titled(ctx, "marketplace", "/api/adds/%d/", p.adverts), p.titled(ctx, "foro", "/api/foro/posts/%d/", p.posts),
		p.fetched(ctx), p.welcome(ctx), p.signedOut(ctx), p.messages(ctx))
}

func (p *person) listed(ctx context.Context, module, path string, want int) error {
	var got page
	if err := p.get(ctx, module, path, &got); err != nil {
		return err
	}
	if got.Count != want {
		return fmt.Errorf("user %d: %s has %d, acknowledged were %d", p.id, path, got.Count, want)
	}
	return nil
}

func (p *person) titled(ctx context.Context, module, path string, want map[int64]string) error {
	for id, title := range want {
		var got struct{ Title string }
		if err := p.get(ctx, module, fmt.Sprintf(path, id), &got); err != nil || got.Title != title {
			return fmt.Errorf("user %d: %s %d is %q and not %q: %w", p.id, module, id, got.Title, title, err)
		}
	}
	return nil
}

// fetched wants the bytes of each picture.
func (p *person) fetched(ctx context.Context) error {
	for id, address := range p.files {
		u, err := url.Parse(address)
		if err != nil {
			return err
		}
		a, err := p.c.Do(ctx, patient.Request{Method: http.MethodGet, Module: "media", Path: u.RequestURI()})
		if err != nil || a.Status != http.StatusOK || len(a.Raw) == 0 {
			return fmt.Errorf("picture %d at %s: %d (%w)", id, address, a.Status, err)
		}
	}
	return nil
}

// messages wants each acknowledged one to be where its id says.
func (p *person) messages(ctx context.Context) error {
	for text, id := range p.said {
		var got struct{ Content string }
		if err := p.get(ctx, "chat", fmt.Sprintf("/api/chat/messages/%d/", id), &got); err != nil || got.Content != text {
			return fmt.Errorf("message %d is %q and not %q: %w", id, got.Content, text, err)
		}
	}
	return nil
}

// welcome wants what registering makes elsewhere: a profile and a community.
func (p *person) welcome(ctx context.Context) error {
	var profile struct{ ID int64 }
	if err := p.get(ctx, "profiles", fmt.Sprintf("/api/profiles/%s/%d/", profileOf[p.role], p.id), &profile); err != nil {
		return err
	}
	var community struct {
		IsMember bool `json:"is_member"`
	}
	if err := p.get(ctx, "foro", "/api/foro/communities/by-slug/"+communityOf[p.role]+"/", &community); err != nil {
		return err
	}
	if profile.ID == 0 || !community.IsMember {
		return fmt.Errorf("user %d has profile %d, and is in a community: %t", p.id, profile.ID, community.IsMember)
	}
	return nil
}

// signedOut wants ended sessions to be ended everywhere.
func (p *person) signedOut(ctx context.Context) error {
	for _, token := range p.dead {
		for module, path := range map[string]string{"auth": "/api/auth/users/me/", "chat": "/api/chat/rooms/"} {
			a, err := p.c.Do(ctx, patient.Request{Method: http.MethodGet, Module: module, Path: path, Token: token})
			if err != nil || a.Status != http.StatusUnauthorized {
				return fmt.Errorf("user %d: an ended session gets %d at %s (%w)", p.id, a.Status, module, err)
			}
		}
	}
	return nil
}

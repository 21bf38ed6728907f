package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"

	"agrovet/internal/platform/original/synthetic"
	"agrovet/tools/split/patient"
	"agrovet/tools/split/people"
)

// check reads back, as clients do, what was acknowledged.
func (m *community) check(ctx context.Context) error {
	var all []error
	for _, p := range m.people {
		all = append(all, p.check(ctx))
	}
	all = append(all, m.Threads(ctx), m.talks(ctx))
	say("read back: %v, %d rooms", m.Totals(), len(m.rooms))
	return errors.Join(all...)
}

// check wants all that is somebody's to be there, and no more.
func (p *person) check(ctx context.Context) error {
	err := errors.Join(p.published(ctx), p.pictured(ctx), p.followed(ctx), p.Asked(ctx), p.known(ctx), p.signIn(ctx))
	if err != nil {
		err = fmt.Errorf("%s: %w", p, err)
	}
	return err
}

// published wants the list of one's adverts to be what was acknowledged.
func (p *person) published(ctx context.Context) error {
	var list []struct {
		ID    int64
		Title string
	}
	if err := p.Get(ctx, "marketplace", "/api/adds/my_adds/", &list); err != nil {
		return err
	}
	got := map[int64]string{}
	for _, a := range list {
		got[a.ID] = a.Title
	}
	if len(list) != len(p.Adverts) || !maps.Equal(got, p.Adverts) {
		return fmt.Errorf("adverts are %v, acknowledged were %v", list, p.Adverts)
	}
	return nil
}

// pictured wants adverts to show what was uploaded for them, and the bytes to be there.
func (p *person) pictured(ctx context.Context) error {
	for advert, picture := range p.Pictures {
		var shown struct {
			Image struct{ ID int64 } `json:"main_image"`
		}
		if err := p.Get(ctx, "marketplace", fmt.Sprintf("/api/adds/%d/", advert), &shown); err != nil || shown.Image.ID != picture {
			return fmt.Errorf("advert %d shows picture %d and not %d: %w", advert, shown.Image.ID, picture, err)
		}
		var kept struct{ URL string }
		if err := p.Get(ctx, "media", fmt.Sprintf("/api/media/%d/", picture), &kept); err != nil {
			return err
		}
		u, err := url.Parse(kept.URL)
		if err == nil {
			err = p.Get(ctx, "media", u.Path, nil)
		}
		if err != nil {
			return fmt.Errorf("picture %d: %w", picture, err)
		}
	}
	return nil
}

// followed reads all follows: the original shows everybody's.
func (p *person) followed(ctx context.Context) error {
	got := map[int64]bool{}
	n := 0
	err := pages(ctx, p, "marketplace", "/api/follows/?page=%d", func(f struct {
		Follower  int64 `json:"follower_id"`
		Following int64 `json:"following_id"`
	}) {
		if f.Follower == p.ID {
			got[f.Following] = true
			n++
		}
	})
	if err == nil && (n != len(p.Follows) || !maps.Equal(got, p.Follows)) {
		err = fmt.Errorf("follows are %v, acknowledged were %v", got, p.Follows)
	}
	return err
}

// known wants name and profile to be as they were written last.
func (p *person) known(ctx context.Context) error {
	var me struct {
		ID   int64
		Name string `json:"full_name"`
	}
	if err := p.Get(ctx, "auth", "/api/auth/users/me/", &me); err != nil {
		return err
	}
	if me.ID != p.ID || me.Name != p.Name {
		return fmt.Errorf("is called %q, with id %d, and not %q", me.Name, me.ID, p.Name)
	}
	var profile people.JSON
	r := profiles[p.Role]
	if err := p.Get(ctx, "profiles", fmt.Sprintf("/api/profiles/%s/%d/", r.path, p.ID), &profile); err != nil {
		return err
	}
	if p.about != "" && profile[r.about] != p.about {
		return fmt.Errorf("profile says %q and not %q", profile[r.about], p.about)
	}
	return nil
}

// talks wants each message once, under the id that was acknowledged, and no others.
func (m *community) talks(ctx context.Context) error {
	want, got := map[string]int64{}, map[string]int64{}
	for _, p := range m.people {
		maps.Copy(want, p.Said)
	}
	n := 0
	for room, p := range m.rooms {
		err := pages(ctx, p, "chat", fmt.Sprintf("/api/chat/messages/?room=%d", room)+"&page=%d", func(one struct {
			ID      int64
			Content string
		}) {
			got[one.Content] = one.ID
			n++
		})
		if err != nil {
			return err
		}
	}
	for text, id := range want {
		if got[text] != id {
			return fmt.Errorf("%q is message %d, and was acknowledged as %d", text, got[text], id)
		}
	}
	if n != len(want) {
		return fmt.Errorf("there are %d messages, acknowledged were %d", n, len(want))
	}
	return nil
}

// pages reads a list to its end.
func pages[T any](ctx context.Context, p *person, module, path string, each func(T)) error {
	for n := 1; ; n++ {
		var got struct {
			Next    *string
			Results []T
		}
		if err := p.Get(ctx, module, fmt.Sprintf(path, n), &got); err != nil {
			return err
		}
		for _, r := range got.Results {
			each(r)
		}
		if got.Next == nil {
			return nil
		}
	}
}

// oldFriends wants somebody of before: their token goes on, and their password opens.
func oldFriends(ctx context.Context, c *patient.Client) error {
	var me struct{ ID int64 }
	if err := c.Get(ctx, "auth", "/api/auth/users/me/", synthetic.Token(1), &me); err != nil || me.ID != 1 {
		return fmt.Errorf("user 1 is %d: %w", me.ID, err)
	}
	return c.Send(ctx, http.MethodPost, "auth", "/api/auth/login/", "", people.JSON{"phone_number": synthetic.Phone(1), "password": synthetic.Password}, nil)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"agrovet/internal/platform/original/synthetic"
	"agrovet/tools/split/patient"
)

// check reads back, as clients do, what was acknowledged.
func (m *community) check(ctx context.Context) error {
	total := map[string]int{"people": len(m.people), "rooms": len(m.rooms)}
	var all []error
	for _, p := range m.people {
		all = append(all, p.check(ctx))
		total["adverts"] += len(p.adverts)
		total["pictures"] += len(p.pictures)
		total["follows"] += len(p.follows)
		total["posts"] += len(p.posts)
		total["comments"] += len(p.comments)
		total["reactions"] += len(p.reactions)
		total["messages"] += len(p.said)
	}
	all = append(all, m.threads(ctx), m.talks(ctx))
	say("read back: %v", total)
	return errors.Join(all...)
}

// check wants all that is somebody's to be there, and no more.
func (p *person) check(ctx context.Context) error {
	err := errors.Join(p.published(ctx), p.pictured(ctx), p.followed(ctx), p.asked(ctx), p.known(ctx), p.signIn(ctx))
	if err != nil {
		err = fmt.Errorf("user %d: %w", p.id, err)
	}
	return err
}

func (p *person) titled(ctx context.Context, module, path string, id int64, want string) error {
	var got struct{ Title string }
	if err := p.get(ctx, module, fmt.Sprintf(path, id), &got); err != nil || got.Title != want {
		return fmt.Errorf("%s %d is %q and not %q: %w", module, id, got.Title, want, err)
	}
	return nil
}

// published wants the list of one's adverts to be what was acknowledged.
func (p *person) published(ctx context.Context) error {
	var list []struct {
		ID    int64
		Title string
	}
	if err := p.get(ctx, "marketplace", "/api/adds/my_adds/", &list); err != nil {
		return err
	}
	got := map[int64]string{}
	for _, a := range list {
		got[a.ID] = a.Title
	}
	if len(list) != len(p.adverts) || !maps.Equal(got, p.adverts) {
		return fmt.Errorf("adverts are %v, acknowledged were %v", list, p.adverts)
	}
	return nil
}

// pictured wants adverts to show what was uploaded for them, and the bytes to be there.
func (p *person) pictured(ctx context.Context) error {
	for advert, picture := range p.pictures {
		var shown struct {
			Image struct{ ID int64 } `json:"main_image"`
		}
		if err := p.get(ctx, "marketplace", fmt.Sprintf("/api/adds/%d/", advert), &shown); err != nil || shown.Image.ID != picture {
			return fmt.Errorf("advert %d shows picture %d and not %d: %w", advert, shown.Image.ID, picture, err)
		}
		var kept struct{ URL string }
		if err := p.get(ctx, "media", fmt.Sprintf("/api/media/%d/", picture), &kept); err != nil {
			return err
		}
		u, err := url.Parse(kept.URL)
		if err == nil {
			err = p.get(ctx, "media", u.Path, nil)
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
		if f.Follower == p.id {
			got[f.Following] = true
			n++
		}
	})
	if err == nil && (n != len(p.follows) || !maps.Equal(got, p.follows)) {
		err = fmt.Errorf("follows are %v, acknowledged were %v", got, p.follows)
	}
	return err
}

// asked wants each post, and no more of one's own; the forum is agrovet's by then.
func (p *person) asked(ctx context.Context) error {
	var list struct{ Count int }
	if err := p.get(ctx, "foro", fmt.Sprintf("/api/foro/posts/?author=%d", p.id), &list); err != nil {
		return err
	}
	if list.Count != len(p.posts) {
		return fmt.Errorf("there are %d posts, acknowledged were %d", list.Count, len(p.posts))
	}
	for id, title := range p.posts {
		if err := p.titled(ctx, "foro", "/api/foro/posts/%d/", id, title); err != nil {
			return err
		}
	}
	return nil
}

// known wants name and profile to be as they were written last.
func (p *person) known(ctx context.Context) error {
	var me struct {
		ID   int64
		Name string `json:"full_name"`
	}
	if err := p.get(ctx, "auth", "/api/auth/users/me/", &me); err != nil {
		return err
	}
	if me.ID != p.id || me.Name != p.name {
		return fmt.Errorf("is called %q, with id %d, and not %q", me.Name, me.ID, p.name)
	}
	var profile j
	r := roles[p.role]
	if err := p.get(ctx, "profiles", fmt.Sprintf("/api/profiles/%s/%d/", r.profile, p.id), &profile); err != nil {
		return err
	}
	if p.about != "" && profile[r.about] != p.about {
		return fmt.Errorf("profile says %q and not %q", profile[r.about], p.about)
	}
	return nil
}

// threads wants what is counted at each post to be what was acknowledged.
func (m *community) threads(ctx context.Context) error {
	comments, reactions := map[int64]int{}, map[int64]int{}
	for _, p := range m.people {
		for _, post := range p.comments {
			comments[post]++
		}
		for post := range p.reactions {
			reactions[post]++
		}
	}
	for _, id := range m.posts {
		var post struct {
			Comments  int `json:"comments_count"`
			Reactions int `json:"reactions_count"`
		}
		if err := m.people[0].get(ctx, "foro", fmt.Sprintf("/api/foro/posts/%d/", id), &post); err != nil {
			return err
		}
		if post.Comments != comments[id] || post.Reactions != reactions[id] {
			return fmt.Errorf("post %d has %d comments and %d reactions; acknowledged were %d and %d", id, post.Comments, post.Reactions, comments[id], reactions[id])
		}
	}
	return nil
}

// talks wants each message once, under the id that was acknowledged, and no others.
func (m *community) talks(ctx context.Context) error {
	want, got := map[int64]string{}, map[int64]string{}
	for _, p := range m.people {
		maps.Copy(want, p.said)
	}
	n := 0
	for room, p := range m.rooms {
		err := pages(ctx, p, "chat", fmt.Sprintf("/api/chat/messages/?room=%d", room)+"&page=%d", func(one struct {
			ID      int64
			Content string
		}) {
			got[one.ID] = one.Content
			n++
		})
		if err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(want)) {
		if got[id] != want[id] {
			return fmt.Errorf("message %d is %q and not %q", id, got[id], want[id])
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
		if err := p.get(ctx, module, fmt.Sprintf(path, n), &got); err != nil {
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
	return c.Send(ctx, http.MethodPost, "auth", "/api/auth/login/", "", j{"phone_number": synthetic.Phone(1), "password": synthetic.Password}, nil)
}

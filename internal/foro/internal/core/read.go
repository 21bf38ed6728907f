package core

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
	"agrovet/internal/media"
	"agrovet/internal/platform/errs"
)

// Shown is a post with what a reader sees beside it.
type Shown struct {
	foro.Post
	Author    Who
	Community *Place              // nil: in none
	Object    *media.Object       // nil: none, or media does not answer
	Own       []foro.ReactionType // the reader's
	Mentioned []auth.User
}

// Get returns one post.
//
// Errors: errs.ErrNotFound, also for one that the reader may not see.
func (c *Core) Get(ctx context.Context, id int64) (Shown, error) {
	p, err := c.seen(ctx, id)
	if err != nil {
		return Shown{}, err
	}
	return c.show(ctx, p)
}

// seen is a post that the reader may see.
//
// Errors: errs.ErrNotFound.
func (c *Core) seen(ctx context.Context, id int64) (foro.Post, error) {
	p, ok, err := c.store.Post(ctx, id, false)
	if err == nil && ok {
		ok, err = c.sees(ctx, p)
	}
	if err == nil && !ok {
		err = errs.ErrNotFound
	}
	return p, err
}

func (c *Core) show(ctx context.Context, p foro.Post) (Shown, error) {
	shown, err := c.showAll(ctx, []foro.Post{p})
	if err != nil {
		return Shown{}, err
	}
	return shown[0], nil
}

// showAll asks the other modules for everything on a page at once.
func (c *Core) showAll(ctx context.Context, posts []foro.Post) ([]Shown, error) {
	var authors, places, files []int64
	for _, p := range posts {
		if id := shownAs(ctx, p.AuthorID, p.Anonymous); id != 0 {
			authors = append(authors, id)
		}
		authors = append(authors, p.Mentions...)
		places, files = append(places, one(p.CommunityID)...), append(files, one(p.MediaID)...)
	}
	communities, err := c.store.Communities(ctx, places...)
	if err != nil {
		return nil, err
	}
	for _, m := range communities {
		files = append(files, pictures(m)...)
	}
	reactions, err := c.ownToPosts(ctx, posts)
	if err != nil {
		return nil, err
	}
	people, objects := c.people(ctx, authors), c.objects(ctx, files)
	shown := make([]Shown, len(posts))
	for i, p := range posts {
		shown[i] = Shown{Post: p, Author: author(ctx, people, p.AuthorID, p.Anonymous), Own: reactions[p.ID], Mentioned: users(people, p.Mentions)}
		if m, ok := communities[p.CommunityID]; ok {
			shown[i].Community = new(placeOf(m, objects))
		}
		if o, ok := objects[p.MediaID]; ok {
			shown[i].Object = &o
		}
	}
	return shown, nil
}

// users are these people, of those who were asked for.
func users(people map[int64]Who, ids []int64) []auth.User {
	out := make([]auth.User, len(ids))
	for i, id := range ids {
		out[i] = people[id].User
	}
	return out
}

func (c *Core) objects(ctx context.Context, ids []int64) map[int64]media.Object {
	if len(ids) == 0 || c.Media == nil {
		return nil
	}
	objects, err := c.Media.Objects(ctx, ids...)
	if err != nil {
		c.Log.WarnContext(ctx, "media does not answer, showing posts without files", "objects", len(ids), "error", err)
	}
	return objects
}

package core

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/media"
	"agrovet/internal/platform/errs"
)

// Shown is a post with what a reader sees beside it.
type Shown struct {
	foro.Post
	Author     Who
	Community  *Place              // nil: in none
	Object     *media.Object       // nil: none, or media does not answer
	Own        []foro.ReactionType // the reader's
	Mentioned  []auth.User
	Thread     []*Remark // some of the comments on it, the most popular first
	MoreThread bool      // there are more
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

// show shows one post with the beginning of what was said about it.
func (c *Core) show(ctx context.Context, p foro.Post) (Shown, error) {
	return c.showOne(ctx, p, beside)
}

// showNew shows a post about which nothing was said yet.
func (c *Core) showNew(ctx context.Context, p foro.Post) (Shown, error) {
	return c.showOne(ctx, p, store.Bounds{})
}

func (c *Core) showOne(ctx context.Context, p foro.Post, b store.Bounds) (Shown, error) {
	shown, err := c.showWith(ctx, []foro.Post{p}, b)
	if err != nil {
		return Shown{}, err
	}
	return shown[0], nil
}

// showAll shows the posts of a list, each with the little of what was said about it that a list shows.
func (c *Core) showAll(ctx context.Context, posts []foro.Post) ([]Shown, error) {
	return c.showWith(ctx, posts, inList)
}

// showWith asks the other modules for everything on a page at once, also for comments that are shown beside the posts.
func (c *Core) showWith(ctx context.Context, posts []foro.Post, b store.Bounds, comments ...*Remark) ([]Shown, error) {
	var places []int64
	about := page{remarks: comments}
	shown := make([]Shown, len(posts))
	for i, p := range posts {
		if p.State == foro.Removed && !is(ctx, p.AuthorID) && !staff(ctx) {
			p.Title, p.Content = "", ""
		}
		shown[i].Post = p
		about.posts = append(about.posts, &shown[i])
		places = append(places, one(p.CommunityID)...)
	}
	communities, err := c.store.Communities(ctx, places...)
	if err != nil {
		return nil, err
	}
	for _, m := range communities {
		about.pictures = append(about.pictures, pictures(m)...)
	}
	if b != (store.Bounds{}) {
		if err := c.threads(ctx, b, &about); err != nil {
			return nil, err
		}
	}
	reactions, err := c.ownToPosts(ctx, posts)
	if err != nil {
		return nil, err
	}
	objects := about.ask(ctx, c)
	for i := range shown {
		shown[i].Own = reactions[shown[i].ID]
		if m, ok := communities[shown[i].CommunityID]; ok {
			shown[i].Community = new(placeOf(m, objects))
		}
	}
	return shown, nil
}

// files are media's objects by id; nil when it does not answer.
type files map[int64]media.Object

// object is nil for none.
func (f files) object(id int64) *media.Object {
	if o, ok := f[id]; ok {
		return &o
	}
	return nil
}

func (c *Core) objects(ctx context.Context, ids []int64) files {
	if len(ids) == 0 || c.Media == nil {
		return nil
	}
	objects, err := c.Media.Objects(ctx, ids...)
	if err != nil {
		c.Log.WarnContext(ctx, "media does not answer, showing posts without files", "objects", len(ids), "error", err)
	}
	return objects
}

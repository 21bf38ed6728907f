package people

import (
	"context"
	"fmt"
)

// Titled wants things to be called as was acknowledged. path has %d for the id.
func (p *Person) Titled(ctx context.Context, module, path string, want map[int64]string) error {
	for id, title := range want {
		var got struct{ Title string }
		if err := p.Get(ctx, module, fmt.Sprintf(path, id), &got); err != nil || got.Title != title {
			return fmt.Errorf("%s %d is %q and not %q: %w", module, id, got.Title, title, err)
		}
	}
	return nil
}

// Listed wants a list to have as many as were acknowledged.
func (p *Person) Listed(ctx context.Context, module, path string, want int) error {
	var got struct{ Count int }
	if err := p.Get(ctx, module, path, &got); err != nil {
		return err
	}
	if got.Count != want {
		return fmt.Errorf("%s has %d, acknowledged were %d", path, got.Count, want)
	}
	return nil
}

// Asked wants all of their posts, and no more, of an agrovet's forum.
func (p *Person) Asked(ctx context.Context) error {
	if err := p.Listed(ctx, "foro", fmt.Sprintf("/api/foro/posts/?author=%d&page_size=1", p.ID), len(p.Posts)); err != nil {
		return err
	}
	return p.Titled(ctx, "foro", "/api/foro/posts/%d/", p.Posts)
}

// Threads wants what is counted at each post to be what was acknowledged, of an agrovet's forum.
func (c *Community) Threads(ctx context.Context) error {
	comments, likes := map[int64]int{}, map[int64]int{}
	for _, p := range c.people {
		for _, post := range p.Comments {
			comments[post]++
		}
		for post := range p.Reactions {
			likes[post]++
		}
	}
	for _, id := range c.posts {
		var post struct {
			Comments  int `json:"comments_count"`
			Likes     int `json:"likes_count"`
			Reactions int `json:"reactions_count"`
		}
		if err := c.people[0].Get(ctx, "foro", fmt.Sprintf("/api/foro/posts/%d/", id), &post); err != nil {
			return err
		}
		if post.Comments != comments[id] || post.Likes != likes[id] || post.Reactions != likes[id] {
			return fmt.Errorf("post %d has %+v; acknowledged were %d comments and %d likes", id, post, comments[id], likes[id])
		}
	}
	return nil
}

// Totals count what was acknowledged to all.
func (c *Community) Totals() map[string]int {
	total := map[string]int{"people": len(c.people)}
	for _, p := range c.people {
		total["adverts"] += len(p.Adverts)
		total["pictures"] += len(p.Files)
		total["follows"] += len(p.Follows)
		total["posts"] += len(p.Posts)
		total["comments"] += len(p.Comments)
		total["reactions"] += len(p.Reactions)
		total["messages"] += len(p.Said)
	}
	return total
}

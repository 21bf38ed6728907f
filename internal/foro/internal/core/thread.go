package core

import (
	"cmp"
	"context"
	"slices"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
)

// How much of what was said is shown at once: beside a post, and beside each of a list.
var (
	beside = store.Bounds{Top: 20, Replies: 10, Levels: 3, Total: 200}
	inList = store.Bounds{Top: 3, Replies: 2, Levels: 1, Total: 1000}
)

// threads puts what was said below each post, and on the page.
func (c *Core) threads(ctx context.Context, b store.Bounds, p *page) error {
	ids, by := make([]int64, 0, len(p.posts)), make(map[int64]foro.Post, len(p.posts))
	for _, s := range p.posts {
		if by[s.ID] = s.Post; s.Comments > 0 || b == beside {
			ids = append(ids, s.ID)
		}
	}
	branches, err := c.store.Threads(ctx, b, ids...)
	if err != nil {
		return err
	}
	trees, err := c.trees(ctx, branches, by, p)
	if err != nil {
		return err
	}
	for _, s := range p.posts {
		s.Thread = trees[s.ID]
		if s.MoreThread = len(s.Thread) > b.Top; s.MoreThread {
			s.Thread = s.Thread[:b.Top]
		}
	}
	return nil
}

// listed makes trees of comments of any posts, in the order of the ids, with the replies that the bounds allow. Of
// posts, what comments depend on is known.
func (c *Core) listed(ctx context.Context, b store.Bounds, posts map[int64]foro.Post, ids ...int64) ([]*Remark, error) {
	branches, err := c.store.Branches(ctx, b, ids...)
	if err != nil {
		return nil, err
	}
	if posts == nil {
		if posts, err = c.heads(ctx, branches); err != nil {
			return nil, err
		}
	}
	var p page
	trees, err := c.trees(ctx, branches, posts, &p)
	if err != nil {
		return nil, err
	}
	p.ask(ctx, c)
	var all []*Remark
	for _, t := range trees {
		all = append(all, t...)
	}
	slices.SortFunc(all, func(a, b *Remark) int { return cmp.Compare(a.rank, b.rank) })
	return all, nil
}

func (c *Core) heads(ctx context.Context, branches []store.Branch) (map[int64]foro.Post, error) {
	ids := make([]int64, len(branches))
	for i, b := range branches {
		ids[i] = b.PostID
	}
	slices.Sort(ids)
	return c.store.Heads(ctx, slices.Compact(ids)...)
}

// trees makes trees of branches: the first comments of each post, by its id, in their order.
func (c *Core) trees(ctx context.Context, branches []store.Branch, posts map[int64]foro.Post, p *page) (map[int64][]*Remark, error) {
	if err := c.conceal(ctx, branches, posts); err != nil {
		return nil, err
	}
	slices.SortFunc(branches, func(a, b store.Branch) int {
		return cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.ID, b.ID))
	})
	trees, all := map[int64][]*Remark{}, make(map[int64]*Remark, len(branches))
	for _, b := range branches {
		r := &Remark{Comment: b.Comment, Accepted: posts[b.PostID].AcceptedID == b.ID, More: b.More, rank: b.Rank}
		p.remarks = append(p.remarks, r)
		if all[r.ID] = r; b.Level == 0 {
			trees[r.PostID] = append(trees[r.PostID], r)
		} else {
			parent := all[r.ParentID]
			parent.Below = append(parent.Below, r)
		}
	}
	return trees, nil
}

// conceal takes the text out of what was deleted or taken away. It keeps its place; its author and staff read on,
// and moderators until it is decided.
func (c *Core) conceal(ctx context.Context, branches []store.Branch, posts map[int64]foro.Post) error {
	var doubtful []int64 // communities, where it depends on what the reader is there
	for i := range branches {
		m := &branches[i].Comment
		switch {
		case m.State == foro.Visible || m.State != foro.Deleted && (is(ctx, m.UserID) || staff(ctx)):
		case m.State != foro.Deleted && authn.UserID(ctx) != 0 && posts[m.PostID].CommunityID != 0:
			doubtful = append(doubtful, posts[m.PostID].CommunityID)
		default:
			empty(m)
		}
	}
	if len(doubtful) == 0 {
		return nil
	}
	roles, err := c.store.RolesIn(ctx, authn.UserID(ctx), doubtful...)
	if err != nil {
		return err
	}
	for i := range branches {
		m := &branches[i].Comment
		if m.State != foro.Visible && !is(ctx, m.UserID) && !staff(ctx) && (m.State == foro.Removed || !decides(roles[posts[m.PostID].CommunityID])) {
			empty(m)
		}
	}
	return nil
}

func empty(m *foro.Comment) {
	m.Content, m.MediaID, m.UserID, m.Anonymous, m.Mentions, m.Validators = "", 0, 0, false, nil, nil
}

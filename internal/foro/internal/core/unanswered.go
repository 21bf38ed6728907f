package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/geo"
)

// Unanswered is a list of questions of others that nobody has answered, the newest first.
type Unanswered struct {
	core *Core
	open store.Open
}

// UnansweredNear is how far from a specialist's place questions are that they are shown without asking, in km.
const UnansweredNear = 200

// Unanswered makes the list. all is whether also a specialist who names neither species, tag nor circle gets
// everything, instead of what concerns them: their species and questions without one, near their place and without
// one.
func (c *Core) Unanswered(ctx context.Context, species []string, tag string, circle *geo.Circle, all bool) (Unanswered, error) {
	me := authn.UserID(ctx)
	u := Unanswered{c, store.Open{Without: me, Species: species, Tag: tag, Circle: circle}}
	if all || len(species) > 0 || tag != "" || circle != nil {
		return u, nil
	}
	people, err := c.store.People(ctx, me)
	if p := people[me]; len(p.Species) > 0 {
		u.open.Species = append([]string{""}, p.Species...)
	}
	if p := people[me]; p.Place != nil {
		u.open.Circle, u.open.Nowhere = &geo.Circle{Center: *p.Place, KM: UnansweredNear}, true
	}
	return u, err
}

// Count counts the list up to limit.
func (u Unanswered) Count(ctx context.Context, limit int) (int64, error) {
	return u.core.store.CountQuestions(ctx, u.open, limit)
}

// Rows is a part of the list.
func (u Unanswered) Rows(ctx context.Context, span store.IDSpan) (rows []Shown, more bool, err error) {
	limit := span.Limit
	span.Limit++
	ids, err := u.core.store.Questions(ctx, u.open, span)
	if err != nil {
		return nil, false, err
	}
	if more = len(ids) > limit; more {
		ids = ids[:limit]
	}
	posts, err := u.core.store.Posts(ctx, ids...)
	if err != nil {
		return nil, false, err
	}
	rows, err = u.core.showAll(ctx, posts)
	return rows, more && len(rows) > 0, err
}

// How many questions are told of in one transaction, and how many specialists learn of each.
const (
	waitingAtOnce = 100
	mostTold      = 20
)

// TellWaiting tells once of each question that nobody has answered for long. It may be stopped at any time and
// goes on when it is called again.
func (c *Core) TellWaiting(ctx context.Context) error {
	for n := waitingAtOnce; n == waitingAtOnce; {
		err := c.DB.Tx(ctx, func(ctx context.Context) error {
			questions, err := c.store.Waiting(ctx, c.Now().Add(-c.cfg.UnansweredAfter), waitingAtOnce)
			if n = len(questions); err != nil || n == 0 {
				return err
			}
			ids := make([]int64, n)
			for i, q := range questions {
				ids[i] = q.ID
				if err := c.tellWaiting(ctx, q); err != nil {
					return err
				}
			}
			return c.store.Waited(ctx, ids)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *Core) tellWaiting(ctx context.Context, q foro.Post) error {
	people, err := c.store.Specialists(ctx, q, mostTold)
	if err != nil {
		return err
	}
	return c.publish(ctx, foro.QuestionWaiting{PostID: q.ID, UserIDs: people})
}

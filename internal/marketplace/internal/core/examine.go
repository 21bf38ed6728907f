package core

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/rules"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/textrules"
)

// alikeWithin is how long the same text counts against its publisher.
const alikeWithin = 24 * time.Hour

// examine lets the rules look at an advert that is shown from now on, or that says something else now.
// What they find is for staff: the advert is shown all the same, and its publisher does not learn of it.
func (c *Core) examine(ctx context.Context, before store.Row, r *store.Row) error {
	if r.Status != marketplace.StatusActive || before.Status == marketplace.StatusActive && saysTheSame(before.Add, r.Add) {
		return nil
	}
	text := textrules.Read(r.Title, r.Description)
	alike, err := c.store.PutText(ctx, r.ID, r.PublisherID, text.Alike(), c.Now(), c.Now().Add(-alikeWithin))
	if err != nil {
		return err
	}
	price, err := c.compared(ctx, r)
	if err != nil {
		return err
	}
	return c.flag(ctx, *r, rules.Examine(text, price, alike))
}

func saysTheSame(a, b marketplace.Add) bool {
	return a.Title == b.Title && a.Description == b.Description && a.CategoryID == b.CategoryID &&
		a.Price.Base == b.Price.Base && a.Price.BaseUnit == b.Price.BaseUnit && a.Price.Currency == b.Price.Currency
}

// flag stores what the rules have found, and puts the advert into staff's queue for what is new of it.
func (c *Core) flag(ctx context.Context, r store.Row, found []rules.Finding) error {
	if len(found) == 0 {
		return nil
	}
	fresh, err := c.store.PutFlags(ctx, r.ID, found, c.Now())
	if err != nil || len(fresh) == 0 {
		return err
	}
	rank := store.Usual
	if slices.ContainsFunc(found, func(f rules.Finding) bool { return f.Fraud && slices.Contains(fresh, f.Rule) }) {
		rank = store.Urgent
	}
	return c.store.OpenCase(ctx, r, rank, c.Now())
}

// compared is what the advert asks beside what others ask; nothing when it does not compare.
func (c *Core) compared(ctx context.Context, r *store.Row) (p rules.Price, err error) {
	if r.CategoryID == 0 || r.Price.Base == "" {
		return p, nil
	}
	if p.Asked, err = strconv.ParseFloat(r.Price.Base, 64); err != nil {
		return p, err
	}
	key := priceKey{r.CategoryID, r.Price.Currency, r.Price.BaseUnit}
	p.Of = fmt.Sprint(key)
	p.Usual, err = c.usualPrice(ctx, key)
	return p, err
}

// usual are prices that this process has looked up: who publishes a herd asks for the same again and
// again.
type usual struct {
	mu     sync.Mutex
	prices map[priceKey]usualPrice
}

type priceKey struct {
	CategoryID         int64
	Currency, BaseUnit string
}

type usualPrice struct {
	price float64
	until time.Time
}

const (
	fewPrices   = 10               // fewer say nothing about what is usual
	usualLife   = 10 * time.Minute // how long a price is taken for the usual one
	usualPrices = 2_000            // how many are kept
)

// usualPrice is what the cheapest quarter of comparable adverts asks at most; 0 when there are too few.
func (c *Core) usualPrice(ctx context.Context, key priceKey) (float64, error) {
	if p, ok := c.usual.get(key, c.Now()); ok {
		return p, nil
	}
	price, n, err := c.store.UsualPrice(ctx, key.CategoryID, key.Currency, key.BaseUnit)
	if err != nil || n < fewPrices {
		return 0, err
	}
	c.usual.put(key, usualPrice{price, c.Now().Add(usualLife)})
	return price, nil
}

func (u *usual) get(key priceKey, now time.Time) (float64, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	p, ok := u.prices[key]
	return p.price, ok && now.Before(p.until)
}

func (u *usual) put(key priceKey, p usualPrice) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.prices == nil || len(u.prices) >= usualPrices {
		u.prices = map[priceKey]usualPrice{}
	}
	u.prices[key] = p
}

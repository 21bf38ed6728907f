package core

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/demo"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/media"
)

const (
	seeded     = 200
	seededDays = 55 // over which they are spread
)

// homes are where the people of a demo community sell, by turns.
var homes = strings.Fields("BO PE CO AR MX BO BO CO PE AR MX BO EC BO PY GT BO CO")

// Seed makes adverts of a demo community's people, as far as they may publish: of all categories, of
// several statuses, and of the last weeks. They are published like any other, with history and events.
// Where one of the people has any advert nothing is made, so seeding twice is fine.
func (c *Core) Seed(ctx context.Context, picture func(int64) media.Upload, users ...auth.User) error {
	users = slices.DeleteFunc(slices.Clone(users), func(u auth.User) bool { return !c.cfg.Everyone && !slices.Contains(c.cfg.Roles, u.Role) })
	for _, u := range users {
		if ids, err := c.store.OfPublisher(ctx, u.ID, 0, 1); err != nil || len(ids) > 0 {
			return err
		}
	}
	if len(users) == 0 {
		return nil
	}
	pictures, err := c.seedPictures(ctx, picture, users)
	if err != nil {
		return err
	}
	s := seeding{c, demo.New(), users, pictures, map[string]int64{}}
	all, err := c.Categories(ctx)
	if err != nil {
		return err
	}
	for _, k := range all {
		s.categories[k.Name] = k.ID
	}
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		for i := range seeded {
			if err := s.one(ctx, i); err != nil {
				return fmt.Errorf("seed advert %d: %w", i, err)
			}
		}
		return nil
	})
}

// seedPictures makes one for every third of the people, which some of their adverts share.
func (c *Core) seedPictures(ctx context.Context, picture func(int64) media.Upload, users []auth.User) (map[int64]int64, error) {
	ids := map[int64]int64{}
	for i, u := range users {
		if c.Media == nil || i%3 != 0 {
			continue
		}
		upload := picture(3000 + u.ID)
		upload.OwnerID, upload.Folder = u.ID, media.FolderMedia
		o, err := c.Media.Upload(ctx, upload)
		if err != nil {
			return nil, fmt.Errorf("picture for the adverts of user %d: %w", u.ID, err)
		}
		ids[u.ID] = o.ID
	}
	return ids, nil
}

type seeding struct {
	*Core
	maker      *demo.Maker
	users      []auth.User
	pictures   map[int64]int64  // by user
	categories map[string]int64 // by name
}

// one makes the advert of a number, the oldest first. What it is hangs on the number alone; a category
// that staff has renamed leaves it without one.
func (s seeding) one(ctx context.Context, i int) error {
	random := rand.New(rand.NewPCG(uint64(i), 0x73656564))
	user := i * 7 % len(s.users)
	a := s.maker.Make(uint64(i), demo.Want{Country: homes[user%len(homes)], Offer: i + 1, Names: 40})
	r := store.Row{Add: a.Add}
	r.PublisherID, r.CategoryID, r.Status = s.users[user].ID, s.categories[a.Category], marketplace.StatusActive
	if r.CategoryID == 0 {
		r.Attributes = nil
	}
	if random.IntN(2) == 0 {
		r.MainImageID = s.pictures[r.PublisherID]
	}
	became := lives[i%len(lives)]
	if became == marketplace.StatusDraft {
		r.Status = became
	}
	at := s.Now().Add(-age(i))
	if _, err := s.store.LockPublisher(ctx, r.PublisherID, at); err != nil {
		return err
	}
	if err := s.shape(ctx, store.Row{}, &r); err != nil {
		return err
	}
	if err := s.insert(ctx, &r); err != nil {
		return err
	}
	if err := s.becomes(ctx, &r, became); err != nil {
		return err
	}
	if r.Status == marketplace.StatusActive {
		r.ExpiresAt = latest(at.Add(s.cfg.Lifetime), s.Now().Add(s.cfg.Warning+24*time.Hour))
	}
	return s.store.Backdate(ctx, r.ID, at, at.Add(time.Duration(random.Float64()*float64(age(i)))), r.ExpiresAt)
}

// lives are what becomes of adverts.
var lives = []marketplace.Status{"active", "active", "active", "active", "sold", "active", "active", "active", "paused", "active", "active", "active",
	"active", "archived", "active", "active", "active", "expired", "active", "active", "active", "sold", "active", "draft", "active"}

func (s seeding) becomes(ctx context.Context, r *store.Row, status marketplace.Status) (err error) {
	if status == r.Status {
		return nil
	}
	actor := r.PublisherID
	if status == marketplace.StatusExpired {
		actor = 0 // the clock
	}
	*r, err = s.changeLocked(ctx, r.ID, actor, func(r *store.Row) error { r.Status = status; return nil })
	return err
}

// age is how old the advert of a number is: there are more of the last days than of the first.
func age(i int) time.Duration {
	part := 1 - float64(i)/seeded
	return time.Duration(math.Pow(part, 1.5) * seededDays * float64(24*time.Hour))
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

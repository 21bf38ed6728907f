package core

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/bus"
)

// together is how many searches are compared with an advert at once.
const together = 500

// AddShown alerts those whose saved searches find an advert that was created or changed. The searches are
// those that stood when it happened; the advert must match them as it came to be then, must still do so,
// and must not have matched before the change. It runs in the transaction of the event's inbox row.
func (c *Core) AddShown(ctx context.Context, e bus.Event) error {
	var is struct {
		AddID   int64 `json:"add_id"`
		Version int   `json:"version"` // 0: it was created
	}
	if err := json.Unmarshal(e.Data, &is); err != nil {
		return fmt.Errorf("decode %s: %w", e.Type, err)
	}
	advert, ok, err := c.store.Listed(ctx, is.AddID)
	if err == nil && ok {
		err = c.alert(ctx, news{advert, is.Version}, e.OccurredAt)
	}
	if err != nil || is.Version == 0 {
		return err
	}
	return c.store.ForgetBefore(ctx, is.AddID, is.Version)
}

// news is an active advert, and of which version of it an event tells.
type news struct {
	store.Listed
	version int
}

func (c *Core) alert(ctx context.Context, n news, at time.Time) error {
	ids, err := c.store.Candidates(ctx, n.Listed, anchorsOf(n.Listed), at)
	if err != nil || len(ids) == 0 {
		return err
	}
	all, err := c.Categories(ctx) // once: in a transaction they are not kept
	if err != nil {
		return err
	}
	tree := make(map[int64]store.Category, len(all))
	for _, one := range all {
		tree[one.ID] = one
	}
	for chunk := range slices.Chunk(ids, together) {
		if err := c.alertSome(ctx, n, chunk, tree); err != nil {
			return err
		}
	}
	return nil
}

func (c *Core) alertSome(ctx context.Context, n news, versions []int64, tree map[int64]store.Category) error {
	candidates, err := c.store.CandidatesByID(ctx, versions)
	if err != nil {
		return err
	}
	seekers, err := c.seekers(candidates, tree)
	if err == nil {
		seekers, err = c.finding(ctx, n, seekers)
	}
	if err == nil {
		seekers, err = c.notBlocking(ctx, n.PublisherID, seekers)
	}
	if err != nil || len(seekers) == 0 {
		return err
	}
	return c.tellOf(ctx, n, seekers)
}

// seeker is a search that may find an advert.
type seeker struct {
	store.Candidate
	find store.Find
}

// seekers are the candidates that look for anything: not those whose category is gone.
func (c *Core) seekers(candidates []store.Candidate, tree map[int64]store.Category) ([]seeker, error) {
	all := make([]seeker, 0, len(candidates))
	for _, one := range candidates {
		var w Wanted
		if err := json.Unmarshal(one.Wanted, &w); err != nil {
			return nil, fmt.Errorf("search %d: %w", one.SearchID, err)
		}
		category, ok := tree[w.CategoryID]
		if !ok && w.CategoryID != 0 {
			continue
		}
		f, _ := c.findIn(category, w)
		all = append(all, seeker{one, f})
	}
	return all, nil
}

// finding are those of the seekers for whom the advert is news. What it is now is read first: a change
// that comes meanwhile leaves a document behind, by which it is seen.
func (c *Core) finding(ctx context.Context, n news, all []seeker) ([]seeker, error) {
	all, err := c.matching(ctx, n.AddID, 0, true, all)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	kept, err := c.store.Befores(ctx, n.AddID, n.version)
	for _, version := range kept {
		if err == nil && version == int32(n.version) {
			all, err = c.matching(ctx, n.AddID, n.version, false, all)
		} else if err == nil {
			all, err = c.matching(ctx, n.AddID, int(version), true, all) // as the event left it
			break
		}
	}
	return all, err
}

// matching are those of the seekers that do, or do not, find the advert as it is now, or, with a version,
// as it was before that.
func (c *Core) matching(ctx context.Context, addID int64, version int, want bool, all []seeker) ([]seeker, error) {
	finds := make([]store.Find, len(all))
	for i, one := range all {
		finds[i] = one.find
	}
	matches, err := c.store.Matches(ctx, addID, version, finds)
	if err != nil {
		return nil, err
	}
	var some []seeker
	for i, one := range all {
		if matches[i] == want {
			some = append(some, one)
		}
	}
	return some, nil
}

func (c *Core) notBlocking(ctx context.Context, publisherID int64, all []seeker) ([]seeker, error) {
	people := make([]int64, len(all))
	for i, one := range all {
		people[i] = one.UserID
	}
	blocking, err := c.store.BlockersAmong(ctx, publisherID, people)
	return slices.DeleteFunc(all, func(one seeker) bool { return slices.Contains(blocking, one.UserID) }), err
}

// tellOf makes the alerts, and an event of each that there was not before.
func (c *Core) tellOf(ctx context.Context, n news, all []seeker) error {
	ids := make([]int64, len(all))
	for i, one := range all {
		ids[i] = one.SearchID
	}
	told, err := c.store.Tell(ctx, n.AddID, ids)
	events := make([]bus.Payload, len(told))
	for i, one := range told {
		events[i] = marketplace.Alert{AddID: n.AddID, UserID: one.UserID, SearchID: one.SearchID, Search: one.Search, Title: n.Title}
	}
	if err != nil {
		return err
	}
	return c.publish(ctx, events...)
}

// AddDeleted removes the alerts of an advert that is gone: the event comes after all others of it.
func (c *Core) AddDeleted(ctx context.Context, e marketplace.Deleted) error {
	return c.store.ForgetAlerts(ctx, e.AddID)
}

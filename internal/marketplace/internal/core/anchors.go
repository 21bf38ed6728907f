package core

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"

	"agrovet/internal/marketplace/internal/store"
)

// A saved search is found by its anchors: a few terms of which every advert that it finds has one, so
// that an advert meets the searches that may want it and no others. They are all terms of one thing that
// must be true, the rarest: a word with its synonyms, a category, a publisher, a band of prices, or the
// cells that hold the circle to search in. Only a search that wants nothing in particular has the anchor of
// every advert.

// everywhere is the anchor that every advert has.
var everywhere = trait("anchor", "any")

// anchored fills in the anchors of a version that looks for what is wanted, which is f to the index.
func (c *Core) anchored(ctx context.Context, v *store.Version, w Wanted, f store.Find) error {
	v.Shape, v.Anchors = shapeOf(w, f), []int64{everywhere}
	sets := required(w, f)
	if len(sets) == 0 {
		return nil
	}
	rarest, err := c.store.Rarest(ctx, sets)
	if err == nil {
		v.Anchors = sets[rarest]
	}
	return err
}

// required are the sets of terms of which an advert that is found has at least one each. Where nothing was
// counted yet, the first are the best: publisher, words, category, attributes and prices, and then the rest.
func required(w Wanted, f store.Find) (sets [][]int64) {
	must := f.Must // in such an order, too
	take := func(said bool) {
		if said && len(must) > 0 {
			sets, must = append(sets, must[:1]), must[1:]
		}
	}
	take(w.PublisherID != 0)
	for _, g := range f.Groups {
		set := slices.Clone(g.Any())
		for _, phrase := range g.Phrases() {
			set = append(set, phrase[0]) // whoever has the phrase has its first word
		}
		sets = append(sets, set)
	}
	take(w.CategoryID != 0)
	sets = append(sets, f.Any...)
	for len(must) > 0 {
		take(true)
	}
	return sets
}

// shapeOf is a number that changes with what the anchors of f are chosen from: when synonyms, stems or
// the category tree are others than when a search was saved, so may its anchors be.
func shapeOf(w Wanted, f store.Find) int64 {
	sets := required(w, f)
	for i, set := range sets {
		sets[i] = slices.Sorted(slices.Values(set))
	}
	slices.SortFunc(sets, slices.Compare)
	sum := sha256.Sum256(fmt.Append(nil, sets))
	return int64(binary.BigEndian.Uint64(sum[:8]))
}

// anchorsOf are all anchors by which an advert may be found.
func anchorsOf(l store.Listed) []int64 { return append(slices.Clone(l.Terms), everywhere) }

// AnchorSearches chooses anew the anchors of searches whose words, or whose category, mean something else
// than when they were saved. Until it has run, such a search may miss adverts that only the new synonyms
// of its words find.
func (c *Core) AnchorSearches(ctx context.Context) error {
	for after := int64(0); ; {
		versions, err := c.store.VersionsBehind(ctx, after, atOnce)
		if err != nil || len(versions) == 0 {
			return err
		}
		for _, v := range versions {
			if err := c.anchorAnew(ctx, v); err != nil {
				return err
			}
			after = v.ID
		}
	}
}

func (c *Core) anchorAnew(ctx context.Context, v store.Version) error {
	var w Wanted
	if err := json.Unmarshal(v.Wanted, &w); err != nil {
		return fmt.Errorf("search version %d: %w", v.ID, err)
	}
	f, _, err := c.find(ctx, w)
	if err != nil || shapeOf(w, f) == v.Shape {
		return err
	}
	if err := c.anchored(ctx, &v, w, f); err != nil {
		return err
	}
	return c.DB.Tx(ctx, func(ctx context.Context) error { return c.store.Anchor(ctx, v) })
}

// PurgeVersions removes versions that no event of the last 30 days can still mean.
func (c *Core) PurgeVersions(ctx context.Context) error {
	return c.inBatches(ctx, func(ctx context.Context) (int, error) { return c.store.PurgeVersions(ctx, 30, atOnce) })
}

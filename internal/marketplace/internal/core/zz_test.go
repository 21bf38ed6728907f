package core

import (
	"context"
	"testing"

	"agrovet/internal/marketplace/internal/catalog"
	"agrovet/internal/marketplace/internal/demo"
	"agrovet/internal/marketplace/internal/store"
)

func BenchmarkRow(b *testing.B) {
	c := &Core{}
	c.cfg, _ = Config{Country: "BO"}.withDefaults()
	ids := map[string]int64{}
	byID := map[int64]store.Category{}
	bk := &bulk{Core: c, n: b.N, maker: demo.New(), categories: map[string]store.Category{}, terms: map[int64]int64{}, words: map[string]int64{}}
	for i, k := range catalog.Standard() {
		ids[k.Name] = int64(i + 1)
		one := store.Category{ID: int64(i + 1), ParentID: ids[k.Parent], Name: k.Name, Aliases: k.Aliases, Attributes: k.Attributes}
		one.All = catalog.Inherited(byID[one.ParentID].Attributes, one.Attributes)
		byID[one.ID] = one
		bk.categories[k.Name] = one
	}
	c.categories.byID = byID
	c.categories.read = c.categories.read.AddDate(5000, 0, 0)
	b.ResetTimer()
	for i := range b.N {
		r, err := bk.row(context.Background(), i)
		if err != nil {
			b.Fatal(err)
		}
		bk.count(r, bk.terms, bk.words)
	}
}

package authclient

import (
	"slices"

	"agrovet/internal/auth"
)

// unique is the ids, each once, in order.
func unique(ids []int64) []int64 {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// all says whether there is something of each of the ids.
func all(ids []int64, found map[int64]auth.User) bool {
	return !slices.ContainsFunc(ids, func(id int64) bool { _, ok := found[id]; return !ok })
}

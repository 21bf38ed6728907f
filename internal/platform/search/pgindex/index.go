package pgindex

import (
	"slices"
	"strings"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/search"
)

// Index is where the search documents of a module are. Its names are written into statements as they
// are: they are the program's own.
type Index struct {
	DB        *pg.DB
	Documents string // their table
	ID        string // its primary key, and the column of counted
	Prefix    string // of the names of the other tables; empty: they are term, word and counted
}

// named writes the names of tables and of the key into a statement.
func (x Index) named(text string) string {
	return strings.NewReplacer("{documents}", x.Documents, "{id}", x.ID,
		"{term}", x.Prefix+"term", "{word}", x.Prefix+"word", "{counted}", x.Prefix+"counted").Replace(text)
}

// Bucket is how many ids share one: a search for a frequent term probes the newest ids first, bucket by
// bucket. Documents are stored with it, so it never changes.
const Bucket = 2048

// Bucketed are the terms of the document of an id as its column terms has them, sorted: each as it is, and
// marked with the id's bucket. They are never nil.
func Bucketed(id int64, terms []int64) []int64 {
	all := make([]int64, 0, 2*len(terms))
	all = append(all, terms...)
	for _, t := range terms {
		all = append(all, search.InBucket(t, id/Bucket))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Plain are the terms of such a column as they were before they were marked.
func Plain(column []int64) []int64 {
	return slices.DeleteFunc(slices.Clone(column), func(t int64) bool { return t&search.Buckets != 0 })
}

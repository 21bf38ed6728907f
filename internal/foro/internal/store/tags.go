package store

// Tag is a word that posts are found by.
type Tag struct {
	ID    int64
	Name  string // folded
	Posts int    // visible ones
}

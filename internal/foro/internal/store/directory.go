package store

import (
	"context"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
	"agrovet/internal/platform/search"
)

// Directory is a list of communities, those with most members first, then the newest.
type Directory struct {
	Words    []string // folded; each must begin a word of the name or the short description
	MemberID int64    // 0: all; else those that this user is in
}

// Size is where a page of a directory ends: a number of members, and an id.
type Size struct {
	Members int   `json:"members"`
	ID      int64 `json:"id"`
}

// SizeSpan is a part of a directory.
type SizeSpan struct {
	After *Size // behind this; nil: from the beginning
	Skip  int
	Limit int
}

// few is how many communities are read to put those that a search finds in order. Where more match, the largest
// are looked at one by one: there one need not look for long.
const few = 300

// Directory returns a part of a directory.
func (s Store) Directory(ctx context.Context, d Directory, span SizeSpan) ([]foro.Community, error) {
	members, below := int32(math.MaxInt32), int64(math.MaxInt64)
	if span.After != nil {
		members, below = int32(span.After.Members), span.After.ID
	}
	limit, skip, q := int64(span.Limit), int64(span.Skip), s.DB.Q(ctx)
	switch {
	case d.MemberID != 0:
		return communitiesOf(queries.CommunitiesOfMember(ctx, q, forodb.CommunitiesOfMemberParams{UserID: d.MemberID, Words: notNil(d.Words),
			Members: members, Below: below, RowLimit: limit, RowSkip: skip}))
	case len(d.Words) == 0:
		return communitiesOf(queries.CommunitiesLargest(ctx, q, forodb.CommunitiesLargestParams{Members: members, Below: below, RowLimit: limit, RowSkip: skip}))
	}
	n, err := s.CountDirectory(ctx, d, few+1)
	switch {
	case err != nil || n == 0:
		return nil, err
	case n <= few:
		return communitiesOf(queries.CommunitiesMatching(ctx, q, forodb.CommunitiesMatchingParams{Words: d.Words,
			Members: members, Below: below, RowLimit: limit, RowSkip: skip}))
	}
	return communitiesOf(queries.CommunitiesAmong(ctx, q, forodb.CommunitiesAmongParams{Words: d.Words,
		Members: members, Below: below, RowLimit: limit, RowSkip: skip}))
}

// CountDirectory counts a directory up to limit.
func (s Store) CountDirectory(ctx context.Context, d Directory, limit int) (n int64, err error) {
	switch q := s.DB.Q(ctx); {
	case d.MemberID != 0:
		n, err = queries.CommunitiesOfMemberCount(ctx, q, forodb.CommunitiesOfMemberCountParams{UserID: d.MemberID, Words: notNil(d.Words)})
	case len(d.Words) == 0:
		n, err = queries.CommunityTotal(ctx, q)
	default:
		n, err = queries.CommunityMatches(ctx, q, forodb.CommunityMatchesParams{Words: d.Words, RowLimit: int64(limit)})
	}
	return min(n, int64(limit)), err
}

// PutWords stores by which words a community is found.
func (s Store) PutWords(ctx context.Context, c foro.Community) error {
	return queries.CommunityWordsPut(ctx, s.DB.Q(ctx), forodb.CommunityWordsPutParams{CommunityID: c.ID, Beginnings: wordsOf(c)})
}

func wordsOf(c foro.Community) []string { return notNil(beginnings(c.Name + " " + c.ShortDescription)) }

// maxBeginning is how many letters of a word are looked at.
const maxBeginning = 16

// beginnings are those of a text's words, folded, each once.
func beginnings(text string) []string {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(search.Fold(text)) {
		for end := range word {
			all[word[:end]] = true
		}
		all[word] = true
	}
	delete(all, "")
	return slices.DeleteFunc(slices.Sorted(maps.Keys(all)), func(b string) bool { return utf8.RuneCountInString(b) > maxBeginning })
}

// WantedWords are the words of a text by which communities are looked for.
func WantedWords(text string) []string {
	words := strings.Fields(search.Fold(text))
	words = words[:min(len(words), search.MaxQueryWords)]
	for i, w := range words {
		if letters := []rune(w); len(letters) > maxBeginning {
			words[i] = string(letters[:maxBeginning])
		}
	}
	return words
}

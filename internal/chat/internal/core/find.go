package core

import (
	"context"
	"slices"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/search"
)

// Found is a message that has what was looked for.
type Found struct {
	Shown
	Snippet []search.Part // the place where it stands
}

// snippetLength is how much of a message is shown around what was found, in characters.
const snippetLength = 160

var errNoWords = errs.InField("q", "Escriba al menos una palabra.", "Type at least one word.")

// Find looks for words in the messages of a person's rooms, or, with a room, of that one: those that are there
// and that they may see, below an id (0: from the newest), newest first. What was probably meant is not guessed: the
// words of others' messages would show through.
//
// Errors: without words a wrong q; with a room chat.ErrNoRoom, chat.ErrNotMember.
func (c *Core) Find(ctx context.Context, userID, roomID int64, text string, below int64, limit int) (found []Found, more bool, err error) {
	query := c.cfg.Analyzer.Query(text)
	if len(query.Groups) == 0 {
		return nil, false, errNoWords
	}
	if roomID != 0 {
		if _, _, err := c.Member(ctx, roomID, userID); err != nil {
			return nil, false, err
		}
	}
	ids, err := c.store.Find(ctx, store.Find{UserID: userID, RoomID: roomID, Groups: query.Groups, Below: below, Limit: limit + 1})
	if err != nil {
		return nil, false, err
	}
	if more = len(ids) > limit; more {
		ids = ids[:limit]
	}
	messages, err := c.store.MessagesByIDs(ctx, ids)
	if err != nil {
		return nil, false, err
	}
	slices.SortFunc(messages, func(a, b chat.Entry) int { return int(b.ID - a.ID) })
	matcher := c.cfg.Analyzer.Matcher(query)
	for _, s := range c.Receipts(ctx, c.show(ctx, messages)) {
		found = append(found, Found{s, matcher.Snippet(s.Content, snippetLength)})
	}
	return found, more, nil
}

// Package web is the forum's REST routes (contract: rest.md §7).
package web

import (
	"time"

	"agrovet/internal/foro/internal/core"
	"agrovet/internal/platform/httpx"
)

const root = "/api/foro/"

// Register adds all routes.
func Register(r *httpx.Router, c *core.Core) {
	h := handlers{c}
	registerPosts(r, h)
	registerEdits(r, h)
	registerLists(r, h)
	registerDrafts(r, h)
	registerComments(r, h)
	registerThreads(r, h)
	registerRewrites(r, h)
	registerAnswers(r, h)
	registerUnanswered(r, h)
	registerCommunities(r, h)
	registerMembers(r, h)
	registerInternal(r, h)
	registerReactions(r, h)
	registerRelevant(r, h)
	registerReports(r, h)
	registerModeration(r, h)
	registerAppeals(r, h)
	registerSuspensions(r, h)
	registerLog(r, h)
	registerFollows(r, h)
	registerNotices(r, h)
	registerSearch(r, h)
}

type handlers struct{ core *core.Core }

// timeFormat is the original's: ISO 8601, microseconds, UTC.
const timeFormat = "2006-01-02T15:04:05.000000Z"

func written(t time.Time) string { return t.UTC().Format(timeFormat) }

// writtenOr is null for the zero time.
func writtenOr(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return new(written(t))
}

// some is null for 0: nothing is referred to.
func some(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}

// text is null for the empty text.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

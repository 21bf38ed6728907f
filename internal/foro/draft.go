package foro

import (
	"time"

	"agrovet/internal/platform/geo"
)

// Draft is what somebody writes and has not published yet. Nobody else sees it.
type Draft struct {
	ID          int64
	UserID      int64
	Title       string
	Content     string
	MediaID     int64 // 0: none
	CommunityID int64 // 0: in none
	Question    *bool // nil: as the title says
	Anonymous   bool
	Species     []string
	Tags        []string // none: those that the text has
	Mentions    []int64
	Place       *geo.Point // a tenth of a degree
	Version     int        // grows by one with every change
	UpdatedAt   time.Time
}

// Post is what the draft says.
func (d Draft) Post() Post {
	return Post{AuthorID: d.UserID, Title: d.Title, Content: d.Content, MediaID: d.MediaID, CommunityID: d.CommunityID, Anonymous: d.Anonymous,
		Species: d.Species, Tags: d.Tags, Mentions: d.Mentions, Place: d.Place}
}

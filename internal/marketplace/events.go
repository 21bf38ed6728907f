package marketplace

import (
	"strconv"

	"agrovet/internal/platform/bus"
)

// Topic carries the marketplace's events, keyed by the advert's id (contract: events.md §3).
const Topic = "marketplace.events"

// Created: an advert is shown for the first time.
type Created struct {
	AddID       int64  `json:"add_id"`
	PublisherID int64  `json:"publisher_id"`
	Title       string `json:"title"`
}

// Updated: an advert changed.
type Updated struct {
	AddID       int64  `json:"add_id"`
	PublisherID int64  `json:"publisher_id"`
	Status      Status `json:"status"`
	Version     int    `json:"version"` // the advert's, that the change made
}

// Deleted: an advert is gone.
type Deleted struct {
	AddID       int64 `json:"add_id"`
	PublisherID int64 `json:"publisher_id"`
}

// Sold: its publisher says that what an advert offers is sold.
type Sold struct {
	AddID       int64 `json:"add_id"`
	PublisherID int64 `json:"publisher_id"`
}

// Expiring: an advert will expire at the given time unless its publisher renews it.
type Expiring struct {
	AddID       int64  `json:"add_id"`
	PublisherID int64  `json:"publisher_id"`
	Title       string `json:"title"`
	ExpiresAt   string `json:"expires_at"` // RFC 3339
}

// Alert: an advert matches a search that somebody has saved. There is one for each advert and search.
type Alert struct {
	AddID    int64  `json:"add_id"`
	UserID   int64  `json:"user_id"` // who is told
	SearchID int64  `json:"search_id"`
	Search   string `json:"search"` // its name
	Title    string `json:"title"`
}

// Moderated: staff has decided about an advert, and its publisher is to be told: removed, restored or
// warned. Nobody is told of a dismissal.
type Moderated struct {
	AddID       int64    `json:"add_id"`
	PublisherID int64    `json:"publisher_id"`
	Title       string   `json:"title"`
	Decision    Decision `json:"decision"`
	Reason      string   `json:"reason"`
}

func kind(t string) bus.Kind { return bus.Kind{Topic: Topic, Type: t} }

func key(id int64) string { return strconv.FormatInt(id, 10) }

// Kinds and keys.
func (Created) Kind() bus.Kind   { return kind("add.created") }
func (Updated) Kind() bus.Kind   { return kind("add.updated") }
func (Deleted) Kind() bus.Kind   { return kind("add.deleted") }
func (Sold) Kind() bus.Kind      { return kind("add.sold") }
func (Expiring) Kind() bus.Kind  { return kind("add.expiring") }
func (Alert) Kind() bus.Kind     { return kind("add.alert") }
func (Moderated) Kind() bus.Kind { return kind("add.moderated") }
func (e Created) Key() string    { return key(e.AddID) }
func (e Updated) Key() string    { return key(e.AddID) }
func (e Deleted) Key() string    { return key(e.AddID) }
func (e Sold) Key() string       { return key(e.AddID) }
func (e Expiring) Key() string   { return key(e.AddID) }
func (e Alert) Key() string      { return key(e.AddID) }
func (e Moderated) Key() string  { return key(e.AddID) }

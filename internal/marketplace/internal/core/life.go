package core

import (
	"slices"

	"agrovet/internal/marketplace"
)

// next are the statuses to which a publisher may change an advert. Only the clock makes one expire
// (clock.go); nothing becomes a draft again.
var next = map[marketplace.Status][]marketplace.Status{
	marketplace.StatusDraft:    {marketplace.StatusActive, marketplace.StatusArchived},
	marketplace.StatusActive:   {marketplace.StatusPaused, marketplace.StatusSold, marketplace.StatusArchived},
	marketplace.StatusPaused:   {marketplace.StatusActive, marketplace.StatusSold, marketplace.StatusArchived},
	marketplace.StatusSold:     {marketplace.StatusActive, marketplace.StatusArchived}, // the buyer did not come
	marketplace.StatusArchived: {marketplace.StatusActive},
	marketplace.StatusExpired:  {marketplace.StatusActive, marketplace.StatusSold, marketplace.StatusArchived},
}

// mayBecome says whether an advert may change from one status to another.
//
// Errors: marketplace.ErrTransition; marketplace.ErrRemoved for one that staff has removed and that
// would be shown again.
func mayBecome(a marketplace.Add, to marketplace.Status) error {
	switch {
	case a.Status == to:
		return nil
	case !slices.Contains(next[a.Status], to):
		return marketplace.ErrTransition
	case a.Removed && to == marketplace.StatusActive:
		return marketplace.ErrRemoved
	}
	return nil
}

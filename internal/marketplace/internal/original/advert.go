package original

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/measure"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/geo"
	"agrovet/internal/platform/original"
)

// add is the advert as it is here, and what had to be changed for that.
func (a advert) add(n *notes) marketplace.Add {
	out := marketplace.Add{ID: a.ID, PublisherID: a.Publisher, Title: cut(a.Title, 200), Description: a.Description, CategoryID: a.Category,
		Price: a.price(n), Place: marketplace.Place{Name: cut(a.Location, 255), Exact: a.place(n)}, Condition: a.condition(n), Status: a.status(n),
		Attributes: map[string]any{}, CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt}
	out.MainImageID, out.ImageIDs = a.images(n)
	if out.Title != a.Title || out.Place.Name != a.Location {
		n.add(original.Changed, a.ID, "text_too_long", "")
	}
	if a.CategoryLost {
		n.add(original.Changed, a.ID, "category_unknown", "")
	}
	return out
}

// price is what was asked. SQLite has it as a float, sometimes with more decimals than money has.
func (a advert) price(n *notes) marketplace.Price {
	if amount, wrong := measure.ParseAmount(a.Price); wrong == (errs.Text{}) {
		return marketplace.Price{Amount: amount.String()}
	}
	if f, err := strconv.ParseFloat(a.Price, 64); err == nil {
		a.Price = strconv.FormatFloat(f, 'f', 2, 64)
		if amount, wrong := measure.ParseAmount(a.Price); wrong == (errs.Text{}) {
			n.add(original.Changed, a.ID, "price_rounded", "to "+a.Price)
			return marketplace.Price{Amount: amount.String()}
		}
	}
	n.add(original.Changed, a.ID, "price_is_none", a.Price)
	return marketplace.Price{Amount: "0", OnRequest: true}
}

func (a advert) place(n *notes) *geo.Point {
	if a.Latitude == "" && a.Longitude == "" {
		return nil
	}
	lat, err := strconv.ParseFloat(a.Latitude, 64)
	lon, err2 := strconv.ParseFloat(a.Longitude, 64)
	if err != nil || err2 != nil || !(math.Abs(lat) <= 90 && math.Abs(lon) <= 180) {
		n.add(original.Changed, a.ID, "place_out_of_range", a.Latitude+" "+a.Longitude)
		return nil
	}
	return &geo.Point{Latitude: lat, Longitude: lon}
}

func (a advert) condition(n *notes) marketplace.Condition {
	c := marketplace.Condition(strings.ToLower(strings.TrimSpace(a.Condition)))
	if slices.Contains([]marketplace.Condition{marketplace.New, marketplace.Used, marketplace.SemiNew}, c) {
		return c
	}
	n.add(original.Changed, a.ID, "condition_unknown", a.Condition)
	return marketplace.Used
}

// statuses are those of the original.
var statuses = []marketplace.Status{marketplace.StatusActive, marketplace.StatusPaused, marketplace.StatusSold, marketplace.StatusArchived}

func (a advert) status(n *notes) marketplace.Status {
	s := marketplace.Status(strings.ToLower(strings.TrimSpace(a.Status)))
	if slices.Contains(statuses, s) {
		return s
	}
	n.add(original.Changed, a.ID, "status_unknown", a.Status)
	return marketplace.StatusArchived
}

// cut is what of a text a column takes: SQLite takes more than it says.
func cut(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return strings.TrimSpace(string(r[:most]))
	}
	return text
}

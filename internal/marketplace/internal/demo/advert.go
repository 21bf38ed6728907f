package demo

import (
	"encoding/json"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/catalog"
	"agrovet/internal/marketplace/internal/measure"
	"agrovet/internal/platform/geo"
)

// Advert is one that could be real. Whose it is, its ids, its status and its times are the caller's.
type Advert struct {
	marketplace.Add
	Category string // the name of its category
}

// Want is what an advert is to be.
type Want struct {
	Country string // empty: any
	Offer   int    // of Offers, counted from 1; 0: any, the frequent ones more often
	Names   int    // of farms and people; beyond the list they are made up
}

// Make is the advert of a number.
func (m *Maker) Make(number uint64, w Want) Advert {
	d := &draw{Maker: m, Rand: rand.New(rand.NewPCG(number, 0x61677276)), names: max(w.Names, 1), chosen: map[string]string{}}
	d.country = w.Country
	if d.country == "" {
		d.country = m.all[d.IntN(len(m.all))]
	}
	d.offer = m.offers[m.byWeight[d.IntN(len(m.byWeight))]]
	if w.Offer > 0 {
		d.offer = m.offers[(w.Offer-1)%len(m.offers)]
	}
	d.town = d.drawTown()
	a := Advert{Category: d.offer.Category}
	a.Attributes = d.attributes()
	a.Price = d.price()
	a.Condition = d.condition()
	a.Place = d.place()
	a.Title = d.title()
	a.Description = d.description()
	return a
}

// draw is an advert that is being made.
type draw struct {
	*Maker
	*rand.Rand
	names   int
	country string
	town    Town
	offer   offer
	chosen  map[string]string // what the texts call the attributes
}

// rank is a number below n that is small most of the time: the frequencies of Zipf's law.
func (d *draw) rank(n int) int {
	return min(n-1, int(math.Exp(d.Float64()*math.Log(float64(n)+1)))-1)
}

// drawTown is one with the offer's climate, where the country has any.
func (d *draw) drawTown() Town {
	fit := slices.DeleteFunc(slices.Clone(d.towns[d.country]), func(t Town) bool {
		return len(d.offer.Climates) > 0 && !slices.Contains(d.offer.Climates, t.Climate)
	})
	if len(fit) == 0 {
		fit = d.towns[d.country]
	}
	return fit[d.rank(len(fit))]
}

// place lies in the country around the town: near it most of the time.
func (d *draw) place() marketplace.Place {
	p := marketplace.Place{Name: d.town.Name + ", " + d.town.Region}
	if d.IntN(20) > 0 { // some do not say where exactly
		exact := d.town.point().Moved(2*math.Pi*d.Float64(), min(120, 12*d.ExpFloat64()))
		p.Exact = &geo.Point{Latitude: round(exact.Latitude, 5), Longitude: round(exact.Longitude, 5)}
	}
	return p
}

func (d *draw) condition() marketplace.Condition {
	switch {
	case !d.offer.Used:
		return marketplace.New
	case d.IntN(4) == 0:
		return marketplace.SemiNew
	}
	return marketplace.Used
}

// price is in the country's money and of the unit that it is sold by there.
func (d *draw) price() marketplace.Price {
	money, unit, o := d.countries[d.country], d.offer.Unit, d.offer
	amount := o.Price.from * math.Pow(o.Price.to/o.Price.from, d.Float64()) * money.PerDollar
	if other := o.In[d.country]; other != "" {
		amount *= ratio(other, unit, d.country)
		unit = other
	}
	p := marketplace.Price{Amount: strconv.FormatFloat(neat(amount), 'f', -1, 64), Currency: money.Currency, Unit: unit, Country: d.country,
		Negotiable: d.IntN(3) == 0, Swap: d.IntN(12) == 0, OnRequest: d.IntN(30) == 0}
	if o.Quantity.to > 0 {
		quantity := o.Quantity.from * math.Pow(o.Quantity.to/o.Quantity.from, d.Float64())
		p.Quantity = strconv.FormatFloat(math.Floor(quantity), 'f', 0, 64)
	}
	d.chosen["cantidad"] = p.Quantity
	return p
}

// ratio is how many of the one unit one of the other is; 1 where they do not compare, as a bag does not.
func ratio(of, unit, country string) float64 {
	a, ok := measure.Standard().Size(of, country)
	b, fine := measure.Standard().Size(unit, country)
	x, _ := measure.UnitByCode(of)
	y, _ := measure.UnitByCode(unit)
	if !ok || !fine || x.Base != y.Base {
		return 1
	}
	f, _ := a.Quo(a, b).Float64()
	return f
}

// neat is an amount as people write it: two or three digits, and zeros.
func neat(amount float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(amount))-1)
	return max(0.01, round(math.Round(amount*2/unit)/2*unit, 2))
}

func round(v float64, decimals int) float64 {
	p := math.Pow(10, float64(decimals))
	return math.Round(v*p) / p
}

// attributes draws the offer's, in the order of their names, and remembers how texts call them.
func (d *draw) attributes() map[string]any {
	all := make(map[string]any, len(d.offer.Attributes))
	for _, key := range slices.Sorted(maps.Keys(d.offer.Attributes)) {
		defined, _ := catalog.ByKey(d.offer.definitions, key)
		from := d.offer.Attributes[key]
		if list, ok := from.([]any); ok {
			from = list[d.rank(len(list))]
		}
		all[key] = d.value(from, defined.Kind)
		d.chosen[key] = called(defined, all[key])
	}
	return all
}

// value draws a number of a span; everything else stands there as it is.
func (d *draw) value(from any, kind catalog.Kind) any {
	var s span
	switch from := from.(type) {
	case int:
		return json.Number(strconv.Itoa(from))
	case string:
		if (kind == catalog.Integer || kind == catalog.Decimal || kind == catalog.Year) && s.read(from) == nil {
			return json.Number(strconv.Itoa(int(s.from) + d.IntN(int(s.to-s.from)+1)))
		}
	}
	return from
}

// called is how a text calls a value: options by their labels, in lower case unless they are names.
func called(a catalog.Attribute, value any) string {
	a.Unit = ""
	var options []string
	for _, t := range catalog.Traits([]catalog.Attribute{a}, map[string]any{a.Key: value}) {
		label := catalog.Words([]catalog.Attribute{a}, map[string]any{a.Key: one(a, t.Value)}, "es")
		label, _, _ = strings.Cut(label, " o ") // of "mestizo o cruza" the first will do
		options = append(options, label)
	}
	text := strings.Join(options, " y ")
	switch {
	case a.Kind == catalog.Boolean:
		return ""
	case a.Kind != catalog.Choice && a.Kind != catalog.Choices:
		return catalog.Words([]catalog.Attribute{a}, map[string]any{a.Key: value}, "es")
	case a.Key == "raza":
		return text
	}
	return strings.ToLower(text)
}

// one is an option as the value of its attribute.
func one(a catalog.Attribute, option string) any {
	if a.Kind == catalog.Choices {
		return []string{option}
	}
	return option
}

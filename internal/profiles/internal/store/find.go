package store

import (
	"context"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store/profilesdb"
)

// Filter is what a list of specialists is narrowed to; all of it must be true of each.
type Filter struct {
	Profession string   // empty: any
	Species    []string // works with all of these
	Services   []string // does all of these
	Verified   bool     // only those who are
	Words      []string // all occur in what the specialist says of themselves
	Near       *Circle  // the rough place lies in it; the list is then ordered by distance
}

// Narrows says whether the filter leaves anybody out, but for Near.
func (f Filter) Narrows() bool {
	return f.Profession != "" || len(f.Species)+len(f.Services)+len(f.words()) > 0 || f.Verified
}

// fold makes texts comparable for people: José, JOSE and josé are the same.
func fold(s string) string {
	bare := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	folded, _, err := transform.String(bare, s)
	if err != nil {
		folded = s
	}
	return strings.ToLower(folded)
}

// Searchable is the text in which words are looked for. The name of a place that is not shown is not
// in it, or a search would tell.
func Searchable(s profiles.Specialist) string {
	place := s.Place.Name
	if s.Place.Hidden {
		place = ""
	}
	return fold(strings.Join([]string{s.Profession, place, strings.Join(s.Species, " "), strings.Join(s.Services, " "), s.AboutUs}, " "))
}

const (
	pieceLength = 3  // as in the index
	windowEach  = 50 // specialists that are looked through for each match that is wanted, before the index is asked
	windowLeast = 2_000
	windowMost  = 20_000
)

// pieces are what the index must have for a word to occur.
func pieces(word string) (all []string) {
	letters := []rune(word)
	n := min(len(letters), pieceLength)
	for i := 0; i+n <= len(letters); i++ {
		all = append(all, string(letters[i:i+n]))
	}
	return all
}

// words are the filter's, as the searchable text has them; those that are nothing but accents are none.
func (f Filter) words() []string {
	all := []string{}
	for _, w := range f.Words {
		if word := fold(w); word != "" {
			all = append(all, word)
		}
	}
	return all
}

// wanted is what the index must have of a specialist.
func (f Filter) wanted() (all []string) {
	for _, w := range f.words() {
		all = append(all, pieces(w)...)
	}
	if f.Profession != "" {
		all = append(all, "profession:"+f.Profession)
	}
	for _, s := range f.Species {
		all = append(all, "species:"+s)
	}
	for _, s := range f.Services {
		all = append(all, "service:"+s)
	}
	if f.Verified {
		all = append(all, "verified")
	}
	return all
}

// Find returns a part of what the filter lets through, by id: first among the next specialists, where
// common things are found, then by the index, where rare ones are.
func (t Specialists) Find(ctx context.Context, f Filter, s Span) ([]Row[profiles.Specialist], error) {
	if f.Near != nil {
		return t.near(ctx, f, s)
	}
	if !f.Narrows() {
		return t.Page(ctx, s)
	}
	next, err := t.foundNext(ctx, f, s)
	if err != nil || len(next) == s.Limit {
		return next, err
	}
	rows, err := queries.SpecialistsFound(ctx, t.DB.Q(ctx), profilesdb.SpecialistsFoundParams{
		AfterID: s.After, Wanted: f.wanted(), Verified: f.Verified, Today: dateOf(Today()), Words: f.words(),
		SkipRows: int32(s.Skip), MaxRows: int32(s.Limit)})
	out := make([]Row[profiles.Specialist], len(rows))
	for i, r := range rows {
		out[i] = specialistRow(r.Specialist, r.WorkImageIds)
	}
	return out, err
}

func (t Specialists) foundNext(ctx context.Context, f Filter, s Span) ([]Row[profiles.Specialist], error) {
	window := min(max(windowLeast, windowEach*(s.Skip+s.Limit)), windowMost)
	rows, err := queries.SpecialistsFoundNext(ctx, t.DB.Q(ctx), profilesdb.SpecialistsFoundNextParams{
		AfterID: s.After, WindowRows: int32(window), Profession: f.Profession, Species: list(f.Species), Services: list(f.Services),
		Verified: f.Verified, Today: dateOf(Today()), Words: f.words(), SkipRows: int32(s.Skip), MaxRows: int32(s.Limit)})
	out := make([]Row[profiles.Specialist], len(rows))
	for i, r := range rows {
		out[i] = specialistRow(r.Specialist, r.WorkImageIds)
	}
	return out, err
}

func (t Specialists) near(ctx context.Context, f Filter, s Span) ([]Row[profiles.Specialist], error) {
	c := f.Near.Center
	rows, err := queries.SpecialistsNear(ctx, t.DB.Q(ctx), profilesdb.SpecialistsNearParams{
		Latitude: c.Latitude, Longitude: c.Longitude, Cells: f.Near.cells(), RadiusKm: f.Near.KM,
		AfterKm: s.AfterKM, AfterID: s.After, Profession: f.Profession, Species: list(f.Species), Services: list(f.Services),
		Verified: f.Verified, Today: dateOf(Today()), Words: f.words(), SkipRows: int32(s.Skip), MaxRows: int32(s.Limit)})
	out := make([]Row[profiles.Specialist], len(rows))
	for i, r := range rows {
		out[i] = specialistRow(r.Specialist, r.WorkImageIds)
		out[i].KM = &rows[i].Km
	}
	return out, err
}

// FindCount counts what the filter lets through, up to limit.
func (t Specialists) FindCount(ctx context.Context, f Filter, limit int) (int64, error) {
	switch {
	case f.Near != nil:
		c := f.Near.Center
		return queries.SpecialistsNearCount(ctx, t.DB.Q(ctx), profilesdb.SpecialistsNearCountParams{
			Latitude: c.Latitude, Longitude: c.Longitude, Cells: f.Near.cells(), RadiusKm: f.Near.KM,
			Profession: f.Profession, Species: list(f.Species), Services: list(f.Services),
			Verified: f.Verified, Today: dateOf(Today()), Words: f.words(), MaxRows: int32(limit)})
	case f.Narrows():
		return queries.SpecialistsFoundCount(ctx, t.DB.Q(ctx), profilesdb.SpecialistsFoundCountParams{
			Wanted: f.wanted(), Verified: f.Verified, Today: dateOf(Today()), Words: f.words(), MaxRows: int32(limit)})
	}
	return t.Count(ctx, limit)
}

// list is never nil: for the database, null contains nothing.
func list(words []string) []string {
	if words == nil {
		return []string{}
	}
	return words
}

package core

import (
	"strconv"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/platform/search"
)

// The kinds of what is found.
const (
	KindPost    = "post"
	KindComment = "comment"
)

// traits are what is true of a post, or of a comment on it, besides its words, as terms. An author whom others do
// not know is 0, and no trait.
func traits(p foro.Post, kind string, authorID int64, at time.Time) []int64 {
	at = at.UTC()
	all := []int64{trait("kind", kind), trait("question", strconv.FormatBool(p.Question)), dayTrait(at), monthTrait(at), yearTrait(at)}
	if p.Question {
		all = append(all, trait("answered", strconv.FormatBool(p.Answered)))
	}
	if authorID != 0 {
		all = append(all, idTrait("author", authorID))
	}
	if p.CommunityID != 0 {
		all = append(all, idTrait("community", p.CommunityID))
	}
	for _, t := range p.Tags {
		all = append(all, trait("tag", t))
	}
	for _, s := range p.Species {
		all = append(all, trait("species", s))
	}
	return all
}

func trait(name, value string) int64 { return search.Trait(name, value) }

func idTrait(name string, id int64) int64 { return trait(name, strconv.FormatInt(id, 10)) }

func dayTrait(t time.Time) int64   { return trait("day", t.Format(time.DateOnly)) }
func monthTrait(t time.Time) int64 { return trait("month", t.Format("2006-01")) }
func yearTrait(t time.Time) int64  { return trait("year", t.Format("2006")) }

// firstYear is one in which nothing was written yet.
const firstYear = 2000

// since are the days, months and years from a day on, as few as there can be: nil for all there are.
func since(from, now time.Time) []int64 {
	if from.Year() <= firstYear {
		return nil
	}
	end := now.UTC().AddDate(0, 0, 1) // clocks differ
	at := time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, time.UTC)
	all := []int64{dayTrait(at)} // of those to come nothing is found
	for at = at.AddDate(0, 0, 1); at.Day() != 1 && at.Before(end); at = at.AddDate(0, 0, 1) {
		all = append(all, dayTrait(at))
	}
	for ; at.Month() != 1 && at.Before(end); at = at.AddDate(0, 1, 0) {
		all = append(all, monthTrait(at))
	}
	for ; at.Before(end); at = at.AddDate(1, 0, 0) {
		all = append(all, yearTrait(at))
	}
	return all
}

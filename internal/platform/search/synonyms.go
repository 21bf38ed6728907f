package search

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// Synonyms are classes of words that find each other, read by [Load]. The zero value has none.
type Synonyms struct{ classes []class }

// class is one line of a file.
type class struct {
	countries []string // ISO 3166-1 codes in lower case; empty means everywhere
	entries   []entry
	general   bool // the first entry finds the others and is not found by them
}

// entry is a word or phrase of a class, without its stopwords.
type entry struct {
	words []string // folded
	stems []string
}

func (e entry) key() string { return strings.Join(e.stems, " ") }

//go:embed synonyms.txt
var defaultFile string

// Default returns the synonyms that agrovet comes with, those of synonyms.txt.
var Default = sync.OnceValue(func() *Synonyms {
	s, err := Load(strings.NewReader(defaultFile))
	if err != nil {
		panic(err) // the file is part of the program, and a test reads it
	}
	return s
})

// With returns the classes of s and of more together. Neither is changed. A word that is in several
// classes finds the words of each, which do not find each other for that.
func (s *Synonyms) With(more ...*Synonyms) *Synonyms {
	all := &Synonyms{classes: slices.Clone(s.classes)}
	for _, m := range more {
		all.classes = append(all.classes, m.classes...)
	}
	return all
}

// Countries returns the countries that s has classes of their own for, sorted, in lower case.
func (s *Synonyms) Countries() []string {
	var all []string
	for _, c := range s.classes {
		all = append(all, c.countries...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// dictionary has, by the key of a word or phrase, what else it finds.
type dictionary map[string][]entry

// dictionary returns the classes that hold in country, which is empty for those that hold everywhere.
func (s *Synonyms) dictionary(country string) dictionary {
	d := dictionary{}
	for _, c := range s.classes {
		if len(c.countries) == 0 || slices.Contains(c.countries, country) {
			d.add(c)
		}
	}
	return d
}

func (d dictionary) add(c class) {
	for i, from := range c.entries {
		if c.general && i > 0 {
			return
		}
		found := d[from.key()]
		for j, to := range c.entries {
			if i != j && !slices.ContainsFunc(found, func(e entry) bool { return e.key() == to.key() }) {
				found = append(found, to)
			}
		}
		d[from.key()] = found
	}
}

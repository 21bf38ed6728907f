// Package demo makes adverts that could be real: for a new installation that wants to be looked at, and
// by the million for measuring. What they are made of stands in the yaml files beside; an advert is made
// of its number alone, so that the same number is the same advert everywhere.
package demo

import (
	_ "embed"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"agrovet/internal/marketplace/internal/catalog"
	"agrovet/internal/platform/geo"
)

//go:embed countries.yaml
var countriesYAML []byte

//go:embed phrases.yaml
var phrasesYAML []byte

//go:embed offers.yaml
var offersYAML []byte

// Maker makes adverts. It never changes, so any number of goroutines may use it.
type Maker struct {
	countries map[string]country
	towns     map[string][]Town // by country
	words     map[string]map[string]string
	phrases   phrases
	offers    []offer
	byWeight  []int // an offer's index as often as its weight says
	all       []string
}

// Town is where an advert may be.
type Town struct {
	Name    string     `yaml:"name"`
	Region  string     `yaml:"region"`
	Country string     `yaml:"country"`
	Climate string     `yaml:"climate"`
	At      [2]float64 `yaml:"at"`
}

func (t Town) point() geo.Point { return geo.Point{Latitude: t.At[0], Longitude: t.At[1]} }

type country struct {
	Currency  string  `yaml:"currency"`
	PerDollar float64 `yaml:"per_dollar"`
	Weight    int     `yaml:"weight"`
}

type phrases struct {
	Names    []string `yaml:"names"`
	Opening  []string `yaml:"opening"`
	Delivery []string `yaml:"delivery"`
	Closing  []string `yaml:"closing"`
}

// offer is an entry of offers.yaml, which says what the fields are.
type offer struct {
	Category   string            `yaml:"category"`
	Weight     int               `yaml:"weight"`
	Climates   []string          `yaml:"climates"`
	Titles     []string          `yaml:"titles"`
	Texts      []string          `yaml:"texts"`
	Unit       string            `yaml:"unit"`
	In         map[string]string `yaml:"in"`
	Price      span              `yaml:"price"`
	Quantity   span              `yaml:"quantity"`
	Stays      bool              `yaml:"stays"`
	Used       bool              `yaml:"used"`
	Attributes map[string]any    `yaml:"attributes"`

	definitions []catalog.Attribute
}

// span is from-to.
type span struct{ from, to float64 }

// UnmarshalYAML reads "from-to".
func (s *span) UnmarshalYAML(n *yaml.Node) error { return s.read(n.Value) }

func (s *span) read(text string) (err error) {
	from, to, _ := strings.Cut(text, "-")
	if s.from, err = strconv.ParseFloat(from, 64); err == nil {
		s.to, err = strconv.ParseFloat(to, 64)
	}
	return err
}

// New reads the files. It panics when they are wrong: they are part of the program.
func New() *Maker {
	m := &Maker{towns: map[string][]Town{}}
	var places struct {
		Countries map[string]country           `yaml:"countries"`
		Towns     []Town                       `yaml:"towns"`
		Words     map[string]map[string]string `yaml:"words"`
	}
	read(countriesYAML, &places)
	read(phrasesYAML, &m.phrases)
	read(offersYAML, &m.offers)
	m.countries, m.words = places.Countries, places.Words
	for _, t := range places.Towns {
		if len(m.towns[t.Country]) == 0 {
			for range m.countries[t.Country].Weight {
				m.all = append(m.all, t.Country)
			}
		}
		m.towns[t.Country] = append(m.towns[t.Country], t)
	}
	standard := catalog.Standard()
	for i, o := range m.offers {
		m.offers[i].definitions = catalog.AttributesOf(standard, o.Category)
		for range max(1, o.Weight) {
			m.byWeight = append(m.byWeight, i)
		}
	}
	return m
}

func read(file []byte, to any) {
	if err := yaml.Unmarshal(file, to); err != nil {
		panic("demo: " + err.Error())
	}
}

// Countries are those in which adverts are, each as often as its weight says.
func (m *Maker) Countries() []string { return m.all }

// Offers is how many different things are offered.
func (m *Maker) Offers() int { return len(m.offers) }

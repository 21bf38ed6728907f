// Package demo makes what people could ask and answer: for a new installation that wants to be looked at, and by
// the million for measuring. What it is made of stands in threads.yaml; what is made by number hangs on the
// number alone.
package demo

import (
	_ "embed"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"agrovet/internal/auth"
)

//go:embed threads.yaml
var threadsYAML []byte

// Thread is a post with its answers.
type Thread struct {
	Community string    `yaml:"community"` // slug of a standard one
	By        auth.Role `yaml:"by"`
	Anonymous bool      `yaml:"anonymous"`
	Title     string    `yaml:"title"`
	Content   string    `yaml:"content"`
	Question  *bool     `yaml:"question"` // nil: as the title says
	Species   []string  `yaml:"species"`
	Tags      []string  `yaml:"tags"`
	Answers   []Answer  `yaml:"answers"`
}

// Answer is a comment, with what is answered to it.
type Answer struct {
	By        auth.Role `yaml:"by"`
	Content   string    `yaml:"content"`
	Accepted  bool      `yaml:"accepted"`
	Validated bool      `yaml:"validated"`
	Replies   []Answer  `yaml:"replies"`
}

// Threads are those of a demo community, oldest first. It panics when the file is wrong: it is part of the
// program.
func Threads() (all []Thread) {
	if err := yaml.Unmarshal(threadsYAML, &all); err != nil {
		panic("demo: " + err.Error())
	}
	return all
}

// Maker makes texts by number. It never changes, so any number of goroutines may use it.
type Maker struct {
	threads   []Thread
	questions []string // sentences of posts
	answers   []string // and of comments
}

// New reads the file.
func New() *Maker {
	m := &Maker{threads: Threads()}
	for _, t := range m.threads {
		m.questions = append(m.questions, sentences(t.Content)...)
		m.answers = append(m.answers, answers(t.Answers)...)
	}
	return m
}

func answers(all []Answer) (out []string) {
	for _, a := range all {
		out = append(append(out, sentences(a.Content)...), answers(a.Replies)...)
	}
	return out
}

// sentences are those of a text; each ends as it ends there.
func sentences(text string) (all []string) {
	for rest := strings.Join(strings.Fields(text), " "); rest != ""; {
		end := strings.IndexAny(rest, ".?!")
		for end >= 0 && end+1 < len(rest) && rest[end+1] != ' ' { // a point in a number
			next := strings.IndexAny(rest[end+1:], ".?!")
			if next < 0 {
				end = -1
				break
			}
			end += 1 + next
		}
		if end < 0 {
			end = len(rest) - 1
		}
		all = append(all, rest[:end+1])
		rest = strings.TrimSpace(rest[end+1:])
	}
	return all
}

// names of farms and people that texts speak of: a long tail of words that hardly anybody else writes.
const names = 60_000

// Post is the text of the post of a number.
func (m *Maker) Post(n uint64) Thread {
	random := rand.New(rand.NewPCG(n, 0x706f7374))
	t := m.threads[often(random, len(m.threads))]
	t.Title = strings.TrimSuffix(t.Title, "?") + " en " + name(random)
	if strings.HasPrefix(t.Title, "¿") {
		t.Title += "?"
	}
	t.Content = some(random, m.questions, 2+random.IntN(4))
	return t
}

// Comment is the text of the comment of a number.
func (m *Maker) Comment(n uint64) string {
	random := rand.New(rand.NewPCG(n, 0x636f6d6d))
	return some(random, m.answers, 1+random.IntN(3))
}

func some(random *rand.Rand, from []string, n int) string {
	parts := make([]string, 0, n+1)
	for range n {
		parts = append(parts, from[often(random, len(from))])
	}
	if random.IntN(3) == 0 {
		parts = append(parts, "Saludos desde "+name(random)+".")
	}
	return strings.Join(parts, " ")
}

// often draws from n, the first ones more often than the last.
func often(random *rand.Rand, n int) int {
	u := random.Float64()
	return int(float64(n) * u * u)
}

var syllables = strings.Fields("ca ma ra yu pe to li sa cho ta mi ne qui lo pa hua ri co mu ya te na su po lla chi ro gua ve ni")

// firstName is the number of the first name: of smaller ones there are names of a syllable.
const firstName = 30

func name(random *rand.Rand) string {
	folded := named(firstName + often(random, names))
	r, size := utf8.DecodeRuneInString(folded)
	return string(unicode.ToUpper(r)) + folded[size:]
}

// named is the name of a number, in lower case.
func named(n int) string {
	var b strings.Builder
	for ; n > 0; n /= len(syllables) {
		b.WriteString(syllables[n%len(syllables)])
	}
	return b.String()
}

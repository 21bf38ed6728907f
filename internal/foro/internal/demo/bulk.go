package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

var gatherings = []string{"Ganaderos", "Productores", "Criadores", "Agricultores", "Lecheros", "Apicultores", "Veterinarios", "Amigos del campo"}

// Community is what the community of a number is called, unlike all others, and what it is for.
func (m *Maker) Community(n uint64) (title, short string) {
	random := rand.New(rand.NewPCG(n, 0x636f6d75))
	who, where := gatherings[random.IntN(len(gatherings))], name(random)
	return fmt.Sprintf("%s de %s %d", who, where, n), "Para quienes viven del campo cerca de " + where + ": dudas, precios y encuentros."
}

// Tag is the tag of a number below the given one, the first ones more often than the last: names of places.
func (m *Maker) Tag(random *rand.Rand, below int) string {
	return named(firstName + often(random, below))
}

// Tags are the first so many of those.
func (m *Maker) Tags(n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = named(firstName + i)
	}
	return all
}

// Without makes texts of those parts alone that are not unwanted. ok is false when nothing is left of them.
func (m *Maker) Without(unwanted func(text string) bool) (less *Maker, ok bool) {
	less = &Maker{
		threads: slices.DeleteFunc(slices.Clone(m.threads), func(t Thread) bool {
			return unwanted(t.Title + " " + strings.Join(t.Tags, " "))
		}),
		questions: slices.DeleteFunc(slices.Clone(m.questions), unwanted),
		answers:   slices.DeleteFunc(slices.Clone(m.answers), unwanted),
	}
	return less, len(less.threads) > 0 && len(less.questions) > 0 && len(less.answers) > 0
}

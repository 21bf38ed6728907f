package demo

import (
	"fmt"
	"math/rand/v2"
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

package pg

// Generated people are who writes what fills a database: nobody who could ever sign up.
const (
	FirstGenerated  = int64(1) << 40 // the first user id
	GeneratedPeople = 40_000
)

// GeneratedPerson is the one at u, from 0 on below 1: of evenly drawn ones some do more than others.
func GeneratedPerson(u float64) int64 { return FirstGenerated + int64(GeneratedPeople*u*u) }

// AllGenerated are the ids of all of them.
func AllGenerated() []int64 {
	ids := make([]int64, GeneratedPeople)
	for i := range ids {
		ids[i] = FirstGenerated + int64(i)
	}
	return ids
}

package core

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/demo"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/geo"
	"agrovet/internal/platform/pg"
)

// post is the post of a place in this run, as publishing would have stored it.
func (b *bulk) post(random *rand.Rand, i int) store.BulkPost {
	number := b.number + i
	t := b.maker.Post(uint64(number))
	p := foro.Post{ID: b.id + int64(i), AuthorID: pg.GeneratedPerson(random.Float64()), Anonymous: random.IntN(30) == 0, Title: t.Title, Content: t.Content,
		Species: t.Species, Tags: t.Tags, Question: asks(t), State: hiddenAtTimes(random), CreatedAt: b.at(i).Truncate(time.Microsecond), CommunityID: b.community(random, number)}
	if p.Question && random.IntN(3) == 0 {
		p.Place = somewhere(random)
	}
	if random.IntN(4) == 0 && len(p.Tags) < foro.MaxTags {
		p.Tags = append(slices.Clone(p.Tags), b.maker.Tag(random, rareTags(number+1)))
	}
	if err := shape(foro.Post{}, &p); err != nil {
		panic(fmt.Sprintf("demo post %d: %v", number, err)) // the texts are part of the program
	}
	one := store.BulkPost{Post: p}
	for _, name := range p.Tags {
		one.TagIDs = append(one.TagIDs, b.tags[name])
	}
	return one
}

func asks(t demo.Thread) bool {
	if t.Question != nil {
		return *t.Question
	}
	return Asks(t.Title)
}

// community is where the post of a number is: in a standard one, in a generated one of those that there were when
// there were so many posts, or in none.
func (b *bulk) community(random *rand.Rand, number int) int64 {
	switch u := random.Float64(); random.IntN(10) {
	case 0:
		return 0
	case 1:
		if len(b.standard) == 0 { // staff has removed them
			return 0
		}
		return b.standard[random.IntN(len(b.standard))]
	default:
		return b.communities[int(float64(communitiesFor(number+1))*u*u)]
	}
}

func communitiesFor(posts int) int { return (posts + postsPerCommunity - 1) / postsPerCommunity }

func rareTags(posts int) int { return (posts + postsPerTag - 1) / postsPerTag }

// hiddenAtTimes is what moderators made of something: of one in a hundred.
func hiddenAtTimes(random *rand.Rand) foro.State {
	if random.IntN(100) == 0 {
		return foro.Hidden
	}
	return foro.Visible
}

// somewhere is a place in Bolivia or near.
func somewhere(random *rand.Rand) *geo.Point {
	return rough(&geo.Point{Latitude: -22 + 10*random.Float64(), Longitude: -69 + 10*random.Float64()})
}

// inEach says how many there are of something at each of a thousand numbers that follow each other: mean of them on
// average, at most of them there are few, and at one of them there are most.
func inEach(mean, most int) []int {
	sum := func(scale float64, all []int) (n int) {
		for i := range all {
			rest := (float64(i) + 0.5) / float64(len(all))
			all[i] = min(most, int(scale*(math.Pow(rest, -0.6)-1)))
			n += all[i]
		}
		return n
	}
	all, low, high := make([]int, 1000), 0.0, float64(most)
	for range 60 {
		if middle := (low + high) / 2; sum(middle, all) > mean*len(all) {
			high = middle
		} else {
			low = middle
		}
	}
	for i, missing := 0, mean*len(all)-sum(low, all); missing > 0; i++ {
		if all[i%len(all)] < most {
			all[i%len(all)]++
			missing--
		}
	}
	return all
}

// inTurn is the one of a number: in each thousand they come in another order.
func inTurn(each []int, number int) int {
	return each[(number%len(each)*617+number/len(each)*311)%len(each)]
}

var commentsInEach = inEach(5, 200)

// commentsOf is how many comments the post of a number has: 5 on average, and each 10,000th, 100,000th and so on post
// has one for a hundred posts.
func commentsOf(number int) int {
	for most := 10_000; most <= number+1; most *= 10 {
		if number+1 == most {
			return most / 100
		}
	}
	return inTurn(commentsInEach, number)
}

// roles are those of generated people, by turns; the one at verified is.
var roles = []auth.Role{auth.Consumer, auth.Consumer, auth.Specialist, auth.Consumer, auth.Businessman, auth.Consumer, auth.Consumer, auth.Specialist, auth.Consumer, auth.Consumer}

const verified = 2

// specialist draws a verified one.
func specialist(random *rand.Rand) int64 {
	return pg.FirstGenerated + int64(random.IntN(pg.GeneratedPeople/len(roles))*len(roles)+verified)
}

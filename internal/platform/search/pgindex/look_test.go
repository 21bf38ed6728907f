package pgindex

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// How frequent terms are decides how they are looked for, and the more documents there are, the rarer is
// what is looked up at once, in parts of them.
func TestChoice(t *testing.T) {
	for name, c := range map[string]struct {
		last int64
		most int
		sets [][]int64 // how many documents have each of the terms
		way  way
	}{
		"of a rare word all":                        {1_000_000, 300, [][]int64{{500}}, atOnce},
		"of one nobody knows all":                   {1_000_000, 300, [][]int64{{0}}, atOnce},
		"neither rare nor frequent":                 {1_000_000, 300, [][]int64{{1_000}}, recent},
		"a frequent word bucket by bucket":          {1_000_000, 300, [][]int64{{20_000}}, buckets},
		"synonyms add up":                           {1_000_000, 300, [][]int64{{500, 900}}, buckets},
		"with ten times as many a word three times": {10_000_000, 300, [][]int64{{1_600}}, atOnce},
		"as frequent is still one":                  {10_000_000, 300, [][]int64{{20_000}}, buckets},
		"more are wanted":                           {10_000_000, 1000, [][]int64{{3_200}}, atOnce},
		"and of a frequent word":                    {10_000_000, 1000, [][]int64{{20_000}}, buckets},
		"the rare one of two":                       {1_000_000, 300, [][]int64{{400_000}, {500}}, atOnce},
		"frequent words that go together":           {1_000_000, 300, [][]int64{{400_000}, {300_000}}, buckets},
		"frequent words that may not":               {1_000_000, 300, [][]int64{{20_000}, {30_000}}, recent},
		"few documents":                             {100, 300, [][]int64{{100}}, atOnce},
		"none":                                      {0, 300, [][]int64{{0}}, atOnce},
	} {
		t.Run(name, func(t *testing.T) {
			n, sets, term := map[int64]int64{}, make([][]int64, len(c.sets)), int64(0)
			for i, set := range c.sets {
				for _, count := range set {
					term++
					sets[i], n[term] = append(sets[i], term), count
				}
			}
			require.Equal(t, c.way, choose(sets, n, look{most: c.most, last: c.last}).way)
		})
	}
}

func TestSecondLook(t *testing.T) {
	for name, c := range map[string]struct {
		way   way
		last  int64
		found int
		then  way // newest: none
	}{
		"enough were found":            {recent, 1_000_000, 300, newest},
		"others see all":               {buckets, 1_000_000, 10, newest},
		"or at once":                   {atOnce, 1_000_000, 10, newest},
		"the sample was all":           {recent, sample * Bucket, 10, newest},
		"few here are few everywhere":  {recent, 1_000_000, 2, atOnce},
		"more than that go bucketwise": {recent, 1_000_000, 100, buckets},
		"none was found in the newest": {recent, 10_000_000, 0, atOnce},
		"some among the many buckets":  {recent, 10_000_000, 20, buckets},
		"fewer among the many buckets": {recent, 10_000_000, 8, atOnce},
	} {
		t.Run(name, func(t *testing.T) {
			l := look{way: c.way, most: 300, last: c.last}
			again := l.next(c.found)
			require.Equal(t, c.then != newest, again)
			if again {
				require.Equal(t, c.then, l.way)
				require.False(t, l.next(0), "there is no third")
			}
		})
	}
}

package core

import (
	"fmt"
	"math"

	"agrovet/internal/platform/geo"
)

// The world is divided into squares of several sizes, each twice as wide as the one before: from a
// quarter of a degree up to one that holds half of the world.
const (
	levels     = 11
	smallest   = 0.25
	maxSquares = 12 // in which a circle lies
)

func side(level int) float64 { return smallest * math.Exp2(float64(level)) }

func row(level int, latitude float64) int { return int(math.Floor((latitude + 90) / side(level))) }

func column(level int, longitude float64) int {
	return int(math.Floor((longitude + 180) / side(level)))
}

func square(level, row, column int) int64 {
	return trait("square", fmt.Sprint(level, row, column))
}

// squaresOf are the smallest squares of which few enough hold a circle.
func squaresOf(c geo.Circle) (all []int64) {
	for level := range levels {
		all = all[:0]
		for _, b := range c.Boxes() {
			for y := row(level, b.South); y <= row(level, b.North) && len(all) <= maxSquares; y++ {
				for x := column(level, b.West); x <= column(level, b.East) && len(all) <= maxSquares; x++ {
					all = append(all, square(level, y, x))
				}
			}
		}
		if len(all) <= maxSquares {
			break
		}
	}
	return all
}

//go:build shapes

package main

import (
	"testing"

	"agrovet/cmd/agrovet/stories"
)

// The shapes between the two that every test run tells the stories to: `make shapes`.
func init() {
	shapes = append(shapes,
		shape{"OneProcessWithRedisAndKafka", oneProcessWithAll},
		shape{"SixProcesses", func(t *testing.T) stories.Installation { return apart(t, 1) }},
	)
}

func oneProcessWithAll(t *testing.T) stories.Installation {
	redis, broker := stores(t, newFleet(t))
	return alone(t, "--redis-url="+redis, "--kafka-brokers="+broker)
}

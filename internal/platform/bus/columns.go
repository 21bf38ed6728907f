package bus

import (
	"hash/fnv"
	"time"
)

// columns are events turned on their side, for inserting many in one statement.
type columns struct {
	ids      [][16]byte // which pgx encodes faster than []uuid.UUID
	topics   []string
	types    []string
	keys     []string
	data     []string
	traces   []string
	internal []bool
	occurred []time.Time
}

func columnsOf(events []Event) (c columns) {
	for _, e := range events {
		c.ids = append(c.ids, e.ID)
		c.topics = append(c.topics, e.Topic)
		c.types = append(c.types, e.Type)
		c.keys = append(c.keys, e.Key)
		c.data = append(c.data, string(e.Data))
		c.traces = append(c.traces, e.Trace)
		c.internal = append(c.internal, e.Internal)
		c.occurred = append(c.occurred, e.OccurredAt)
	}
	return c
}

// hash is the number of an advisory lock. Equal numbers for different words only make their owners
// wait for each other.
func hash(words ...string) int64 {
	h := fnv.New64a()
	for _, w := range words {
		h.Write([]byte(w))
		h.Write([]byte{0})
	}
	return int64(h.Sum64())
}

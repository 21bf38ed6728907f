package kv

import "time"

// MemoryAt is a Memory with another clock, for tests.
func MemoryAt(size int, now func() time.Time) *memory { return newMemory(size, now) }

// MostOwed is how many keys are remembered that are to be deleted.
const MostOwed = mostOwed

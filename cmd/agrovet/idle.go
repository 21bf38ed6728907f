package main

import (
	"context"
	"runtime/debug"
	"time"
)

// settled is how long after the start its work is over: the first jobs have run by then.
const settled = 5 * time.Second

// giveBack returns to the system what the start needed and nothing needs any more, about half of the
// process: freed heap, and pages of the program itself.
func giveBack(ctx context.Context) {
	select {
	case <-time.After(settled):
		debug.FreeOSMemory()
		releaseProgram()
	case <-ctx.Done():
	}
}

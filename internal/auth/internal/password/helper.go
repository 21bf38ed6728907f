package password

import (
	"fmt"
	"os/exec"
	"time"
)

// helper computes in a child process (child.go), which it starts when there is work.
//
// A child has a priority and a heap of its own. Here argon2 would run at the priority of everything
// else, since the library computes on goroutines that it starts itself, which no thread's priority
// reaches; and the 19 MiB of each hash would make the garbage collector run every time. Readers
// notice both: BenchmarkReadsDuringFlood compares.
type helper struct {
	command func() *exec.Cmd
	warn    func(error) // told why a child could not be started
	child   *child      // nil: none is running
	again   time.Time   // no child is started before this
}

// startAgain is how long this process computes itself after a child could not be started.
const startAgain = time.Minute

// compute asks the child. When it dies, a fresh one is asked once more: something may have killed
// it, or it was the request that did. Where no child can be started this process computes itself.
func (h *helper) compute(r request) (answer, error) {
	var err error
	for range 2 {
		if !h.ready() {
			return r.compute()
		}
		a, failed := h.child.ask(r)
		if failed == nil {
			return a, nil
		}
		h.rest()
		err = failed
	}
	return answer{}, fmt.Errorf("%w: %w", ErrHelper, err)
}

// ready tells whether there is a child, which it starts when there is none.
func (h *helper) ready() bool {
	if h.child != nil || time.Now().Before(h.again) {
		return h.child != nil
	}
	c, err := start(h.command())
	if err != nil {
		h.again = time.Now().Add(startAgain)
		h.warn(err)
		return false
	}
	h.child = c
	return true
}

// rest ends the child.
func (h *helper) rest() {
	if h.child != nil {
		h.child.end()
		h.child = nil
	}
}

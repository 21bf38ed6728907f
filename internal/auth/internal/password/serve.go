package password

import (
	"encoding/gob"
	"errors"
	"io"
	"os"
	"runtime"
	"strconv"
	"syscall"
)

// greeting is the first thing that a helper process says. It changes with request and answer.
const greeting = "agrovet hash-passwords 1"

// niceness of a helper process. Against a process that has not been niced it gets a tenth of a
// contended core, and a whole one where nobody else wants it: logins become slow on a busy machine,
// and still come to an end.
const niceness = 10

// Serve is the whole of a helper process: it computes what a Hasher in the parent asks for, and
// returns when in ends, as it does when the parent is gone, however that came. A hash takes 19 MiB,
// and the heap has room for two, so the process takes some 45 MiB while it works.
func Serve(in io.Reader, out io.Writer) error {
	yield()
	requests, answers := gob.NewDecoder(in), gob.NewEncoder(out)
	if err := answers.Encode(greeting); err != nil {
		return err
	}
	for {
		err := serveOne(requests, answers)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

func serveOne(requests *gob.Decoder, answers *gob.Encoder) error {
	var r request
	if err := requests.Decode(&r); err != nil {
		return err
	}
	a, err := r.compute()
	if err != nil {
		return err // the parent sees the end and tries another process
	}
	return answers.Encode(a)
}

// yield keeps this process to one core and gives way to all others. The priority is set for the
// process group, which reaches every thread there is: on Linux setpriority(2) of a process changes
// one thread. Lowering it needs no privilege, and where it fails the work goes on. Whoever was
// started otherwise than by a Hasher, and so shares a group with others, is left alone.
//
// Where Linux groups processes by their session (sched(7), "The autogroup feature"), niceness counts
// within a session only. There the group, which is this process alone, becomes as nice: else the
// backends of PostgreSQL, each in a session of its own, would not be preferred.
func yield() {
	runtime.GOMAXPROCS(1)
	if syscall.Getpgrp() == syscall.Getpid() {
		_ = syscall.Setpriority(syscall.PRIO_PGRP, 0, niceness)
		_ = os.WriteFile("/proc/self/autogroup", []byte(strconv.Itoa(niceness)), 0)
	}
}

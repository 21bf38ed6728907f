package picture

import "syscall"

// niceness is added to the calling thread's. It is that of password hashing, for the reason given
// there (internal/auth/internal/password): the collector must not wait long for this thread.
const niceness = 5

// lowerPriority makes the calling thread yield to others. On Linux a priority belongs to a thread
// (setpriority(2), NOTES), and lowering it needs no privilege. Where it fails the work goes on at
// normal priority.
func lowerPriority() {
	tid := syscall.Gettid()
	kernel, err := syscall.Getpriority(syscall.PRIO_PROCESS, tid) // 20 minus the nice value
	if err != nil {
		return
	}
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, tid, 20-kernel+niceness)
}

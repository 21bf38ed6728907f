package password

import "syscall"

// niceness is added to the calling thread's. Five steps leave about a quarter of a contended core,
// against a thread that has not been niced: enough that the garbage collector, which must wait for
// every running thread, never waits long for this one. With two cores that two other processes
// keep busy, BenchmarkReadsDuringFlood saw readers come 9 ms late instead of 20 at the 99th
// percentile during a flood of argon2id, and 0.6 instead of 4 during one of PBKDF2.
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

package password

import "syscall"

// attributes of a child: a session of its own, and death when the thread that started it ends. It
// ends by itself when its input does; the kernel's signal also ends one that is in the middle of a
// hash, or stopped.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
}

package pgserver

import "syscall"

// dieWithParent makes the kernel send sig to the child when the thread that
// started it ends: keep that thread (runtime.LockOSThread) while the child is
// wanted.
func dieWithParent(attr *syscall.SysProcAttr, sig syscall.Signal) { attr.Pdeathsig = sig }

//go:build !linux

package pgserver

import "syscall"

// dieWithParent does nothing where the kernel has no parent-death signal: a
// server that outlives its parent is found and stopped by the next Start.
func dieWithParent(*syscall.SysProcAttr, syscall.Signal) {}

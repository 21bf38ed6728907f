//go:build !linux

package fleet

import "syscall"

// dieWithParent does nothing here: what is killed leaves its children.
func dieWithParent(*syscall.SysProcAttr) {}

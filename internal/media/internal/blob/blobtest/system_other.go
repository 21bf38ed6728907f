//go:build !linux

package blobtest

import "syscall"

// dieWithParent does nothing where the kernel has no parent-death signal.
func dieWithParent(*syscall.SysProcAttr) {}

// hasAttributes is a question that other systems answer each in its way; nobody depends on it.
func hasAttributes(string) bool { return false }

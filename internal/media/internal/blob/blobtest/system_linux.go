package blobtest

import "syscall"

// dieWithParent has the kernel kill a child when the thread that started it ends.
func dieWithParent(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGKILL }

// hasAttributes says whether files in dir may have extended attributes.
func hasAttributes(dir string) bool {
	return syscall.Setxattr(dir, "user.agrovet", []byte("1"), 0) == nil
}

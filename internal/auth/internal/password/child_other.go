//go:build !linux

package password

import "syscall"

// attributes of a child: a session of its own. It ends when its input does.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

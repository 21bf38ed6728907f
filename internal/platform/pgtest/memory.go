package pgtest

import (
	"os"
	"syscall"
)

const (
	memory = "/dev/shm" // Linux's file system in memory
	// memoryRoom is what must be free there, in bytes: several test binaries run at a time, and each holds
	// some hundred megabytes.
	memoryRoom = 4 << 30
)

// TempDir is the directory for the data of tests' servers: TMPDIR when it is set, else memory where there is
// room for them, because to make and drop a database costs ten times as much on a disk; else the usual one.
func TempDir() string {
	var fs syscall.Statfs_t
	if os.Getenv("TMPDIR") == "" && syscall.Statfs(memory, &fs) == nil && uint64(fs.Bavail)*uint64(fs.Bsize) > memoryRoom {
		return memory
	}
	return os.TempDir()
}

package main

import (
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"

	"github.com/spf13/cobra"

	"agrovet/internal/auth/authmod"
)

// hashCommand makes the command that hashes passwords in a process of low priority. main sets it; in
// tests it is nil, since their binary is not agrovet and would run all tests again.
var hashCommand func() *exec.Cmd

// hashHere is this very program: on Linux also when its file has been replaced by another version's.
func hashHere() *exec.Cmd {
	path := "/proc/self/exe"
	if runtime.GOOS != "linux" {
		path, _ = os.Executable() // an empty path does not start, which the Hasher copes with
	}
	c := exec.Command(path, "hash-passwords")
	c.Args[0] = "agrovet"
	return c
}

// hashPasswordsCommand is what hashCommand runs; nobody types it. It has no configuration, database
// or log. The parent ends it by closing its input; a signal that reaches all processes of a service
// at once must not, since the parent still answers the requests under way.
func hashPasswordsCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "hash-passwords",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			signal.Ignore(syscall.SIGINT, syscall.SIGTERM)
			return authmod.HashPasswords(os.Stdin, os.Stdout)
		},
	}
}

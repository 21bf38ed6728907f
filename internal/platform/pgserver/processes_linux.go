package pgserver

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// serversOn lists the processes of PostgreSQL on a data directory. Certain
// ones have it as working directory or on their command line; doubtful ones
// are PostgreSQL but do not let this process see where.
func serversOn(data string) (certain, doubtful []int) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil, []int{0} // without /proc everything is doubtful
	}
	real, err := filepath.EvalSymlinks(data)
	if err != nil {
		return nil, nil // no directory, no server on it
	}
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		switch serves(pid, data, real) {
		case yes:
			certain = append(certain, pid)
		case perhaps:
			doubtful = append(doubtful, pid)
		}
	}
	return certain, doubtful
}

type answer int

const (
	no answer = iota
	perhaps
	yes
)

// serves tells whether pid is a PostgreSQL process of the cluster in data,
// whose path without links is real.
func serves(pid int, data, real string) answer {
	proc := filepath.Join("/proc", strconv.Itoa(pid))
	text, err := os.ReadFile(filepath.Join(proc, "cmdline"))
	args := strings.Split(string(text), "\x00")
	if err != nil || !isPostgres(args[0]) {
		return no // ended, a kernel thread or another program
	}
	cwd, err := os.Readlink(filepath.Join(proc, "cwd")) // every server process works in its data directory
	switch {
	case err == nil && cwd == real, onCommandLine(args, data):
		return yes
	case os.IsPermission(err) && !onAnyCommandLine(args):
		return perhaps
	}
	return no
}

// isPostgres knows the server by its path and its children by their title.
func isPostgres(arg0 string) bool {
	return filepath.Base(arg0) == "postgres" || strings.HasPrefix(arg0, "postgres: ")
}

func onCommandLine(args []string, data string) bool {
	for i, arg := range args[:len(args)-1] {
		if arg == "-D" && args[i+1] == data {
			return true
		}
	}
	return false
}

func onAnyCommandLine(args []string) bool {
	for _, arg := range args {
		if arg == "-D" {
			return true
		}
	}
	return false
}

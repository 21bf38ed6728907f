//go:build !linux

package pgserver

import (
	"os/exec"
	"strconv"
	"strings"
)

// serversOn lists the processes of PostgreSQL on a data directory, as far as
// ps shows. Certain ones name it on their command line; doubtful ones are
// PostgreSQL but do not say where.
func serversOn(data string) (certain, doubtful []int) {
	out, err := exec.Command("ps", "-axww", "-o", "pid=,command=").Output()
	if err != nil {
		return nil, []int{0} // without ps everything is doubtful
	}
	for line := range strings.Lines(string(out)) {
		number, command, _ := strings.Cut(strings.TrimSpace(line), " ")
		pid, err := strconv.Atoi(number)
		if err != nil {
			continue
		}
		switch {
		case strings.Contains(command, "postgres -D "+data+" "):
			certain = append(certain, pid)
		case strings.HasPrefix(command, "postgres: "):
			doubtful = append(doubtful, pid)
		}
	}
	return certain, doubtful
}

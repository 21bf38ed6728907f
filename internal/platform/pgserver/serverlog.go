package pgserver

import (
	"fmt"
	"io"
	"os"
	"strings"
)

const (
	maxLog    = 10 << 20 // above this server.log is rotated at start
	tailLines = 12       // quoted in errors
)

// serverLog is server.log, where postgres writes its stderr.
type serverLog struct {
	file  *os.File
	start int64 // where this run begins
}

// openLog opens server.log for appending; a large one becomes server.log.1
// in place of the one before.
func (h *home) openLog() (*serverLog, error) {
	if info, err := os.Stat(h.logPath()); err == nil && info.Size() > maxLog {
		if err := os.Rename(h.logPath(), h.logPath()+".1"); err != nil {
			return nil, fmt.Errorf("rotate the PostgreSQL log: %w", err)
		}
	}
	file, err := os.OpenFile(h.logPath(), os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the PostgreSQL log: %w", err)
	}
	start, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("find the end of the PostgreSQL log: %w", err)
	}
	if err := h.account.own(h.logPath()); err != nil {
		file.Close()
		return nil, err
	}
	return &serverLog{file: file, start: start}, nil
}

// tail returns the last lines of this run.
func (l *serverLog) tail() string {
	info, err := l.file.Stat()
	if err != nil {
		return ""
	}
	from := max(l.start, info.Size()-8<<10)
	text, _ := io.ReadAll(io.NewSectionReader(l.file, from, info.Size()-from)) // what could be read is worth quoting
	return lastLines(string(text))
}

// lastLines returns what is worth quoting of a long output.
func lastLines(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-tailLines):], "\n")
}

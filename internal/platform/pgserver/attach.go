package pgserver

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Lines of postmaster.pid, from 0 (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_…).
const (
	pidLinePort      = 3
	pidLineSocketDir = 4
	pidLines         = 6
)

// Attach returns the connection URL of the server that another process runs in dir, so that a tool
// can work beside it. Whoever may not read its password (root and the account that runs it may) is
// told so.
//
// Errors: ErrNotFound when no server runs there, ErrForbidden.
func Attach(dir string) (dsn string, err error) {
	root, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return "", fmt.Errorf("pgserver: resolve %s: %w", dir, err)
	}
	h := &home{root: root}
	password, err := os.ReadFile(filepath.Join(h.data(), passwordName))
	if errors.Is(err, fs.ErrPermission) {
		return "", fmt.Errorf("pgserver: %w: %s belongs to another user: run this as that user or as root", ErrForbidden, root)
	}
	if err != nil {
		return "", fmt.Errorf("pgserver: read the password: %w", err)
	}
	at, err := h.runningAt()
	if err != nil {
		return "", err
	}
	return at.dsn(strings.TrimSpace(string(password)), Database), nil
}

// runningAt reads where the running server listens.
func (h *home) runningAt() (address, error) {
	text, err := os.ReadFile(h.pidPath())
	if err != nil {
		return address{}, fmt.Errorf("pgserver: %w: no server runs on %s", ErrNotFound, h.data())
	}
	lines := strings.Split(string(text), "\n")
	if len(lines) < pidLines {
		return address{}, fmt.Errorf("pgserver: %w: the server on %s is still starting", ErrNotFound, h.data())
	}
	port, err := strconv.Atoi(strings.TrimSpace(lines[pidLinePort]))
	if err != nil {
		return address{}, fmt.Errorf("pgserver: port in %s: %w", h.pidPath(), err)
	}
	return address{socketDir: strings.TrimSpace(lines[pidLineSocketDir]), port: port}, nil
}

package pgserver

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	// socketPort only names the socket file (.s.PGSQL.5432).
	socketPort = 5432
	// maxSocketPath is what every kernel takes: sun_path has 104 bytes on
	// macOS, 108 on Linux, a closing zero included.
	maxSocketPath = 103
)

// address is where the server listens: a socket in a directory that only its
// account and root can enter, or a port of 127.0.0.1.
type address struct {
	socketDir string // "" for TCP
	port      int
}

// claimDir is replaced by tests that do without sockets.
var claimDir = (*home).claim

// listenOn prepares the address: the socket goes into run/, into a short
// directory when that path is too long or its file system knows no sockets,
// and gives way to TCP when nothing takes a socket.
func (h *home) listenOn() (address, error) {
	for _, dir := range h.socketDirs() {
		if fits(dir) && claimDir(h, dir) == nil {
			return address{socketDir: dir, port: socketPort}, nil
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return address{}, fmt.Errorf("find a free port: %w", err)
	}
	defer l.Close()
	return address{port: l.Addr().(*net.TCPAddr).Port}, nil
}

// socketDirs lists where the socket may go, best first. The short names
// depend on the home alone, so that a later run takes over what a killed one
// left.
func (h *home) socketDirs() []string {
	sum := sha256.Sum256([]byte(h.root))
	short := "agrovet-" + hex.EncodeToString(sum[:6])
	dirs := []string{h.run()}
	if runtimeDir := os.Getenv("XDG_RUNTIME_DIR"); runtimeDir != "" && !h.account.switched {
		dirs = append(dirs, filepath.Join(runtimeDir, short))
	}
	return append(dirs, filepath.Join(os.TempDir(), short), filepath.Join("/tmp", short))
}

// claim makes dir anew, for the account alone, and proves that a socket can
// be made in it. What an earlier run of this home left there goes: its lock is
// ours and its server is gone.
func (h *home) claim(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("clear %s: %w", dir, err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return fmt.Errorf("make %s: %w", dir, err)
	}
	probe, err := net.Listen("unix", socketPath(dir))
	if err != nil {
		_ = os.Remove(dir) // empty, and in nobody's way
		return fmt.Errorf("make a socket in %s: %w", dir, err)
	}
	probe.Close() // which removes the socket file
	return h.account.own(dir)
}

// fits leaves out commas too: they separate hosts in connection strings.
func fits(dir string) bool {
	return len(socketPath(dir)) <= maxSocketPath && !strings.Contains(dir, ",")
}

func socketPath(dir string) string {
	return filepath.Join(dir, ".s.PGSQL."+strconv.Itoa(socketPort))
}

// release removes the socket directory.
func (a address) release() {
	if a.socketDir != "" {
		_ = os.RemoveAll(a.socketDir) // the next run clears it otherwise
	}
}

func (a address) settings() map[string]string {
	if a.socketDir == "" {
		return map[string]string{"listen_addresses": "127.0.0.1", "port": strconv.Itoa(a.port), "unix_socket_directories": ""}
	}
	return map[string]string{
		"listen_addresses":        "",
		"port":                    strconv.Itoa(a.port),
		"unix_socket_directories": `"` + strings.ReplaceAll(a.socketDir, `"`, `""`) + `"`, // a list of names
		"unix_socket_permissions": "0700",
	}
}

// dsn returns a connection URL of the superuser.
func (a address) dsn(password, database string) string {
	host := a.socketDir
	if host == "" {
		host = "127.0.0.1"
	}
	query := url.Values{"host": {host}, "port": {strconv.Itoa(a.port)}, "sslmode": {"disable"}}
	u := url.URL{Scheme: "postgres", User: url.UserPassword(User, password), Path: "/" + database, RawQuery: query.Encode()}
	return u.String()
}

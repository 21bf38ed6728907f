package pgserver

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is who runs initdb and postgres: this process's user, or for root
// an unprivileged one, because PostgreSQL refuses root.
type account struct {
	name     string
	uid, gid int
	switched bool // children change to uid and gid
}

// accountFor chooses the account: for root the owner of the existing data,
// else "postgres", else "nobody".
func accountFor(data string) (account, error) {
	if os.Geteuid() != 0 {
		return account{name: "uid " + strconv.Itoa(os.Geteuid()), uid: os.Geteuid(), gid: os.Getegid()}, nil
	}
	if info, err := os.Stat(data); err == nil {
		return ownerOf(data, info)
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			return lent(u)
		}
	}
	return account{}, fmt.Errorf("%w: PostgreSQL refuses to run as root and there is no user postgres or nobody: run agrovet as an ordinary user", ErrForbidden)
}

func ownerOf(data string, info fs.FileInfo) (account, error) {
	stat := info.Sys().(*syscall.Stat_t)
	if stat.Uid == 0 {
		return account{}, fmt.Errorf("%w: %s belongs to root, whom PostgreSQL refuses: give it to an ordinary user (chown -R postgres %s)",
			ErrForbidden, data, filepath.Dir(data))
	}
	a := account{name: "uid " + strconv.Itoa(int(stat.Uid)), uid: int(stat.Uid), gid: int(stat.Gid), switched: true}
	if u, err := user.LookupId(strconv.Itoa(a.uid)); err == nil {
		a.name = u.Username
	}
	return a, nil
}

func lent(u *user.User) (account, error) {
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return account{}, fmt.Errorf("user %s: %w", u.Username, err)
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return account{}, fmt.Errorf("user %s: %w", u.Username, err)
	}
	return account{name: u.Username, uid: uid, gid: gid, switched: true}, nil
}

// own gives path to the account. It does nothing for an ordinary user, whose
// files are its own already.
func (a account) own(path string) error {
	if !a.switched {
		return nil
	}
	if err := os.Lchown(path, a.uid, a.gid); err != nil {
		return fmt.Errorf("give %s to %s: %w", path, a.name, err)
	}
	return nil
}

// command prepares a program of bins that runs as the account in dir, in a
// process group of its own, with an environment that holds nothing of ours.
func (a account) command(bins Binaries, dir, program string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(bins.Dir, program), args...)
	cmd.Dir = dir
	cmd.Env = bins.env()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if a.switched {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return cmd
}

// checkAccess proves that the account can enter dir and run bins, by doing
// so: access lists and mount options count, which mode bits do not show.
func (a account) checkAccess(bins Binaries, dir string) error {
	out, err := a.command(bins, dir, "postgres", "--version").CombinedOutput()
	if err == nil {
		return nil
	}
	if !errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("run %s/postgres as %s: %w: %s", bins.Dir, a.name, err, out)
	}
	for path, remedy := range map[string]string{
		dir:      "keep the data elsewhere (--data-dir /var/lib/agrovet)",
		bins.Dir: "use a PostgreSQL elsewhere (" + binDirKey + ")",
	} {
		if blocked := a.blockedAt(path); blocked != "" {
			return fmt.Errorf("%w: user %s, who runs PostgreSQL, cannot enter %s, on the way to %s: %s or allow it (chmod o+x %s)",
				ErrForbidden, a.name, blocked, path, remedy, blocked)
		}
	}
	return fmt.Errorf("%w: user %s cannot run %s/postgres in %s: %w", ErrForbidden, a.name, bins.Dir, dir, err)
}

// blockedAt returns the uppermost directory on the way to path that the
// account may not search according to its mode, "" when there is none.
func (a account) blockedAt(path string) string {
	blocked := ""
	for ; ; path = filepath.Dir(path) {
		if info, err := os.Stat(path); err == nil && !a.maySearch(info) {
			blocked = path
		}
		if path == filepath.Dir(path) {
			return blocked
		}
	}
}

func (a account) maySearch(info fs.FileInfo) bool {
	stat, mode := info.Sys().(*syscall.Stat_t), info.Mode().Perm()
	switch {
	case int(stat.Uid) == a.uid:
		return mode&0o100 != 0
	case int(stat.Gid) == a.gid:
		return mode&0o010 != 0
	}
	return mode&0o001 != 0
}

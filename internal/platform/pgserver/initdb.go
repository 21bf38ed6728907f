package pgserver

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// initialise makes the cluster when there is none. It is made in a sibling
// directory and renamed when complete, password included: whatever interrupts
// this, data/ is either absent or whole. Errors: ErrDiskFull.
func (h *home) initialise(ctx context.Context, cfg Config, bins Binaries) error {
	h.sweep()
	if major, err := h.dataMajor(); err != nil || major != 0 {
		return err
	}
	if err := checkFree(h.root, cfg.minFree); err != nil {
		return err
	}
	stage, err := os.MkdirTemp(h.root, "init-")
	if err != nil {
		return blameDisk(h.root, fmt.Errorf("make a directory for the new cluster: %w", err))
	}
	defer os.RemoveAll(stage)
	if err := h.fill(ctx, cfg, bins, stage); err != nil {
		return blameDisk(h.root, err)
	}
	return h.adopt(filepath.Join(stage, "data"))
}

// sweep removes what interrupted runs of initialise left.
func (h *home) sweep() {
	leftovers, _ := filepath.Glob(filepath.Join(h.root, "init-*"))
	for _, dir := range leftovers {
		_ = os.RemoveAll(dir) // what cannot be removed only takes space
	}
}

// fill runs initdb in stage, with the locale C where C.UTF-8 is unknown.
func (h *home) fill(ctx context.Context, cfg Config, bins Binaries, stage string) error {
	if err := h.account.own(stage); err != nil {
		return err
	}
	password := filepath.Join(stage, passwordName)
	if err := h.writeSecret(password, rand.Text()); err != nil {
		return err
	}
	args := []string{
		"--username=" + User, "--pwfile=" + password, "--auth=scram-sha-256",
		"--encoding=UTF8", "--data-checksums", "--no-instructions", "-D", filepath.Join(stage, "data"),
	}
	if cfg.Settings["fsync"] == "off" {
		args = append(args, "--no-sync")
	}
	out, err := h.runInit(ctx, bins, append(args, "--locale=C.UTF-8"))
	if err != nil && strings.Contains(out, "invalid locale") {
		out, err = h.runInit(ctx, bins, append(args, "--locale=C"))
	}
	if err != nil {
		return fmt.Errorf("initdb: %w: %s", err, lastLines(out))
	}
	return os.Rename(password, filepath.Join(stage, "data", passwordName))
}

// runInit runs initdb and returns what it said. A cancelled ctx kills it with
// its children; so does, on Linux, the death of this process.
func (h *home) runInit(ctx context.Context, bins Binaries, args []string) (string, error) {
	runtime.LockOSThread() // a parent-death signal is bound to the starting thread
	defer runtime.UnlockOSThread()
	cmd := h.account.command(bins, h.root, "initdb", args...)
	dieWithParent(cmd.SysProcAttr, syscall.SIGTERM)
	out := new(strings.Builder)
	cmd.Stdout, cmd.Stderr = out, out
	cmd.WaitDelay = 5 * time.Second // for pipes held by a child of initdb
	if err := cmd.Start(); err != nil {
		return "", err
	}
	stop := context.AfterFunc(ctx, func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) })
	defer stop()
	err := cmd.Wait()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return out.String(), err
}

// adopt makes a complete cluster the data directory.
func (h *home) adopt(cluster string) error {
	if err := os.Remove(h.data()); err != nil && !os.IsNotExist(err) { // an empty one
		return fmt.Errorf("replace the empty data directory: %w", err)
	}
	if err := os.Rename(cluster, h.data()); err != nil {
		return fmt.Errorf("move the new cluster into place: %w", err)
	}
	return syncDir(h.root)
}

func (h *home) writeSecret(path, secret string) error {
	if err := os.WriteFile(path, []byte(secret+"\n"), 0o600); err != nil {
		return fmt.Errorf("write the password: %w", err)
	}
	return h.account.own(path)
}

func (h *home) password() (string, error) {
	text, err := os.ReadFile(filepath.Join(h.data(), passwordName))
	if err != nil {
		return "", fmt.Errorf("read the superuser's password: %w", err)
	}
	return strings.TrimSpace(string(text)), nil
}

// syncDir makes a rename within dir survive a power cut.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("open %s: %w", dir, err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("sync %s: %w", dir, err)
	}
	return nil
}

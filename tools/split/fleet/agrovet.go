package fleet

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Unlimited are flags of `agrovet serve` for people who are all at one address and in a hurry.
var Unlimited = []string{"--auth-register-per-address=0", "--auth-login-per-address=0", "--auth-login-per-phone=0", "--chat-messages=0", "--chat-frames=0",
	"--marketplace-newcomer-adds=0", "--foro-newcomer-posts=0", "--foro-newcomer-comments=0"}

// Serve is agrovet with some modules, or all, at host:port. Its environment is the caller's to set.
func (f *Fleet) Serve(binary, name, modules, address string, args ...string) Spec {
	return Spec{Name: name, Path: binary, Ready: Healthy("http://" + address + "/health/"),
		Args: append([]string{"serve", "--modules", modules, "--listen", address, "--data-dir", filepath.Join(f.Dir, name)}, args...)}
}

// Environment is what processes that share their stores have in common. Secrets are not on command lines, which everybody
// can read.
func (f *Fleet) Environment(database, redis, kafka string) []string {
	return []string{"AGROVET_DATABASE_URL=" + database, "AGROVET_REDIS_URL=" + redis, "AGROVET_KAFKA_BROKERS=" + kafka,
		"AGROVET_SERVICE_SECRET=" + rand.Text(), "AGROVET_HTTP_TRUSTED_PROXIES=127.0.0.1/32", "AGROVET_MEDIA_DIR=" + filepath.Join(f.Dir, "files")}
}

// Address tells a process, in its environment, where a module is that it does not have.
func Address(module, url string) string {
	return fmt.Sprintf("AGROVET_%s_URL=%s", strings.ToUpper(module), url)
}

// Tool runs another command of agrovet beside the processes, and returns what it says.
func (f *Fleet) Tool(ctx context.Context, binary string, env []string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, binary, append(args, "--log-level", "error", "--data-dir", filepath.Join(f.Dir, "tool"))...)
	cmd.Env, cmd.Dir = append(os.Environ(), env...), f.Dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("agrovet %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return string(out), nil
}

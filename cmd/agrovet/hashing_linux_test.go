package main

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/pgtest"
)

// TestPasswordsAreHashedByAChild is the life of that child: it starts with the first password, is
// told nothing but what it computes, ignores signals meant for its parent, and ends with it.
func TestPasswordsAreHashedByAChild(t *testing.T) {
	dsn := pgtest.Database(t)
	p := startServe(t, dataDir(t), "--database-url", dsn)
	require.Empty(t, hashers(t, p.cmd.Process.Pid))

	p.mustCall(http.StatusCreated, http.MethodPost, "/api/auth/register/", map[string]string{
		"phone_number": "70000001", "password": "trigo-y-quinua", "full_name": "Rosa", "role": "specialist"})
	all := hashers(t, p.cmd.Process.Pid)
	require.Len(t, all, 1)
	environment, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", all[0]))
	require.NoError(t, err)
	require.Empty(t, environment)

	signIn := map[string]string{"phone_number": "70000001", "password": "trigo-y-quinua"}
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		require.NoError(t, syscall.Kill(all[0], signal))
		p.mustCall(http.StatusOK, http.MethodPost, "/api/auth/login/", signIn)
		require.Equal(t, all, hashers(t, p.cmd.Process.Pid))
	}
	require.NoError(t, syscall.Kill(all[0], syscall.SIGKILL))
	p.mustCall(http.StatusOK, http.MethodPost, "/api/auth/login/", signIn)
	fresh := hashers(t, p.cmd.Process.Pid)
	require.NotEqual(t, all, fresh)

	p.kill()
	require.Eventually(t, func() bool { return !isHasher(fresh[0]) }, 5*time.Second, 10*time.Millisecond, "outlives its parent")
}

// hashers are the children of a process that hash passwords.
func hashers(t *testing.T, parent int) (all []int) {
	t.Helper()
	threads, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", parent))
	require.NoError(t, err)
	for _, thread := range threads {
		children, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/children", parent, thread.Name())) // it may have ended
		for _, child := range strings.Fields(string(children)) {
			pid, err := strconv.Atoi(child)
			require.NoError(t, err)
			if isHasher(pid) {
				all = append(all, pid)
			}
		}
	}
	slices.Sort(all)
	return all
}

func isHasher(pid int) bool {
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	return err == nil && strings.Contains(string(line), "hash-passwords")
}

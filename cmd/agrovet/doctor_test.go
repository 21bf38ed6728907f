package main

import (
	"errors"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/bus/kafka/standin"
	"agrovet/internal/platform/pgtest"
)

// broken is an installation with one thing wrong.
type broken struct {
	args func(t *testing.T, dsn string) []string // besides those of a sound one, whose database is at dsn
	says string                                  // a part, and words about it
	wide bool                                    // what is wrong is wrong for all databases of the server
}

var brokenInstallations = map[string]broken{
	"ThePasswordOfTheDatabaseIsWrong": {says: `(?s)WRONG +database .*→ check user and password`, args: func(t *testing.T, dsn string) []string {
		return []string{"--database-url", withUser(t, dsn, url.UserPassword("agrovet_auth", "wrong"))}
	}},
	"TheDatabaseIsAway": {says: `(?s)WRONG +database .*→ start PostgreSQL`, args: func(t *testing.T, _ string) []string {
		return []string{"--database-url", "postgres://agrovet:x@" + closedPort(t) + "/agrovet"}
	}},
	"TheSchemaIsNewer": {says: `WRONG .*newer.*\n.*run the newer agrovet`, args: func(t *testing.T, _ string) []string {
		dsn := soundDatabase(t)
		asOwner(t, dsn, "insert into auth.module_version (version_id, is_applied) values (99999999, true)")
		return []string{"--database-url", dsn}
	}},
	"FilesCannotBeWritten": {says: `WRONG +files `, args: func(t *testing.T, _ string) []string { return []string{"--media-dir", aFile(t)} }},
	"TheBucketIsAway": {says: `WRONG +files +cannot be stored`, args: func(t *testing.T, _ string) []string {
		return []string{"--media-store", "s3", "--media-s3-endpoint", "http://" + closedPort(t), "--media-s3-bucket", "b",
			"--media-s3-access-key", "k", "--media-s3-secret-key", "s"}
	}},
	"RedisIsAway": {says: `WRONG +redis +does not answer`, args: func(t *testing.T, _ string) []string {
		return []string{"--redis-url", "redis://" + closedPort(t) + "/0"}
	}},
	"KafkaIsAway": {says: `WRONG +kafka +does not answer`, args: func(t *testing.T, _ string) []string { return []string{"--kafka-brokers", closedPort(t)} }},
	"TopicsAreMissing": {says: `WRONG +kafka +has no topic \S+\.\S+\n.*agrovet topics`, args: func(t *testing.T, _ string) []string {
		c, err := standin.New()
		require.NoError(t, err)
		t.Cleanup(c.Close)
		return []string{"--kafka-brokers", c.ListenAddrs()[0], "--kafka-create-topics=false"}
	}},
	"ThePortIsTaken": {says: `WRONG +listen +cannot listen.*\n.*end the program`, args: func(t *testing.T, _ string) []string {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		t.Cleanup(func() { l.Close() })
		return []string{"--listen", l.Addr().String()}
	}},
	"TheDataDirectoryIsAFile": {says: `WRONG +data-dir .*is no directory`, args: func(t *testing.T, _ string) []string {
		return []string{"--data-dir", filepath.Join(aFile(t), "agrovet"), "--media-dir", t.TempDir()}
	}},
	"TheDiskIsFull": {says: `WRONG +data-dir +only 0 MiB are free at /(proc|dev)\n.*make room`, args: func(t *testing.T, _ string) []string {
		full := "/proc" // file systems that never have room
		if _, err := os.Stat(full); err != nil {
			full = "/dev"
		}
		return []string{"--data-dir", full, "--media-dir", t.TempDir()}
	}},
	"TheSenderOfCodesHasNoAddress": {says: `sms\.webhook`, args: func(*testing.T, string) []string { return []string{"--sms-sender", "webhook"} }},
	"NobodyTrustsTheCertificate": {says: `WRONG +address .*certificate.*\n.*renew the certificate`, args: func(t *testing.T, _ string) []string {
		s := httptest.NewTLSServer(http.NotFoundHandler())
		t.Cleanup(s.Close)
		return []string{"--url", s.URL}
	}},
	"SomethingElseIsBehindTheAddress": {says: `WRONG +address .*not as agrovet`, args: func(t *testing.T, _ string) []string {
		s := httptest.NewServer(http.NotFoundHandler())
		t.Cleanup(s.Close)
		return []string{"--url", s.URL}
	}},
	"TheOriginalIsAway": {says: `WRONG +original .*away.*\n.*auth.original.url`, args: func(t *testing.T, _ string) []string {
		return []string{"--auth-original-url", "http://" + closedPort(t)}
	}},
	"TheOriginalRefusesItsToken": {says: `WRONG +original .*refuses auth.original.token`, args: func(t *testing.T, _ string) []string {
		return []string{"--auth-original-url", originalAuthOf(t, nil, strings.Repeat("ab", 20), ""), "--auth-original-token", strings.Repeat("cd", 20)}
	}},
	"TheOriginalIsAgrovet": {says: `WRONG +original .*leads to an agrovet`, args: func(t *testing.T, _ string) []string {
		return []string{"--auth-original-url", startShared(t).base}
	}},
	"TheNewestBackupIsOld": {says: `WRONG +backups .*old`, args: func(t *testing.T, _ string) []string {
		dir := t.TempDir()
		name := backupPrefix + time.Now().Add(-72*time.Hour).UTC().Format(backupTime) + backupSuffix
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), nil, 0o600))
		return []string{"--backup-dir", dir}
	}},
}

// TestDoctor names what is wrong with broken installations, and calls a sound one well.
func TestDoctor(t *testing.T) {
	dsn := soundDatabase(t)
	out, err := examined(t, dsn)
	require.NoError(t, err, out)
	require.NotContains(t, out, "WRONG")
	all := maps.Clone(brokenInstallations)
	maps.Copy(all, brokenRoles)
	for name, b := range all {
		t.Run(name, func(t *testing.T) {
			if !b.wide {
				t.Parallel() // they mostly wait; those that are not parallel come first
			}
			out, err := examined(t, dsn, b.args(t, dsn)...)
			var failed *exec.ExitError
			require.True(t, errors.As(err, &failed), out)
			require.Regexp(t, b.says, out)
		})
	}
	t.Run("EventsThatCannotBeHandledAreAWarning", func(t *testing.T) {
		dsn := soundDatabase(t)
		asOwner(t, dsn, `insert into foro.parked (subscription, event_id, topic, type, key, data, trace, occurred_at, attempts, last_error, next_try_at)
			values ('foro-service-user-consumer', gen_random_uuid(), 'user.events', 'user.created', '1', '{}', '', now(), 3, 'the reason', now())`)
		out, err := examined(t, dsn)
		require.NoError(t, err, out)
		require.Regexp(t, `warning +foro .*the reason\n.*agrovet events list`, out)
	})
}

// examined is what the doctor says of an installation that is sound but for some arguments.
func examined(t *testing.T, dsn string, args ...string) (string, error) {
	t.Helper()
	path, err := binary()
	require.NoError(t, err)
	args = append([]string{"doctor", "--database-url", dsn, "--listen", closedPort(t), "--data-dir", t.TempDir(), "--log-level", "error"}, args...)
	cmd := exec.Command(path, args...)
	cmd.Dir = t.TempDir()
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// soundDatabase has all schemas.
func soundDatabase(t testing.TB) string {
	t.Helper()
	return pgtest.Copy(t, "sound", func(dsn string) {
		path, err := binary()
		require.NoError(t, err)
		out, err := exec.Command(path, "migrate", "up", "--database-url", dsn, "--data-dir", t.TempDir(), "--log-level", "error").CombinedOutput()
		require.NoError(t, err, string(out))
	})
}

func asOwner(t *testing.T, dsn, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), sql)
	require.NoError(t, err)
}

func withUser(t *testing.T, dsn string, user *url.Userinfo) string {
	t.Helper()
	u, err := url.Parse(dsn)
	require.NoError(t, err)
	u.User = user
	return u.String()
}

// closedPort is an address at which nothing listens.
func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, l.Close())
	return l.Addr().String()
}

func aFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	return path
}

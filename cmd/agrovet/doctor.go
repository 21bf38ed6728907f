package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgserver"
)

func doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Say in words what is wrong with this installation and what to do",
		Long:  "Say in words what is wrong with this installation and what to do.\nExit status: 0 when all is well or only warnings were found, 1 otherwise.",
		Args:  cobra.NoArgs,
		RunE:  withSettings(doctor),
	}
}

// finding is what the doctor says about one part.
type finding struct {
	part   string
	wrong  bool // else a warning, when there is advice, or fine
	says   string
	advice string
}

func (f finding) String() string {
	mark := "ok     "
	switch {
	case f.wrong:
		mark = "WRONG  "
	case f.advice != "":
		mark = "warning"
	}
	text := fmt.Sprintf("%s  %-12s %s", mark, f.part, f.says)
	if f.advice != "" {
		text += "\n         → " + f.advice
	}
	return text
}

var errUnwell = errors.New("something is wrong: see above")

func doctor(ctx context.Context, s *settings) error {
	findings := []finding{
		{part: "configuration", says: "valid; `agrovet config` shows it"},
		examineDataDir(s.Config),
		examineListen(ctx, s.Config),
		examineSMS(s.Config),
		examineProxy(s.Config),
		examineFiles(ctx, s.Config),
	}
	findings = append(findings, examineDatabases(ctx, s.Config)...)
	unwell := false
	for _, f := range findings {
		fmt.Println(f)
		unwell = unwell || f.wrong
	}
	if unwell {
		return errUnwell
	}
	return nil
}

// lowDisk is the free space in bytes below which the doctor warns; tooLowDisk below which
// PostgreSQL is about to stop.
const (
	lowDisk    = 1 << 30
	tooLowDisk = 100 << 20
)

func examineDataDir(cfg Config) finding {
	f := finding{part: "data-dir"}
	dir := cfg.DataDir
	if _, err := os.Stat(dir); err != nil {
		f.says = fmt.Sprintf("%s is not there yet; the first `agrovet serve` makes it", dir)
		dir = existingParent(dir)
	}
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		f.wrong, f.says, f.advice = true, fmt.Sprintf("cannot look at %s: %v", dir, err), "set data-dir to a directory that agrovet may write to"
		return f
	}
	free := fs.Bavail * uint64(fs.Bsize)
	if f.says == "" {
		f.says = fmt.Sprintf("%s, %d MiB free", dir, free>>20)
	}
	if free < lowDisk {
		f.wrong = free < tooLowDisk
		f.says, f.advice = fmt.Sprintf("only %d MiB are free at %s", free>>20, dir), "make room, or move data-dir to a larger disk"
	}
	return f
}

func existingParent(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

func examineListen(ctx context.Context, cfg Config) finding {
	f := finding{part: "listen"}
	l, err := net.Listen("tcp", cfg.Listen)
	if err == nil {
		l.Close()
		f.says = cfg.Listen + " is free: agrovet is not running here"
		return f
	}
	if isAgrovet(ctx, cfg.Listen) {
		f.says = "agrovet answers on " + cfg.Listen
		return f
	}
	f.wrong, f.says, f.advice = true, fmt.Sprintf("cannot listen on %s: %v", cfg.Listen, err), "end the program that holds the port, or set --listen"
	return f
}

func isAgrovet(ctx context.Context, listen string) bool {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	if host == "" {
		host = "localhost"
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/health/", nil)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	defer res.Body.Close()
	return res.StatusCode == http.StatusOK && res.Header.Get("X-Request-Id") != ""
}

func examineSMS(cfg Config) finding {
	f := finding{part: "sms", says: "sender " + cfg.SMS.Sender}
	if cfg.SMS.Sender == "log" {
		f.advice = "codes stand in the log, for development only: set sms.sender to webhook or twilio before others use this"
		return f
	}
	if _, err := smsSender(cfg); err != nil {
		f.wrong, f.says, f.advice = true, err.Error(), "set the keys of sms."+cfg.SMS.Sender
	}
	return f
}

func examineProxy(cfg Config) finding {
	f := finding{part: "proxy", says: fmt.Sprintf("%d trusted networks", len(cfg.HTTP.TrustedProxies))}
	if len(cfg.HTTP.TrustedProxies) == 0 {
		f.advice = "behind a TLS proxy, set http.trusted-proxies to its network, or all clients share one rate limit"
	}
	return f
}

func examineDatabases(ctx context.Context, cfg Config) []finding {
	cfg.Database.Migrate = false
	if cfg.Database.URL == "" && cfg.needsOwner() {
		if f, ready := examineOwnServer(cfg); !ready {
			return []finding{f}
		}
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	db, err := openDatabases(ctx, cfg, true)
	if err != nil {
		return []finding{{part: "database", wrong: true, says: err.Error(), advice: databaseAdvice(err)}}
	}
	defer db.close()
	all := []finding{{part: "database", says: "answers, every module signs in with its own role"}}
	for _, name := range cfg.hosted() {
		all = append(all, examineSchema(ctx, name, db.module[name]))
	}
	return all
}

// examineOwnServer looks at the built-in PostgreSQL before its first start, which the doctor leaves
// to serve.
func examineOwnServer(cfg Config) (finding, bool) {
	f := finding{part: "database"}
	if _, err := os.Stat(filepath.Join(cfg.DataDir, "postgres")); err == nil {
		return f, true
	}
	bin, err := pgserver.Find(cfg.Postgres.BinDir, cfg.Postgres.CacheDir, 0)
	switch {
	case err == nil:
		f.says = fmt.Sprintf("PostgreSQL %s of this machine will be used; its data is made at the first start", bin.Version)
	case cfg.Postgres.Fetch:
		f.says = "no PostgreSQL on this machine; the first start fetches one"
	default:
		f.wrong, f.says, f.advice = true, err.Error(), "install PostgreSQL, set postgres.bin-dir, or allow postgres.fetch"
	}
	return f, false
}

func databaseAdvice(err error) string {
	switch {
	case errors.Is(err, pg.ErrSchemaNewer):
		return "run the newer agrovet again, or restore a backup made by this version"
	case pg.SignInRefused(err):
		return "check user and password in database.url; the user must be allowed to create roles"
	case pg.Unavailable(err):
		return "start PostgreSQL, or correct host and port in database.url"
	}
	return "see the sentence above; the log of the built-in server is server.log in its directory"
}

func examineSchema(ctx context.Context, name string, db *pg.DB) finding {
	f := finding{part: name}
	status, err := migrations(name).Status(ctx, db)
	if err != nil {
		f.wrong, f.says = true, err.Error()
		return f
	}
	for _, s := range status {
		switch {
		case s.Pending():
			f.says, f.advice = fmt.Sprintf("%d migrations are pending", len(s.PendingMigration)), "start agrovet, or run `agrovet migrate up`"
			return f
		case s.Current > s.Latest:
			f.wrong, f.says, f.advice = true, "the schema is newer than this agrovet", "run the newer agrovet again"
			return f
		}
	}
	f.says = "schema is current"
	return f
}

// examineFiles asks whether files can be stored.
func examineFiles(ctx context.Context, cfg Config) finding {
	f := finding{part: "files", says: "kept on disk, in " + mediaDir(cfg)}
	if cfg.Media.Store == "s3" {
		f.says = fmt.Sprintf("kept in bucket %s of %s", cfg.Media.S3.Bucket, cfg.Media.S3.Endpoint)
	} else if _, err := os.Stat(mediaDir(cfg)); err != nil {
		return f // the first start makes it
	}
	store, err := mediaStore(cfg)
	if err == nil {
		err = store.Check(ctx)
	}
	if err != nil {
		f.wrong, f.says, f.advice = true, fmt.Sprintf("cannot be stored: %v", err), "see the keys media.dir and media.s3…; uploads answer 502 until then"
	}
	return f
}

package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// examineMachine looks at what is on this machine, and at what agrovet keeps and sends by itself.
func examineMachine(ctx context.Context, cfg Config) []finding {
	return []finding{examineDataDir(cfg), examineListen(ctx, cfg), examineSMS(cfg), examineProxy(cfg), examineFiles(ctx, cfg)}
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
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		f.wrong, f.says, f.advice = true, dir+" is no directory", "set data-dir to a directory that agrovet may write to"
		return f
	}
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		f.wrong, f.says, f.advice = true, fmt.Sprintf("cannot look at %s: %v", dir, err), "set data-dir to a directory that agrovet may write to"
		return f
	}
	return examineSpace(f, dir, fs.Bavail*uint64(fs.Bsize))
}

// examineSpace judges the free bytes at dir.
func examineSpace(f finding, dir string, free uint64) finding {
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

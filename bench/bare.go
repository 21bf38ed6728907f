package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"
)

// The peers are this program again, in processes of their own like the product: "bare http" serves
// (barehttp.go), "bare chat" passes messages on (barechat.go), "bare broker" is a Kafka (broker.go), "bare hash" hashes.

// bare is main for a peer.
func bare(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bare", flag.ContinueOnError)
	listen := flags.String("listen", "", "address of bare http")
	files := flags.String("files", "", "directory that bare http serves under /media/, or that bare broker keeps records in")
	span := flags.Duration("span", time.Second, "how long bare hash hashes")
	store := flags.Bool("store", true, "whether bare chat stores messages")
	workers := flags.Int("workers", 1, "passwords hashed at once")
	if len(args) == 0 {
		return errors.New("bare: http, broker, chat or hash")
	}
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	switch args[0] {
	case "http":
		return bareHTTP(ctx, *listen, *files, *workers)
	case "broker":
		return bareBroker(ctx, *listen, *files)
	case "chat":
		return bareChatHTTP(ctx, *listen, *store)
	case "hash":
		rate, err := bareHash(*workers, *span)
		fmt.Println(rate)
		return err
	}
	return fmt.Errorf("bare: there is no %q", args[0])
}

// argon are the parameters of the product's hashes.
var argon = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// bareHash is how many hashes per second so many goroutines check.
func bareHash(workers int, span time.Duration) (float64, error) {
	hash, err := argon2id.CreateHash(password, argon)
	if err != nil {
		return 0, err
	}
	begun := time.Now()
	done := make(chan int)
	for range workers {
		go func() {
			n := 0
			for ; time.Since(begun) < span; n++ {
				_, _ = argon2id.ComparePasswordAndHash(password, hash) // it was made for this password
			}
			done <- n
		}()
	}
	total := 0
	for range workers {
		total += <-done
	}
	return float64(total) / time.Since(begun).Seconds(), nil
}

// bareHashes runs bare hash and returns its rate.
func (h *house) bareHashes(ctx context.Context, span time.Duration) (float64, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	out, err := exec.CommandContext(ctx, self, "bare", "hash", "-span", span.String(), "-workers", strconv.Itoa(hashWorkers())).Output()
	if err != nil {
		return 0, fmt.Errorf("bare hash: %w", err)
	}
	return strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
}

// serveBare starts bare http on the product's database, as the modules' roles.
func (h *house) serveBare(ctx context.Context) (*process, error) {
	return h.launchBare(ctx, "http", "-files", filepath.Join(h.dir, "data", "media"), "-workers", strconv.Itoa(hashWorkers()))
}

// launchBare starts a peer that serves.
func (h *house) launchBare(ctx context.Context, args ...string) (*process, error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	p, err := h.self(append([]string{args[0], "-listen", address}, args[1:]...)...)
	if err != nil {
		return nil, err
	}
	p.address = address
	if err := p.awaitReady(ctx); err != nil {
		p.stop()
		return nil, fmt.Errorf("peer: %w", err)
	}
	return p, nil
}

// self starts this program as a peer.
func (h *house) self(args ...string) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p, err := launch(h.dir, self, []string{databaseVariable + "=" + h.postgres.DSN()}, append([]string{"bare"}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("start the peer: %w", err)
	}
	return p, nil
}

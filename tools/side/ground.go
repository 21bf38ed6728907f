package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/deploy/traefik"
	"agrovet/internal/platform/original/synthetic"
	"agrovet/tools/side/standin"
	"agrovet/tools/split/fleet"
)

// ground is the original, agrovet, and Traefik in front of both.
type ground struct {
	*fleet.Fleet
	options
	env      []string            // of agrovet and its tools
	original string              // where the stand-in answers
	agrovet  string              // where agrovet does
	files    string              // the stand-in's directory of them
	at       map[string][]string // which of them each module's clients are led to
	front    traefik.Entries
}

func (g *ground) start(ctx context.Context) error {
	ports, err := fleet.FreePorts(3)
	if err != nil {
		return err
	}
	g.front = fleet.Entries(ports[0], ports[1])
	dsn, err := g.Postgres(ctx, 200, "")
	if err != nil {
		return err
	}
	old, err := filled(ctx, dsn)
	if err != nil {
		return err
	}
	g.env = []string{"AGROVET_DATABASE_URL=" + dsn, "AGROVET_HTTP_TRUSTED_PROXIES=127.0.0.1/32", "AGROVET_MEDIA_DIR=" + filepath.Join(g.Dir, "files"), "ORIGINAL_DSN=" + old}
	if err := g.standIn(ctx, old); err != nil {
		return err
	}
	if err := g.serve(ctx, fmt.Sprintf("127.0.0.1:%d", ports[2])); err != nil {
		return err
	}
	g.at = map[string][]string{}
	for _, m := range fleet.Modules {
		g.at[m.Name] = []string{g.original}
	}
	return g.Traefik(ctx, g.traefik, g.front, g.at)
}

// filled is a database of the original's beside agrovet's, with some years of life.
func filled(ctx context.Context, dsn string) (string, error) {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "create database original"); err != nil {
		return "", err
	}
	u, err := url.Parse(dsn)
	if err != nil {
		return "", err
	}
	u.Path = "/original"
	if err := synthetic.Fill(ctx, u.String(), synthetic.Tiny); err != nil {
		return "", err
	}
	old, err := pgx.Connect(ctx, u.String())
	if err != nil {
		return "", err
	}
	defer old.Close(ctx)
	for _, table := range []string{"auth_app_user", "media_media", "foro_post"} {
		// Rows of the fixture refer to some behind the last one, and new ones must not come by them.
		if _, err := old.Exec(ctx, "select setval(pg_get_serial_sequence($1, 'id'), 1000)", table); err != nil {
			return "", err
		}
	}
	return u.String(), nil
}

// standIn serves the original, which asks about tokens in front, where auth is led to whoever has it.
func (g *ground) standIn(ctx context.Context, dsn string) error {
	g.files = filepath.Join(g.Dir, "original-files")
	if err := os.MkdirAll(g.files, 0o755); err != nil {
		return err
	}
	s, err := standin.New(ctx, standin.Config{DSN: dsn, Auth: "http://" + g.front.Gateway, Files: g.files})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(l) }() // until close
	g.OnClose(func() error { defer s.Close(); return server.Close() })
	g.original = "http://" + l.Addr().String()
	return nil
}

// serve starts agrovet with all modules, which nobody asks yet.
func (g *ground) serve(ctx context.Context, address string) (err error) {
	if g.binary, err = filepath.Abs(g.binary); err != nil {
		return err
	}
	g.agrovet = "http://" + address
	spec := g.Serve(g.binary, "agrovet", "all", address, append(slices.Clone(fleet.Unlimited), "--log-level=warn")...)
	spec.Env = g.env
	return g.Start(ctx, spec)
}

// tool runs a command of agrovet beside it.
func (g *ground) tool(ctx context.Context, args ...string) (string, error) {
	return g.Tool(ctx, g.binary, g.env, args...)
}

// last is the last line of what a tool says.
func last(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	return lines[len(lines)-1]
}

package main

import (
	"context"
	"path/filepath"
	"strings"

	"agrovet/tools/split/fleet"
)

// measureHop asks the main reads of six processes on Redis and Kafka, against the same reads of one process which has
// nothing but the database. Nothing stands in front of either.
func measureHop(ctx context.Context, h *house) ([]row, error) {
	if err := h.stock(ctx); err != nil {
		return nil, err
	}
	if err := h.fillForo(ctx); err != nil {
		return nil, err
	}
	reader, err := demoReader(ctx, h.community.product, h.postgres.DSN())
	if err != nil {
		return nil, err
	}
	ids, err := h.someAdds(ctx)
	if err != nil {
		return nil, err
	}
	f, err := fleet.New(filepath.Join(h.dir, "split"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // they are only asked
	split, err := h.split(ctx, f)
	if err != nil {
		return nil, err
	}
	var rows []row
	for _, read := range []struct {
		what, module string
		path         func(int) string
	}{
		{"oneself, by auth", "auth", always(usersPath + "me/")},
		{"page of adverts, with their publishers' names", "marketplace", always(apiAdds)},
		{"one advert", "marketplace", func(n int) string { return apiAdds + ids[n%len(ids)] + "/" }},
		{"the feed of the forum, with names", "foro", always(apiPosts + "feed/")},
		{"page of specialists, with names", "profiles", always("/api/profiles/specialists/")},
		{"one's rooms", "chat", always("/api/chat/rooms/")},
	} {
		request := func(n int) []byte { return get(read.path(n), reader.token) }
		apart := &process{address: strings.TrimPrefix(split.URLs[read.module], "http://")}
		d, err := byTurns(h.rounds, throughput(ctx, reading(apart, request)), throughput(ctx, reading(h.community.product, request)))
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{what: "GET " + read.what + ": six processes, against one", measured: perSecond(d.product), peer: perSecond(d.peer), rounds: d.ratios})
	}
	return rows, nil
}

// split starts six processes on the community's database.
func (h *house) split(ctx context.Context, f *fleet.Fleet) (r fleet.Running, err error) {
	ports, err := fleet.FreePorts(2 + len(fleet.Modules))
	if err != nil {
		return r, err
	}
	s := fleet.Split{Binary: h.binary, Database: h.postgres.DSN(), Ports: ports[2:], Replicas: 1, Args: []string{"--log-level", "warn"}}
	if s.Redis, err = f.Redis(ctx, ports[0]); err != nil {
		return r, err
	}
	broker, err := f.StandIn(ports[1])
	if err != nil {
		return r, err
	}
	s.Kafka = []string{broker}
	return s.Start(ctx, f)
}

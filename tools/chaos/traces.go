package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/proto"

	"agrovet/tools/split/people"
)

// traces changes a profile and wants the spans of all processes that had to do with it in one trace, that of the client.
func traces(ctx context.Context, _ options, g *ground) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	spans := &collected{heard: map[string][]string{}}
	server := &http.Server{Handler: spans, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(l) }() // until Close
	defer server.Close()
	g.args = []string{"--tracing-endpoint=http://" + l.Addr().String() + "/v1/traces"}
	if err := g.apart(ctx); err != nil {
		return err
	}
	p, err := people.New(g.dial).Register(ctx, "specialist")
	if err != nil {
		return err
	}
	if err := soon(ctx, func() error { return welcome(ctx, p) }); err != nil {
		return err
	}
	if p.Token, err = p.Login(ctx); err != nil {
		return err // a session that profiles has to ask auth about
	}
	id := make([]byte, 16)
	_, _ = rand.Read(id) // never fails
	p.Client().Trace = "00-" + hex.EncodeToString(id) + "-00f067aa0ba902b7-01"
	if err := p.Patch(ctx, "profiles", fmt.Sprintf("/api/profiles/specialists/%d/", p.ID), people.JSON{"species": []string{"bovinos"}}); err != nil {
		return err
	}
	return soon(ctx, func() error { return spans.want(hex.EncodeToString(id)) })
}

// passed are parts of the names of spans that belong to the trace, each after the process whose it is.
var passed = []string{"agrovet-profiles PATCH", "agrovet-auth", "agrovet-foro foro-service-profiles-consumer profile.updated"}

// collected is a collector of spans: their processes and names, by trace.
type collected struct {
	mu    sync.Mutex
	heard map[string][]string
}

// ServeHTTP implements OTLP/HTTP with protobuf.
func (c *collected) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var in collector.ExportTraceServiceRequest
	if err = errors.Join(err, proto.Unmarshal(body, &in)); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, of := range in.ResourceSpans {
		var service string
		for _, a := range of.Resource.Attributes {
			if a.Key == "service.name" {
				service = a.Value.GetStringValue()
			}
		}
		for _, scope := range of.ScopeSpans {
			for _, s := range scope.Spans {
				id := hex.EncodeToString(s.TraceId)
				c.heard[id] = append(c.heard[id], service+" "+s.Name)
			}
		}
	}
}

// want says which spans the trace does not have.
func (c *collected) want(trace string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, part := range passed {
		if !slices.ContainsFunc(c.heard[trace], func(s string) bool { return strings.HasPrefix(s, part) }) {
			return fmt.Errorf("the trace has no span %q among %q", part, c.heard[trace])
		}
	}
	say("%d spans in one trace, among them %q", len(c.heard[trace]), passed)
	return nil
}

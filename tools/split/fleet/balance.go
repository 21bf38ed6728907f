package fleet

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"time"
)

// balance listens on a free port of this machine and hands requests and sockets to replicas by turns. Requests that
// find nobody get 502: nothing is sent twice.
func (f *Fleet) balance(replicas []string) (string, error) {
	targets := make([]*url.URL, len(replicas))
	for i, r := range replicas {
		u, err := url.Parse(r)
		if err != nil {
			return "", err
		}
		targets[i] = u
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	var turn atomic.Uint64
	proxy := &httputil.ReverseProxy{
		FlushInterval: -1,                                                      // event streams
		ErrorLog:      slog.NewLogLogger(slog.DiscardHandler, slog.LevelError), // clients that have gone
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(targets[turn.Add(1)%uint64(len(targets))])
			r.Out.Host = r.In.Host // links in answers lead back here
			r.SetXForwarded()
		},
	}
	server := &http.Server{Handler: proxy, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(l) }() // until Close
	f.OnClose(func() error {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if server.Shutdown(ctx) != nil {
			return server.Close()
		}
		return nil
	})
	return "http://" + l.Addr().String(), nil
}

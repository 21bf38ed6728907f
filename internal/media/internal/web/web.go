// Package web is media's routes (contract: rest.md §3): objects.go has the objects, tus.go uploads that
// survive a dead zone, files.go the bytes themselves.
package web

import (
	"net/http"
	"time"

	"agrovet/internal/media/internal/core"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const root = "/api/media/"

type handlers struct{ core *core.Core }

// Server is where routes outside the API are registered; *httpx.Server is one.
type Server = httpx.Server

// Register adds all routes.
func Register(r *httpx.Router, s *Server, c *core.Core) {
	h := &handlers{c}
	h.objects(r)
	h.uploads(r)
	h.files(s)
}

func route(method, path, id, summary, doc string, access httpx.Access) httpx.Route {
	return httpx.Route{Method: method, Path: root + path, ID: "media." + id, Summary: summary, Doc: doc, Access: access}
}

const (
	uploadTime = 10 * time.Minute // for a whole file in one request
	formRoom   = 1 << 20          // bytes of a form beside its file
)

// uploading is the allowance of one person, or of one address for those who are not signed in.
var uploading = httpx.RateLimit{Name: "media.uploads", By: httpx.ByUser, Limit: kv.Limit{Events: 600, Period: time.Hour}}

// takesFile completes a route that takes a file.
func (h *handlers) takesFile(r httpx.Route) httpx.Route {
	r.Files, r.MaxBody, r.Timeout = []string{"image", "audio", "file"}, h.core.Largest()+formRoom, uploadTime
	r.Limits = append(r.Limits, uploading)
	r.Errors = append(r.Errors, http.StatusBadGateway)
	return r
}

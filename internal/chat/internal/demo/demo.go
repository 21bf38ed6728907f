// Package demo is the page /demo/chat/: a whole chat in a few plain files, without a build and without other servers.
// It speaks as any client does, so it is an example of one, too: line.js is the connection, rooms.js what a device knows,
// view.js and app.js what is seen.
package demo

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v5"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

//go:embed site
var site embed.FS

// Root is the page's address.
const Root = "/demo/chat/"

// Policy is the page's Content-Security-Policy. Pictures may come from wherever files are kept.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; media-src 'self' https:; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Register adds the page and what it loads.
func Register(s *httpx.Server) {
	s.Raw(http.MethodGet, Root, httpx.Anyone, func(c *echo.Context) error { return serve(c, "index.html") })
	s.Raw(http.MethodGet, Root+"{name}", httpx.Anyone, func(c *echo.Context) error { return serve(c, c.Param("name")) })
}

// serve answers with a file, which is asked for anew each time and sent when it has changed.
func serve(c *echo.Context, name string) error {
	content, err := fs.ReadFile(site, path.Join("site", path.Base(name)))
	if err != nil {
		return errs.ErrNotFound
	}
	h := c.Response().Header()
	if name == "index.html" {
		h.Add("Vary", "Accept-Language")
		content = bytes.ReplaceAll(content, []byte("{{lang}}"), []byte(httpx.Lang(c.Request().Context())))
	}
	sum := sha256.Sum256(content)
	etag := `"` + hex.EncodeToString(sum[:12]) + `"`
	h.Set("ETag", etag)
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Security-Policy", Policy)
	if strings.Contains(c.Request().Header.Get("If-None-Match"), etag) {
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(http.StatusOK, mime.TypeByExtension(path.Ext(name)), content)
}

package httpx

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/labstack/echo/v5"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx/apidocs"
)

// docsRoutes serve the OpenAPI document, under the original's names as well, and the pages that
// show it.
func (s *Server) docsRoutes() {
	asJSON := sync.OnceValues(func() (*document, error) {
		b, err := s.documentJSON()
		return newDocument("application/json", b), err
	})
	asYAML := sync.OnceValues(func() (*document, error) {
		d, err := asJSON()
		if err != nil {
			return nil, err
		}
		b, err := documentYAML(d.plain)
		return newDocument("application/yaml", b), err
	})
	for _, path := range []string{"/openapi.json", "/swagger.json", "/swagger.json/"} {
		s.Raw(http.MethodGet, path, Anyone, serveDocument(asJSON))
	}
	for _, path := range []string{"/openapi.yaml", "/swagger.yaml", "/swagger.yaml/"} {
		s.Raw(http.MethodGet, path, Anyone, serveDocument(asYAML))
	}
	s.pageRoutes()
}

// Document serves another JSON document that describes the API, and names it in the OpenAPI document as what it is
// about. It is made when it is first asked for.
func (s *Server) Document(path, about string, make func() ([]byte, error)) {
	info := s.api.OpenAPI().Info
	info.Description += fmt.Sprintf("\n\n%s: [%s](%s).", about, strings.TrimPrefix(path, "/"), path)
	s.Raw(http.MethodGet, path, Anyone, serveDocument(sync.OnceValues(func() (*document, error) {
		b, err := make()
		return newDocument("application/json", b), err
	})))
}

// pageRoutes adds the pages and what they load. Nothing of it is read before somebody asks: most
// processes never show them, and need not have them in memory.
func (s *Server) pageRoutes() {
	site := sync.OnceValues(apidocs.Load)
	for _, path := range apidocs.Pages {
		s.Raw(http.MethodGet, path, Anyone, func(c *echo.Context) error {
			docs, err := site()
			if err != nil {
				return err
			}
			c.Response().Header().Set("Content-Security-Policy", apidocs.Policy)
			c.Response().Header().Set("Cache-Control", "no-cache")
			return c.HTMLBlob(http.StatusOK, docs.Pages[path])
		})
	}
	s.Raw(http.MethodGet, apidocs.Root+"{version}/{name}", Anyone, func(c *echo.Context) error {
		docs, err := site()
		if err != nil {
			return err
		}
		a, ok := docs.Assets[c.Request().URL.Path]
		if !ok {
			return errs.ErrNotFound
		}
		c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		return writeEither(c, a.Type, a.Gzip, a.Plain)
	})
}

// document is the finished OpenAPI document, as it is sent again and again.
type document struct {
	kind, etag  string
	plain, gzip []byte
}

func newDocument(kind string, plain []byte) *document {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write(plain) // a buffer takes everything
	_ = z.Close()
	sum := sha256.Sum256(plain)
	return &document{kind: kind, etag: `W/"` + hex.EncodeToString(sum[:12]) + `"`, plain: plain, gzip: zipped.Bytes()}
}

func serveDocument(get func() (*document, error)) echo.HandlerFunc {
	return func(c *echo.Context) error {
		d, err := get()
		if err != nil {
			return err
		}
		h := c.Response().Header()
		h.Set("Cache-Control", "no-cache")
		h.Set("ETag", d.etag)
		if matches(c.Request().Header.Get("If-None-Match"), d.etag) {
			return c.NoContent(http.StatusNotModified)
		}
		return writeEither(c, d.kind, d.gzip, func() ([]byte, error) { return d.plain, nil })
	}
}

// writeEither writes what is kept compressed as the client takes it.
func writeEither(c *echo.Context, kind string, zipped []byte, plain func() ([]byte, error)) error {
	c.Response().Header().Add("Vary", "Accept-Encoding")
	if acceptsGzip(c.Request()) {
		c.Response().Header().Set("Content-Encoding", "gzip")
		return c.Blob(http.StatusOK, kind, zipped)
	}
	b, err := plain()
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, kind, b)
}

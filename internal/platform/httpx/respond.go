package httpx

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v5"

	"agrovet/internal/platform/authn"
)

// The answer of a typed route is held in memory until it is complete. So one that cannot be written
// becomes a clean 500, a read gets an ETag, and what is large enough is compressed.

// compressFrom is the size in bytes below which compressing a body costs more than it saves.
const compressFrom = 512

var (
	buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
	zippers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}
)

// keepBuffer is the largest buffer that waits for the next request.
const keepBuffer = 64 << 10

// respond sends what the steps behind it answered. When Status is 0, one of them has answered on
// its own.
func respond(ctx huma.Context, next func(huma.Context)) {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	held := &heldContext{ctx, &answer{Header: http.Header{}}, buf}
	next(held)
	if held.held.Status != 0 {
		deliver(humaecho.Unwrap(ctx), held.answer())
	}
	if buf.Cap() <= keepBuffer {
		buffers.Put(buf)
	}
}

// deliver writes the answer. The client may be gone by now: nothing to do about that.
func deliver(c *echo.Context, a *answer) {
	r, h := c.Request(), c.Response().Header()
	for k, values := range a.Header {
		if k == "Vary" {
			values = append(values, h[k]...)
		}
		h[k] = values
	}
	if h["Vary"] == nil {
		h["Vary"] = valueVary
	} else {
		h.Add("Vary", valueVary[0])
	}
	if a.Status == http.StatusOK && !isWrite(r.Method) {
		revalidate(c, a)
	}
	if a.Status == http.StatusNotModified || a.Status == http.StatusNoContent {
		h.Del("Content-Type")
		c.Response().WriteHeader(a.Status)
		return
	}
	if len(a.Body) >= compressFrom && acceptsGzip(r) {
		compressed(c, a)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(a.Body)))
	c.Response().WriteHeader(a.Status)
	_, _ = c.Response().Write(a.Body)
}

// revalidate lets a client keep a read's answer and ask only whether it is still the same, which
// costs a phone a few bytes. Handlers may set an ETag or Cache-Control of their own.
func revalidate(c *echo.Context, a *answer) {
	h := c.Response().Header()
	if a.Header.Get("Cache-Control") == "" {
		h["Cache-Control"] = cacheControl(c)
	}
	if h.Get("ETag") == "" {
		sum := sha256.Sum256(a.Body)
		h.Set("ETag", `W/"`+base64.RawURLEncoding.EncodeToString(sum[:15])+`"`)
	}
	if matches(c.Request().Header.Get("If-None-Match"), h.Get("ETag")) {
		a.Status = http.StatusNotModified
	}
}

func cacheControl(c *echo.Context) []string {
	if _, signedIn := authn.From(c.Request().Context()); signedIn {
		return valuePrivate
	}
	return valueNoCache
}

// matches compares as If-None-Match does: weakly (RFC 9110 §13.1.2).
func matches(header, etag string) bool {
	if header == "" {
		return false
	}
	for one := range strings.SplitSeq(header, ",") {
		one = strings.TrimSpace(one)
		if one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(etag, "W/") {
			return true
		}
	}
	return false
}

func compressed(c *echo.Context, a *answer) {
	c.Response().Header().Set("Content-Encoding", "gzip")
	c.Response().WriteHeader(a.Status)
	z := zippers.Get().(*gzip.Writer)
	z.Reset(c.Response())
	_, _ = z.Write(a.Body)
	_ = z.Close()
	zippers.Put(z)
}

// acceptsGzip says whether the client takes gzip; "gzip;q=0" says that it does not.
func acceptsGzip(r *http.Request) bool {
	for one := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		coding, parameter, _ := strings.Cut(one, ";")
		if coding = strings.TrimSpace(coding); coding == "gzip" || coding == "*" {
			return quality(parameter) > 0
		}
	}
	return false
}

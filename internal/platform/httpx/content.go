package httpx

import (
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v5"
)

// ServeContent answers with content, or with the range of it that the request asks for, as
// http.ServeContent does. A file goes to the connection without a way through this process's memory.
//
// The first bytes are read before the header is written: content from elsewhere that is gone or away
// by then is an error, with nothing answered, and not an answer that breaks off.
func ServeContent(c *echo.Context, modified time.Time, content io.ReadSeeker) error {
	r, err := echo.UnwrapResponse(c.Response())
	if err != nil {
		return err
	}
	w := &direct{Response: r}
	http.ServeContent(w, c.Request(), "", modified, content)
	switch {
	case w.err != nil:
		for _, of := range []string{"Accept-Ranges", "Content-Disposition", "Content-Length", "Content-Range", "Etag", "Last-Modified"} {
			r.Header().Del(of)
		}
	case !r.Committed: // a header without a body
		r.WriteHeader(w.code)
	}
	return w.err
}

// direct hands what is copied into a response to the connection, which knows a faster way for files.
type direct struct {
	*echo.Response
	code int   // what WriteHeader was called with
	err  error // why the header was never written
}

func (d *direct) WriteHeader(code int) { d.code = code }

func (d *direct) Write(p []byte) (int, error) {
	if !d.Committed {
		d.Response.WriteHeader(d.code)
	}
	return d.Response.Write(p)
}

// ReadFrom is called once, behind WriteHeader.
func (d *direct) ReadFrom(src io.Reader) (int64, error) {
	var first [512]byte
	n, err := io.ReadAtLeast(src, first[:], 1)
	if err != nil && !errors.Is(err, io.EOF) {
		d.err = err
		return 0, err
	}
	if n, err := d.Write(first[:n]); err != nil {
		return int64(n), err
	}
	rest, err := io.Copy(d.ResponseWriter, src)
	d.Size += rest
	return int64(n) + rest, err
}

package httpx

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"agrovet/internal/platform/errs"
)

// Like the original, every write accepts JSON, a URL-encoded form or a multipart form. This step
// reads the body whatever it is, brings the values of a form (and sloppy JSON: numbers as text and
// the like) to the types of the route's input, and hands huma canonical JSON.

// MaxBody is the limit of an ordinary body in bytes; routes may set their own.
const MaxBody = 1 << 20

const (
	bodyReadTimeout = 30 * time.Second // a slow phone may take that long for an ordinary body
	formMemory      = 64 << 10         // bytes of a multipart form in memory; files beyond go to disk
)

// Files are the files of a multipart body, by field name, in the order sent.
type Files map[string][]*multipart.FileHeader

// FilesOf returns the files that came with the request; nil when none did.
func FilesOf(ctx context.Context) Files {
	if r := requestOf(ctx); r != nil {
		return r.files
	}
	return nil
}

// First returns the first file of the field, nil when there is none.
func (f Files) First(field string) *multipart.FileHeader {
	if len(f[field]) == 0 {
		return nil
	}
	return f[field][0]
}

// digest writes what the files are into h, so that two bodies with different files differ.
func (f Files) digest(h io.Writer) {
	for _, field := range slices.Sorted(maps.Keys(f)) {
		for _, file := range f[field] {
			fmt.Fprintf(h, "\n%q %q %d\n", field, file.Filename, file.Size)
			if opened, err := file.Open(); err == nil {
				_, _ = io.Copy(h, opened) // what cannot be read here, the handler cannot read either
				opened.Close()
			}
		}
	}
}

// bodyContext is a huma context whose body has been read and brought into shape.
type bodyContext struct {
	humaContext
	body []byte
}

// humaContext has another name than Context, so that it can be embedded beside its method Context.
type humaContext = huma.Context

func (c *bodyContext) Unwrap() huma.Context              { return c.humaContext }
func (c *bodyContext) BodyReader() io.Reader             { return bytes.NewReader(c.body) }
func (c *bodyContext) SetReadDeadline(_ time.Time) error { return nil }
func (c *bodyContext) WithContext(ctx context.Context) huma.Context {
	return &bodyContext{huma.WithContext(c.humaContext, ctx), c.body}
}

func (c *bodyContext) Header(name string) string {
	if strings.EqualFold(name, "Content-Type") {
		return "application/json"
	}
	return c.humaContext.Header(name)
}

// bodyLimits of a route.
type bodyLimits struct {
	bytes int64
	time  time.Duration
}

// shapeBody is the middleware of routes with a body.
func shapeBody(registry huma.Registry, limits bodyLimits) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		c := humaecho.Unwrap(ctx)
		r := c.Request()
		value, err := limits.read(ctx, r, c.Response())
		if form := r.MultipartForm; form != nil {
			defer form.RemoveAll()
			requestOf(r.Context()).files = form.File
		}
		if err != nil {
			writeProblem(c, err)
			return
		}
		body, err := canonical(registry, ctx.Operation(), value)
		if err != nil {
			writeProblem(c, err)
			return
		}
		next(&bodyContext{ctx, body})
	}
}

// read reads the whole body within the limits. Not every writer has deadlines: without them the
// server's own hold. The deadline must not outlive the body, or the connection's watcher would take
// it for the client's departure and cancel the handler.
func (l bodyLimits) read(ctx huma.Context, r *http.Request, w http.ResponseWriter) (any, error) {
	_ = ctx.SetReadDeadline(time.Now().Add(l.time))
	r.Body = http.MaxBytesReader(w, r.Body, l.bytes)
	value, err := readBody(r)
	if err == nil {
		_ = ctx.SetReadDeadline(time.Time{})
	}
	return value, err
}

// readBody returns the body as JSON's Go values: numbers as json.Number, a form's as strings.
// No body is an empty object.
func readBody(r *http.Request) (any, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil && r.Header.Get("Content-Type") != "" {
		return nil, unsupportedMedia(r.Header.Get("Content-Type"))
	}
	switch {
	case kind == "application/json", strings.HasSuffix(kind, "+json"):
		b, err := readAll(r.Body)
		if err != nil {
			return nil, err
		}
		return readJSON(b)
	case kind == "multipart/form-data":
		if err := r.ParseMultipartForm(formMemory); err != nil {
			return nil, bodyError(err, "Multipart form parse error - %v")
		}
		return fromForm(r.MultipartForm.Value)
	case kind == "application/x-www-form-urlencoded":
		b, err := readAll(r.Body)
		if err != nil {
			return nil, err
		}
		form, err := url.ParseQuery(string(b))
		if err != nil {
			return nil, bodyError(err, "Form parse error - %v")
		}
		return fromForm(form)
	case kind == "": // no type: fine when there is no body either
		var one [1]byte
		if n, _ := r.Body.Read(one[:]); n == 0 {
			return map[string]any{}, nil
		}
	}
	return nil, unsupportedMedia(kind)
}

func unsupportedMedia(kind string) error {
	e := *errs.ErrUnsupportedMedia
	e.Text = errs.Text{
		ES: fmt.Sprintf("Tipo de medio %q incompatible en la solicitud.", kind),
		EN: fmt.Sprintf("Unsupported media type %q in request.", kind),
	}
	return &e
}

// ErrBodyIncomplete is the answer to a body that stops before its end, or takes too long.
var ErrBodyIncomplete = errs.New(errs.Invalid, "body_incomplete",
	"El cuerpo de la solicitud no llegó completo.", "The request's body did not arrive in full.")

// bodyError tells a body that is too large or too slow from one that is wrong.
func bodyError(err error, format string) error {
	var large *http.MaxBytesError
	var network net.Error
	if errors.As(err, &large) || errors.Is(err, multipart.ErrMessageTooLarge) {
		return errs.ErrTooLarge
	}
	if errors.As(err, &network) {
		return ErrBodyIncomplete.Wrap(err)
	}
	text := fmt.Sprintf(format, err)
	return errs.New(errs.Invalid, "parse_error", text, text)
}

func readAll(body io.Reader) ([]byte, error) {
	b, err := io.ReadAll(body)
	if err != nil && !errors.As(err, new(*http.MaxBytesError)) {
		return nil, ErrBodyIncomplete.Wrap(err)
	}
	if err != nil {
		return nil, errs.ErrTooLarge
	}
	return b, nil
}

func readJSON(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		if errors.Is(err, io.EOF) {
			return map[string]any{}, nil
		}
		return nil, bodyError(err, "JSON parse error - %v")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, bodyError(errors.New("extra data after the value"), "JSON parse error - %v")
	}
	return v, nil
}

func fromForm(form map[string][]string) (any, error) {
	object := make(map[string]any, len(form))
	for k, values := range form {
		if len(values) == 1 {
			object[k] = values[0]
			continue
		}
		list := make([]any, len(values))
		for i, v := range values {
			list[i] = v
		}
		object[k] = list
	}
	return object, nil
}

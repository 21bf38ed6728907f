package httpx

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v5"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

// problem is an error on its way out: the JSON of the contract (rest.md §1.1).
type problem struct {
	err *errs.Error
	req *request
}

func (p *problem) Error() string  { return p.err.Error() }
func (p *problem) Unwrap() error  { return p.err }
func (p *problem) GetStatus() int { return p.err.Kind.Status() }

// GetHeaders makes huma send the headers that belong to the status.
func (p *problem) GetHeaders() http.Header { return headers(p.err) }

// MarshalJSON gives {"detail":…,"code":…} or {"<field>":["…"],"code":…}.
func (p *problem) MarshalJSON() ([]byte, error) {
	lang, body := "es", map[string]any{"code": p.err.Code}
	if p.req != nil {
		lang = p.req.lang
		if p.GetStatus() >= 500 {
			body["request_id"] = p.req.id
		}
	}
	for _, f := range p.err.Fields {
		if f.Scalar {
			body[f.Name] = f.Text.In(lang)
			continue
		}
		list, _ := body[f.Name].([]string)
		body[f.Name] = append(list, f.Text.In(lang))
	}
	if len(p.err.Fields) == 0 {
		body["detail"] = p.err.Text.In(lang)
		if p.err.Alias != "" {
			body[p.err.Alias] = p.err.Text.In(lang)
		}
	}
	return json.Marshal(body)
}

// Schema documents the error's shape, once for all routes.
func (p *problem) Schema(r huma.Registry) *huma.Schema {
	const name = "Error"
	if r.Map()[name] == nil {
		r.Map()[name] = problemSchema()
	}
	return &huma.Schema{Ref: "#/components/schemas/" + name}
}

func problemSchema() *huma.Schema {
	texts := func(d string) *huma.Schema {
		return &huma.Schema{Description: d, OneOf: []*huma.Schema{
			{Type: "string"}, {Type: "array", Items: &huma.Schema{Type: "string"}},
		}}
	}
	return &huma.Schema{
		Type:        "object",
		Description: "What went wrong. Either `detail`, or one key per wrong field with its texts.",
		Properties: map[string]*huma.Schema{
			"code":       texts("Stable, for programs. Only where a field of this name is wrong, these are its texts."),
			"detail":     texts("For people, in Spanish or English by Accept-Language."),
			"request_id": texts("Only with 5xx: quote it when you report the error."),
		},
		Required:             []string{"code"},
		AdditionalProperties: texts("What is wrong with the field of this name."),
	}
}

func headers(e *errs.Error) http.Header {
	h := http.Header{}
	switch e.Kind {
	case errs.Unauthenticated:
		h.Set("WWW-Authenticate", "Token")
	case errs.RateLimited, errs.Unavailable:
		if e.RetryAfter > 0 {
			h.Set("Retry-After", strconv.Itoa(int(math.Ceil(e.RetryAfter.Seconds()))))
		}
	}
	return h
}

// problemOf turns any error into what the client is told, and logs what it is not told.
func problemOf(ctx context.Context, err error) *problem {
	return &problem{Failure(ctx, err), requestOf(ctx)}
}

// Failure is what may be told of an error; what may not is logged.
func Failure(ctx context.Context, err error) *errs.Error {
	e := classify(ctx, err)
	switch {
	case e.Kind.Status() < 500:
	case errors.Is(ctx.Err(), context.Canceled):
		slog.InfoContext(ctx, "request given up by the client", "error", err)
	default:
		slog.ErrorContext(ctx, "request failed", "code", e.Code, "error", err)
	}
	return e
}

// failed is problemOf for handlers. It also notes that the database asks for another try, which a
// surrounding transaction can give.
func failed(ctx context.Context, err error) *problem {
	if r := requestOf(ctx); r != nil && pg.Retryable(err) {
		r.conflict = err
	}
	return problemOf(ctx, err)
}

// classify finds the shown error in err: its own, or what kind of trouble with the database or the
// deadline it is.
func classify(ctx context.Context, err error) *errs.Error {
	var e *errs.Error
	switch {
	case errors.As(err, &e):
		return e
	case errors.Is(err, context.DeadlineExceeded), ctx.Err() != nil, pg.TimedOut(err):
		return errs.ErrTimeout.Wrap(err)
	case pg.Retryable(err), pg.Unavailable(err):
		return errs.ErrUnavailable.Wrap(err).After(2 * time.Second)
	}
	return errs.ErrInternal.Wrap(err)
}

// writeProblem answers outside huma: from middleware and from echo's router.
func writeProblem(c *echo.Context, err error) {
	if r, e := echo.UnwrapResponse(c.Response()); e == nil && r.Committed {
		return
	}
	p := problemOf(c.Request().Context(), err)
	for k, v := range p.GetHeaders() {
		c.Response().Header()[k] = v
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	body, _ := p.MarshalJSON() // only maps of strings: cannot fail
	_ = c.JSONBlob(p.GetStatus(), body)
}

// fromEcho translates the router's own errors.
func fromEcho(c *echo.Context, err error) error {
	var coded echo.HTTPStatusCoder
	var ours *errs.Error
	if errors.As(err, &ours) || !errors.As(err, &coded) {
		return err
	}
	switch coded.StatusCode() {
	case http.StatusNotFound:
		return errs.ErrNotFound
	case http.StatusMethodNotAllowed:
		return methodNotAllowed(c.Request().Method)
	case http.StatusRequestEntityTooLarge:
		return errs.ErrTooLarge
	}
	return &errs.Error{Kind: errs.KindOf(coded.StatusCode()), Code: "http", Text: errs.Text{
		ES: "Solicitud incorrecta.", EN: http.StatusText(coded.StatusCode())}}
}

func methodNotAllowed(method string) error {
	return errs.New(errs.MethodNotAllowed, "method_not_allowed",
		fmt.Sprintf("Método %q no permitido.", method), fmt.Sprintf("Method %q not allowed.", method))
}

// installHumaErrors makes huma's own errors (validation, unreadable bodies) ours. It runs once.
func installHumaErrors() {
	huma.NewError = func(status int, msg string, causes ...error) huma.StatusError {
		return &problem{err: fromHuma(status, msg, causes)}
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, msg string, causes ...error) huma.StatusError {
		return &problem{err: fromHuma(status, msg, causes), req: requestOf(ctx.Context())}
	}
}

func fromHuma(status int, msg string, causes []error) *errs.Error {
	var fields []errs.Field
	for _, c := range causes {
		var e *errs.Error
		if errors.As(c, &e) {
			return e
		}
		var d *huma.ErrorDetail
		if !errors.As(c, &d) {
			continue
		}
		if path, ok := pathParameter(d.Location); ok && path != "" {
			return errs.ErrNotFound // an id that is not a number names nothing
		}
		fields = append(fields, validationField(d))
	}
	switch {
	case len(fields) > 0:
		return errs.InvalidFields(fields...)
	case status == http.StatusUnprocessableEntity || status == http.StatusBadRequest:
		return errs.New(errs.Invalid, "invalid", "Solicitud incorrecta.", "Bad request: "+msg)
	case status >= 500:
		return errs.ErrInternal.Wrap(fmt.Errorf("%s: %w", msg, errors.Join(causes...)))
	}
	return errs.New(errs.KindOf(status), "http", "Solicitud incorrecta.", msg)
}

// Package errs is agrovet's one error model.
//
// An [Error] has a [Kind], which decides the HTTP status; a code, which is stable and meant for
// programs; and one short text in Spanish and English, which is meant for people and safe to show
// to anybody. What went wrong underneath travels as the cause: it is logged, never shown.
//
// Faces declare their errors as package variables, made with [New]; the core returns them, bare or
// with a cause ([Error.Wrap]); platform/httpx turns them into answers; and module clients rebuild
// them from code and kind, so that errors.Is means the same on both sides of a wire.
package errs

import (
	"errors"
	"fmt"
	"time"
)

// Kind is the class of an error. It decides the HTTP status and nothing else.
type Kind uint8

// The kinds, each with the HTTP status it becomes.
const (
	Internal         Kind = iota // 500: our fault; the text is never specific
	Invalid                      // 400: the request is wrong
	Unauthenticated              // 401: who are you?
	Forbidden                    // 403: known, but not allowed
	NotFound                     // 404
	MethodNotAllowed             // 405
	Conflict                     // 409: true when asked again later, or with newer data
	Precondition                 // 412: If-Match and the like
	TooLarge                     // 413
	UnsupportedMedia             // 415
	Unprocessable                // 422: an idempotency key used again for something else
	RateLimited                  // 429, with RetryAfter
	BadGateway                   // 502: somebody outside failed us
	Unavailable                  // 503, with RetryAfter where known: says nothing about whether it happened
	Timeout                      // 504: the request's deadline passed
)

var statuses = map[Kind]int{
	Internal: 500, Invalid: 400, Unauthenticated: 401, Forbidden: 403, NotFound: 404, MethodNotAllowed: 405,
	Conflict: 409, Precondition: 412, TooLarge: 413, UnsupportedMedia: 415, Unprocessable: 422,
	RateLimited: 429, BadGateway: 502, Unavailable: 503, Timeout: 504,
}

// Status is the HTTP status of the kind.
func (k Kind) Status() int { return statuses[k] }

// KindOf is the kind of an HTTP status; Internal for statuses that no kind has.
func KindOf(status int) Kind {
	for k, s := range statuses {
		if s == status {
			return k
		}
	}
	return Internal
}

// Text is what people read, in the product's two languages.
type Text struct{ ES, EN string }

// In returns the text in the language ("en" is English, everything else Spanish).
func (t Text) In(lang string) string {
	if lang == "en" && t.EN != "" {
		return t.EN
	}
	return t.ES
}

// Field is what is wrong with one field of the request.
type Field struct {
	Name   string // as the client spelled it; "non_field_errors" for the whole object
	Text   Text
	Scalar bool // the original answers these with a bare string, not a list
}

// Error is an error that can be shown. Compare with errors.Is: two Errors are the same when their
// codes are.
type Error struct {
	Kind       Kind
	Code       string // e.g. "auth.token_invalid"; stable, part of the API
	Text       Text
	Fields     []Field       // with fields, the answer is {"field":["…"],"code":…} and Text is not shown
	RetryAfter time.Duration // with RateLimited and Unavailable; 0 when unknown
	Alias      string        // a second key under which the text is shown ("error" at login)
	cause      error
}

// New makes an error to be declared in a face. Codes are "<module>.<what>".
func New(kind Kind, code, es, en string) *Error {
	return &Error{Kind: kind, Code: code, Text: Text{es, en}}
}

// InvalidFields makes the error of a request with wrong fields.
func InvalidFields(fields ...Field) *Error {
	return &Error{Kind: Invalid, Code: "invalid", Fields: fields}
}

// InField makes the error of one wrong field.
func InField(name, es, en string) *Error {
	return InvalidFields(Field{Name: name, Text: Text{es, en}})
}

// At says that e is about the named field, so that the answer has the field's shape.
// The code stays e's.
func (e *Error) At(field string) *Error {
	c := *e
	c.Fields = []Field{{Name: field, Text: e.Text}}
	return &c
}

// Wrap returns e with what caused it, for the log.
func (e *Error) Wrap(cause error) *Error {
	c := *e
	c.cause = cause
	return &c
}

// After returns e with the time after which asking again makes sense.
func (e *Error) After(d time.Duration) *Error {
	c := *e
	c.RetryAfter = d
	return &c
}

func (e *Error) Error() string {
	text := e.Code
	for _, f := range e.Fields {
		text += fmt.Sprintf(" %s: %s", f.Name, f.Text.EN)
	}
	if e.Text.EN != "" {
		text += ": " + e.Text.EN
	}
	if e.cause != nil {
		text += ": " + e.cause.Error()
	}
	return text
}

func (e *Error) Unwrap() error { return e.cause }

// Is makes errors.Is compare codes.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// As returns the Error in err's chain, or a plain internal one that wraps err.
func As(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return ErrInternal.Wrap(err)
}

// Errors that belong to no module.
var (
	ErrInternal         = New(Internal, "internal", "Error interno. Intente de nuevo más tarde.", "Internal error. Try again later.")
	ErrNotFound         = New(NotFound, "not_found", "No encontrado.", "Not found.")
	ErrForbidden        = New(Forbidden, "forbidden", "Usted no tiene permiso para realizar esta acción.", "You do not have permission to perform this action.")
	ErrUnauthenticated  = New(Unauthenticated, "not_authenticated", "Las credenciales de autenticación no se proveyeron.", "Authentication credentials were not provided.")
	ErrTokenInvalid     = New(Unauthenticated, "token_invalid", "Token inválido.", "Invalid token.")
	ErrTokenEmpty       = New(Unauthenticated, "token_empty", "Cabecera token inválida. Las credenciales no fueron suministradas.", "Invalid token header. No credentials provided.")
	ErrTokenBlank       = New(Unauthenticated, "token_blank", "Cabecera token inválida. La cadena token no debe contener espacios.", "Invalid token header. Token string should not contain spaces.")
	ErrRateLimited      = New(RateLimited, "rate_limited", "Demasiadas solicitudes. Espere un momento.", "Too many requests. Wait a moment.")
	ErrUnavailable      = New(Unavailable, "unavailable", "Servicio no disponible por el momento. Intente de nuevo.", "Service unavailable right now. Try again.")
	ErrTimeout          = New(Timeout, "timeout", "La solicitud tardó demasiado. Intente de nuevo.", "The request took too long. Try again.")
	ErrTooLarge         = New(TooLarge, "too_large", "La solicitud es demasiado grande.", "The request is too large.")
	ErrUnsupportedMedia = New(UnsupportedMedia, "unsupported_media_type", "Tipo de medio incompatible en la solicitud.", "Unsupported media type in request.")
	ErrPage             = New(NotFound, "invalid_page", "Página inválida.", "Invalid page.")
	ErrCursor           = New(Invalid, "invalid_cursor", "Cursor inválido.", "Invalid cursor.")
)

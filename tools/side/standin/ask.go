package standin

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

type object = map[string]any

// handler answers with a status and what becomes JSON, or fails with a refusal.
type handler func(a *ask) (status int, answer any, err error)

// refusal is an answer that is no success.
type refusal struct {
	status int
	body   object
}

func (r *refusal) Error() string { return fmt.Sprint(r.status, " ", r.body) }

func refuse(status int, detail string) error { return &refusal{status, object{"detail": detail}} }

func missing(field string) error {
	return &refusal{http.StatusBadRequest, object{field: []string{"Este campo es requerido."}}}
}

var (
	errNotFound = refuse(http.StatusNotFound, "No encontrado.")
	errNobody   = refuse(http.StatusUnauthorized, "Las credenciales de autenticación no se proveyeron.")
	errToken    = refuse(http.StatusUnauthorized, "Token inválido.")
	errAuthAway = refuse(http.StatusServiceUnavailable, "Auth Service no responde.")
)

// ask is a request at work.
type ask struct {
	*http.Request
	*Server
	body object
}

func (s *Server) serve(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		a := &ask{Request: r, Server: s}
		err := a.read()
		var status int
		var answer any
		if err == nil {
			status, answer, err = h(a)
		}
		var no *refusal
		switch {
		case err == nil:
			write(w, status, answer)
		case errors.As(err, &no):
			write(w, no.status, no.body)
		default:
			write(w, http.StatusInternalServerError, object{"detail": err.Error()})
		}
	}
}

func write(w http.ResponseWriter, status int, answer any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if status != http.StatusNoContent {
		_ = json.NewEncoder(w).Encode(answer) // fails when the client has gone
	}
}

// read reads JSON, or a form, into body.
func (a *ask) read() error {
	a.body = object{}
	switch kind := a.Header.Get("Content-Type"); {
	case a.Method == http.MethodGet || a.ContentLength == 0:
		return nil
	case strings.HasPrefix(kind, "application/json"):
		if err := json.NewDecoder(a.Body).Decode(&a.body); err != nil {
			return refuse(http.StatusBadRequest, "JSON parse error - "+err.Error())
		}
		return nil
	}
	if err := a.ParseMultipartForm(1 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return refuse(http.StatusBadRequest, err.Error())
	}
	for k, v := range a.PostForm {
		a.body[k] = v[0]
	}
	return nil
}

// text is a field of the body as a text; nil: it is not there, or null.
func (a *ask) text(fields ...string) *string {
	for _, f := range fields {
		switch v := a.body[f].(type) {
		case nil:
		case float64:
			s := strconv.FormatFloat(v, 'f', -1, 64)
			return &s
		default:
			s := fmt.Sprint(v)
			return &s
		}
	}
	return nil
}

// need is a text that has to be there.
func (a *ask) need(field string) (string, error) {
	if s := a.text(field); s != nil && *s != "" {
		return *s, nil
	}
	return "", missing(field)
}

// id is a number of the path.
func (a *ask) id() int64 { return number(a.PathValue("id")) }

// number is the one that a text has; 0: it has none.
func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64) // ids begin with 1
	return n
}

// ids are a list of the body, of numbers or texts.
func (a *ask) ids(fields ...string) (all []int64) {
	for _, f := range fields {
		list, _ := a.body[f].([]any)
		for _, v := range list {
			all = append(all, number(fmt.Sprint(v)))
		}
	}
	return all
}

// row is the one that a statement finds, or returns, as JSON.
func (a *ask) row(sql string, args ...any) (raw json.RawMessage, err error) {
	err = a.pool.QueryRow(a.Context(), "with x as ("+sql+") select to_jsonb(x) from x", args...).Scan(&raw)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, errNotFound
	}
	return raw, err
}

// rows are all that a query finds.
func (a *ask) rows(sql string, args ...any) (raw json.RawMessage, err error) {
	err = a.pool.QueryRow(a.Context(), "with x as ("+sql+") select coalesce(jsonb_agg(to_jsonb(x)), '[]') from x", args...).Scan(&raw)
	return raw, err
}

// page is twenty of them, in the framework's envelope.
func (a *ask) page(sql, order string, args ...any) (int, any, error) {
	const size = 20
	n := max(1, number(a.URL.Query().Get("page")))
	var count int64
	var raw json.RawMessage
	err := a.pool.QueryRow(a.Context(), fmt.Sprintf(`with x as materialized (%s) select (select count(*) from x),
		coalesce((select jsonb_agg(to_jsonb(y)) from (select * from x order by %s limit %d offset %d) y), '[]')`, sql, order, size, (n-1)*size), args...).Scan(&count, &raw)
	if err != nil {
		return 0, nil, err
	}
	if n > 1 && (n-1)*size >= count {
		return 0, nil, refuse(http.StatusNotFound, "Página inválida.")
	}
	answer := object{"count": count, "next": nil, "previous": nil, "results": raw}
	if n*size < count {
		answer["next"] = a.to(n + 1)
	}
	if n > 1 {
		answer["previous"] = a.to(n - 1)
	}
	return http.StatusOK, answer, nil
}

// to is the address of another page.
func (a *ask) to(page int64) string {
	query := a.URL.Query()
	query.Set("page", strconv.FormatInt(page, 10))
	return "http://" + a.Host + a.URL.Path + "?" + query.Encode()
}

// exec runs a statement and tells how many rows it changed.
func (a *ask) exec(sql string, args ...any) (int64, error) {
	tag, err := a.pool.Exec(a.Context(), sql, args...)
	return tag.RowsAffected(), err
}

// made is the answer to what made a row.
func made(raw json.RawMessage, err error) (int, any, error) { return http.StatusCreated, raw, err }

// found is the answer to what found or changed one.
func found(raw json.RawMessage, err error) (int, any, error) { return http.StatusOK, raw, err }

package authmod_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"agrovet/internal/auth/authmod"
)

// elder is the original's auth (contract: rest.md §2): numbers compare letter by letter, a user has one token, and
// anybody who is signed in finds anybody.
type elder struct {
	t      testing.TB
	server *httptest.Server
	mu     sync.Mutex
	people []object
	away   bool
	asked  map[string]int // by path
}

const theirs = "testpass123" // everybody's password there

func newElder(t testing.TB) *elder {
	e := &elder{t: t, asked: map[string]int{}}
	e.server = httptest.NewServer(http.HandlerFunc(e.serve))
	t.Cleanup(e.server.Close)
	return e
}

// beside runs a world's auth beside the elder.
func (e *elder) beside(cfg *authmod.Config) {
	cfg.Original = authmod.Original{URL: e.server.URL + "/", Token: tokenThere(1), Timeout: 30 * time.Second}
}

// lives adds somebody; more are fields and their values.
func (e *elder) lives(id int, number string, more ...any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	p := object{"id": id, "full_name": fmt.Sprintf("Persona %d", id), "last_name": "De Antes", "phone_number": number, "role": "Specialist",
		"bio": "Ovejas.", "profile_picture": "https://old.example/7.jpg", "latitude": "-17.3895000", "longitude": "-66.1568000",
		"date_joined": "2021-02-03T04:05:06.000007Z", "is_active": true, "specialist_profile": nil}
	for i := 0; i < len(more); i += 2 {
		p[more[i].(string)] = more[i+1]
	}
	e.people = append(e.people, p)
}

func (e *elder) goes(away bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.away = away
}

// times says how often a question was put: me, login or search.
func (e *elder) times(question string) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.asked[map[string]string{"me": "/api/auth/users/me/", "login": "/api/auth/login/", "search": "/api/auth/users/"}[question]]
}

// tokenThere is the token that the elder gave the user.
func tokenThere(id int) string {
	sum := sha256.Sum256([]byte(fmt.Sprint("elder", id)))
	return hex.EncodeToString(sum[:20])
}

func (e *elder) serve(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.asked[r.URL.Path]++
	status, body := e.answer(r)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func (e *elder) answer(r *http.Request) (int, any) {
	switch {
	case e.away:
		return http.StatusBadGateway, "away"
	case r.URL.Path == "/api/auth/login/" && r.Method == http.MethodPost:
		in := object{}
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			return http.StatusBadRequest, object{"detail": "JSON parse error"}
		}
		for _, p := range e.people {
			if p["phone_number"] == in["phone_number"] && in["password"] == theirs {
				return http.StatusOK, object{"user": p, "token": tokenThere(p["id"].(int))}
			}
		}
		return http.StatusUnauthorized, object{"error": "Credenciales inválidas"}
	}
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Token ")
	for _, p := range e.people {
		if tokenThere(p["id"].(int)) != token {
			continue
		}
		if r.URL.Path == "/api/auth/users/me/" {
			return http.StatusOK, p
		}
		return http.StatusOK, object{"count": 1, "next": nil, "previous": nil, "results": e.found(r.URL.Query().Get("search"))}
	}
	return http.StatusUnauthorized, object{"detail": "Token inválido."}
}

func (e *elder) found(part string) (all []object) {
	for _, p := range e.people {
		if strings.Contains(p["phone_number"].(string), part) {
			all = append(all, p)
		}
	}
	return all
}

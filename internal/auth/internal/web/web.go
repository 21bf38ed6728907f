// Package web is auth's REST routes (contract: rest.md §2). user.go is what a user looks like,
// body.go what clients may send, the other files are the routes by subject.
package web

import (
	"net/http"
	"time"

	"agrovet/internal/auth/internal/core"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/profilesjson"
)

const root = "/api/auth/"

type handlers struct {
	core     *core.Core
	profiles profiles.Service   // may be nil
	files    profilesjson.Media // may be nil
}

// Register adds all routes. Without profiles users are shown without them, and without files those have
// no pictures.
func Register(r *httpx.Router, c *core.Core, p profiles.Service, files profilesjson.Media) {
	h := &handlers{c, p, files}
	h.signing(r)
	h.users(r)
	h.resets(r)
	h.sessions(r)
}

func route(method, path, id, summary, doc string, access httpx.Access) httpx.Route {
	return httpx.Route{Method: method, Path: root + path, ID: "auth." + id, Summary: summary, Doc: doc, Access: access}
}

// with adds what only some routes have.
func with(r httpx.Route, status int, limits ...httpx.RateLimit) httpx.Route {
	r.Status, r.Limits = status, limits
	return r
}

// perAddress is an allowance of the client's address.
func perAddress(name string, l kv.Limit) httpx.RateLimit {
	return httpx.RateLimit{Name: name, By: httpx.ByAddress, Limit: l}
}

// writes is the allowance of a signed-in user for things that nobody does often.
var writes = httpx.RateLimit{Name: "auth.writes", By: httpx.ByUser, Limit: kv.Limit{Events: 120, Period: time.Minute}}

func (h *handlers) signing(r *httpx.Router) {
	cfg := h.core.Config()
	register := with(route(http.MethodPost, "register/", "register", "Make an account and sign in",
		"Without a role the account is a consumer's.", httpx.Anyone), http.StatusCreated, perAddress("register", cfg.RegisterPerAddress))
	register.Files, register.MaxBody = []string{"profile_picture"}, maxPicture
	httpx.Handle(r, register, h.register)
	httpx.Handle(r, with(route(http.MethodPost, "login/", "login", "Sign in", "The number may be written in any way.", httpx.Anyone),
		0, perAddress("login", cfg.LoginPerAddress)), h.login)
	httpx.Handle(r, with(route(http.MethodPost, "logout/", "logout", "End this session", "", httpx.Member), http.StatusNoContent), h.logout)
	httpx.Handle(r, with(route(http.MethodPost, "password/change/", "password.change", "Change one's password",
		"All other sessions end.", httpx.Member), 0, writes), h.changePassword)
}

const changeDoc = "Clients may send the whole user back: read-only fields, and a picture that is no file, are ignored. " +
	"`role` may be any of the three, since none carries rights; an empty one is ignored. Another `phone_number` is refused with code " +
	"`auth.phone_needs_code`: see phone/change/. `password` needs `current_password` and ends all other sessions. " +
	"Staff changes members without those two; users of the staff are changed by themselves and superusers alone."

func (h *handlers) users(r *httpx.Router) {
	self := httpx.Self("id")
	httpx.Handle(r, route(http.MethodGet, "users/me/", "users.me", "Show who one is", "", httpx.Member), h.me)
	r.Refuse(root+"users/me/", http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodPost)
	httpx.Handle(r, route(http.MethodGet, "users/", "users.list", "List and search users",
		"Every word of `search` must occur in the names or the role; for staff also in the phone number.", httpx.Member), h.list)
	httpx.Handle(r, with(route(http.MethodPost, "users/", "users.create", "Make an account for somebody", "", httpx.Staff), http.StatusCreated), h.create)
	httpx.Handle(r, route(http.MethodGet, "users/{id}/", "users.get", "Show a user", "", httpx.Member), h.get)
	for method, id := range map[string]string{http.MethodPut: "users.replace", http.MethodPatch: "users.change"} {
		change := with(route(method, "users/{id}/", id, "Change a user",
			changeDoc, self), 0, writes)
		change.Files, change.MaxBody = []string{"profile_picture"}, maxPicture
		if method == http.MethodPut {
			httpx.Handle(r, change, h.replace)
		} else {
			httpx.Handle(r, change, h.change)
		}
	}
	httpx.Handle(r, route(http.MethodDelete, "users/{id}/", "users.delete", "Delete a user",
		"Everything of the user goes, in all modules.", self), h.delete)
	httpx.Handle(r, route(http.MethodGet, "export/", "export", "Get all data that auth has of oneself", "", httpx.Member), h.export)
	h.pictures(r)
}

func (h *handlers) resets(r *httpx.Router) {
	// The client looks for the reset in several places.
	for _, base := range []string{root, "/api/"} {
		for _, suffix := range []string{"/", "-phone/"} {
			id := map[string]string{root: "auth.", "/api/": "auth.alias."}[base] + map[string]string{"/": "", "-phone/": "phone."}[suffix]
			request := httpx.Route{Method: http.MethodPost, Path: base + "password-reset/request" + suffix, ID: id + "reset.request",
				Summary: "Have a code sent by SMS", Access: httpx.Anyone,
				Doc: "The answer is the same whether or not anybody has the number. A code lives 10 minutes and 5 guesses; a new one replaces it."}
			verify := httpx.Route{Method: http.MethodPost, Path: base + "password-reset/verify" + suffix, ID: id + "reset.verify",
				Summary: "Set a new password with the code", Access: httpx.Anyone, Doc: "All sessions of the user end.",
				Limits: []httpx.RateLimit{perAddress("login", h.core.Config().LoginPerAddress)}}
			httpx.Handle(r, request, h.requestReset)
			httpx.Handle(r, verify, h.verifyReset)
		}
	}
	httpx.Handle(r, with(route(http.MethodPost, "phone/change/", "phone.change", "Have a code sent to one's new number", "", httpx.Member), 0, writes), h.requestPhone)
	httpx.Handle(r, with(route(http.MethodPost, "phone/confirm/", "phone.confirm", "Make the new number one's own with the code", "", httpx.Member), 0, writes), h.confirmPhone)
}

func (h *handlers) sessions(r *httpx.Router) {
	httpx.Handle(r, route(http.MethodGet, "sessions/", "sessions.list", "List one's sessions", "The last used first, at most 50.", httpx.Member), h.listSessions)
	httpx.Handle(r, route(http.MethodDelete, "sessions/{id}/", "sessions.end", "End one of one's sessions", "", httpx.Owner), h.endSession)
	httpx.Handle(r, route(http.MethodDelete, "sessions/", "sessions.endOthers", "End all of one's other sessions", "", httpx.Member), h.endOthers)
}

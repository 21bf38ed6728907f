package web

import (
	"context"
	"net/http"
	"time"

	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const addUserDoc = "For other parts of the installation, with its secret (`foro.internal-secret`) as `X-Internal-Secret`. The route is there only when one is set."

// registerInternal adds what is asked with the installation's secret, if it has one. Access is checked by the core:
// whoever knows the secret is no person.
func registerInternal(r *httpx.Router, h handlers) {
	if !h.core.HasInternal() {
		return
	}
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: root + "internal/add_user/", ID: "foro.internal.addUser", Summary: "Put a user into the communities of a role", Doc: addUserDoc,
		Access: httpx.Anyone, Errors: []int{http.StatusForbidden, http.StatusNotFound},
		Limits: []httpx.RateLimit{{Name: "foro.internal", By: httpx.ByAddress, Limit: kv.Limit{Events: 600, Period: time.Minute}}}}, h.addUser)
}

type addUserInput struct {
	Secret string `header:"X-Internal-Secret"`
	Body   struct {
		UserID httpx.Opt[int64]  `json:"user_id,omitempty"`
		Role   httpx.Opt[string] `json:"role,omitempty"`
	}
}

// Updated is which communities have a new member.
type Updated struct {
	Updated []int64 `json:"updated" nullable:"false" doc:"Ids of communities."`
}

func (h handlers) addUser(ctx context.Context, in *addUserInput) (*httpx.Body[Updated], error) {
	joined, err := h.core.AddUser(ctx, in.Secret, in.Body.UserID.Value, in.Body.Role.Value)
	if err != nil {
		return nil, err
	}
	return httpx.OK(Updated{notNil(joined)}), nil
}

// Package httpx is agrovet's HTTP conventions, in one place: what Django REST framework was to the
// original system (contract: rest.md §1).
//
// The way of a request, outermost first: request id and deadline, log line and metrics, panic net,
// CORS (middleware.go); the held answer, with ETag and compression (respond.go); the route's access
// rule and rate limit (access.go, limit.go); the body, JSON or form (body.go), brought into the
// shape of the route's input (shape.go); the idempotency key (idempotency.go); validation and the
// typed handler (route.go). Errors of every step become the same JSON (errors.go). Lists are pages
// (page.go).
//
// A module registers typed handlers with [Handle]; the OpenAPI document comes from their types.
// Every route states who may use it ([Access]); a test over [Server.Routes] fails for one that
// does not.
package httpx

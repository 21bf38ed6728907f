package core

import (
	"context"

	"agrovet/internal/platform/errs"
)

// What sockets ask of the rules, until send.go, log.go, marks.go and presence.go are here.

func (c *Core) Last(context.Context, []int64) (map[int64]int64, error) {
	return nil, errs.ErrUnavailable
}
func (c *Core) After(context.Context, []Want) (map[int64][]Shown, error) {
	return nil, errs.ErrUnavailable
}
func (c *Core) Send(context.Context, Draft) (Shown, bool, error) {
	return Shown{}, false, errs.ErrUnavailable
}
func (c *Core) Read(context.Context, int64, int64, int64) ([]int64, error) {
	return nil, errs.ErrUnavailable
}
func (c *Core) ReadMessages(context.Context, int64, int64, []int64) ([]int64, error) {
	return nil, errs.ErrUnavailable
}
func (c *Core) Delivered(context.Context, int64, map[int64]int64) error { return errs.ErrUnavailable }

// ClientKey is what draft.go checks.
func ClientKey(raw []byte) (string, error) {
	if string(raw) == "null" {
		return "", nil
	}
	return string(raw), nil
}

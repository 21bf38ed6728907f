package core

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"agrovet/internal/chat"
	"agrovet/internal/platform/errs"
)

// noUsers says in a field of the request who is not there; the first twenty are named.
func noUsers(field string, ids []int64) error {
	slices.Sort(ids)
	var names []string
	for _, id := range ids[:min(len(ids), 20)] {
		names = append(names, fmt.Sprint(id))
	}
	list := strings.Join(names, ", ")
	e := *chat.ErrNoUsers
	e.Fields = []errs.Field{{Name: field, Text: errs.Text{ES: "No existen usuarios con estos ids: " + list + ".", EN: "There are no users with these ids: " + list + "."}}}
	return &e
}

func required(field string) error {
	return errs.InField(field, "Este campo es requerido.", "This field is required.")
}

// exist sees to it that auth knows people, whom a field of the request names.
//
// Errors: chat.ErrNoUsers in the field; chat.ErrAuthUnavailable when auth cannot be asked.
func (c *Core) exist(ctx context.Context, field string, ids ...int64) error {
	if len(ids) == 0 {
		return nil
	}
	known, err := c.Users.Users(ctx, ids...)
	if err != nil {
		return chat.ErrAuthUnavailable.Wrap(err)
	}
	var not []int64
	for _, id := range ids {
		if _, ok := known[id]; !ok {
			not = append(not, id)
		}
	}
	if len(not) > 0 {
		return noUsers(field, not)
	}
	return nil
}

// keep keeps the caller and others, whom a field of the request names, from going until the commit.
//
// Errors: errs.ErrForbidden when the caller is gone; chat.ErrNoUsers in the field for others.
func (c *Core) keep(ctx context.Context, me int64, field string, others ...int64) error {
	gone, err := c.store.KeepPeople(ctx, append([]int64{me}, others...))
	switch {
	case err != nil:
		return err
	case slices.Contains(gone, me):
		return errs.ErrForbidden
	case len(gone) > 0:
		return noUsers(field, gone)
	}
	return nil
}

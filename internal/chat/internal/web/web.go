// Package web is the chat's REST routes (contract: rest.md §6). Its JSON is that of package wire.
package web

import (
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/platform/httpx"
)

const root = "/api/chat/"

// Register adds all routes.
func Register(r *httpx.Router, c *core.Core) {
	h := handlers{c}
	registerMessages(r, h)
	registerRooms(r, rooms{c})
	registerMembers(r, rooms{c})
	registerBlocks(r, rooms{c})
	registerSettings(r, rooms{c})
}

type handlers struct{ core *core.Core }

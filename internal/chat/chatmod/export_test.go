package chatmod

import (
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/hub"
)

// Core is what is behind the module's routes.
func (m *Module) Core() *core.Core { return m.core }

// Hub is who is connected.
func (m *Module) Hub() *hub.Hub { return m.live.Hub }

package chatmod

import "agrovet/internal/chat/internal/core"

// Core is what is behind the module's routes.
func (m *Module) Core() *core.Core { return m.core }

package chatmod

import (
	"agrovet/internal/chat/internal/demo"
	"agrovet/internal/platform/httpx"
)

// Pages adds /demo/chat/, a page where people talk.
func (m *Module) Pages(s *httpx.Server) { demo.Register(s) }

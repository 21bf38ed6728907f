package web

import (
	"context"
	"net/http"

	"agrovet/internal/chat/internal/core"
	"agrovet/internal/platform/httpx"
)

func registerSettings(r *httpx.Router, h rooms) {
	at := root + "settings/"
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: at, ID: "chat.settings.get", Summary: "Show one's settings", Access: httpx.Member}, h.settings)
	httpx.Handle(r, httpx.Route{Method: http.MethodPatch, Path: at, ID: "chat.settings.change", Summary: "Change one's settings", Access: httpx.Member,
		Limits: roomLimits}, h.setSettings)
}

// Settings are what a person wants of the chat.
type Settings struct {
	HideLastSeen bool `json:"hide_last_seen" doc:"Others do not learn when one was last there."`
}

func (h rooms) settings(ctx context.Context, _ *struct{}) (*httpx.Body[Settings], error) {
	s, err := h.core.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return httpx.OK(Settings(s)), nil
}

type settingsInput struct {
	Body struct {
		HideLastSeen httpx.Opt[bool] `json:"hide_last_seen,omitempty"`
	}
}

func (h rooms) setSettings(ctx context.Context, in *settingsInput) (*httpx.Body[Settings], error) {
	if hide := in.Body.HideLastSeen.Ptr(); hide != nil {
		if err := h.core.SetSettings(ctx, core.Settings{HideLastSeen: *hide}); err != nil {
			return nil, err
		}
	}
	return h.settings(ctx, nil)
}

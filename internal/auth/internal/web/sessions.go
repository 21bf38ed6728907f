package web

import (
	"context"

	"agrovet/internal/platform/authn"
)

// session is one sign-in of the caller.
type session struct {
	ID        int64  `json:"id"`
	Device    string `json:"device"`
	CreatedAt string `json:"created_at" format:"date-time"`
	LastUsed  string `json:"last_used" format:"date-time" doc:"To the hour."`
	ExpiresAt string `json:"expires_at" format:"date-time" doc:"When the session ends unless it is used before."`
	Current   bool   `json:"current" doc:"This very session."`
}

func (h *handlers) ownSessions(ctx context.Context) ([]session, error) {
	p, _ := authn.From(ctx)
	rows, err := h.core.Sessions(ctx, p.UserID)
	out := make([]session, len(rows))
	for i, r := range rows {
		out[i] = session{r.ID, r.Device, timeText(r.CreatedAt), timeText(r.LastUsed), timeText(h.core.Expires(r.LastUsed)), r.ID == p.SessionID}
	}
	return out, err
}

type sessionsBody struct {
	Body []session `nullable:"false"`
}

func (h *handlers) listSessions(ctx context.Context, _ *struct{}) (*sessionsBody, error) {
	all, err := h.ownSessions(ctx)
	if err != nil {
		return nil, err
	}
	return &sessionsBody{all}, nil
}

func (h *handlers) endSession(ctx context.Context, in *userInput) (*struct{}, error) {
	return nil, h.core.EndSession(ctx, authn.UserID(ctx), in.ID)
}

func (h *handlers) endOthers(ctx context.Context, _ *struct{}) (*struct{}, error) {
	p, _ := authn.From(ctx)
	return nil, h.core.EndOtherSessions(ctx, p.UserID, p.SessionID)
}

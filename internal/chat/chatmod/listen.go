package chatmod

import (
	"context"
	"encoding/json"
	"fmt"

	"agrovet/internal/auth"
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/foro"
	"agrovet/internal/marketplace"
	"agrovet/internal/platform/bus"
)

// The consumer groups that bring things to those who are connected.
const (
	SessionGroup = "chat-service-session-consumer" // closes the sockets of sessions that are over
	NoticeGroup  = "chat-service-notice-consumer"  // shows what other modules tell members
)

func (m *Module) sessionsEnded(ctx context.Context, e auth.SessionsEnded) error {
	m.live.Ended(ctx, e.UserID, e.SessionIDs...)
	return nil
}

// notices are the events of other modules that members are shown, each with whom it is for. Whoever is
// not connected finds them where the other module keeps them.
func (m *Module) notices() []bus.Route {
	return []bus.Route{
		notice(m, func(e marketplace.Alert) int64 { return e.UserID }),
		notice(m, func(e marketplace.Expiring) int64 { return e.PublisherID }),
		notice(m, func(e marketplace.Moderated) int64 { return e.PublisherID }),
		notice(m, func(e foro.Noticed) int64 { return e.UserID }),
	}
}

func notice[P bus.Payload](m *Module, to func(P) int64) bus.Route {
	var kind P
	return bus.Route{Kind: kind.Kind(), Handle: func(ctx context.Context, e bus.Event) error {
		var p P
		if err := json.Unmarshal(e.Data, &p); err != nil {
			return fmt.Errorf("decode %s: %w", e.Type, err)
		}
		n := core.Notice{ID: e.ID.String(), Kind: e.Type, Data: e.Data}
		m.core.DB.AfterCommit(ctx, func() { m.live.Notify(context.WithoutCancel(ctx), to(p), n) })
		return nil
	}}
}

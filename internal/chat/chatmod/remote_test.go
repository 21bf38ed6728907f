package chatmod_test

import (
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/chat"
	"agrovet/internal/chat/chatclient"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/rpc"
)

// fromAfar is the client of a process that asks the world's chat over HTTP.
func fromAfar(t *testing.T, w *world) (c *chatclient.Client, stop func()) {
	t.Helper()
	s, err := httpx.New(httpx.Config{ServiceSecret: "sixteen letters."})
	require.NoError(t, err)
	w.module.RPC(s)
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	clients := rpc.NewClients(rpc.Config{Caller: "marketplace", Secret: "sixteen letters."})
	t.Cleanup(clients.Close)
	return chatclient.New(clients, server.URL), server.Close
}

// TestService holds chat, here and in another process, to what its face says.
func TestService(t *testing.T) {
	for where, service := range map[string]func(*testing.T, *world) chat.Service{
		"Here":  func(_ *testing.T, w *world) chat.Service { return w.module.Service() },
		"There": func(t *testing.T, w *world) chat.Service { c, _ := fromAfar(t, w); return c },
	} {
		t.Run(where, func(t *testing.T) {
			w := setup(t)
			s := service(t, w)
			room, err := s.RoomAbout(t.Context(), luis, ana, 77)
			require.NoError(t, err)
			again, err := s.RoomAbout(t.Context(), ana, luis, 77)
			require.NoError(t, err)
			require.Equal(t, room, again)
			other, err := s.RoomAbout(t.Context(), luis, ana, 78)
			require.NoError(t, err)
			require.NotEqual(t, room, other)

			_, err = s.RoomAbout(t.Context(), ana, ana, 77)
			require.ErrorIs(t, err, chat.ErrSelf)
			_, err = s.RoomAbout(t.Context(), ana, 999_999, 77)
			require.ErrorIs(t, err, errs.ErrNotFound)
			w.blocked(ana, beto)
			_, err = s.RoomAbout(t.Context(), beto, ana, 77)
			require.ErrorIs(t, err, chat.ErrBlocked)
		})
	}
}

func TestChatIsAway(t *testing.T) {
	c, stop := fromAfar(t, setup(t))
	stop()
	_, err := c.RoomAbout(t.Context(), luis, ana, 77)
	require.ErrorIs(t, err, chat.ErrUnavailable)
}

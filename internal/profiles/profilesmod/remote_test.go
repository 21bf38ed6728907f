package profilesmod_test

import (
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/rpc"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/profilesclient"
	"agrovet/internal/profiles/profilestest"
)

// fromAfar is the client of a process that asks the world's profiles over HTTP.
func fromAfar(t *testing.T, w *world) (c *profilesclient.Client, stop func()) {
	t.Helper()
	s, err := httpx.New(httpx.Config{ServiceSecret: "sixteen letters."})
	require.NoError(t, err)
	w.module.RPC(s)
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	clients := rpc.NewClients(rpc.Config{Caller: "foro", Secret: "sixteen letters."})
	t.Cleanup(clients.Close)
	return profilesclient.New(clients, server.URL), server.Close
}

func TestRemoteServiceIsAService(t *testing.T) {
	profilestest.TestService(t, func(t *testing.T) (profiles.Service, func(int64, profiles.Kind)) {
		w := setup(t)
		c, _ := fromAfar(t, w)
		return c, func(userID int64, kind profiles.Kind) {
			w.event(auth.UserCreated{UserID: userID, Role: auth.Role(kind)})
		}
	})
}

func TestRemoteCardsCarryEverything(t *testing.T) {
	w := setup(t)
	w.as(ana, "PATCH", "specialists/1/", fullSpecialist()).ok(200)
	w.as(luis, "PATCH", "businessmen/3/", fullBusinessman()).ok(200)
	here, err := w.module.Service().Cards(t.Context(), ana, luis, carla)
	require.NoError(t, err)
	c, stop := fromAfar(t, w)
	there, err := c.Cards(t.Context(), ana, luis, carla)
	require.NoError(t, err)
	require.Equal(t, here, there)

	stop()
	_, err = c.Cards(t.Context(), ana)
	require.ErrorIs(t, err, profiles.ErrUnavailable)
	require.ErrorIs(t, err, errs.ErrUnavailable)
}

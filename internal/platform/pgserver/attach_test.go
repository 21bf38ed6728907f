package pgserver

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAttach(t *testing.T) {
	cfg := testConfig(t, clusterHome(t))
	_, err := Attach(cfg.Dir)
	require.ErrorIs(t, err, ErrNotFound, "no server runs yet")

	s := start(t, cfg)
	dsn, err := Attach(cfg.Dir)
	require.NoError(t, err)
	require.Equal(t, s.DSN(), dsn)
	require.Equal(t, User, query1[string](t, dsn, "select current_user::text"))

	stop(t, s)
	_, err = Attach(cfg.Dir)
	require.ErrorIs(t, err, ErrNotFound)
}

package httpx

import (
	"net/http"
	"testing"

	"github.com/labstack/echo/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/authn"
)

func internal(t *testing.T, secret string) *Server {
	t.Helper()
	s := newServer(t, func(c *Config) { c.ServiceSecret = secret })
	who := func(c *echo.Context) error {
		p, _ := authn.From(c.Request().Context())
		return c.String(http.StatusOK, p.Service)
	}
	s.Internal("/internal/who/", 0, who)
	s.Raw(http.MethodPost, "/raw/who/", Anyone, who)
	s.Raw(http.MethodPost, "/raw/member/", Member, who)
	return s
}

func ask(path, authorization string) call {
	return call{method: http.MethodPost, path: path}.with("Authorization", authorization)
}

func TestAProcessThatKnowsTheSecretIsAService(t *testing.T) {
	t.Parallel()
	s := internal(t, "0123456789abcdef")
	credential := ServiceCredential("chat+foro", "0123456789abcdef")
	require.NotContains(t, credential, "0123456789abcdef")
	got := ask("/internal/who/", credential).to(t, s)
	require.Equal(t, http.StatusOK, got.status, got.body)
	require.Equal(t, "chat+foro", got.body)
	for _, wrong := range []string{"", "Service", "Service ", "Service chat", "Service chat:", "Service :" + serviceKey("0123456789abcdef"),
		"Token " + credential, ServiceCredential("chat", "0123456789abcdee"), ServiceCredential("chat", "")} {
		require.Equal(t, http.StatusUnauthorized, ask("/internal/who/", wrong).to(t, s).status, "%q", wrong)
	}
	require.Equal(t, http.StatusForbidden, ask("/internal/who/", "Token staff").to(t, s).status)
	require.NotContains(t, s.OpenAPI().Paths, "/internal/who/")
}

func TestAServiceIsNobodyOnOtherRoutes(t *testing.T) {
	t.Parallel()
	s := internal(t, "0123456789abcdef")
	credential := ServiceCredential("chat", "0123456789abcdef")
	got := ask("/raw/who/", credential).to(t, s)
	require.Equal(t, http.StatusOK, got.status)
	require.Empty(t, got.body)
	require.Equal(t, http.StatusUnauthorized, ask("/raw/member/", credential).to(t, s).status)
}

func TestWithoutASecretNobodyIsAService(t *testing.T) {
	t.Parallel()
	s := internal(t, "")
	for _, header := range []string{ServiceCredential("chat", ""), "Service chat:", "Service chat"} {
		require.Equal(t, http.StatusUnauthorized, ask("/internal/who/", header).to(t, s).status, "%q", header)
	}
}

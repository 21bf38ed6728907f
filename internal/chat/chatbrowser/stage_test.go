package chatbrowser_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/internal/demo"
	"agrovet/internal/chat/internal/pretendtest"
	"agrovet/internal/platform/httpx"
)

// person signs in.
type person struct {
	Name, Phone, Password string
	ID                    int64 `json:"id"`
}

// stage is where the story plays: the server at $CHAT_URL, with new people each time; without it a server in memory.
func stage(t testing.TB) (n *network, rosa, luis person) {
	t.Helper()
	if at := os.Getenv("CHAT_URL"); at != "" {
		u, err := url.Parse(at)
		require.NoError(t, err)
		return through(t, u.Host), register(t, at, "Rosa Mamani", 1), register(t, at, "Luis Paz", 2)
	}
	s := pretendtest.New(t)
	pages, err := httpx.New(httpx.Config{})
	require.NoError(t, err)
	demo.Register(pages)
	s.Mux.Handle(demo.Root, pages.Handler())
	return through(t, s.Listener.Addr().String()), person{"Rosa Mamani", "70000001", "vacas-y-maiz", 1}, person{"Luis Paz", "70000002", "vacas-y-maiz", 2}
}

func register(t testing.TB, at, name string, n int) person {
	t.Helper()
	p := person{Name: fmt.Sprint(name, " ", time.Now().UnixNano()%1e6), Phone: fmt.Sprintf("7%07d", (time.Now().UnixMicro()+int64(n))%1e7), Password: "vacas-y-maiz"}
	body, err := json.Marshal(map[string]string{"phone_number": p.Phone, "password": p.Password, "full_name": p.Name, "role": "consumer"})
	require.NoError(t, err)
	answer, err := http.Post(at+"/api/auth/register/", "application/json", bytes.NewReader(body))
	require.NoError(t, err)
	defer answer.Body.Close()
	require.Equal(t, http.StatusCreated, answer.StatusCode)
	var out struct{ User person }
	require.NoError(t, json.NewDecoder(answer.Body).Decode(&out))
	p.ID = out.User.ID
	return p
}

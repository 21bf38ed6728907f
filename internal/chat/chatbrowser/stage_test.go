package chatbrowser_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
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

// stage is where the story plays, with new people each time: the server at $CHAT_URL, one that the binary $AGROVET
// serves, or a pretended one in memory.
func stage(t testing.TB) (n *network, rosa, luis person) {
	t.Helper()
	at := os.Getenv("CHAT_URL")
	if binary := os.Getenv("AGROVET"); at == "" && binary != "" {
		at = serve(t, binary)
	}
	if at != "" {
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

// serve runs the whole program on a directory of its own until the test ends, and returns its address.
func serve(t testing.TB, binary string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "agrovet-browser-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o755)) // PostgreSQL runs as somebody else
	cmd := exec.Command(binary, "serve", "--listen", "127.0.0.1:0", "--data-dir", dir)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
		_ = os.RemoveAll(dir)
	})
	address := regexp.MustCompile(`(http://\S+)/api/`)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if m := address.FindStringSubmatch(lines.Text()); m != nil {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return m[1]
		}
	}
	t.Fatal("agrovet did not start")
	return ""
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

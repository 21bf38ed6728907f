package stories

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/stretchr/testify/require"
)

// The limits of waiting: for an answer, and for what travels by events.
const (
	answerTime = time.Minute
	eventTime  = time.Minute
)

// j is a JSON object.
type j = map[string]any

// at writes a path.
func at(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// client is one whose connections go where the installation says.
func (in Installation) client() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	if in.Dial != "" {
		transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, in.Dial)
		}
	}
	return &http.Client{Transport: transport, Timeout: answerTime, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// homes are the modules by the beginnings of their paths.
var homes = []struct{ path, module string }{
	{"/api/auth", "auth"}, {"/api/password-reset", "auth"}, {"/api/profiles/upload-profile-picture", "auth"}, {"/api/media", "media"}, {"/media/", "media"}, {"/api/profiles", "profiles"},
	{"/api/adds", "marketplace"}, {"/api/categories", "marketplace"}, {"/api/follows", "marketplace"},
	{"/api/chat", "chat"}, {"/ws", "chat"}, {"/api/foro", "foro"},
}

// url is the whole address of a path; of one that every module has, auth's. Links to files name the host that was
// asked, which without a gateway knows only its own: then media is asked.
func (in Installation) url(path string) string {
	if u, err := url.Parse(path); err == nil && u.IsAbs() {
		if in.Dial == "" && strings.HasPrefix(u.Path, "/media/") {
			return in.URLs["media"] + u.RequestURI()
		}
		return path
	}
	for _, h := range homes {
		if strings.HasPrefix(path, h.path) {
			return in.URLs[h.module] + path
		}
	}
	return in.URLs["auth"] + path
}

func (p *person) get(status int, path string, headers ...string) answer {
	p.s.Helper()
	return p.wants(status, "GET", path, nil, headers)
}

func (p *person) post(status int, path string, body any, headers ...string) answer {
	p.s.Helper()
	return p.wants(status, "POST", path, body, headers)
}

func (p *person) put(status int, path string, body any) answer {
	p.s.Helper()
	return p.wants(status, "PUT", path, body, nil)
}

func (p *person) patch(status int, path string, body any, headers ...string) answer {
	p.s.Helper()
	return p.wants(status, "PATCH", path, body, headers)
}

func (p *person) delete(status int, path string) answer {
	p.s.Helper()
	return p.wants(status, "DELETE", path, nil, nil)
}

func (p *person) wants(status int, method, path string, body any, headers []string) answer {
	p.s.Helper()
	a := p.try(method, path, body, headers...)
	require.Equal(p.s, status, a.status, "%s %s: %s", method, path, a.raw)
	return a
}

// try sends a request and takes any answer. A body is JSON unless it is text or bytes; headers are name, value, ….
func (p *person) try(method, path string, body any, headers ...string) answer {
	p.s.Helper()
	var content []byte
	switch b := body.(type) {
	case nil:
	case string:
		content = []byte(b)
	case []byte:
		content = b
	default:
		var err error
		content, err = json.Marshal(b)
		require.NoError(p.s, err)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(p.s.Context()), answerTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, p.s.url(path), bytes.NewReader(content))
	require.NoError(p.s, err)
	req.Header.Set("Content-Type", "application/json")
	if p.token != "" {
		req.Header.Set("Authorization", "Token "+p.token)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := p.s.http.Do(req)
	require.NoError(p.s, err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	require.NoError(p.s, err)
	a := answer{t: p.s.T, status: res.StatusCode, header: res.Header, raw: string(raw)}
	_ = json.Unmarshal(raw, &a.tree) // not everything is JSON
	return a
}

// send sends a form with a file; fields are name, value, ….
func (p *person) send(status int, path, field, name string, file []byte, fields ...string) answer {
	p.s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i < len(fields); i += 2 {
		require.NoError(p.s, form.WriteField(fields[i], fields[i+1]))
	}
	part, err := form.CreateFormFile(field, name)
	require.NoError(p.s, err)
	_, err = part.Write(file)
	require.NoError(p.s, err)
	require.NoError(p.s, form.Close())
	return p.wants(status, "POST", path, body.Bytes(), []string{"Content-Type", form.FormDataContentType()})
}

// until waits until it holds.
func (s *story) until(what string, holds func() bool) {
	s.Helper()
	for limit := time.Now().Add(eventTime); !holds(); time.Sleep(50 * time.Millisecond) {
		require.True(s, time.Now().Before(limit), "waited in vain: %s", what)
	}
}

package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media/mediatest/s3test"
)

// TestUploadsSurviveKill sends 20 MB in parts of 64 KiB, cuts the connection in the middle of a part
// and kills the process the hard way, several times, on both stores: the bytes are equal in the end,
// and there is one object with one event.
func TestUploadsSurviveKill(t *testing.T) {
	for name, args := range map[string]func(t *testing.T) []string{
		"OnDisk": func(*testing.T) []string { return nil },
		"OnS3":   func(t *testing.T) []string { return append(s3test.Flags(t), "--database-url", soundDatabase(t)) },
	} {
		t.Run(name, func(t *testing.T) {
			flags := args(t)
			dir := dataDir(t)
			r := &resuming{t: t, sound: noise(20 << 20), process: startServe(t, dir, flags...)}
			r.token = member(t, r.process, "70000001").Token
			r.begin()
			for r.at = 0; r.at < len(r.sound); {
				if r.at > 0 && r.kills < 3 && r.at >= (r.kills+1)*(4<<20) {
					r.cutAndKill(dir, flags)
				}
				r.send(min(64<<10, len(r.sound)-r.at))
			}
			r.verify()
		})
	}
}

type resuming struct {
	t       *testing.T
	process *process
	token   string
	sound   []byte
	upload  string // path
	at      int    // bytes that have arrived
	kills   int
}

const tusVersion = "1.0.0"

func (r *resuming) call(method, path string, body io.Reader, headers ...string) *http.Response {
	r.t.Helper()
	req, err := http.NewRequest(method, r.process.base+path, body)
	require.NoError(r.t, err)
	req.Header.Set("Authorization", "Token "+r.token)
	req.Header.Set("Tus-Resumable", tusVersion)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	require.NoError(r.t, err)
	r.t.Cleanup(func() { res.Body.Close() })
	return res
}

func (r *resuming) begin() {
	name := base64.StdEncoding.EncodeToString([]byte("gallo.wav"))
	res := r.call(http.MethodPost, "/api/media/uploads/", nil, "Upload-Length", strconv.Itoa(len(r.sound)), "Upload-Metadata", "filename "+name)
	require.Equal(r.t, http.StatusCreated, res.StatusCode)
	r.upload = strings.TrimPrefix(res.Header.Get("Location"), r.process.base)
}

func (r *resuming) send(n int) {
	r.t.Helper()
	res := r.call(http.MethodPatch, r.upload, bytes.NewReader(r.sound[r.at:r.at+n]),
		"Upload-Offset", strconv.Itoa(r.at), "Content-Type", "application/offset+octet-stream")
	require.Equal(r.t, http.StatusNoContent, res.StatusCode)
	r.at += n
}

// cutAndKill sends half a part, kills the process while it waits for the rest, starts it again and asks
// how much has arrived.
func (r *resuming) cutAndKill(dir string, flags []string) {
	r.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(r.process.base, "http://"))
	require.NoError(r.t, err)
	_, err = fmt.Fprintf(conn, "PATCH %s HTTP/1.1\r\nHost: x\r\nAuthorization: Token %s\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: %d\r\nContent-Length: %d\r\n\r\n",
		r.upload, r.token, r.at, 64<<10)
	require.NoError(r.t, err)
	_, err = conn.Write(r.sound[r.at : r.at+(32<<10)])
	require.NoError(r.t, err)
	r.process.kill()
	conn.Close()
	r.kills++
	r.process = startServe(r.t, dir, flags...)
	res := r.call(http.MethodHead, r.upload, nil)
	require.Equal(r.t, http.StatusOK, res.StatusCode)
	at, err := strconv.Atoi(res.Header.Get("Upload-Offset"))
	require.NoError(r.t, err)
	require.GreaterOrEqual(r.t, at, r.at, "nothing that was acknowledged is lost")
	r.at = at
}

func (r *resuming) verify() {
	r.t.Helper()
	require.Equal(r.t, 3, r.kills)
	var state struct {
		Media struct {
			ID  int64  `json:"id"`
			URL string `json:"url"`
		} `json:"media"`
	}
	require.NoError(r.t, json.NewDecoder(r.call(http.MethodGet, r.upload, nil).Body).Decode(&state))
	got, err := io.ReadAll(r.call(http.MethodGet, strings.TrimPrefix(state.Media.URL, r.process.base), nil).Body)
	require.NoError(r.t, err)
	require.True(r.t, bytes.Equal(r.sound, got), "the bytes are equal")
	conn := r.process.database()
	require.Eventually(r.t, func() bool {
		var objects, events, parts int
		require.NoError(r.t, conn.QueryRow(context.Background(), `select (select count(*) from media.object),
			(select count(*) from media.outbox where type = 'media.created'), (select count(*) from media.upload_part)`).Scan(&objects, &events, &parts))
		return objects == 1 && events == 1 && parts == 0
	}, 30*time.Second, 100*time.Millisecond, "one object, one event, no parts")
	require.NoError(r.t, conn.Close(context.Background()))
	r.process.stop()
}

// noise is a WAV recording of about the size.
func noise(size int) []byte {
	b := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x02\x00\x44\xac\x00\x00\x10\xb1\x02\x00\x04\x00\x10\x00data\x00\x00\x00\x00")
	for at, n := range map[int]int{4: size - 8, 40: size - len(b)} {
		b[at], b[at+1], b[at+2], b[at+3] = byte(n), byte(n>>8), byte(n>>16), byte(n>>24)
	}
	rest := make([]byte, size-len(b))
	_, _ = rand.NewChaCha8([32]byte{7}).Read(rest) // never fails
	return append(b, rest...)
}

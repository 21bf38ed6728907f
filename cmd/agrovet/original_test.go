package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"agrovet/internal/platform/bus/kafka/standin"

	"github.com/stretchr/testify/require"
	"github.com/twmb/franz-go/pkg/kgo"
)

// originalAuthOf is the original's auth, where one user lives whose token and password are given.
func originalAuthOf(t *testing.T, user map[string]any, token, password string) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		in := map[string]any{}
		_ = json.NewDecoder(r.Body).Decode(&in) // a GET has none
		w.Header().Set("Content-Type", "application/json")
		switch {
		case r.URL.Path == "/api/auth/users/me/" && r.Header.Get("Authorization") == "Token "+token:
			_ = json.NewEncoder(w).Encode(user)
		case r.URL.Path == "/api/auth/login/" && in["phone_number"] == user["phone_number"] && in["password"] == password:
			_ = json.NewEncoder(w).Encode(map[string]any{"user": user, "token": token})
		default:
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, `{"detail":"Token inválido."}`)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// TestServeBesideTheOriginal: who registers in the original has a profile and communities here, once, also when they
// come here later; nothing else that the original tells is believed.
func TestServeBesideTheOriginal(t *testing.T) {
	broker, err := standin.New()
	require.NoError(t, err)
	defer broker.Close()
	address := broker.ListenAddrs()[0]
	token := strings.Repeat("ab", 20)
	url := originalAuthOf(t, map[string]any{"id": 17, "phone_number": "70000017", "full_name": "Rosa", "role": "Specialist", "is_active": true}, token, "testpass123")
	p := startServe(t, dataDir(t), "--kafka-brokers", address, "--auth-original-url", url)
	from, err := kgo.NewClient(kgo.SeedBrokers(address), kgo.AllowAutoTopicCreation())
	require.NoError(t, err)
	defer from.Close()
	tell := func(topic string, key []byte, kind, data string) {
		value := `{"type":"` + kind + `","timestamp":"` + time.Now().UTC().Format("2006-01-02T15:04:05.000000Z") + `","data":` + data + `}`
		require.NoError(t, from.ProduceSync(t.Context(), &kgo.Record{Topic: topic, Key: key, Value: []byte(value)}).FirstErr())
	}
	created := `{"user_id":17,"phone_number":"70000017","full_name":"Rosa","role":"Specialist"}`
	tell("user.events", []byte("17"), "user.created", created)
	tell("user.events", []byte("17"), "user.created", created) // a minute later, say
	tell("user.events", []byte("17"), "user.updated", `{"user_id":17,"role":"businessman","full_name":"Otra"}`)
	tell("user.events", []byte("17"), "user.deleted", `{"user_id":17,"phone_number":"70000017"}`)
	tell("user.events", []byte("18"), "user.created", `{"user_id":18,"phone_number":"70000018","full_name":"Pedro","role":null}`)
	tell("foro.events", nil, "foro.post.created", `{"post_id":1,"author_id":17,"title":"x"}`)
	tell("chat.events", nil, "chat.message.sent", `{"message_id":1,"room_id":"general","sender_id":17}`)
	tell("media.events", []byte("1"), "media.deleted", `{"media_id":1,"url":null}`)

	as := []string{"Authorization", "Token " + token}
	shows := func(path, text string) func() bool {
		return func() bool {
			r, err := p.call(http.MethodGet, path, nil, as...)
			return err == nil && r.status == http.StatusOK && strings.Contains(r.body, text)
		}
	}
	for path, text := range map[string]string{
		"/api/profiles/specialists/17/":                                  `"user_id":17`,
		"/api/profiles/consumers/18/":                                    `"user_id":18`,
		"/api/foro/communities/by-slug/general/":                         `"members_count":2`,
		"/api/foro/communities/by-slug/especialistas-salud/":             `"members_count":1`,
		"/api/foro/communities/by-slug/ganaderos-agricultores-animales/": `"members_count":1`,
	} {
		require.Eventually(t, shows(path, text), time.Minute, 50*time.Millisecond, path)
	}
	p.mustCall(http.StatusOK, http.MethodPost, "/api/auth/login/", map[string]any{"phone_number": "59170000017", "password": "testpass123"})
	me := p.mustCall(http.StatusOK, http.MethodGet, "/api/auth/users/me/", nil, as...).body
	require.Contains(t, me, `"full_name":"Rosa"`)
	require.Contains(t, me, `"role":"Specialist"`)
	require.Contains(t, p.mustCall(http.StatusOK, http.MethodGet, "/api/foro/communities/by-slug/general/", nil, as...).body, `"members_count":2`)
	out, err := p.tool("events", "list")
	require.NoError(t, err, out)
	require.NotContains(t, out, "user.created")
	p.stop()
}

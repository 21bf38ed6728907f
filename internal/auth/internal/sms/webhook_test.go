package sms

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// gateway verifies requests by the recipe of [Webhook], written down from it.
func gateway(t *testing.T, key string) (address string, messages chan map[string]string) {
	messages = make(chan map[string]string, 8)
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" || !genuine(r.Header.Get("Agrovet-Signature"), body, key) {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		var message map[string]string
		if json.Unmarshal(body, &message) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		messages <- message
	})
	return s.URL, messages
}

func genuine(header string, body []byte, key string) bool {
	part := map[string]string{}
	for p := range strings.SplitSeq(header, ",") {
		name, value, _ := strings.Cut(p, "=")
		part[name] = value
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(part["t"]))
	mac.Write([]byte("."))
	mac.Write(body)
	seconds, err := strconv.ParseInt(part["t"], 10, 64)
	age := time.Since(time.Unix(seconds, 0)).Abs()
	return err == nil && age < 5*time.Minute && hmac.Equal([]byte(hex.EncodeToString(mac.Sum(nil))), []byte(part["v1"]))
}

func newWebhook(t *testing.T, address string) *Webhook {
	t.Helper()
	w, err := NewWebhook(WebhookConfig{URL: address, Secret: secret})
	require.NoError(t, err)
	require.Equal(t, 10*time.Second, w.client.Timeout)
	return w
}

func TestGatewayVerifiesWhatWebhookSigns(t *testing.T) {
	address, messages := gateway(t, secret)
	w := newWebhook(t, address)
	require.NoError(t, w.Send(t.Context(), receiver, text))
	require.NoError(t, w.Send(t.Context(), receiver, text))

	first, second := <-messages, <-messages
	require.Equal(t, receiver, first["to"])
	require.Equal(t, text, first["text"])
	require.Regexp(t, `^[0-9a-f]{32}$`, first["id"])
	require.NotEqual(t, first["id"], second["id"])
	require.Len(t, first, 3)
}

func TestGatewayRefusesAnotherSecretAndAnOldTime(t *testing.T) {
	address, _ := gateway(t, "another-secret-of-tests")
	require.ErrorIs(t, newWebhook(t, address).Send(t.Context(), receiver, text), ErrRejected)

	address, _ = gateway(t, secret)
	w := newWebhook(t, address)
	w.now = func() time.Time { return time.Now().Add(-6 * time.Minute) }
	require.ErrorIs(t, w.Send(t.Context(), receiver, text), ErrRejected)
}

// The signature is fixed here, so that gateways in service go on accepting it.
func TestSignatureOfAKnownMessage(t *testing.T) {
	got := signer(secret)(time.Unix(1764000000, 0), []byte(`{"to":"+59170000000"}`))
	require.Equal(t, "t=1764000000,v1=d47107084be5b4ce558f09c19622d6c33c73b2091c2a46e0f2b420b25fa8807e", got)
}

func TestWebhookConfigIsChecked(t *testing.T) {
	for want, cfg := range map[string]WebhookConfig{
		"URL":     {Secret: secret},
		"http":    {URL: "ftp://gateway/", Secret: secret},
		"address": {URL: "/relative", Secret: secret},
		"secret":  {URL: "http://gateway/", Secret: "short"},
		"timeout": {URL: "http://gateway/", Secret: secret, Timeout: -1},
	} {
		_, err := NewWebhook(cfg)
		require.ErrorContains(t, err, want)
	}
}

package sms

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// SignatureHeader carries the proof that a message came from this server; see [Webhook].
const SignatureHeader = "Agrovet-Signature"

// WebhookConfig says where messages go.
type WebhookConfig struct {
	URL     string        // absolute; https, unless the way to the gateway is private
	Secret  Secret        // shared with the gateway; at least 16 bytes
	Timeout time.Duration // for one message; defaults to 10 s
}

// Webhook posts each message to a gateway as JSON, {"to":"+59170000000","text":"…","id":"…"}. The
// id is 32 random hexadecimal digits, new with every Send. Any 2xx answer means sent; redirects are
// not followed and count as rejected.
//
// The header Agrovet-Signature is "t=1764000000,v1=5257a8…". The gateway verifies it so:
//
//  1. take t and v1 from the header, split at "," and the first "=";
//  2. compute HMAC-SHA256 with the shared secret over the bytes of t, a ".", and the body as it
//     came, before parsing it;
//  3. compare its lower-case hexadecimal form with v1 in constant time;
//  4. refuse a t (Unix seconds) more than five minutes from its own clock, and an id seen within
//     them, so that a recorded request cannot be sent again.
type Webhook struct {
	url    string
	sign   func(at time.Time, body []byte) string // holds the secret, where no printing reaches it
	client *http.Client
	now    func() time.Time
}

var _ Sender = (*Webhook)(nil)

// minSecret is in bytes: 128 bits, which nobody guesses.
const minSecret = 16

// NewWebhook checks cfg and connects to nothing.
func NewWebhook(cfg WebhookConfig) (*Webhook, error) {
	if err := checkURL("webhook URL", cfg.URL); err != nil {
		return nil, err
	}
	if len(cfg.Secret) < minSecret {
		return nil, fmt.Errorf("sms: webhook secret must have at least %d bytes", minSecret)
	}
	if cfg.Timeout < 0 {
		return nil, errors.New("sms: webhook timeout must not be negative")
	}
	return &Webhook{url: cfg.URL, sign: signer(cfg.Secret), client: newClient(cfg.Timeout), now: time.Now}, nil
}

// Name is "webhook".
func (*Webhook) Name() string { return "webhook" }

// Send posts the message; see [Sender] for its errors.
func (w *Webhook) Send(ctx context.Context, to, text string) error {
	req, err := w.request(ctx, to, text)
	if err != nil {
		return err
	}
	if _, failed := post(w.client, w.Name(), req); failed != nil {
		return failed
	}
	return nil
}

// request builds the signed request.
func (w *Webhook) request(ctx context.Context, to, text string) (*http.Request, error) {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails, see crypto/rand
	body, err := json.Marshal(struct {
		To   string `json:"to"`
		Text string `json:"text"`
		ID   string `json:"id"`
	}{to, text, hex.EncodeToString(id[:])})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(SignatureHeader, w.sign(w.now(), body))
	return req, nil
}

// signer returns the function that makes the header's value with secret.
func signer(secret Secret) func(time.Time, []byte) string {
	return func(at time.Time, body []byte) string {
		t := strconv.FormatInt(at.Unix(), 10)
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write([]byte(t + "."))
		mac.Write(body)
		return "t=" + t + ",v1=" + hex.EncodeToString(mac.Sum(nil))
	}
}

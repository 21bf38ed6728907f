package sms

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// TwilioConfig says as whom messages are sent. Exactly one of From, MessagingServiceSID and
// WhatsAppFrom is needed.
type TwilioConfig struct {
	AccountSID string // "AC…"
	AuthToken  Secret

	From                string // a number of the account in E.164, or its sender name: SMS
	MessagingServiceSID string // "MG…", which chooses the number itself: SMS
	WhatsAppFrom        string // a number in E.164, with or without "whatsapp:" before it: WhatsApp

	BaseURL string        // defaults to Twilio's own; set by tests and for a proxy
	Timeout time.Duration // for one message; defaults to 10 s
}

// Twilio sends through the Messages resource of Twilio's REST API, version 2010-04-01
// (https://www.twilio.com/docs/messaging/api/message-resource). Sent means that Twilio has queued
// the message.
type Twilio struct {
	name      string
	url       string
	sender    url.Values          // From or MessagingServiceSid, the same for every message
	prefix    string              // of both numbers: "whatsapp:" or ""
	authorize func(*http.Request) // holds the token, where no printing reaches it
	client    *http.Client
}

var _ Sender = (*Twilio)(nil)

const (
	twilioURL = "https://api.twilio.com"
	whatsApp  = "whatsapp:"
)

// NewTwilio checks cfg and connects to nothing.
func NewTwilio(cfg TwilioConfig) (*Twilio, error) {
	if cfg.BaseURL == "" {
		cfg.BaseURL = twilioURL
	}
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	t := &Twilio{
		name:      "twilio",
		url:       strings.TrimRight(cfg.BaseURL, "/") + "/2010-04-01/Accounts/" + url.PathEscape(cfg.AccountSID) + "/Messages.json",
		sender:    url.Values{},
		authorize: func(r *http.Request) { r.SetBasicAuth(cfg.AccountSID, string(cfg.AuthToken)) },
		client:    newClient(cfg.Timeout),
	}
	t.sendAs(cfg)
	return t, nil
}

// validate names the key that is wrong.
func (cfg TwilioConfig) validate() error {
	senders := 0
	for _, s := range []string{cfg.From, cfg.MessagingServiceSID, cfg.WhatsAppFrom} {
		if s != "" {
			senders++
		}
	}
	switch {
	case cfg.AccountSID == "":
		return errors.New("sms: twilio account SID is missing")
	case cfg.AuthToken == "":
		return errors.New("sms: twilio auth token is missing")
	case senders != 1:
		return errors.New("sms: twilio needs exactly one of phone number, messaging service SID and WhatsApp number")
	case cfg.Timeout < 0:
		return errors.New("sms: twilio timeout must not be negative")
	}
	return checkURL("twilio base URL", cfg.BaseURL)
}

// sendAs turns the one sender that cfg has into form fields.
func (t *Twilio) sendAs(cfg TwilioConfig) {
	switch {
	case cfg.WhatsAppFrom != "":
		t.name, t.prefix = "twilio-whatsapp", whatsApp
		t.sender.Set("From", whatsApp+strings.TrimPrefix(cfg.WhatsAppFrom, whatsApp))
	case cfg.MessagingServiceSID != "":
		t.sender.Set("MessagingServiceSid", cfg.MessagingServiceSID)
	default:
		t.sender.Set("From", cfg.From)
	}
}

// Name is "twilio", or "twilio-whatsapp" when messages go there.
func (t *Twilio) Name() string { return t.name }

// Send queues the message at Twilio; see [Sender] for its errors. Their Code is Twilio's, explained
// at https://www.twilio.com/docs/api/errors.
func (t *Twilio) Send(ctx context.Context, to, text string) error {
	form := url.Values{"To": {t.prefix + to}, "Body": {text}}
	for key, values := range t.sender {
		form[key] = values
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.url, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	t.authorize(req)
	if answer, failed := post(t.client, t.name, req); failed != nil {
		failed.Code, failed.Message = explain(answer, to, text)
		return failed
	}
	return nil
}

// explain reads {"code":21211,"message":"…","status":400} and removes from the message what it may
// repeat. An answer in any other form explains nothing.
func explain(answer []byte, to, text string) (code int, message string) {
	var problem struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	}
	if json.Unmarshal(answer, &problem) != nil {
		return 0, ""
	}
	message = problem.Message
	for _, secret := range []string{text, to, strings.TrimPrefix(to, "+")} {
		if secret != "" {
			message = strings.ReplaceAll(message, secret, hidden)
		}
	}
	return problem.Code, message
}

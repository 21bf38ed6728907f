package sms

import (
	"io"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

// twilio returns a sender and the requests that reach its server, which answers with status and body.
func twilio(t *testing.T, cfg TwilioConfig, status int, body string) (*Twilio, chan *http.Request) {
	t.Helper()
	requests := make(chan *http.Request, 1)
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		requests <- r
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
	cfg.AccountSID, cfg.AuthToken, cfg.BaseURL = "AC1", secret, s.URL+"/"
	sender, err := NewTwilio(cfg)
	require.NoError(t, err)
	return sender, requests
}

func TestTwilioRequest(t *testing.T) {
	for _, row := range []struct {
		name string
		cfg  TwilioConfig
		want url.Values
	}{
		{"twilio", TwilioConfig{From: "+15005550006"}, url.Values{"From": {"+15005550006"}, "To": {receiver}}},
		{"twilio", TwilioConfig{MessagingServiceSID: "MG1"}, url.Values{"MessagingServiceSid": {"MG1"}, "To": {receiver}}},
		{"twilio-whatsapp", TwilioConfig{WhatsAppFrom: "whatsapp:+14155238886"}, url.Values{"From": {"whatsapp:+14155238886"}, "To": {"whatsapp:" + receiver}}},
		{"twilio-whatsapp", TwilioConfig{WhatsAppFrom: "+14155238886"}, url.Values{"From": {"whatsapp:+14155238886"}, "To": {"whatsapp:" + receiver}}},
	} {
		sender, requests := twilio(t, row.cfg, http.StatusCreated, `{"sid":"SM1","status":"queued"}`)
		require.Equal(t, row.name, sender.Name())
		require.NoError(t, sender.Send(t.Context(), receiver, text))

		r := <-requests
		user, password, _ := r.BasicAuth()
		require.Equal(t, []string{"AC1", secret}, []string{user, password})
		require.Equal(t, "POST /2010-04-01/Accounts/AC1/Messages.json", r.Method+" "+r.URL.String())
		row.want.Set("Body", text)
		require.Equal(t, row.want, r.PostForm)
	}
}

func TestTwilioExplainsARejection(t *testing.T) {
	answer := `{"code":21211,"message":"The 'To' number +59170000000 is not a valid phone number for '` + text + `'.","more_info":"x","status":400}`
	sender, _ := twilio(t, TwilioConfig{From: "+15005550006"}, http.StatusBadRequest, answer)
	err := sender.Send(t.Context(), receiver, text)
	require.ErrorIs(t, err, ErrRejected)
	var details *Error
	require.ErrorAs(t, err, &details)
	require.Equal(t, 21211, details.Code)
	require.Equal(t, "The 'To' number [hidden] is not a valid phone number for '[hidden]'.", details.Message)
	requireDiscreet(t, err)
}

func TestTwilioTooManyRequestsIsTemporary(t *testing.T) {
	sender, _ := twilio(t, TwilioConfig{From: "+15005550006"}, http.StatusTooManyRequests, `{"code":20429,"message":"Too Many Requests","status":429}`)
	err := sender.Send(t.Context(), receiver, text)
	require.ErrorIs(t, err, ErrTemporary)
	require.EqualError(t, err, `sms: not sent for now by twilio, status 429, code 20429, "Too Many Requests"`)
}

func TestTwilioAnswerInAnotherFormExplainsNothing(t *testing.T) {
	for _, answer := range []string{"", "<html>", `{"code":"x"}`, `[]`, "\x00"} {
		sender, _ := twilio(t, TwilioConfig{From: "+15005550006"}, http.StatusBadGateway, answer)
		require.EqualError(t, sender.Send(t.Context(), receiver, text), "sms: not sent for now by twilio, status 502")
	}
}

func TestTwilioConfigIsChecked(t *testing.T) {
	for want, cfg := range map[string]TwilioConfig{
		"account SID": {AuthToken: secret, From: "+1"},
		"auth token":  {AccountSID: "AC1", From: "+1"},
		"exactly one": {AccountSID: "AC1", AuthToken: secret},
		"of phone":    {AccountSID: "AC1", AuthToken: secret, From: "+1", WhatsAppFrom: "+1"},
		"base URL":    {AccountSID: "AC1", AuthToken: secret, From: "+1", BaseURL: "twilio"},
		"timeout":     {AccountSID: "AC1", AuthToken: secret, From: "+1", Timeout: -1},
	} {
		_, err := NewTwilio(cfg)
		require.ErrorContains(t, err, want)
	}
}

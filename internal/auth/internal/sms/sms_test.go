package sms

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	receiver = "+59170000000"
	text     = "Tu código de agrovet es 482913"
	secret   = "a-secret-of-the-tests"
)

// server answers with handle and ends with the test.
func server(t *testing.T, handle http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(handle)
	t.Cleanup(s.Close)
	return s
}

// senders are the two that speak HTTP, sending to address.
func senders(t *testing.T, address string, timeout time.Duration) map[string]Sender {
	t.Helper()
	webhook, err := NewWebhook(WebhookConfig{URL: address, Secret: secret, Timeout: timeout})
	require.NoError(t, err)
	twilio, err := NewTwilio(TwilioConfig{AccountSID: "AC1", AuthToken: secret, From: "+15005550006", BaseURL: address, Timeout: timeout})
	require.NoError(t, err)
	return map[string]Sender{"Webhook": webhook, "Twilio": twilio}
}

// requireDiscreet fails when err tells what nobody but the receiver should know.
func requireDiscreet(t *testing.T, err error) {
	t.Helper()
	printed := fmt.Sprintf("%v %+v %#v", err, err, err)
	for _, private := range []string{text, "482913", receiver, receiver[1:], secret} {
		require.NotContains(t, printed, private)
	}
}

func TestStatusDecidesWhetherToTryAgain(t *testing.T) {
	for status, want := range map[int]error{
		200: nil, 201: nil, 202: nil, 204: nil,
		400: ErrRejected, 401: ErrRejected, 404: ErrRejected, 422: ErrRejected,
		408: ErrTemporary, 429: ErrTemporary, 500: ErrTemporary, 503: ErrTemporary,
	} {
		s := server(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(status) })
		for name, sender := range senders(t, s.URL, 0) {
			t.Run(fmt.Sprint(name, status), func(t *testing.T) {
				err := sender.Send(t.Context(), receiver, text)
				require.ErrorIs(t, err, want)
				if want == nil {
					return
				}
				var details *Error
				require.ErrorAs(t, err, &details)
				require.Equal(t, status, details.Status)
				require.Equal(t, sender.Name(), details.Sender)
				require.Equal(t, errors.Is(want, ErrTemporary), details.Temporary())
				requireDiscreet(t, err)
			})
		}
	}
}

func TestRedirectIsRefused(t *testing.T) {
	elsewhere := server(t, func(http.ResponseWriter, *http.Request) { t.Error("the redirect was followed") })
	for _, status := range []int{301, 302, 303, 307, 308} {
		s := server(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, status) })
		for _, sender := range senders(t, s.URL, 0) {
			require.ErrorIs(t, sender.Send(t.Context(), receiver, text), ErrRejected)
		}
	}
}

func TestSilenceIsTemporary(t *testing.T) {
	s := silentServer(t)
	for _, sender := range senders(t, s.URL, 30*time.Millisecond) {
		err := sender.Send(t.Context(), receiver, text) // which the server never answers
		require.ErrorIs(t, err, ErrTemporary)
		requireDiscreet(t, err)
	}
}

// silentServer accepts requests and answers only when the test ends.
func silentServer(t *testing.T) *httptest.Server {
	t.Helper()
	over := make(chan struct{})
	s := server(t, func(http.ResponseWriter, *http.Request) { <-over })
	t.Cleanup(func() { close(over) })
	return s
}

func TestCancelledContextIsTemporaryAndItself(t *testing.T) {
	s := silentServer(t)
	for _, sender := range senders(t, s.URL, 0) {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		err := sender.Send(ctx, receiver, text)
		cancel()
		require.ErrorIs(t, err, ErrTemporary)
		require.ErrorIs(t, err, context.DeadlineExceeded)
	}
}

func TestNobodyThereIsTemporaryAndTheAddressStaysHidden(t *testing.T) {
	s := httptest.NewServer(nil)
	s.Close()
	for _, sender := range senders(t, s.URL+"/?token="+secret, 0) {
		err := sender.Send(t.Context(), receiver, text)
		require.ErrorIs(t, err, ErrTemporary)
		requireDiscreet(t, err)
	}
}

func TestEndlessAnswerIsCutOff(t *testing.T) {
	for _, status := range []int{200, 400} {
		var sent atomic.Int64
		s := server(t, func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(status)
			for r.Context().Err() == nil {
				n, err := w.Write(bytes.Repeat([]byte("x"), 1<<20))
				if sent.Add(int64(n)); err != nil {
					return
				}
			}
		})
		for _, sender := range senders(t, s.URL, 20*time.Second) {
			err := sender.Send(t.Context(), receiver, text)
			require.Equal(t, status == 200, err == nil)
			require.Less(t, sent.Swap(0), int64(64<<20), "what lies in buffers on the way at most")
		}
	}
}

func TestLogWarnsOnceAndWritesOneLineAMessage(t *testing.T) {
	var out bytes.Buffer
	sender := NewLog(slog.New(slog.NewJSONHandler(&out, nil)))
	require.NoError(t, sender.Send(t.Context(), receiver, "código\n482913"))
	require.Equal(t, "log", sender.Name())

	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	require.Len(t, lines, 2)
	var warning, line map[string]any
	require.NoError(t, json.Unmarshal([]byte(lines[0]), &warning))
	require.NoError(t, json.Unmarshal([]byte(lines[1]), &line))
	require.Equal(t, "WARN", warning["level"])
	require.Contains(t, warning["msg"], "development")
	require.Equal(t, "sms", line["msg"])
	require.Equal(t, receiver, line["to"])
	require.Equal(t, "código\n482913", line["text"])
}

func TestSecretsDoNotPrint(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, nil))
	values := []any{Secret(secret), WebhookConfig{Secret: secret}, &TwilioConfig{AuthToken: secret}}
	for _, sender := range senders(t, "http://localhost", 0) {
		values = append(values, sender)
	}
	for _, v := range values {
		fmt.Fprintf(&out, "%v %+v %#v %s %q %x\n", v, v, v, v, v, v)
		log.Info("config", "value", v)
		encoded, err := json.Marshal(v)
		require.NoError(t, err)
		out.Write(encoded)
	}
	require.Contains(t, out.String(), hidden)
	require.NotContains(t, out.String(), secret)
	require.NotContains(t, out.String(), fmt.Sprintf("%x", secret))
	require.Equal(t, secret, string(Secret(secret)))
}

func TestErrorTellsAllItKnows(t *testing.T) {
	err := &Error{Sender: "twilio", Status: 400, Code: 21211, Message: "not a number", Cause: errors.New("cut off")}
	require.EqualError(t, err, `sms: rejected by twilio, status 400, code 21211, "not a number": cut off`)
	require.EqualError(t, &Error{Sender: "webhook"}, "sms: not sent for now by webhook")
}

package sms

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

const (
	// defaultTimeout is for one message, from the name lookup to the end of the answer.
	defaultTimeout = 10 * time.Second
	// maxAnswer bounds what is read of an answer, in bytes; the rest is dropped unread.
	maxAnswer = 16 << 10
)

// newClient returns a client that follows no redirect: the address is configured, and another one
// must not get to see codes.
func newClient(timeout time.Duration) *http.Client {
	if timeout == 0 {
		timeout = defaultTimeout
	}
	return &http.Client{
		Timeout:   timeout,
		Transport: http.DefaultTransport.(*http.Transport).Clone(),
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
}

// post sends req and returns nil for a 2xx answer. For any other it returns the first bytes of the
// answer beside an *Error.
func post(client *http.Client, sender string, req *http.Request) ([]byte, *Error) {
	resp, err := client.Do(req)
	if err != nil {
		return nil, &Error{Sender: sender, Cause: withoutURL(err)}
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if resp.StatusCode >= 200 && resp.StatusCode <= 299 {
		return nil, nil // accepted, even if the rest of the answer was lost
	}
	return answer, &Error{Sender: sender, Status: resp.StatusCode, Cause: err}
}

// withoutURL removes the address from an error of net/http: it may hold a credential.
func withoutURL(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

// checkURL accepts absolute http and https addresses. Its error names key, not the address.
func checkURL(key, address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return fmt.Errorf("sms: %s must be an absolute http or https address", key)
	}
	return nil
}

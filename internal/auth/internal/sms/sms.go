// Package sms sends text messages: codes for people who forgot their password or prove a number.
//
// A [Sender] hands one message to somebody who delivers it. There are three: [Webhook] posts to a
// gateway of the operator's own, signed; [Twilio] speaks that company's API, for SMS or WhatsApp;
// [Log] writes to the log and is for development only.
//
// A Sender tries once. Its error says whether trying again may help (errors.Is with
// [ErrTemporary]); whether and when to do so is the caller's business. No error, and no log line
// but Log's, ever holds the text of a message, its receiver or a credential.
package sms

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
)

// A Sender sends text to the line to, in E.164 such as "+59170000000". It returns when somebody
// has accepted the message for delivery, which does not mean that it arrived. All senders are safe
// for concurrent use.
//
// Errors: ErrTemporary, ErrRejected, either with a *Error; the context's, joined to ErrTemporary.
// After a temporary error the message may have been sent nevertheless.
type Sender interface {
	Send(ctx context.Context, to, text string) error
	Name() string // for logs and metrics, such as "twilio"
}

// The two kinds of failure, for errors.Is.
var (
	// ErrTemporary means that the same message may pass later: the network failed, the time ran
	// out, or the other side answered 408, 429 or 5xx.
	ErrTemporary = errors.New("sms: not sent for now")
	// ErrRejected means that the same message will never pass: a wrong number, a wrong credential,
	// a wrong address.
	ErrRejected = errors.New("sms: rejected")
)

// Error tells an operator why a message was not sent. It wraps ErrTemporary or ErrRejected, and
// the cause if there is one.
type Error struct {
	Sender  string // Name of the Sender
	Status  int    // HTTP status of the answer, 0 if none came
	Code    int    // the provider's own code, 0 if it gave none
	Message string // the provider's explanation, without the receiver's number; may be empty
	Cause   error  // why no answer came; may be nil
}

// Error describes all that is known.
func (e *Error) Error() string {
	text := e.kind().Error() + " by " + e.Sender
	if e.Status != 0 {
		text += fmt.Sprintf(", status %d", e.Status)
	}
	if e.Code != 0 {
		text += fmt.Sprintf(", code %d", e.Code)
	}
	if e.Message != "" {
		text += fmt.Sprintf(", %q", e.Message)
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Temporary tells whether trying again may help.
func (e *Error) Temporary() bool {
	return e.Status == 0 || e.Status == 408 || e.Status == 429 || e.Status >= 500
}

// Unwrap gives errors.Is the kind and errors.As the cause.
func (e *Error) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.kind()}
	}
	return []error{e.kind(), e.Cause}
}

func (e *Error) kind() error {
	if e.Temporary() {
		return ErrTemporary
	}
	return ErrRejected
}

// Secret is a credential. It prints as "[hidden]" with every verb and in every log; string(s) is
// the credential itself.
type Secret string

const hidden = "[hidden]"

// String and the methods below keep the credential out of fmt, slog and encoding/json.
func (Secret) String() string { return hidden }

// GoString serves %#v.
func (Secret) GoString() string { return hidden }

// LogValue serves slog.
func (Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText serves encoding/json and its like.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

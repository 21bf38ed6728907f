package rpc

import (
	"encoding/json"
	"time"

	"agrovet/internal/platform/errs"
)

// refusal is an error on the wire. What is not one comes from a proxy, or from before the handler.
type refusal struct {
	Error *wireError `json:"error"`
}

// wireError is errs.Error without its cause, which stays in the log of the process where it happened.
type wireError struct {
	Status     int          `json:"status"` // stands for the kind
	Code       string       `json:"code"`
	Text       errs.Text    `json:"text"`
	Fields     []errs.Field `json:"fields,omitempty"`
	RetryAfter int64        `json:"retry_after_ms,omitempty"`
	Alias      string       `json:"alias,omitempty"`
}

func toWire(e *errs.Error) *wireError {
	return &wireError{Status: e.Kind.Status(), Code: e.Code, Text: e.Text, Fields: e.Fields,
		RetryAfter: e.RetryAfter.Milliseconds(), Alias: e.Alias}
}

// fromWire is the error in an answer; nil when there is none.
func fromWire(body []byte) *errs.Error {
	var r refusal
	if json.Unmarshal(body, &r) != nil || r.Error == nil || r.Error.Code == "" {
		return nil
	}
	w := r.Error
	return &errs.Error{Kind: errs.KindOf(w.Status), Code: w.Code, Text: w.Text, Fields: w.Fields,
		RetryAfter: time.Duration(min(w.RetryAfter, maxMillis)) * time.Millisecond, Alias: w.Alias}
}

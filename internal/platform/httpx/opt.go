package httpx

import (
	"bytes"
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// Opt is a field that a client may leave out, which is not the same as sending null: PATCH leaves
// the one alone and clears the other.
type Opt[T any] struct {
	Sent  bool // the field was there
	Null  bool // and it was null
	Value T
}

// UnmarshalJSON is only called for fields that were sent.
func (o *Opt[T]) UnmarshalJSON(b []byte) error {
	o.Sent = true
	if bytes.Equal(b, []byte("null")) {
		o.Null = true
		return nil
	}
	return json.Unmarshal(b, &o.Value)
}

// MarshalJSON makes an Opt usable in requests of Go clients and tests.
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	if !o.Sent || o.Null {
		return []byte("null"), nil
	}
	return json.Marshal(o.Value)
}

// Schema is T's, nullable. huma applies the field's tags (maxLength, enum, …) to it.
func (o Opt[T]) Schema(r huma.Registry) *huma.Schema {
	s := *huma.SchemaFromType(r, reflect.TypeFor[T]())
	if s.Type != "" { // what says no type takes null anyway
		s.Nullable = true
	}
	return &s
}

// Ptr is the value, nil when it was not sent or null.
func (o Opt[T]) Ptr() *T {
	if !o.Sent || o.Null {
		return nil
	}
	return &o.Value
}

// Or is the value when one was sent, else the given one.
func (o Opt[T]) Or(other T) T {
	if p := o.Ptr(); p != nil {
		return *p
	}
	return other
}

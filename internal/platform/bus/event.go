package bus

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// Kind names a type of event and the topic it travels on.
type Kind struct {
	Topic string // e.g. "user.events"
	Type  string // e.g. "user.created"
	// Internal events never leave the process's own bus: they are not mirrored to Kafka.
	Internal bool
}

// Payload is a module's event as its face declares it: JSON fields are the contract's `data`.
type Payload interface {
	Kind() Kind
	// Key is the id of the aggregate. Events of one key stay in commit order.
	Key() string
}

// Event is a published event on its way.
type Event struct {
	ID         uuid.UUID
	Topic      string
	Type       string
	Key        string
	Data       json.RawMessage
	Trace      string // W3C traceparent of the request that caused it; may be empty
	Internal   bool   // as its kind; kept with the event, so that a mirror need not know the kinds
	OccurredAt time.Time
}

// EnvelopeVersion is raised when what stands around an event's data on Kafka changes incompatibly.
const EnvelopeVersion = 1

// envelope is the contract's JSON (contract: type, timestamp, data) plus id and version.
type envelope struct {
	ID        uuid.UUID       `json:"id"`
	Version   int             `json:"version"`
	Type      string          `json:"type"`
	Timestamp string          `json:"timestamp"`
	Data      json.RawMessage `json:"data"`
}

// Envelope is the event as it stands on Kafka: the original's three fields plus id and version.
func (e Event) Envelope() ([]byte, error) {
	return json.Marshal(envelope{e.ID, EnvelopeVersion, e.Type, e.OccurredAt.UTC().Format("2006-01-02T15:04:05.000000Z"), e.Data})
}

// Handler deals with one event. It runs in a transaction of the subscriber's database, which ctx
// carries, together with the inbox row: what it writes there happens once. Everything else it does
// may happen again.
type Handler func(ctx context.Context, e Event) error

// Route is one type of event and its handler.
type Route struct {
	Kind   Kind
	Handle Handler
}

// On makes a route from a handler of a face's event type.
func On[P Payload](handle func(ctx context.Context, p P) error) Route {
	var zero P
	return Route{Kind: zero.Kind(), Handle: func(ctx context.Context, e Event) error {
		var p P
		if err := json.Unmarshal(e.Data, &p); err != nil {
			return fmt.Errorf("decode %s: %w", e.Type, err)
		}
		return handle(ctx, p)
	}}
}

// Subscription is one module's interest in some types of events. Its name is the consumer group's
// on Kafka (contract: events.md §4) and keys the inbox, so it must never change.
type Subscription struct {
	Name   string
	Routes []Route
	// Batch is how many events share a transaction at most. Defaults to 256; 1 for handlers that
	// do more than write to their database.
	Batch int
	// Original asks for what the original wrote to Kafka, and for nothing else. Such events have no id, shapes of
	// their own and name what the original has, so no other subscription is given them.
	Original bool
}

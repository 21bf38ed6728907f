package kafka

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"agrovet/internal/platform/bus"

	"github.com/google/uuid"
	"github.com/twmb/franz-go/pkg/kgo"
)

const traceparent = "traceparent" // W3C Trace Context §3.2

// encode makes e a record: the envelope is the value, the rest stands in headers as CloudEvents' Kafka
// binding says (§3.2). An empty key is a key like any other.
func encode(e bus.Event) (*kgo.Record, error) {
	value, err := e.Envelope()
	if err != nil {
		return nil, fmt.Errorf("encode event %s: %w", e.ID, err)
	}
	header := func(key, value string) kgo.RecordHeader { return kgo.RecordHeader{Key: key, Value: []byte(value)} }
	headers := []kgo.RecordHeader{
		header("ce_specversion", "1.0"), header("ce_id", e.ID.String()), header("ce_type", e.Type),
		header("ce_source", "/agrovet/"+e.Topic), header("ce_time", e.OccurredAt.UTC().Format(time.RFC3339Nano)),
		header("content-type", "application/json"),
	}
	if e.Trace != "" {
		headers = append(headers, header(traceparent, e.Trace))
	}
	return &kgo.Record{Topic: e.Topic, Key: []byte(e.Key), Value: value, Headers: headers}, nil
}

// maxValue bounds what is taken for an event, in bytes: far more than any publisher of ours may write.
const maxValue = 4 * bus.MaxEvent

// envelope is what the original and agrovet write; the original has no id.
type envelope struct {
	ID        string          `json:"id"`
	Type      string          `json:"type"`
	Timestamp string          `json:"timestamp"`
	Data      json.RawMessage `json:"data"`
}

// decode reads a record, and says whether the original wrote it. Its error says why the record is no event.
func decode(r *kgo.Record) (_ bus.Event, original bool, err error) {
	if len(r.Value) > maxValue {
		return bus.Event{}, false, fmt.Errorf("%d bytes are more than an event has", len(r.Value))
	}
	var in envelope
	if err := json.Unmarshal(r.Value, &in); err != nil {
		return bus.Event{}, false, fmt.Errorf("not the JSON of an event: %w", err)
	}
	if in.Type == "" {
		return bus.Event{}, false, errors.New("no type")
	}
	e := bus.Event{Topic: r.Topic, Type: in.Type, Key: string(r.Key), Data: in.Data, Trace: trace(r), OccurredAt: r.Timestamp}
	if len(in.Data) == 0 {
		e.Data = json.RawMessage("null")
	}
	if at, err := time.Parse(time.RFC3339, in.Timestamp); err == nil {
		e.OccurredAt = at
	}
	id, err := uuid.Parse(in.ID)
	if err != nil {
		id = derived(r, e.OccurredAt)
	}
	e.ID = id
	if r.Key == nil { // nothing to be in order with, so nothing to wait behind
		e.Key = id.String()
	}
	return e, err != nil, nil
}

// derived is the id of an event that has none: a hash of what it says, so that a producer's second try (the
// original's have no sequence) and a copy of the topic are known as repeats, which topic, partition and offset
// would not do. Nothing of it depends on who reads when, so a rebalance or a replay gives the same. The envelope's
// microseconds tell two events that say the same from one. It begins with the time, as all ids do, because the inbox is purged by that (UUID version 8).
func derived(r *kgo.Record, at time.Time) (id uuid.UUID) {
	h := sha256.New()
	for _, part := range [][]byte{[]byte(r.Topic), r.Key, r.Value} {
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part))))
		h.Write(part)
	}
	copy(id[:], h.Sum(nil))
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(at.UnixMilli())<<16)
	copy(id[:6], ms[:6])
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return id
}

// trace is the record's traceparent, empty when it has none that could be one.
func trace(r *kgo.Record) string {
	for _, h := range r.Headers {
		if h.Key == traceparent && len(h.Value) == 55 {
			return string(h.Value)
		}
	}
	return ""
}

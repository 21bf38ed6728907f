package asyncapi

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"agrovet/internal/platform/bus"
)

// Event is a type of event that a module publishes.
type Event struct {
	Payload bus.Payload
	Summary string
}

// topics describes Kafka. Events that never leave the process are left out.
func (d *document) topics(events []Event) error {
	topics := map[string][]string{} // messages by topic
	for _, e := range events {
		kind := e.Payload.Kind()
		if kind.Internal {
			continue
		}
		id := kind.Topic + "." + kind.Type
		if d.messages[id] != nil {
			return fmt.Errorf("asyncapi: %s is listed twice", id)
		}
		topics[kind.Topic] = append(topics[kind.Topic], id)
		d.messages[id] = object{"name": kind.Type, "title": kind.Type, "summary": e.Summary, "payload": d.envelope(e.Payload),
			"bindings": object{"kafka": object{"bindingVersion": "0.5.0",
				"key": object{"type": "string", "description": keyOf(e.Payload) + ", as text: events of one key are in order."}}}}
	}
	for _, topic := range slices.Sorted(maps.Keys(topics)) {
		messages := map[string]string{}
		for _, id := range topics[topic] {
			messages[id] = id
		}
		d.channel(topic, topic, "Events that are told after the change they tell of is stored: once or more, those of a key in order.",
			object{"servers": []object{ref("servers/kafka")}, "bindings": object{"kafka": object{"topic": topic, "partitions": 3, "bindingVersion": "0.5.0"}}}, messages)
		d.operation(topic+".send", "send", topic, "Tell what happened.", topics[topic])
	}
	return nil
}

// envelope is the event as it stands on Kafka.
func (d *document) envelope(p bus.Payload) object {
	t := reflect.TypeOf(p)
	return object{"type": "object", "required": []string{"id", "version", "type", "timestamp", "data"}, "properties": object{
		"id":        object{"type": "string", "format": "uuid", "description": "Of the event: a repeat has the same."},
		"version":   object{"const": bus.EnvelopeVersion},
		"type":      object{"const": p.Kind().Type},
		"timestamp": object{"type": "string", "format": "date-time"},
		"data":      d.schemas.Schema(t, true, t.Name()),
	}}
}

// keyOf finds out which field is an event's key: it is the one whose value the key has.
func keyOf(p bus.Payload) string {
	v := reflect.New(reflect.TypeOf(p)).Elem()
	v.Set(reflect.ValueOf(p))
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Int64 {
			f.SetInt(int64(1000 + i))
		} else if f.Kind() == reflect.String {
			f.SetString(fmt.Sprint(1000 + i))
		}
	}
	key := v.Interface().(bus.Payload).Key()
	for i := range v.NumField() {
		if fmt.Sprint(v.Field(i).Interface()) == key {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			return "`" + name + "`"
		}
	}
	return "An id"
}

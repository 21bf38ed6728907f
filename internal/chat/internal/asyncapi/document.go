package asyncapi

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"agrovet/internal/platform/httpx"
)

type object = map[string]any

// document is one in the making.
type document struct {
	schemas    huma.Registry
	messages   object
	channels   object
	operations object
}

// Document is the AsyncAPI document as JSON, with the events of all modules.
func Document(version string, events []Event) ([]byte, error) {
	d := &document{httpx.Schemas(), object{}, object{}, object{}}
	d.sockets()
	if err := d.topics(events); err != nil {
		return nil, err
	}
	doc, err := plain(object{
		"asyncapi": "3.0.0",
		"info": object{"title": "agrovet", "version": version, "description": "What agrovet sends and takes beside requests. " +
			"Whatever reads this should ignore types and fields that it does not know: there will be more."},
		"defaultContentType": "application/json",
		"servers":            servers(),
		"channels":           d.channels,
		"operations":         d.operations,
		"components":         object{"messages": d.messages, "schemas": d.schemas.Map(), "securitySchemes": security()},
	})
	if err != nil {
		return nil, err
	}
	httpx.CompleteSchemas(d.schemas, doc)
	open(doc)
	return json.Marshal(doc)
}

// plain is v as JSON has it.
func plain(v any) (doc object, err error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	err = json.Unmarshal(b, &doc)
	return doc, err
}

// open lets every object have fields that it does not know yet.
func open(node any) {
	switch n := node.(type) {
	case object:
		if n["additionalProperties"] == false {
			delete(n, "additionalProperties")
		}
		for _, child := range n {
			open(child)
		}
	case []any:
		for _, child := range n {
			open(child)
		}
	}
}

func servers() object {
	var schemes []object
	for _, name := range slices.Sorted(maps.Keys(security())) {
		schemes = append(schemes, ref("components/securitySchemes/"+name))
	}
	return object{
		"sockets": object{"host": "{host}", "protocol": "ws", "description": "wss behind a TLS proxy. Origins of browsers must be those of http.cors-origins or the server's own.",
			"variables": object{"host": object{"default": "localhost:8000"}}, "security": schemes},
		"kafka": object{"host": "{host}", "protocol": "kafka", "variables": object{"host": object{"default": "localhost:9092"}}},
	}
}

func security() object {
	return object{
		"query": object{"type": "httpApiKey", "in": "query", "name": "token",
			"description": "The key, as login returns it; access_token is read, too. For clients that can do nothing else: addresses end up in logs."},
		"header": object{"type": "httpApiKey", "in": "header", "name": "Authorization", "description": "`Token <key>` or `Bearer <key>`."},
		"subprotocol": object{"type": "httpApiKey", "in": "header", "name": "Sec-WebSocket-Protocol",
			"description": "`agrovet, token.<key>`, which is `new WebSocket(url, [\"agrovet\", \"token.\" + key])` in a browser. The server answers `agrovet`."},
	}
}

func ref(path string) object { return object{"$ref": "#/" + path} }

// operation is what the server does on a channel.
func (d *document) operation(id, action, channel, summary string, messages []string) {
	refs := make([]object, len(messages))
	for i, m := range messages {
		refs[i] = ref("channels/" + channel + "/messages/" + m)
	}
	d.operations[id] = object{"action": action, "channel": ref("channels/" + channel), "summary": summary, "messages": refs}
}

// channel is where messages travel.
func (d *document) channel(id, address, description string, more object, messages map[string]string) {
	c := object{"address": address, "description": description, "messages": object{}}
	for name, component := range messages {
		c["messages"].(object)[name] = ref("components/messages/" + component)
	}
	maps.Copy(c, more)
	d.channels[id] = c
}

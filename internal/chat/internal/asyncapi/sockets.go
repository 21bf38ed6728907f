package asyncapi

import (
	"fmt"
	"slices"
	"strings"
)

// socket is an address that clients connect to.
type socket struct{ id, address, description string }

var sockets = []socket{
	{"all", all, "One connection for everything: all rooms, presence, and what other parts of the platform tell."},
	{"room", one, "One room, as the original's clients use it. `since=<seq>` resumes; without it the server sends what no device of the member has. " +
		"What was sent is taken for delivered when the client answers a ping behind it. Refused at the handshake: 401 without a valid key, 403 not a participant, 404 no such room."},
	{"presence", presence, "Who is online, as the original's clients use it. Entries of rooms come here as well, so that lists of rooms are up to date."},
}

// sockets describes all of them.
func (d *document) sockets() {
	for prefix, frames := range map[string][]frame{"server.": sent, "client.": taken} {
		for _, f := range frames {
			d.messages[prefix+f.kind] = object{"name": f.kind, "title": f.kind, "summary": f.summary, "payload": d.payload(f)}
		}
	}
	for _, s := range sockets {
		more := object{"servers": []object{ref("servers/sockets")}, "x-close-codes": closeCodes,
			"bindings": object{"ws": object{"method": "GET", "bindingVersion": "0.1.0"}}}
		if strings.Contains(s.address, "{room}") {
			more["parameters"] = object{"room": object{"description": "The room's id."}}
		}
		out, in := on(s.address, "server.", sent), on(s.address, "client.", taken)
		messages := map[string]string{}
		for _, name := range slices.Concat(out, in) {
			messages[name] = name
		}
		d.channel(s.id, s.address, s.description+"\n\n"+closing(), more, messages)
		d.operation(s.id+".send", "send", s.id, "What the server sends.", out)
		d.operation(s.id+".receive", "receive", s.id, "What clients send. One JSON object in a text frame of at most 64 KiB.", in)
	}
}

// on are the frames of a socket.
func on(address, prefix string, frames []frame) (names []string) {
	for _, f := range frames {
		if slices.Contains(f.on, address) {
			names = append(names, prefix+f.kind)
		}
	}
	return names
}

// payload is the frame's schema: its type's, and the one value of the field type.
func (d *document) payload(f frame) object {
	return object{"allOf": []any{d.schemas.Schema(f.payload, true, f.payload.Name()),
		object{"type": "object", "required": []string{"type"}, "properties": object{"type": object{"const": f.kind}}}}}
}

// closing is the table of close codes.
func closing() string {
	var b strings.Builder
	b.WriteString("| Close code | Why | What to do |\n| --- | --- | --- |\n")
	for _, c := range closeCodes {
		fmt.Fprintf(&b, "| %d | %s | %s |\n", c.Code, c.Meaning, c.Then)
	}
	return b.String()
}

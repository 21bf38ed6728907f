package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What nobody outside of the group may learn.
const (
	groupName   = "Cooperativa escondida"
	groupSecret = "El novillo se vende a escondidas"
)

// doorway is a group with something to hide, and those who have no part in it.
type doorway struct {
	*process
	owner, member registered
	group         int64
	message       int64 // the owner's, with a picture
	picture       int64 // of the message
	pictureURL    string
	outsiders     []outsider
}

// outsider is somebody who may know nothing of the group.
type outsider struct {
	name string
	registered
	own int64 // a message that they wrote there when they were in it; 0: never
}

func openDoorway(t *testing.T) *doorway {
	d := &doorway{process: startShared(t, "--chat-messages", "0", "--chat-frames", "0")}
	d.owner, d.member = member(t, d.process, "70000001"), member(t, d.process, "70000002")
	d.outsiders = []outsider{{name: "AStranger", registered: member(t, d.process, "70000003")}, {name: "WhoWasPutOut", registered: member(t, d.process, "70000004")},
		{name: "WhoLeft", registered: member(t, d.process, "70000005")}, {name: "ARevokedToken", registered: d.again("70000002")}}
	removed, left := &d.outsiders[1], &d.outsiders[2]
	d.group = d.opened(d.owner, groupName, d.member, removed.registered, left.registered)
	d.picture = int64(d.uploadAnonymously(77))
	sent := d.said(d.owner, map[string]any{"room": d.group, "content": groupSecret, "media_id": d.picture})
	d.message, d.pictureURL = int64(sent["message_id"].(float64)), sent["media_url"].(string)
	for _, o := range []*outsider{removed, left} {
		o.own = int64(d.said(o.registered, map[string]any{"room": d.group, "content": groupSecret + ", dije."})["message_id"].(float64))
	}
	d.eventually("what was said is found", func() bool {
		return len(d.asked(d.member, "/api/chat/messages/search/?q=novillo")["results"].([]any)) == 3
	})
	d.mustCall(http.StatusNoContent, http.MethodDelete, fmt.Sprintf("/api/chat/rooms/%d/members/%d/", d.group, removed.User.ID), nil, "Authorization", "Token "+d.owner.Token)
	d.mustCall(http.StatusNoContent, http.MethodDelete, fmt.Sprintf("/api/chat/rooms/%d/", d.group), nil, "Authorization", "Token "+left.Token)
	d.mustCall(http.StatusNoContent, http.MethodPost, "/api/auth/logout/", nil, "Authorization", "Token "+d.outsiders[3].Token)
	return d
}

// again is another session of a member.
func (d *doorway) again(phone string) registered {
	return d.mustCall(http.StatusOK, http.MethodPost, "/api/auth/login/", map[string]any{"phone_number": phone, "password": "trigo-y-quinua"}).registered(d.t)
}

// opened makes a group.
func (p *process) opened(owner registered, name string, others ...registered) int64 {
	p.t.Helper()
	ids := []int64{owner.User.ID}
	for _, o := range others {
		ids = append(ids, o.User.ID)
	}
	var made struct{ ID int64 }
	r := p.mustCall(http.StatusCreated, http.MethodPost, "/api/chat/rooms/", map[string]any{"participants_ids": ids, "is_private": false, "name": name}, "Authorization", "Token "+owner.Token)
	require.NoError(p.t, json.Unmarshal([]byte(r.body), &made))
	return made.ID
}

// said sends a message by REST.
func (p *process) said(who registered, body map[string]any) (sent map[string]any) {
	p.t.Helper()
	r := p.mustCall(http.StatusCreated, http.MethodPost, "/api/chat/messages/", body, "Authorization", "Token "+who.Token)
	require.NoError(p.t, json.Unmarshal([]byte(r.body), &sent))
	return sent
}

// silent wants that an answer, or frames, tell nothing of the group.
func (d *doorway) silent(what string, texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		for _, secret := range []string{groupName, groupSecret, d.pictureURL[strings.LastIndex(d.pictureURL, "/"):], "escondida"} {
			require.NotContains(d.t, text, secret, what)
		}
	}
}

// restDoor is a request about the group.
type restDoor struct {
	method, path string
	body         map[string]any
	inside       int    // the status that the owner gets
	shows        string // what stands in the owner's answer
	outside      []int  // what others get; nothing: 403 or 404
}

var (
	hides = []int{http.StatusForbidden, http.StatusNotFound}
	empty = []int{http.StatusOK}
)

// restDoors are all of them; message is one that may be changed and deleted. What ends something is last.
func (d *doorway) restDoors(message int64) []restDoor {
	room, one, members := fmt.Sprintf("/api/chat/rooms/%d/", d.group), fmt.Sprintf("/api/chat/messages/%d/", message), fmt.Sprintf("/api/chat/rooms/%d/members/", d.group)
	first := fmt.Sprintf("/api/chat/messages/%d/", d.message)
	in := map[string]any{"room": d.group, "content": "Entro por aquí."}
	return []restDoor{
		{"GET", "/api/chat/rooms/", nil, 200, groupName, empty},
		{"GET", room, nil, 200, groupName, nil},
		{"PATCH", room, map[string]any{"name": groupName}, 200, groupName, nil},
		{"PUT", room, map[string]any{"name": groupName}, 200, groupName, nil},
		{"PUT", room + "mute/", map[string]any{}, 200, "muted_until", nil},
		{"DELETE", room + "mute/", nil, 204, "", nil},
		{"GET", room + "log/?after=0", nil, 200, groupSecret, nil},
		{"GET", room + "log/?before=100", nil, 200, groupSecret, nil},
		{"GET", fmt.Sprintf("/api/chat/log/?rooms=%d:0", d.group), nil, 200, groupSecret, empty},
		{"GET", members, nil, 200, "Persona 70000002", nil},
		{"POST", members, map[string]any{"user_ids": []int64{d.member.User.ID}}, 200, "Persona 70000002", nil},
		{"PATCH", members + fmt.Sprint(d.member.User.ID) + "/", map[string]any{"role": "member"}, 200, "", nil},
		{"GET", "/api/chat/messages/", nil, 200, groupSecret, empty},
		{"GET", fmt.Sprintf("/api/chat/messages/?room=%d", d.group), nil, 200, groupSecret, nil},
		{"GET", fmt.Sprintf("/api/chat/messages/?room=%d&before=99", d.group), nil, 200, groupSecret, nil},
		{"GET", fmt.Sprintf("/api/chat/messages/?room=%d&after=1", d.group), nil, 200, groupSecret, nil},
		{"GET", fmt.Sprintf("/api/chat/messages/last_messages/?room=%d", d.group), nil, 200, d.pictureURL, nil},
		{"GET", "/api/chat/messages/search/?q=novillo", nil, 200, "escondidas", empty},
		{"GET", fmt.Sprintf("/api/chat/messages/search/?q=novillo&room=%d", d.group), nil, 200, "escondidas", nil},
		{"GET", first, nil, 200, groupSecret, nil},
		{"POST", "/api/chat/messages/mark_read/", map[string]any{"room": d.group}, 200, "updated", nil},
		{"POST", "/api/chat/messages/mark_read/", map[string]any{"room": d.group, "message_ids": []int64{d.message}}, 200, "updated", nil},
		{"POST", "/api/chat/messages/mark_read/", map[string]any{"room": d.group, "seq": 2}, 200, "updated", nil},
		{"POST", "/api/chat/messages/", in, 201, "Entro", nil},
		{"POST", "/api/chat/messages/", map[string]any{"room": d.group, "media_id": d.picture}, 201, d.pictureURL, []int{400, 403, 404}},
		{"GET", fmt.Sprintf("/api/media/%d/", d.picture), nil, 200, d.pictureURL[strings.LastIndex(d.pictureURL, "/"):], []int{404}},
		{"GET", "/api/media/", nil, 200, d.pictureURL[strings.LastIndex(d.pictureURL, "/"):], empty},
		{"PATCH", one, map[string]any{"content": groupSecret + "."}, 200, groupSecret, nil},
		{"PUT", one, map[string]any{"content": groupSecret + "!"}, 200, groupSecret, nil},
		{"PATCH", one, map[string]any{}, 200, groupSecret, nil},
		{"DELETE", one, nil, 204, "", nil},
		{"DELETE", members + fmt.Sprint(d.member.User.ID) + "/", nil, 204, "", nil},
	}
}

// TestChatIsClosedToOutsiders has those who have no part in a group try each door. In the same door its owner
// finds what is behind it.
func TestChatIsClosedToOutsiders(t *testing.T) {
	d := openDoorway(t)
	for _, o := range d.outsiders {
		t.Run(o.name, func(t *testing.T) {
			message := int64(d.said(d.owner, map[string]any{"room": d.group, "content": groupSecret + "."})["message_id"].(float64))
			doors := d.restDoors(message)
			if o.own != 0 { // what they wrote is not theirs to reach any more, either
				own := fmt.Sprintf("/api/chat/messages/%d/", o.own)
				for _, method := range []string{"GET", "PATCH", "DELETE"} {
					doors = append(doors, restDoor{method: method, path: own, body: map[string]any{"content": "Me arrepiento."}})
				}
			}
			for _, door := range doors {
				d.tried(t, o, door)
			}
			d.socketsAreClosed(t, o)
		})
	}
	d.staffAlone(t)
	for _, door := range d.restDoors(int64(d.said(d.owner, map[string]any{"room": d.group, "content": groupSecret + "."})["message_id"].(float64))) {
		r := d.mustCall(door.inside, door.method, door.path, door.body, "Authorization", "Token "+d.owner.Token)
		require.Contains(t, r.body, door.shows, "%s %s", door.method, door.path)
	}
	d.stop()
}

// tried has an outsider go through a door of REST.
func (d *doorway) tried(t *testing.T, o outsider, door restDoor) {
	t.Helper()
	r, err := d.call(door.method, door.path, door.body, "Authorization", "Token "+o.Token)
	require.NoError(t, err)
	wanted := door.outside
	switch {
	case o.name == "ARevokedToken":
		wanted = []int{http.StatusUnauthorized}
	case wanted == nil:
		wanted = hides
	}
	require.Contains(t, wanted, r.status, "%s %s: %s", door.method, door.path, r.body)
	d.silent(door.method+" "+door.path, r.body)
}

// socketsAreClosed has an outsider try the sockets and the event stream, while the group talks.
func (d *doorway) socketsAreClosed(t *testing.T, o outsider) {
	room := fmt.Sprintf("/ws/chat/%d/", d.group)
	if o.name == "ARevokedToken" {
		for _, path := range []string{"/ws/", "/ws/presence/", room} {
			_, status := d.handshake(path, o.Token)
			require.Equal(t, http.StatusUnauthorized, status, path)
		}
		d.mustCall(http.StatusUnauthorized, http.MethodGet, fmt.Sprintf("/api/chat/stream/?rooms=%d:0", d.group), nil, "Authorization", "Token "+o.Token)
		return
	}
	_, status := d.handshake(room, o.Token)
	require.Equal(t, http.StatusForbidden, status)
	owner, all, there := d.hear("/ws/", d.owner.Token), d.hear("/ws/", o.Token), d.hear("/ws/presence/", o.Token)
	stream := d.stream(fmt.Sprintf("?rooms=%d:0", d.group), o.Token)
	owner.say(map[string]any{"type": "resume", "rooms": map[string]any{fmt.Sprint(d.group): 0}})
	owner.await("chat_message", groupSecret)
	owner.await("resumed", "")
	require.NotContains(t, all.await("welcome", "")[0], fmt.Sprintf(`"room":%d,`, d.group))
	stream.await("welcome", "")

	for name, frame := range map[string]map[string]any{
		"resume":           {"type": "resume", "rooms": map[string]any{fmt.Sprint(d.group): 0}},
		"chat_message":     {"type": "chat_message", "room_id": d.group, "text": "Entro por aquí.", "client_msg_id": "k"},
		"mark_read":        {"type": "mark_read", "room_id": d.group},
		"mark_read of one": {"type": "mark_read", "room_id": d.group, "message_ids": []int64{d.message}},
		"delivered":        {"type": "delivered", "rooms": map[string]any{fmt.Sprint(d.group): 2}},
		"typing":           {"type": "typing", "room_id": d.group},
		"get_online_users": {"type": "get_online_users", "users": []int64{d.owner.User.ID, d.member.User.ID}},
	} {
		all.say(frame)
		answers := all.settled()
		d.silent(name, answers...)
		for _, a := range answers {
			switch typeOf(a) {
			case "error":
				require.Contains(t, a, "chat.not_a_participant", name)
			case "online_users_list":
				require.JSONEq(t, `{"type": "online_users_list", "users": []}`, a)
			default:
				require.Fail(t, "an answer", "%s: %s", name, a)
			}
		}
		require.Equal(t, !slices.Contains([]string{"resume", "delivered"}, name), len(answers) == 1, name)
	}
	there.say(map[string]any{"type": "get_online_users", "users": []int64{d.owner.User.ID}})
	require.JSONEq(t, `{"type": "online_users_list", "users": []}`, there.await("online_users_list", "")[0])

	comes := d.hear(room, d.member.Token) // somebody comes, writes and reads
	comes.say(map[string]any{"type": "typing"})
	comes.say(map[string]any{"type": "chat_message", "text": groupSecret + ": " + o.name})
	comes.say(map[string]any{"type": "mark_read"})
	owner.await("chat_message", o.name)
	owner.await("messages_read", "")
	require.Empty(t, all.settled())
	require.Empty(t, there.settled())
	d.said(o.registered, map[string]any{"room": d.opened(o.registered, "Propia "+o.name), "content": "para mí"}) // behind all of that
	d.silent("stream", stream.await("chat_message", "para mí")...)
}

// staffAlone wants what messages said before to be for staff, and not for the group.
func (d *doorway) staffAlone(t *testing.T) {
	message := int64(d.said(d.owner, map[string]any{"room": d.group, "content": groupSecret + "?"})["message_id"].(float64))
	d.mustCall(http.StatusOK, http.MethodPatch, fmt.Sprintf("/api/chat/messages/%d/", message), map[string]any{"content": "Nada."}, "Authorization", "Token "+d.owner.Token)
	out, err := d.tool("createsuperuser", "--phone", "+591 60000001", "--password", "chacra-del-sur")
	require.NoError(t, err, out)
	staff := d.mustCall(http.StatusOK, http.MethodPost, "/api/auth/login/", map[string]any{"phone_number": "60000001", "password": "chacra-del-sur"}).registered(t)
	path := fmt.Sprintf("/api/chat/messages/%d/revisions/", message)
	require.Contains(t, d.mustCall(http.StatusOK, http.MethodGet, path, nil, "Authorization", "Token "+staff.Token).body, groupSecret)
	for _, o := range append(d.outsiders, outsider{name: "TheOwner", registered: d.owner}) {
		d.tried(t, o, restDoor{method: http.MethodGet, path: path})
	}
}

// TestOpenConnectionsEndWithMembershipAndSession has everything open at the moment when somebody is put out,
// leaves, or signs out.
func TestOpenConnectionsEndWithMembershipAndSession(t *testing.T) {
	p := startShared(t, "--chat-messages", "0")
	owner, stays := member(t, p, "70000001"), member(t, p, "70000002")
	witness := p.hear("/ws/", owner.Token)
	for i, ends := range []struct {
		name   string
		path   string // of the request, with the group and the user
		method string
		owner  bool // it is the owner's
		code   int  // with which the room's own socket ends
	}{
		{"WhoIsPutOut", "/api/chat/rooms/%d/members/%d/", http.MethodDelete, true, 4403},
		{"WhoLeaves", "/api/chat/rooms/%d/?%d", http.MethodDelete, false, 4403},
		{"WhoSignsOut", "/api/auth/logout/?%d%d", http.MethodPost, false, 4401},
	} {
		t.Run(ends.name, func(t *testing.T) {
			goes := member(t, p, fmt.Sprintf("7000001%d", i))
			group := p.opened(owner, "Grupo", stays, goes)
			room := fmt.Sprintf("/ws/chat/%d/", group)
			one, all, there, stream := p.hear(room, goes.Token), p.hear("/ws/", goes.Token), p.hear("/ws/presence/", goes.Token), p.stream("", goes.Token)
			other := p.hear(room, stays.Token)
			for _, e := range []*ear{one, all, there, other} { // until it answers, what is said may be before its time
				e.say(map[string]any{"type": "ping"})
				e.await("pong", "")
			}
			stream.await("welcome", "")
			p.said(stays, map[string]any{"room": group, "content": "antes"})
			for _, e := range []*ear{one, all, there, stream, other, witness} {
				e.await("chat_message", "antes")
			}

			token := map[bool]string{true: owner.Token, false: goes.Token}[ends.owner]
			p.mustCall(http.StatusNoContent, ends.method, fmt.Sprintf(ends.path, group, goes.User.ID), nil, "Authorization", "Token "+token)
			require.NotContains(t, strings.Join(one.rest(), ""), "después")
			require.Equal(t, ends.code, one.code)
			signedOut := ends.code == 4401
			if !signedOut {
				for _, e := range []*ear{all, there, stream} {
					e.await("room_gone", "")
				}
			}
			p.said(stays, map[string]any{"room": group, "content": "después"})
			other.await("chat_message", "después")
			witness.await("chat_message", "después")
			if signedOut {
				for _, e := range []*ear{all, there, stream} {
					require.NotContains(t, strings.Join(e.rest(), ""), "después")
				}
				require.Equal(t, []int{4401, 4401}, []int{all.code, there.code})
				return
			}
			all.say(map[string]any{"type": "resume", "rooms": map[string]any{fmt.Sprint(group): 0}})
			all.say(map[string]any{"type": "chat_message", "room_id": group, "text": "¿Y yo?"})
			all.await("error", "chat.not_a_participant")
			require.NotContains(t, strings.Join(append(all.settled(), there.settled()...), ""), "después")
			p.said(goes, map[string]any{"room": p.opened(goes, "Propia"), "content": "para mí"})
			require.NotContains(t, strings.Join(stream.await("chat_message", "para mí"), ""), "después")
		})
	}
	p.stop()
}

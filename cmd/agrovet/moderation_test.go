package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestModerationAcrossModules follows a post of the forum that somebody reports: staff removes it, its picture
// leaves the store at once, everybody reads why and the author is told; they appeal, and somebody else of staff
// shows the text again, without the picture.
func TestModerationAcrossModules(t *testing.T) {
	p := startShared(t)
	ana, beto := member(t, p, "70000001"), member(t, p, "70000002")
	jefa, jefe := p.staff("60000001"), p.staff("60000002")
	post := func(who registered, status int, path string, body map[string]any) map[string]any {
		t.Helper()
		return decodedBody(t, p.mustCall(status, http.MethodPost, "/api/foro/"+path, body, "Authorization", "Token "+who.Token))
	}

	picture := p.uploadAnonymously(80)
	made := post(ana, 201, "posts/", map[string]any{"title": "Así curo a mis vacas", "content": "Con mano dura.", "media_id": picture})
	path := fmt.Sprintf("posts/%.0f/", made["id"])
	url := made["media"].(map[string]any)["url"].(string)[len(p.base):]
	p.mustCall(http.StatusOK, http.MethodGet, url, nil)
	p.eventually("the picture and its smaller copies are there", func() bool { return len(p.stored()) == 4 })

	post(beto, 201, path+"report/", map[string]any{"reason": "dangerous_advice", "note": "Maltrata a sus animales."})
	queue := p.asked(jefa, "/api/foro/moderation/cases/?state=open")
	require.Equal(t, 1.0, queue["count"])
	first := fmt.Sprintf("moderation/cases/%.0f/", queue["results"].([]any)[0].(map[string]any)["id"])
	report := p.asked(jefa, "/api/foro/"+first)["all_reports"].([]any)[0].(map[string]any)
	require.Equal(t, []any{"Maltrata a sus animales.", "Persona 70000002"}, []any{report["note"], report["reporter"].(map[string]any)["name"]})
	post(jefa, 200, first+"decide/", map[string]any{"decision": "remove", "reason": "Fomenta el maltrato."})

	p.eventually("the picture has left the store", func() bool { return len(p.stored()) == 0 })
	p.mustCall(http.StatusNotFound, http.MethodGet, url, nil)
	p.mustCall(http.StatusNotFound, http.MethodGet, fmt.Sprintf("/api/media/%.0f/", picture), nil, "Authorization", "Token "+ana.Token)
	p.mustCall(http.StatusNotFound, http.MethodGet, "/api/foro/"+path, nil)
	entry := decodedBody(t, p.mustCall(http.StatusOK, http.MethodGet, "/api/foro/moderation/log/", nil))["results"].([]any)[0].(map[string]any)
	require.Equal(t, []any{"remove", "Fomenta el maltrato.", "staff", nil}, []any{entry["decision"], entry["reason"], entry["role"], entry["actor"]})
	p.eventually("the author is told", func() bool { return len(p.told(ana)) == 1 })
	require.Contains(t, p.told(ana)[0], "Fomenta el maltrato.")
	post(ana, 200, "notifications/mark_read/", map[string]any{"all": true})

	post(ana, 201, path+"appeal/", map[string]any{"text": "Era una forma de hablar."})
	appeal := p.asked(jefa, "/api/foro/moderation/cases/?kind=appeal")["results"].([]any)[0].(map[string]any)
	second := fmt.Sprintf("moderation/cases/%.0f/decide/", appeal["id"])
	post(jefa, 403, second, map[string]any{"decision": "restore"})
	post(jefe, 200, second, map[string]any{"decision": "restore"})
	again := decodedBody(t, p.mustCall(http.StatusOK, http.MethodGet, "/api/foro/"+path, nil))
	require.Equal(t, []any{"Con mano dura.", nil, "visible"}, []any{again["content"], again["media"], again["state"]})
	require.Empty(t, p.stored())
	p.eventually("and told again", func() bool { return len(p.told(ana)) == 2 })
	p.stop()
}

// staff makes a member of staff.
func (p *process) staff(phone string) registered {
	p.t.Helper()
	out, err := p.tool("createsuperuser", "--phone", "+591 "+phone, "--password", "chacra-del-sur")
	require.NoError(p.t, err, out)
	return p.mustCall(http.StatusOK, http.MethodPost, "/api/auth/login/", map[string]any{"phone_number": phone, "password": "chacra-del-sur"}).registered(p.t)
}

// told are the notifications of moderators' decisions that somebody has, newest first, as their texts.
func (p *process) told(who registered) (all []string) {
	p.t.Helper()
	for _, n := range p.asked(who, "/api/foro/notifications/")["results"].([]any) {
		if n := n.(map[string]any); n["notif_type"] == "moderation" {
			all = append(all, n["summary"].(string))
		}
	}
	return all
}

func decodedBody(t testing.TB, r response) (body map[string]any) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(r.body), &body), r.body)
	return body
}

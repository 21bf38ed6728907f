package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/wsclient"
)

// TestForumNoticesReachSockets has two people answer a third one's posts while she is connected: each answer reaches
// her socket as one notification, which she can open; what she has muted does not.
func TestForumNoticesReachSockets(t *testing.T) {
	p := startShared(t, "--auth-register-per-address=0", "--log-level=warn")
	ana, luis := member(t, p, "70000001"), member(t, p, "70000002")
	written := func(who registered, path string, body map[string]any) int64 {
		var made struct{ ID int64 }
		r := p.mustCall(http.StatusCreated, http.MethodPost, path, body, "Authorization", "Token "+who.Token)
		require.NoError(t, json.Unmarshal([]byte(r.body), &made))
		return made.ID
	}
	asked := func(title string) int64 {
		return written(ana, "/api/foro/posts/", map[string]any{"title": title, "content": "Está triste."})
	}
	answered := func(post int64) int64 {
		return written(luis, "/api/foro/comments/", map[string]any{"post": post, "content": "Llame al veterinario."})
	}
	notices := make(chan wsclient.Notice, 100)
	c, err := wsclient.Dial(t.Context(), wsclient.Config{URL: p.base, Token: ana.Token, Handle: func(f wsclient.Frame) {
		if f.Type == "notification" {
			n, err := wsclient.As[wsclient.Notice](f)
			if err != nil {
				t.Error(err)
			}
			notices <- n
		}
	}})
	require.NoError(t, err)
	t.Cleanup(c.Close)

	muted, vaca, toro := asked("¿Mi perro?"), asked("¿Mi vaca?"), asked("¿Mi toro?")
	p.mustCall(http.StatusOK, http.MethodPost, fmt.Sprintf("/api/foro/posts/%d/mute/", muted), nil, "Authorization", "Token "+ana.Token)
	answered(muted)
	for _, post := range []int64{vaca, toro} { // the second one comes after whatever else the first one makes
		comment := answered(post)
		select {
		case n := <-notices:
			require.Equal(t, "foro.noticed", n.Kind)
			var told struct {
				NotificationID int64  `json:"notification_id"`
				UserID         int64  `json:"user_id"`
				Type           string `json:"type"`
				PostID         int64  `json:"post_id"`
				CommentID      int64  `json:"comment_id"`
			}
			require.NoError(t, json.Unmarshal(n.Data, &told))
			require.Equal(t, []any{ana.User.ID, "post_reply", post, comment}, []any{told.UserID, told.Type, told.PostID, told.CommentID})
			opened := p.mustCall(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/foro/notifications/%d/", told.NotificationID), nil, "Authorization", "Token "+ana.Token)
			require.Contains(t, opened.body, "Persona 70000002 comentó tu publicación")
		case <-time.After(time.Minute):
			require.Fail(t, "no notification came")
		}
	}
	db := p.database()
	require.Eventually(t, func() bool {
		return count(t, db, `select count(*) from foro.outbox o where type = 'foro.noticed' and not exists
			(select from chat.inbox i where i.event_id = o.id and i.subscription = 'chat-service-notice-consumer')`) == 0
	}, time.Minute, 20*time.Millisecond)
	require.Empty(t, notices)
	require.EqualValues(t, 2, count(t, db, "select count(*) from foro.notification"))
	p.stop()
}

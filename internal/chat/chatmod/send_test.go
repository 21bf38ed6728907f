package chatmod_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/chatmod"
	"agrovet/internal/media"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/kv"
)

func TestSend(t *testing.T) {
	w := setup(t)
	room := w.pair(ana, luis)

	t.Run("AnswersWithTheWholeMessageAndTheContractsWords", func(t *testing.T) {
		got := w.as(ana, "POST", "chat/messages/", object{"room": room, "content": "Hola", "client_msg_id": "a-1"}).ok(201)
		has(t, got, object{"type": "chat.message", "message_id": got["id"], "room": float64(room), "room_id": fmt.Sprint(room), "seq": 1.0, "sender_id": float64(ana),
			"content": "Hola", "text": "Hola", "media_id": nil, "media_url": nil, "client_msg_id": "a-1", "created_at": got["timestamp"], "repeated": false, "recipients": 1.0, "delivered": false})
		require.True(t, strings.HasSuffix(got["timestamp"].(string), "+00:00"))
		require.Equal(t, "Ana Flores", got["sender"].(object)["full_name"])
		require.Equal(t, []string{fmt.Sprintf("chat.message.sent %d", room)}, w.events())
	})
	t.Run("TakesOlderFieldsAndForms", func(t *testing.T) {
		has(t, w.as(ana, "POST", "chat/messages/", object{"room_id": fmt.Sprint(room), "text": "Buenas", "client_msg_id": 12345678901234567}).ok(201),
			object{"content": "Buenas", "seq": 2.0, "client_msg_id": float64(12345678901234567)})
		form := httptest.NewRequest(http.MethodPost, "http://chat.localhost/api/chat/messages/", strings.NewReader(fmt.Sprintf("room=%d&content=Qu%%C3%%A9+tal&media_id=", room)))
		form.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		has(t, w.send(ana, form).ok(201), object{"content": "Qué tal", "seq": 3.0})
	})
	t.Run("IsToldToThoseWhoAreConnectedOnceItIsStored", func(t *testing.T) {
		line := w.listen()
		w.says(ana, room, "uno", "dos")
		told, _ := line.take()
		require.Len(t, told, 2)
		require.Equal(t, []any{"uno", "Ana Flores", told[0].Seq + 1}, []any{told[0].Content, told[0].User.FullName, told[1].Seq})
		require.Equal(t, 2, w.count("entry where id = $1 or id = $2", told[0].ID, told[1].ID))
	})
	t.Run("NumbersAreWithoutGapsWhateverIsRefusedBetween", func(t *testing.T) {
		before := w.count("entry where room_id = $1", room)
		w.as(carla, "POST", "chat/messages/", object{"room": room, "content": "x"}).ok(403)
		w.as(ana, "POST", "chat/messages/", object{"room": room, "content": " "}).ok(400)
		require.Equal(t, float64(before+1), w.say(luis, room, "Bien")["seq"])
	})
}

// TestSendRefusals: faults 37, 40 and 41 of the contract.
func TestSendRefusals(t *testing.T) {
	w := setup(t)
	room, other := w.pair(ana, luis), w.crowd(beto, carla)
	w.say(ana, room, "primero")
	w.media.Put(media.Object{ID: 50, OwnerID: luis, Kind: media.Image})
	w.media.Put(media.Object{ID: 51, OwnerID: ana, Kind: media.Document, Private: true})
	long := strings.Repeat("ñ", 4001)
	for _, r := range []struct {
		name   string
		user   int64
		body   object
		status int
		field  string // of the answer
	}{
		{"Stranger", carla, object{"room": room, "content": "x"}, 403, "detail"},
		{"NobodySignedIn", 0, object{"room": room, "content": "x"}, 401, "detail"},
		{"NoSuchRoom", ana, object{"room": 999, "content": "x"}, 404, "detail"},
		{"NoRoom", ana, object{"content": "x"}, 400, "room"},
		{"RoomIsNoNumber", ana, object{"room": "abc", "content": "x"}, 400, "room"},
		{"RoomIsNegative", ana, object{"room": -1, "content": "x"}, 400, "room"},
		{"Empty", ana, object{"room": room}, 400, "content"},
		{"Blanks", ana, object{"room": room, "content": " \n\t\u00a0\u200b"}, 400, "content"},
		{"TooLong", ana, object{"room": room, "content": long}, 400, "content"},
		{"NUL", ana, object{"room": room, "content": "a\x00b"}, 400, "content"},
		{"NoSuchFile", ana, object{"room": room, "media_id": 99}, 400, "media_id"},
		{"FileOfAnotherPerson", ana, object{"room": room, "media_id": 50}, 400, "media_id"},
		{"PrivateFile", ana, object{"room": room, "media_id": 51}, 400, "media_id"},
		{"OldMediaFieldWithText", ana, object{"room": room, "media": "x"}, 400, "media"},
		{"ReplyToNothing", ana, object{"room": room, "content": "x", "reply_to": 77}, 400, "reply_to"},
		{"ReplyToMinusOne", ana, object{"room": room, "content": "x", "reply_to": -1}, 400, "reply_to"},
		{"KeyIsAList", ana, object{"room": room, "content": "x", "client_msg_id": []int{1}}, 400, "client_msg_id"},
		{"KeyIsTooLong", ana, object{"room": room, "content": "x", "client_msg_id": strings.Repeat("k", 101)}, 400, "client_msg_id"},
	} {
		t.Run(r.name, func(t *testing.T) {
			got := w.as(r.user, "POST", "chat/messages/", r.body)
			require.Contains(t, got.ok(r.status), r.field)
		})
	}
	require.Equal(t, 1, w.count("entry"))
	require.Equal(t, 1, w.count("outbox"))
	w.as(ana, "POST", "chat/messages/", object{"room": room, "content": long[2:]}).ok(201) // 4,000 characters of two bytes each
	w.say(beto, other, "aquí sí")
}

func TestSendUnderABlock(t *testing.T) {
	w := setup(t)
	room, group := w.pair(ana, luis), w.crowd(ana, luis, beto)
	w.exec("insert into block (user_id, blocked_id) values ($1, $2)", ana, luis)
	for _, user := range []int64{ana, luis} {
		has(t, w.as(user, "POST", "chat/messages/", object{"room": room, "content": "x"}).ok(403), object{"code": "chat.blocked"})
	}
	w.say(luis, group, "en el grupo sí")
}

func TestSendByWhoIsGone(t *testing.T) {
	w := setup(t)
	room := w.pair(ana, luis)
	w.exec("insert into person (user_id, gone) values ($1, true)", ana)
	w.as(ana, "POST", "chat/messages/", object{"room": room, "content": "x"}).ok(403)
}

// TestSendAgain: fault 41 of the contract.
func TestSendAgain(t *testing.T) {
	w := setup(t)
	room := w.pair(ana, luis)
	body := object{"room": room, "content": "una vez", "client_msg_id": "k"}
	first := w.as(ana, "POST", "chat/messages/", body).ok(201)

	t.Run("IsTheStoredMessageWhateverItSays", func(t *testing.T) {
		for _, again := range []object{body, {"room": room, "content": "otra cosa", "client_msg_id": "k"}, {"room": room, "content": "", "client_msg_id": "k"},
			{"room": room, "media_id": 99, "client_msg_id": "k"}} {
			has(t, w.as(ana, "POST", "chat/messages/", again).ok(201), object{"id": first["id"], "seq": first["seq"], "content": "una vez", "repeated": true})
		}
	})
	t.Run("AlsoAfterARestart", func(t *testing.T) {
		w.restart()
		has(t, w.as(ana, "POST", "chat/messages/", body).ok(201), object{"id": first["id"], "repeated": true})
	})
	t.Run("AlsoWhileBlocked", func(t *testing.T) {
		w.exec("insert into block (user_id, blocked_id) values ($1, $2)", luis, ana)
		has(t, w.as(ana, "POST", "chat/messages/", body).ok(201), object{"id": first["id"], "repeated": true})
		w.exec("delete from block")
	})
	t.Run("HoweverItIsEscaped", func(t *testing.T) {
		r := httptest.NewRequest(http.MethodPost, "http://chat.localhost/api/chat/messages/", strings.NewReader(fmt.Sprintf(`{"room":%d,"content":"x","client_msg_id":"\u006b"}`, room)))
		r.Header.Set("Content-Type", "application/json")
		has(t, w.send(ana, r).ok(201), object{"id": first["id"], "repeated": true})
	})
	t.Run("IsAnotherOneOfAnotherSenderOrRoomOrKind", func(t *testing.T) {
		for _, r := range []struct {
			user, room int64
			key        any
		}{{luis, room, "k"}, {ana, w.crowd(ana, beto), "k"}, {ana, room, 7}, {ana, room, "7"}} {
			has(t, w.as(r.user, "POST", "chat/messages/", object{"room": r.room, "content": "x", "client_msg_id": r.key}).ok(201), object{"repeated": false})
		}
	})
	t.Run("ByOneWhoWasPutOutIsRefused", func(t *testing.T) {
		w.putOut(room, ana)
		w.as(ana, "POST", "chat/messages/", body).ok(403)
	})
	t.Run("AtOnceFromManyConnectionsIsOneMessage", func(t *testing.T) {
		room := w.crowd(beto, carla)
		var all sync.WaitGroup
		answers := make([]answer, 16)
		for i := range answers {
			all.Go(func() {
				answers[i] = w.as(beto, "POST", "chat/messages/", object{"room": room, "content": fmt.Sprint(i), "client_msg_id": "una"})
			})
		}
		all.Wait()
		fresh := 0
		for _, a := range answers {
			if got := a.ok(201); got["repeated"] == false {
				fresh++
			}
		}
		require.Equal(t, 1, fresh)
		require.Equal(t, 1, w.count("entry where room_id = $1", room))
	})
}

func TestSendWithAnIdempotencyKey(t *testing.T) {
	w := setup(t)
	room := w.pair(ana, luis)
	line := w.listen()
	for range 2 {
		w.as(ana, "POST", "chat/messages/", object{"room": room, "content": "x"}, "Idempotency-Key", "i-1").ok(201)
	}
	w.as(ana, "POST", "chat/messages/", object{"room": room, "content": "x", "reply_to": 9}, "Idempotency-Key", "i-2").ok(400)
	for range 2 {
		w.as(luis, "POST", "chat/messages/mark_read/", object{"room": room}, "Idempotency-Key", "i-3").ok(200)
	}
	require.Equal(t, 1, w.count("entry"))
	require.Len(t, w.events(), 1)
	told, marked := line.take()
	require.Len(t, told, 1)
	require.Len(t, marked, 1)
}

func TestSendAtOnce(t *testing.T) {
	w := setup(t)
	rooms := []int64{w.pair(ana, luis), w.pair(ana, beto), w.crowd(ana, luis, beto)}
	var all sync.WaitGroup
	for i := range 90 {
		all.Go(func() {
			user, status := ana, 201
			if i%9 == 0 {
				user, status = nadie, 403 // fails alone
			}
			w.as(user, "POST", "chat/messages/", object{"room": rooms[i%3], "content": fmt.Sprint(i)}).ok(status)
		})
	}
	all.Wait()
	for _, room := range rooms {
		n := w.count("entry where room_id = $1", room)
		require.Equal(t, n, w.count("(select distinct seq from entry where room_id = $1 and seq between 1 and $2) s", room, n))
		require.Equal(t, 1, w.count("room where id = $1 and last_seq = $2", room, n))
	}
	require.Equal(t, 80, w.count("entry"))
	require.Equal(t, 80, w.count("outbox where topic = 'chat.events'"))
	require.Equal(t, 0, w.count(`(select position, (data->>'seq')::bigint seq, lag((data->>'seq')::bigint) over (partition by key order by position) before
		from outbox where topic = 'chat.events') e where before >= seq`), "events of a room are in the order of its log")
}

func TestSendAfterTheEnd(t *testing.T) {
	w := setup(t)
	room := w.pair(ana, luis)
	w.stop()
	w.say(ana, room, "todavía")
}

func TestSendTooFast(t *testing.T) {
	w := setup(t, func(c *chatmod.Config) { c.PerSender = kv.Limit{Events: 2, Period: time.Hour} })
	room := w.pair(ana, luis)
	w.says(ana, room, "uno", "dos")
	got := w.as(ana, "POST", "chat/messages/", object{"room": room, "content": "tres"})
	has(t, got.ok(429), object{"code": "chat.too_fast"})
	require.NotEmpty(t, got.Header.Get("Retry-After"))
	w.say(luis, room, "yo sí")
}

func TestSendFiles(t *testing.T) {
	w := setup(t)
	room := w.pair(ana, luis)

	t.Run("VoiceNotesAreMediaLikeAnyOther", func(t *testing.T) {
		got := w.as(ana, "POST", "chat/messages/", object{"room": room, "media_id": 11}).ok(201)
		has(t, got, object{"media_id": 11.0, "content": ""})
		has(t, got["media"].(object), object{"kind": "audio", "duration": 3.0})
		require.True(t, strings.HasPrefix(got["media_url"].(string), "http://chat.localhost/media/"), "%v", got["media_url"])
		require.Equal(t, []string{`{"place": "chat/messages/` + fmt.Sprint(id(got)) + `", "media_ids": [11]}`}, w.texts("select data::text from outbox where topic = 'chat.media'"))
	})
	t.Run("OlderClientsNameThemInMedia", func(t *testing.T) {
		for _, given := range []any{2, "2", object{"id": 2, "url": "x"}} {
			has(t, w.as(ana, "POST", "chat/messages/", object{"room": room, "media": given}).ok(201), object{"media_id": 2.0})
		}
	})
	for _, field := range []string{"image", "file", "media"} {
		t.Run("ComeAs"+field, func(t *testing.T) {
			got := w.send(ana, w.form(room, field, "foto")).ok(201)
			require.Equal(t, "foto", string(w.media.Bytes(int64(got["media_id"].(float64)))))
		})
	}
	t.Run("OfStrangersAreNotTakenIn", func(t *testing.T) {
		w.send(carla, w.form(room, "image", "foto")).ok(403)
	})
	t.Run("ThatAreWrongAreToldByTheirField", func(t *testing.T) {
		require.Contains(t, w.send(ana, w.form(room, "image", "")).ok(400), "image")
	})
	t.Run("MediaAway", func(t *testing.T) {
		w.media.Fail(errs.ErrUnavailable)
		defer w.media.Fail(nil)
		w.as(ana, "POST", "chat/messages/", object{"room": room, "media_id": 3}).ok(503)
		w.say(ana, room, "sin archivo sí")
	})
}

// form is a message with a file.
func (w *world) form(room int64, field, content string) *http.Request {
	w.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	require.NoError(w.t, m.WriteField("room", fmt.Sprint(room)))
	f, err := m.CreateFormFile(field, "vaca.jpg")
	require.NoError(w.t, err)
	_, err = f.Write([]byte(content))
	require.NoError(w.t, err)
	require.NoError(w.t, m.Close())
	r := httptest.NewRequest(http.MethodPost, "http://chat.localhost/api/chat/messages/", &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return r
}

// send is as for a request that is made already.
func (w *world) send(user int64, r *http.Request) answer {
	w.t.Helper()
	r.Header.Set("Authorization", "Token "+fmt.Sprint(user))
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return answer{w.t, rec.Code, rec.Header(), rec.Body.String()}
}

func TestReplies(t *testing.T) {
	w := setup(t)
	room := w.crowd(ana, luis)
	first := w.say(ana, room, "¿Cuánto cuesta?")
	got := w.as(luis, "POST", "chat/messages/", object{"room": room, "content": "230", "reply_to": seq(first)}).ok(201)
	has(t, got["reply_to"].(object), object{"seq": 1.0, "message_id": first["id"], "sender_id": float64(ana), "content": "¿Cuánto cuesta?"})
	w.enter(room, beto)
	require.Contains(t, w.as(beto, "POST", "chat/messages/", object{"room": room, "content": "x", "reply_to": 1}).ok(400), "reply_to", "it was said before he came")
}

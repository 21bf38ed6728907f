package web

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"agrovet/internal/chat/internal/core"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

// MessageBody is a message to be sent, or changed. Fields beside the text count when it is sent.
type MessageBody struct {
	Room        httpx.Opt[int64]  `json:"room,omitempty" doc:"The room's id."`
	RoomID      httpx.Opt[int64]  `json:"room_id,omitempty" doc:"The same, where room is not sent."`
	Content     httpx.Opt[string] `json:"content,omitempty" doc:"At most 4,000 characters."`
	Text        httpx.Opt[string] `json:"text,omitempty" doc:"The same, where content is not sent."`
	MediaID     httpx.Opt[int64]  `json:"media_id,omitempty" doc:"An uploaded file of one's own."`
	Media       json.RawMessage   `json:"media,omitempty" doc:"Its id, where media_id is not sent, as older clients say it."`
	ReplyTo     httpx.Opt[int64]  `json:"reply_to,omitempty" doc:"seq of a message in the room."`
	ClientMsgID json.RawMessage   `json:"client_msg_id,omitempty" doc:"What the sender calls it: a text or a number, at most 100 characters."`
}

func (b MessageBody) room() (int64, error) {
	p := b.Room.Ptr()
	if p == nil {
		p = b.RoomID.Ptr()
	}
	switch {
	case p == nil:
		return 0, errs.InField("room", "Este campo es requerido.", "This field is required.")
	case *p <= 0:
		return 0, errs.InField("room", fmt.Sprintf("Clave primaria \"%d\" inválida - objeto no existe.", *p), fmt.Sprintf("Invalid pk \"%d\" - object does not exist.", *p))
	}
	return *p, nil
}

func (b MessageBody) content() string { return b.Content.Or(b.Text.Value) }

// mediaID is the id of a file; 0: none. Older clients name it in media, which may also be all of what they know of the file.
func (b MessageBody) mediaID() (int64, error) {
	if p := b.MediaID.Ptr(); p != nil {
		return *p, nil
	}
	text := strings.Trim(string(b.Media), `" `)
	var object struct{ ID json.Number }
	if json.Unmarshal(b.Media, &object) == nil && object.ID != "" {
		text = object.ID.String()
	}
	if text == "" || text == "null" {
		return 0, nil
	}
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, errs.InField("media", "Introduzca un número entero válido.", "A valid integer is required.")
	}
	return id, nil
}

func (b MessageBody) draft(ctx context.Context) (d core.Draft, err error) {
	d = core.Draft{SenderID: authn.UserID(ctx), Content: b.content(), ReplyTo: b.ReplyTo.Value}
	if d.RoomID, err = b.room(); err != nil {
		return d, err
	}
	if d.MediaID, err = b.mediaID(); err != nil {
		return d, err
	}
	d.ClientKey, err = core.ClientKey(b.ClientMsgID)
	return d, err
}

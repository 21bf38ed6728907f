package core

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"agrovet/internal/chat"
	"agrovet/internal/platform/errs"
)

// Draft is a message that somebody wants to send.
type Draft struct {
	RoomID    int64
	SenderID  int64
	Content   string
	MediaID   int64  // 0: none
	ReplyTo   int64  // seq of a message in the room; 0: none
	ClientKey string // of ClientKey; empty: none
}

// maxKey is how long a client's own name of a message may be, in characters.
const maxKey = 100

var (
	errKey   = errs.InField("client_msg_id", "Debe ser un texto o un número de hasta 100 caracteres.", "It must be a text or a number of at most 100 characters.")
	errText  = errs.InField("content", "El texto contiene caracteres no permitidos.", "The text has characters that are not allowed.")
	errReply = errs.InField("reply_to", "No hay tal mensaje en esta sala.", "There is no such message in this room.")
	errLong  = errs.InField("content", fmt.Sprintf("Asegúrese de que este campo no tenga más de %d caracteres.", chat.MaxContent),
		fmt.Sprintf("Ensure this field has no more than %d characters.", chat.MaxContent))
)

// ClientKey is a client's own name of a message, a JSON text or number, as it is kept: equal texts are equal
// keys, however they were escaped. Nothing, null and the empty text are no key.
//
// Errors: a wrong client_msg_id.
func ClientKey(raw []byte) (string, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" || string(raw) == `""` {
		return "", nil
	}
	var text string
	var number json.Number
	switch {
	case raw[0] == '"' && json.Unmarshal(raw, &text) == nil && utf8.RuneCountInString(text) <= maxKey:
		kept, err := json.Marshal(text)
		return string(kept), err
	case raw[0] != '"' && json.Unmarshal(raw, &number) == nil && len(raw) <= maxKey:
		return number.String(), nil
	}
	return "", errKey
}

// check finds what is wrong with a text, as far as that can be seen on it.
func checkText(content string, alone bool) error {
	switch {
	case !utf8.ValidString(content) || strings.IndexByte(content, 0) >= 0:
		return errText
	case utf8.RuneCountInString(content) > chat.MaxContent:
		return errLong
	case alone && !visible(content):
		return chat.ErrEmpty
	}
	return nil
}

// visible says whether there is anything to see in a text.
func visible(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) })
}

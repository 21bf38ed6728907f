package asyncapi

import (
	"reflect"

	"agrovet/internal/chat/internal/wire"
)

// The sockets.
const (
	all      = "/ws/"
	one      = "/ws/chat/{room}/"
	presence = "/ws/presence/"
)

// frame is a type of frame, and the sockets that it travels on.
type frame struct {
	kind    string
	payload reflect.Type
	summary string
	on      []string
}

func of[T any](kind, summary string, on ...string) frame {
	return frame{kind, reflect.TypeFor[T](), summary, on}
}

// sent are the frames of the server.
var sent = []frame{
	of[wire.Welcome](wire.TypeWelcome, "The first frame: who one is, and how far one's rooms are.", all),
	of[wire.Message](wire.TypeMessage, "A message. An entry of the room's log.", all, one, presence),
	of[wire.Changed](wire.TypeEdited, "A message says something else now. An entry of the room's log.", all, one, presence),
	of[wire.Changed](wire.TypeDeleted, "A message is gone. An entry of the room's log.", all, one, presence),
	of[wire.Happened](wire.TypeCreated, "The room was made. The first entry of a group's log.", all, one, presence),
	of[wire.Happened](wire.TypeJoined, "Somebody is in the room now. An entry of its log.", all, one, presence),
	of[wire.Happened](wire.TypeLeft, "Somebody left the room, or was put out. An entry of its log.", all, one, presence),
	of[wire.Happened](wire.TypeRole, "Somebody has another role in the room. An entry of its log.", all, one, presence),
	of[wire.Happened](wire.TypeRenamed, "The room has another name. An entry of its log.", all, one, presence),
	of[wire.Ack](wire.TypeAck, "A message of this connection is stored.", all),
	of[wire.Error](wire.TypeError, "A frame of this connection was not obeyed.", all, one, presence),
	of[wire.Delivered](wire.TypeDelivered, "A device of somebody has one's messages up to here.", all, one, presence),
	of[wire.Read](wire.TypeRead, "Somebody has read messages.", all, one, presence),
	of[wire.Resumed](wire.TypeResumed, "All entries up to here were sent; those behind it come live.", all, one),
	of[wire.TooFar](wire.TypeTooFar, "Too many entries are missing: read them by REST.", all, one),
	of[wire.RoomAdded](wire.TypeRoomAdded, "A room is one's own from now on.", all, presence),
	of[wire.RoomGone](wire.TypeRoomGone, "A room is not one's own any more.", all, one, presence),
	of[wire.Typing](wire.TypeTyping, "Somebody is writing.", all, one),
	of[wire.Presence](wire.TypeOnline, "Somebody whom one shares a room with came.", all, presence),
	of[wire.Presence](wire.TypeOffline, "Somebody whom one shares a room with went.", all, presence),
	of[wire.OnlineUsers](wire.TypeOnlineUsers, "Who is online.", all, one, presence),
	of[wire.Pong](wire.TypePong, "The answer to a ping.", all, one, presence),
	of[wire.Notice](wire.TypeNotice, "What another part of the platform tells.", all),
	of[wire.Reconnect](wire.TypeReconnect, "The server is about to stop: connect again after so long.", all, one, presence),
}

// ping is a frame without anything.
type ping struct {
	Type string `json:"type" enum:"ping"`
}

// taken are the frames of clients.
var taken = []frame{
	of[wire.Send](wire.AskSend, "Store a message.", all, one),
	of[wire.MarkRead](wire.AskRead, "A room was read up to an entry.", all, one),
	of[wire.MarkDelivered](wire.AskDelivered, "This device has all entries of rooms up to some.", all, one),
	of[wire.Resume](wire.AskResume, "What this device has of each room; the rest is asked for.", all, one),
	of[wire.IsTyping](wire.AskTyping, "The member is writing.", all, one),
	of[wire.GetOnline](wire.AskOnline, "Who is online?", all, one, presence),
	of[ping](wire.AskPing, "Is anybody there?", all, one, presence),
}

// closeCode is why a server ends a connection.
type closeCode struct {
	Code    int    `json:"code"`
	Meaning string `json:"meaning"`
	Then    string `json:"then"`
}

// closeCodes are what connections end with.
var closeCodes = []closeCode{
	{wire.CloseNormal, "The client said goodbye.", "Nothing."},
	{wire.CloseAway, "The server stops, or wants the client to show its token anew.", "Connect again after what the reconnect frame said, and resume."},
	{wire.CloseText, "A binary frame.", "Mend the client."},
	{wire.CloseNotJSON, "Text that is not JSON, again and again.", "Mend the client."},
	{wire.CloseFlood, "Too many frames.", "Connect again later, and send less."},
	{wire.CloseTooBig, "A frame of more than 64 KiB.", "Mend the client."},
	{wire.CloseFault, "Our fault.", "Connect again, and resume."},
	{wire.CloseSlow, "The client does not read fast enough.", "Connect again, and resume."},
	{wire.CloseSession, "The session ended.", "Sign in anew."},
	{wire.CloseNotMember, "The room is not one's own any more.", "Forget the room."},
	{wire.CloseTooMany, "Newer connections took this one's place.", "Nothing."},
}

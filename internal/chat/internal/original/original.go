// Package original is what chat takes from the original: rooms, messages and receipts. See platform/original.
//
// Rules:
//   - Ids and times are kept. A message's number in its room's log goes by time, then id.
//   - Lists of participants become members; those who are no users are left out, twice the same is once. A room in
//     which nobody is known is rejected, with its messages.
//   - A private room of two is one, also when one of them is gone; other private rooms become groups, and the first
//     participant of a group owns it. Rooms of the same two are merged into the one with the lowest id, or the one
//     that is in agrovet.
//   - A message of somebody who is no user stays in its place, empty, as those of people who are gone. Whoever wrote in
//     a room without being in it is no member by that. Files that are not there are left out.
//   - Whoever has got or read a message has got or read all before it: receipts become how far somebody is, and a
//     mark for each time that this moved, in the order of time. What the original noted on messages follows from it.
//   - What was deleted in agrovet does not come back, nor do members who have left.
package original

import "agrovet/internal/platform/original"

// Part is chat's.
func Part() original.Part {
	return original.Part{
		Module: "chat",
		Tables: []original.Table{
			{Name: "chat_chatroom", Whole: true, Columns: []string{"name text", "participants_ids text", "is_private boolean", "created_at timestamptz", "last_activity timestamptz"}},
			{Name: "chat_chatmessage", Columns: []string{"room_id bigint", "sender_id bigint", "content text", "media_id bigint", "timestamp timestamptz"}, Indexes: []string{"room_id"}},
			{Name: "chat_chatmessagereceipt", Changed: "coalesce(read_at, delivered_at)", Columns: []string{"message_id bigint", "user_id bigint", "delivered boolean", "delivered_at timestamptz",
				"read boolean", "read_at timestamptz"}},
		},
		Setup: setup,
		Needs: []string{"known_user", "known_media"},
		Gives: []original.List{{Name: "shown_by_chat", Columns: []string{"id bigint", "user_id bigint", "place text"},
			Query: "select media_id, user_id, 'chat/messages/' || id from entry where kind = 'message' and media_id is not null"}},
		Steps: []original.Step{
			{Name: "begin", SQL: []string{"truncate original_seat, original_shape"}},
			{Name: "read participants", Table: "chat_chatroom", SQL: participants},
			{Name: "take rooms", Table: "chat_chatroom", SQL: rooms, Here: roomHere},
			{Name: "merge rooms' messages", SQL: mergeMessages},
			{Name: "take messages", Table: "chat_chatmessage", By: "room_id", SQL: messages, Here: messageHere},
			{Name: "take receipts", Table: "chat_chatmessagereceipt", Size: 20_000, SQL: receipts, Here: receiptHere, Absorbs: true},
		},
		Identities: []original.Identity{{Table: "room", From: "chat_chatroom"}, {Table: "entry", From: "chat_chatmessage"}},
		Returns:    returns,
	}
}

var setup = []string{
	// Who is in the original's rooms, by whom they are now, and what a room is by that.
	"create unlogged table if not exists original_seat (room_id bigint, user_id bigint, n bigint not null, known boolean not null, primary key (room_id, user_id))",
	`create unlogged table if not exists original_shape (room_id bigint primary key, private boolean not null, low_id bigint, high_id bigint,
		known bigint not null, first_id bigint)`,
	// The original's rooms that were taken, and where they are now; who was made a member.
	"create table if not exists original_room (id bigint primary key, kept bigint not null)",
	"create table if not exists original_member (room_id bigint, user_id bigint, primary key (room_id, user_id))",
	"create index if not exists original_room_kept on original_room (kept)",
}

// noted are rows of a table, s, of which a note says that they are not taken.
func noted(table string) string {
	return "exists (select from original_note n where n.table_name = '" + table + "' and n.id = s.id and n.fate <> 'changed')"
}

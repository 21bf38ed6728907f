package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store/chatdb"
)

// Standing is what decides whether somebody may send a message.
type Standing struct {
	Room         bool  // it is there
	Member       bool  // of the room, and their account is there
	Blocked      bool  // the room is private, and one of its two blocks the other
	ReplyIsThere bool  // what the message answers can be seen by them
	StoredSeq    int64 // it was stored before, under the same key; 0: it was not
}

// Decide locks the rooms of messages, so that nobody else changes them until the commit, and then reads what decides
// about each message, in their order: what is read is as it will be. It is one round trip. Rooms that are not there
// are not in rooms, nor are, unless it is to wait for them, those that somebody else holds.
func (s Store) Decide(ctx context.Context, messages []chat.Entry, wait bool) (rooms map[int64]*chat.Room, standings []Standing, err error) {
	var ns, roomIDs, userIDs, replies []int64
	var keys []string
	for i, m := range messages {
		ns, roomIDs, userIDs = append(ns, int64(i)), append(roomIDs, m.RoomID), append(userIDs, m.UserID)
		replies, keys = append(replies, m.ReplyTo), append(keys, m.ClientKey)
	}
	rooms, standings = map[int64]*chat.Room{}, make([]Standing, len(messages))
	var b pgx.Batch
	lock := lockRooms
	if !wait {
		lock += " skip locked"
	}
	b.Queue(lock, roomIDs).Query(func(rows pgx.Rows) error {
		var r chat.Room
		_, err := pgx.ForEachRow(rows, []any{&r.ID, &r.Private, &r.LastSeq}, func() error {
			one := r
			rooms[r.ID] = &one
			return nil
		})
		return err
	})
	b.Queue(standingsOf, ns, roomIDs, userIDs, replies, keys).Query(func(rows pgx.Rows) error {
		var n int64
		var st Standing
		_, err := pgx.ForEachRow(rows, []any{&n, &st.Member, &st.Blocked, &st.ReplyIsThere, &st.StoredSeq}, func() error {
			standings[n] = st
			standings[n].Room = true
			return nil
		})
		return err
	})
	return rooms, standings, s.DB.Q(ctx).SendBatch(ctx, &b).Close()
}

const (
	// Everybody locks in the order of ids.
	lockRooms = "select id, is_private, last_seq from room where id = any($1::bigint[]) order by id for no key update"

	// Each is looked up by itself (limit 1): the plan of a new installation, whose tables are empty, would read
	// them whole until they are analyzed.
	standingsOf = `select d.n::bigint as n, (m.user_id is not null and not coalesce(p.gone, false))::boolean as member,
		    (r.is_private and (exists (select from block b where b.user_id = r.low_id and b.blocked_id = r.high_id)
		        or exists (select from block b where b.user_id = r.high_id and b.blocked_id = r.low_id)))::boolean as blocked,
		    (d.reply_to = 0 or exists (select from entry e where e.room_id = d.room_id and e.seq = d.reply_to and e.kind = 'message' and e.seq > m.from_seq))::boolean as reply_is_there,
		    coalesce(k.seq, 0)::bigint as stored_seq
		from (select unnest($1::bigint[]) as n, unnest($2::bigint[]) as room_id, unnest($3::bigint[]) as user_id,
		    unnest($4::bigint[]) as reply_to, unnest($5::text[]) as client_key) d
		cross join lateral (select * from room where room.id = d.room_id limit 1) r
		left join lateral (select * from member where member.room_id = d.room_id and member.user_id = d.user_id limit 1) m on true
		left join lateral (select * from person where person.user_id = d.user_id limit 1) p on true
		left join lateral (select entry.seq from entry where d.client_key <> '' and entry.room_id = d.room_id and entry.user_id = d.user_id and entry.client_key = d.client_key limit 1) k on true
		order by d.n`
)

// StoredUnder is the message that somebody sent under a key; ok is false when there is none.
func (s Store) StoredUnder(ctx context.Context, roomID, userID int64, key string) (m chat.Entry, ok bool, err error) {
	rows, err := queries.StoredUnder(ctx, s.DB.Q(ctx), chatdb.StoredUnderParams{RoomID: roomID, UserID: userID, ClientKey: key})
	if err != nil || len(rows) == 0 {
		return m, false, err
	}
	return entry(rows[0], target{}), true, nil
}

// Blocked says whether one of a private room's two blocks the other.
func (s Store) Blocked(ctx context.Context, roomID int64) (bool, error) {
	return queries.Blocked(ctx, s.DB.Q(ctx), roomID)
}

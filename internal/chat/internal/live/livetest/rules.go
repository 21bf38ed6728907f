// Package livetest is the chat's rules in memory, for tests and measurements of connections.
package livetest

import (
	"context"
	"slices"
	"sync"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/live"
)

// Rules are rooms, who is in them, and what was said. Whatever happens is told to Line.
type Rules struct {
	Line core.Line

	mu      sync.Mutex
	rooms   map[int64]*chat.Room
	members map[int64]map[int64]*chat.Member
	logs    map[int64][]core.Shown
	seen    map[int64]time.Time
	hides   map[int64]bool
	lastID  int64
	asked   map[string]int
	fail    error
	lose    int
}

var _ live.Rules = (*Rules)(nil)

// New has no rooms.
func New() *Rules {
	return &Rules{rooms: map[int64]*chat.Room{}, members: map[int64]map[int64]*chat.Member{}, logs: map[int64][]core.Shown{},
		seen: map[int64]time.Time{}, hides: map[int64]bool{}, asked: map[string]int{}}
}

// Room makes a room.
func (r *Rules) Room(id int64, users ...int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rooms[id] = &chat.Room{ID: id, Private: len(users) == 2}
	r.members[id] = map[int64]*chat.Member{}
	for _, u := range users {
		r.members[id][u] = &chat.Member{RoomID: id, UserID: u, Role: chat.JustThere}
	}
}

// Join adds a member and tells of it.
func (r *Rules) Join(id, user int64) {
	r.mu.Lock()
	m := &chat.Member{RoomID: id, UserID: user, Role: chat.JustThere, FromSeq: r.rooms[id].LastSeq}
	r.members[id][user] = m
	s := r.append(chat.Entry{RoomID: id, Kind: chat.Join, UserID: user, TargetID: user})
	at := r.at(id)
	r.mu.Unlock()
	r.Line.Added(context.Background(), at, []chat.Member{*m})
	r.Line.Entries(context.Background(), []core.Shown{s})
}

// Leave takes a member away and tells of it.
func (r *Rules) Leave(id, user int64) {
	r.mu.Lock()
	delete(r.members[id], user)
	s := r.append(chat.Entry{RoomID: id, Kind: chat.Leave, UserID: user, TargetID: user})
	at := r.at(id)
	r.mu.Unlock()
	r.Line.Removed(context.Background(), at, user)
	r.Line.Entries(context.Background(), []core.Shown{s})
}

// at is a room as it is; the lock is held.
func (r *Rules) at(id int64) core.At {
	return core.At{RoomID: id, Seq: r.rooms[id].LastSeq, Members: len(r.members[id])}
}

// Say stores a message and tells of it, as if it came by REST.
func (r *Rules) Say(room, user int64, text string) core.Shown {
	s, _, err := r.Send(context.Background(), core.Draft{RoomID: room, SenderID: user, Content: text})
	if err != nil {
		panic(err)
	}
	return s
}

// Lose has the next so many entries be stored without anybody being told.
func (r *Rules) Lose(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lose = n
}

// Fail has all questions fail; nil: no more.
func (r *Rules) Fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fail = err
}

// Hide hides when somebody was last seen.
func (r *Rules) Hide(user int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hides[user] = true
}

// Asked is how often a question was asked: last, after, wants (rooms in after), delivered, partners, typing.
func (r *Rules) Asked(what string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.asked[what]
}

// MemberOf is what somebody is in a room.
func (r *Rules) MemberOf(room, user int64) chat.Member {
	r.mu.Lock()
	defer r.mu.Unlock()
	return *r.members[room][user]
}

// SeenAt is when somebody was last noted to be there.
func (r *Rules) SeenAt(user int64) time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.seen[user]
}

func (r *Rules) append(e chat.Entry) core.Shown {
	room := r.rooms[e.RoomID]
	room.LastSeq++
	r.lastID++
	e.ID, e.Seq, e.CreatedAt = r.lastID, room.LastSeq, time.Now()
	s := core.Shown{Entry: e, User: auth.User{ID: e.UserID, FullName: "Ana Flores"}, Recipients: len(r.members[e.RoomID]) - 1}
	r.logs[e.RoomID] = append(r.logs[e.RoomID], s)
	return s
}

// Member is a room, and what a person is in it.
func (r *Rules) Member(_ context.Context, id, user int64) (room chat.Room, m chat.Member, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.rooms[id] == nil {
		return room, m, chat.ErrNoRoom
	}
	if r.members[id][user] == nil {
		return room, m, chat.ErrNotMember
	}
	return *r.rooms[id], *r.members[id][user], r.fail
}

// Rooms are all of a person.
func (r *Rules) Rooms(_ context.Context, user int64) (all []core.Membership, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for id, members := range r.members {
		if m := members[user]; m != nil {
			all = append(all, core.Membership{Room: *r.rooms[id], Member: *m, Members: len(members)})
		}
	}
	slices.SortFunc(all, func(a, b core.Membership) int { return int(a.ID - b.ID) })
	return all, r.fail
}

// Last is how far rooms are.
func (r *Rules) Last(_ context.Context, rooms []int64) (map[int64]int64, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked["last"]++
	out := map[int64]int64{}
	for _, id := range rooms {
		if room := r.rooms[id]; room != nil {
			out[id] = room.LastSeq
		}
	}
	return out, r.fail
}

// After are entries of rooms.
func (r *Rules) After(_ context.Context, wants []core.Want) (map[int64][]core.Shown, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked["after"]++
	r.asked["wants"] += len(wants)
	out := map[int64][]core.Shown{}
	for _, w := range wants {
		log := r.logs[w.RoomID]
		from := min(int(w.After), len(log))
		out[w.RoomID] = slices.Clone(log[from:min(from+w.Limit, len(log))])
	}
	return out, r.fail
}

// SendAll is Send for each.
func (r *Rules) SendAll(ctx context.Context, drafts []core.Draft) []core.Sent {
	out := make([]core.Sent, len(drafts))
	for i, d := range drafts {
		out[i].Shown, out[i].Repeated, out[i].Err = r.Send(ctx, d)
	}
	return out
}

// Send stores a message.
func (r *Rules) Send(_ context.Context, d core.Draft) (s core.Shown, repeated bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.fail != nil:
		return s, false, r.fail
	case r.rooms[d.RoomID] == nil:
		return s, false, chat.ErrNoRoom
	case r.members[d.RoomID][d.SenderID] == nil:
		return s, false, chat.ErrNotMember
	case d.Content == "" && d.MediaID == 0:
		return s, false, chat.ErrEmpty
	}
	for _, old := range r.logs[d.RoomID] {
		if d.ClientKey != "" && old.ClientKey == d.ClientKey && old.UserID == d.SenderID {
			return old, true, nil
		}
	}
	s = r.append(chat.Entry{RoomID: d.RoomID, Kind: chat.Message, UserID: d.SenderID, Content: d.Content, ClientKey: d.ClientKey})
	if r.lose > 0 {
		r.lose--
		return s, false, nil
	}
	r.Line.Entries(context.Background(), []core.Shown{s}) // under the lock: in order
	return s, false, nil
}

// Read moves what a member has read.
func (r *Rules) Read(_ context.Context, room, user, upTo int64) ([]int64, error) {
	return r.mark(room, user, upTo, true)
}

// ReadMessages moves it to messages.
func (r *Rules) ReadMessages(_ context.Context, room, user int64, ids []int64) ([]int64, error) {
	r.mu.Lock()
	var upTo int64
	for _, s := range r.logs[room] {
		if slices.Contains(ids, s.ID) {
			upTo = s.Seq
		}
	}
	r.mu.Unlock()
	return r.mark(room, user, upTo, true)
}

// Delivered moves what a member has got.
func (r *Rules) Delivered(_ context.Context, user int64, upTo map[int64]int64) error {
	r.mu.Lock()
	r.asked["delivered"]++
	r.mu.Unlock()
	for room, seq := range upTo {
		if _, err := r.mark(room, user, seq, false); err != nil {
			return err
		}
	}
	return nil
}

func (r *Rules) mark(room, user, upTo int64, read bool) (ids []int64, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := r.members[room][user]
	if m == nil {
		return nil, chat.ErrNotMember
	}
	upTo = min(upTo, r.rooms[room].LastSeq)
	at := &m.DeliveredSeq
	if read {
		at = &m.ReadSeq
		m.DeliveredSeq = max(m.DeliveredSeq, upTo)
	}
	marked := core.Marked{RoomID: room, UserID: user, Read: read, After: *at, UpTo: upTo}
	for _, s := range slices.Backward(r.logs[room]) {
		if s.Seq > *at && s.Seq <= upTo && s.UserID != user && s.Kind == chat.Message {
			ids = append(ids, s.ID)
			marked.Messages = append(marked.Messages, core.MarkedMessage{ID: s.ID, Seq: s.Seq, SenderID: s.UserID})
		}
	}
	if upTo <= *at {
		return nil, nil
	}
	*at = upTo
	r.Line.Marked(context.Background(), []core.Marked{marked})
	return ids, nil
}

// Partners are those who share a room with a person.
func (r *Rules) Partners(_ context.Context, user int64, most int) (rooms, users []int64, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked["partners"]++
	for id, members := range r.members {
		if members[user] == nil || len(members) > most {
			continue
		}
		rooms = append(rooms, id)
		for u := range members {
			if u != user && !slices.Contains(users, u) {
				users = append(users, u)
			}
		}
	}
	return rooms, users, r.fail
}

// MayType is so in all rooms: nobody blocks anybody here.
func (r *Rules) MayType(_ context.Context, room int64) (always bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked["typing"]++
	return !r.rooms[room].Private, r.fail
}

// Seen notes that people were there.
func (r *Rules) Seen(_ context.Context, users []int64, at time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, u := range users {
		r.seen[u] = at
	}
	return r.fail
}

// LastSeen is when people were last seen, of those who do not hide it.
func (r *Rules) LastSeen(_ context.Context, _ int64, ids ...int64) (map[int64]time.Time, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := map[int64]time.Time{}
	for _, id := range ids {
		if at, ok := r.seen[id]; ok && !r.hides[id] {
			out[id] = at
		}
	}
	return out, r.fail
}

// Stored is a message that is stored, and that nobody is told of.
func (r *Rules) Stored(room, user int64, text string) core.Shown {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.append(chat.Entry{RoomID: room, Kind: chat.Message, UserID: user, Content: text})
}

// StoredLeaving is that one puts another out, which is stored, and nobody is told of.
func (r *Rules) StoredLeaving(room, by, user int64) core.Shown {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.append(chat.Entry{RoomID: room, Kind: chat.Leave, UserID: by, TargetID: user})
}

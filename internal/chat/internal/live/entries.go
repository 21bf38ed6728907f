package live

import (
	"context"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/hub"
	"agrovet/internal/chat/internal/wire"
)

// entries are rooms' logs, as the hub reads them.
type entries struct{ *Live }

// Last is how far they are.
func (e entries) Last(ctx context.Context, rooms []int64) (map[int64]int64, error) {
	return e.rules.Last(ctx, rooms)
}

// After are those that are wanted, as frames.
func (e entries) After(ctx context.Context, wants []hub.Want) (map[int64][]hub.Entry, error) {
	asked := make([]core.Want, len(wants))
	for i, w := range wants {
		asked[i] = core.Want{RoomID: w.Room, After: w.After, Limit: w.Limit}
	}
	found, err := e.rules.After(ctx, asked)
	out := make(map[int64][]hub.Entry, len(found))
	for room, all := range found {
		out[room] = make([]hub.Entry, len(all))
		for i, s := range all {
			out[room][i] = hub.Entry{Seq: s.Seq, From: s.UserID, Out: putOut(s), Frame: entryFrame(s)}
		}
	}
	return out, err
}

// putOut is who is in the room no more because of an entry; 0: nobody.
func putOut(s core.Shown) int64 {
	if s.Kind == chat.Leave {
		return s.TargetID
	}
	return 0
}

func entryFrame(s core.Shown) *hub.Frame {
	return standing(s.RoomID, s.Seq, Frame(func() any { return wire.EntryOf(s) }))
}

// standing says up to where one has a room with a frame.
func standing(room, seq int64, f *hub.Frame) *hub.Frame {
	f.Room, f.Seq = room, seq
	return f
}

// Entries sends new lines of rooms' logs.
func (l *Live) Entries(_ context.Context, all []core.Shown) {
	for _, s := range all {
		l.Hub.Publish(hub.Signal{Kind: hub.NewEntry, Room: s.RoomID, Seq: s.Seq, From: s.UserID, Out: putOut(s), Frame: entryFrame(s)})
	}
}

// Added makes a room some people's from now on.
func (l *Live) Added(_ context.Context, at core.At, members []chat.Member) {
	newcomers := make([]hub.Newcomer, len(members))
	for i, m := range members {
		newcomers[i] = hub.Newcomer{UserID: m.UserID, From: m.FromSeq, Frame: standing(m.RoomID, m.FromSeq, Frame(func() any {
			return wire.RoomAdded{Type: wire.TypeRoomAdded, RoomState: wire.RoomState{Room: m.RoomID, LastSeq: max(m.FromSeq, m.DeliveredSeq),
				FromSeq: m.FromSeq, DeliveredSeq: m.DeliveredSeq, ReadSeq: m.ReadSeq}}
		}))}
	}
	l.Hub.Publish(hub.Signal{Kind: hub.Added, Room: at.RoomID, Seq: at.Seq, Size: at.Members, Members: newcomers})
}

// Removed ends that a room is some people's.
func (l *Live) Removed(_ context.Context, at core.At, userIDs ...int64) {
	l.Hub.Publish(hub.Signal{Kind: hub.Removed, Room: at.RoomID, Seq: at.Seq, Size: at.Members, Users: userIDs,
		Code: wire.CloseNotMember, Reason: wire.ReasonNotMember,
		Frame: Frame(func() any { return wire.RoomGone{Type: wire.TypeRoomGone, RoomIDs: wire.RoomIDsOf(at.RoomID)} })})
}

// Ended closes the connections of a person's sessions; with no sessions, all of the person's.
func (l *Live) Ended(_ context.Context, userID int64, sessionIDs ...int64) {
	l.Hub.Publish(hub.Signal{Kind: hub.Ended, Users: []int64{userID}, Sessions: sessionIDs, Code: wire.CloseSession, Reason: wire.ReasonSession})
}

// Notify shows a person what another module tells them.
func (l *Live) Notify(_ context.Context, userID int64, n core.Notice) {
	l.Hub.Publish(hub.Signal{Kind: hub.ToUsers, General: true, Users: []int64{userID}, Frame: Frame(func() any {
		return wire.Notice{Type: wire.TypeNotice, Kind: n.Kind, ID: n.ID, Data: n.Data}
	})})
}

// Typing tells a room that somebody is writing.
func (l *Live) Typing(roomID, userID int64) {
	l.Hub.Publish(hub.Signal{Kind: hub.InRoom, Room: roomID, From: userID, Frame: Frame(func() any {
		return wire.Typing{Type: wire.TypeTyping, RoomIDs: wire.RoomIDsOf(roomID), UserID: userID}
	})})
}

// EntryBytes is the frame of an entry as it is sent.
func EntryBytes(s core.Shown) []byte { return entryFrame(s).Data() }

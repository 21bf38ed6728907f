package redisbroker

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"agrovet/internal/chat/internal/hub"
)

func drawFrame(t *rapid.T) *hub.Frame {
	if rapid.IntRange(0, 3).Draw(t, "frame") == 0 {
		return nil
	}
	f := hub.Of(hub.Op(rapid.ByteRange(0, 2).Draw(t, "op")), rapid.SliceOfN(rapid.Byte(), 1, 300).Draw(t, "data"))
	f.Room, f.Seq = rapid.Int64().Draw(t, "frame's room"), rapid.Int64().Draw(t, "frame's seq")
	return f
}

// Whatever a hub says the others hear as it was, and nothing that is broken is taken for a signal of another kind.
func TestSignalsTravel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfN(rapid.Int64(), 1, 5)
		s := hub.Signal{Kind: hub.Kind(rapid.ByteRange(0, byte(hub.Ended)).Draw(t, "kind")), Room: rapid.Int64().Draw(t, "room"),
			Seq: rapid.Int64().Draw(t, "seq"), Size: rapid.IntRange(0, 1<<31-1).Draw(t, "size"), From: rapid.Int64().Draw(t, "from"), Out: rapid.Int64().Draw(t, "out"),
			Users: ids.Draw(t, "users"), Sessions: ids.Draw(t, "sessions"), General: rapid.Bool().Draw(t, "general"),
			Code: rapid.IntRange(0, 4999).Draw(t, "code"), Reason: rapid.String().Draw(t, "reason"), Frame: drawFrame(t)}
		for range rapid.IntRange(0, 4).Draw(t, "members") {
			f := s.Frame
			if rapid.Bool().Draw(t, "its own") {
				f = drawFrame(t)
			}
			s.Members = append(s.Members, hub.Newcomer{UserID: rapid.Int64().Draw(t, "who"), From: rapid.Int64().Draw(t, "above"), Frame: f})
		}
		b := encode(s)
		got, err := decode(b)
		require.NoError(t, err)
		require.Equal(t, s, got)
		_, err = decode(b[:rapid.IntRange(0, len(b)-1).Draw(t, "cut")])
		require.ErrorIs(t, err, errFormat)
	})
}

func FuzzDecode(f *testing.F) {
	f.Add(encode(hub.Signal{Kind: hub.Added, Members: []hub.Newcomer{{UserID: 1, Frame: hub.Of(hub.Text, []byte("{}"))}}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		if s, err := decode(b); err == nil {
			again, err := decode(encode(s))
			require.NoError(t, err)
			require.Equal(t, s, again)
		}
	})
}

// A signal for very many people goes in pieces.
func TestPartsAreBounded(t *testing.T) {
	s := hub.Signal{Kind: hub.ToUsers, Users: make([]int64, 2500)}
	for i := range s.Users {
		s.Users[i] = int64(i)
	}
	var all []int64
	for part := range parts(s) {
		require.LessOrEqual(t, len(part.Users), oneSignal)
		all = append(all, part.Users...)
	}
	require.Equal(t, s.Users, all)
}

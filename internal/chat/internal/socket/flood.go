package socket

import "time"

// floodOver is the time in which a connection may send its limit of frames.
const floodOver = 10 * time.Second

// forgiven is how many frames above the limit are refused before the connection ends.
const forgiven = 50

// flood counts a connection's frames.
type flood struct {
	limit int // in floodOver, and at once; 0: none
	used  float64
	last  time.Time
	above int
}

// take counts a frame at a time. ok: it is obeyed; end: the connection ends.
func (f *flood) take(now time.Time) (ok, end bool) {
	if f.limit == 0 {
		return true, false
	}
	rate := float64(f.limit) / floodOver.Seconds()
	f.used = max(0, f.used-now.Sub(f.last).Seconds()*rate)
	f.last = now
	if f.used+1 > float64(f.limit) {
		f.above++
		return false, f.above > forgiven
	}
	if f.used == 0 {
		f.above = 0
	}
	f.used++
	return true, false
}

// wait is when the next frame is obeyed, about.
func (f *flood) wait() time.Duration { return floodOver / time.Duration(f.limit) }

// typed is when a connection last told a room that its person is writing.
type typed struct {
	room   int64
	at     time.Time
	always bool // nobody in the room can be blocked
}

// typingEvery is how often it may be told.
const typingEvery = 2 * time.Second

func (t *typed) take(room int64, now time.Time) bool {
	if t.room == room && now.Sub(t.at) < typingEvery {
		return false
	}
	t.always = t.always && t.room == room
	t.room, t.at = room, now
	return true
}

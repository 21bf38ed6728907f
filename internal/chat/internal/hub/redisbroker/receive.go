package redisbroker

import (
	"strconv"
	"strings"
	"sync"
)

// hear takes what another hub says: the place in the stream, a space, the hub and its signal; without a signal it
// says that it could not say something.
func (l *link) hear(_, payload string) {
	place, said, _ := strings.Cut(payload, " ")
	if place != "" && !l.late.next(place) {
		return // it is read from the stream, with what was before it
	}
	l.obey(said)
}

// obey hands a signal of another hub to this one.
func (l *link) obey(said string) {
	if len(said) < len(l.id) || said[:len(l.id)] == l.id {
		return
	}
	if said = said[len(l.id):]; said == "" {
		l.to.Missed()
		return
	}
	s, err := decode([]byte(said))
	if err != nil {
		l.log.Warn("a hub says what this one does not understand", "error", err)
		return
	}
	l.to.Receive(s)
}

// joined notes that a channel is heard from now on. What was said there before may have been missed.
func (l *link) joined(channel string) {
	if channel == allChannel {
		l.late.reconnected()
		return
	}
	if room, err := strconv.ParseInt(strings.TrimPrefix(channel, roomChannel), 10, 64); err == nil {
		l.to.Missed(room)
	}
}

// rooms are those whose channels are to be subscribed to, or not any more.
type rooms struct {
	mu      sync.Mutex
	changed map[int64]bool // whether they are followed now
	kick    chan struct{}
}

func (r *rooms) set(room int64, followed bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.changed == nil {
		r.changed = map[int64]bool{}
	}
	r.changed[room] = followed
	wake(r.kick)
}

// Follow has this hub hear of a room.
func (l *link) Follow(room int64) { l.rooms.set(room, true) }

// Unfollow ends that.
func (l *link) Unfollow(room int64) { l.rooms.set(room, false) }

// oneCommand is how many channels are subscribed to at once.
const oneCommand = 500

// take gives channels that are to be subscribed to, and others that are not any more.
func (r *rooms) take() (followed, left []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for room, is := range r.changed {
		name := roomChannel + strconv.FormatInt(room, 10)
		if is {
			followed = append(followed, name)
		} else {
			left = append(left, name)
		}
		delete(r.changed, room)
		if max(len(followed), len(left)) == oneCommand {
			wake(r.kick)
			break
		}
	}
	return followed, left
}

// follow subscribes to rooms, many at once, until the link ends.
func (l *link) follow() {
	for {
		select {
		case <-l.rooms.kick:
		case <-l.ctx.Done():
			return
		}
		followed, left := l.rooms.take()
		if len(followed) > 0 {
			l.ear.Subscribe(l.ctx, followed...)
		}
		if len(left) > 0 {
			l.ear.Unsubscribe(l.ctx, left...)
		}
	}
}

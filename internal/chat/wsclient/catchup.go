package wsclient

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// behind reads by REST what is too far behind for the socket: one page after the other, one room at a time.
type behind struct {
	c       *Client
	mu      sync.Mutex
	wanted  map[int64]int64 // up to which entry, by room
	working bool
}

func (b *behind) start(c *Client) { b.c, b.wanted = c, map[int64]int64{} }

// fetch asks for a room's entries up to one.
func (b *behind) fetch(room, upTo int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.wanted[room] = max(b.wanted[room], upTo)
	if !b.working && b.c.ctx.Err() == nil {
		b.working = true
		b.c.work.Go(b.run)
	}
}

func (b *behind) next() (room, upTo int64, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for room, upTo = range b.wanted {
		delete(b.wanted, room)
		return room, upTo, true
	}
	b.working = false
	return 0, 0, false
}

// run works until nothing is wanted. What fails is tried again: until then the room's new entries wait.
func (b *behind) run() {
	for {
		room, upTo, ok := b.next()
		if !ok {
			return
		}
		for wait := b.c.cfg.MinWait; ; wait = min(2*wait, b.c.cfg.MaxWait) {
			if b.read(room, upTo) == nil {
				break
			}
			select {
			case <-time.After(wait):
			case <-b.c.ctx.Done():
				return
			}
		}
	}
}

// read takes pages of a room's log until the entry is there.
func (b *behind) read(room, upTo int64) error {
	for {
		have, last, ok := b.c.inbox.progress(room)
		if !ok || have >= max(upTo, last) {
			return nil
		}
		entries, status, err := b.c.log(b.c.ctx, room, have)
		if status == http.StatusForbidden || status == http.StatusNotFound {
			return nil // it is not one's own any more
		}
		if err != nil {
			return err
		}
		if len(entries) == 0 {
			return nil
		}
		for _, raw := range entries {
			f, err := parse(raw)
			if err != nil {
				return err
			}
			b.c.inbox.take(f)
		}
		b.c.count(func(s *Stats) { s.CaughtUp += len(entries) })
		if now, _, ok := b.c.inbox.progress(room); ok && now <= have {
			return fmt.Errorf("the log of room %d does not go on after %d", room, have)
		}
	}
}

// log is a page of a room's log.
func (c *Client) log(ctx context.Context, room, after int64) (entries []json.RawMessage, status int, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/api/chat/rooms/%d/log/?after=%d&limit=200", c.cfg.URL, room, after), nil)
	if err != nil {
		return nil, 0, err
	}
	req.Header.Set("Authorization", "Token "+c.cfg.Token)
	answer, err := c.cfg.HTTP.Do(req)
	if err != nil {
		return nil, 0, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 64<<20))
	if err != nil {
		return nil, answer.StatusCode, err
	}
	if answer.StatusCode != http.StatusOK {
		return nil, answer.StatusCode, fmt.Errorf("log of room %d: status %d", room, answer.StatusCode)
	}
	var page struct {
		Entries []json.RawMessage `json:"entries"`
	}
	err = json.Unmarshal(body, &page)
	return page.Entries, answer.StatusCode, err
}

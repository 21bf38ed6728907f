package core

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"net/netip"
	"sync"
	"time"

	"github.com/google/uuid"

	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/authn"
)

// Views are counted once per person and day (UTC) and without a write per read: a look is noted in
// memory, and what was noted is stored every few seconds, and at the end of the process. A process that
// is killed loses the looks of those seconds, and nothing else.
const (
	viewsEvery  = 3 * time.Second
	viewsAtOnce = 20_000  // looks in memory; more than that between two stores are lost
	viewsKnown  = 100_000 // looks that are known to be stored already, so that they are not tried again
	viewsStore  = 5 * time.Second
)

// views is what was seen since the last time that it was stored.
type views struct {
	mu      sync.Mutex
	key     *uuid.UUID // nil: not read yet
	pending map[store.View]struct{}
	known   map[store.View]struct{}
	lost    int
}

// add notes a look, unless it was noted before.
func (v *views) add(one store.View) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if _, ok := v.known[one]; ok {
		return
	}
	if _, ok := v.pending[one]; !ok && len(v.pending) >= viewsAtOnce {
		v.lost++
		return
	}
	if v.pending == nil {
		v.pending = map[store.View]struct{}{}
	}
	v.pending[one] = struct{}{}
}

// take returns what is to be stored, and takes it for known from now on.
func (v *views) take() (all []store.View, lost int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.known == nil || len(v.known)+len(v.pending) > viewsKnown {
		v.known = map[store.View]struct{}{}
	}
	for one := range v.pending {
		all = append(all, one)
		v.known[one] = struct{}{}
	}
	lost, v.lost, v.pending = v.lost, 0, nil
	return all, lost
}

// back takes what could not be stored for new again.
func (v *views) back(all []store.View) {
	v.mu.Lock()
	for _, one := range all {
		delete(v.known, one)
	}
	v.mu.Unlock()
	for _, one := range all {
		v.add(one)
	}
}

// Look notes that somebody looked at an advert: the caller, or a stranger with an address and a browser.
// Its publisher and staff do not count.
func (c *Core) Look(ctx context.Context, s Shown, address, browser string) {
	if s.Owner {
		return
	}
	key, err := c.viewerKey(ctx)
	if err != nil {
		c.Log.WarnContext(ctx, "a view is not counted", "add", s.ID, "error", err)
		return
	}
	day := dayOf(c.Now())
	who := fmt.Sprintf("stranger %q %q", network(address), browser)
	if me := authn.UserID(ctx); me != 0 {
		who = person(me)
	}
	c.views.add(store.View{Day: day, AddID: s.ID, Viewer: viewer(key, day, who)})
}

func (c *Core) viewerKey(ctx context.Context) (uuid.UUID, error) {
	c.views.mu.Lock()
	known := c.views.key
	c.views.mu.Unlock()
	if known != nil {
		return *known, nil
	}
	key, err := c.store.ViewerKey(ctx)
	if err == nil {
		c.views.mu.Lock()
		c.views.key = &key
		c.views.mu.Unlock()
	}
	return key, err
}

func dayOf(t time.Time) int32 { return int32(t.Unix() / (24 * 60 * 60)) }

func person(userID int64) string { return fmt.Sprintf("user %d", userID) }

// viewer hides who looked: without the key nobody can tell whether a hash is somebody's, and hashes of
// two days have nothing in common.
func viewer(key uuid.UUID, day int32, who string) uuid.UUID {
	mac := hmac.New(sha256.New, key[:])
	fmt.Fprintf(mac, "%d %s", day, who)
	return uuid.UUID(mac.Sum(nil)[:16])
}

// network is the part of an address that stays with one household: of IPv6, devices change the rest
// every day.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}

package views

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"net/netip"
	"time"

	"github.com/google/uuid"
)

func dayOf(t time.Time) int32 { return int32(t.Unix() / (24 * 60 * 60)) }

func person(userID int64) string { return fmt.Sprintf("user %d", userID) }

func stranger(address, browser string) string {
	return fmt.Sprintf("stranger %q %q", network(address), browser)
}

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

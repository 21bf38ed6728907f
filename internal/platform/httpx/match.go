package httpx

import (
	"strconv"
	"strings"
)

// MatchParams say of which version what is to be changed must be; embed them in the input of its handler.
type MatchParams struct {
	IfMatch string `header:"If-Match" doc:"The version that the change is made for, as in version."`
}

// Version is the one that is asked for: 0 for any, -1 for one that nothing has.
func (p MatchParams) Version() int {
	switch tag := strings.Trim(strings.TrimPrefix(strings.TrimSpace(p.IfMatch), "W/"), `"`); tag {
	case "", "*":
		return 0
	default:
		n, err := strconv.Atoi(tag)
		if err != nil || n <= 0 {
			return -1
		}
		return n
	}
}

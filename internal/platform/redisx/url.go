package redisx

import (
	"errors"
	"net/url"
	"strings"

	"github.com/redis/go-redis/v9"
)

// errUnreadable stands for errors that may quote a password.
var errUnreadable = errors.New("it is not like redis://user:password@host:6379/0; what is special in a password is escaped, / as %2F")

// Valid says what is wrong with a URL of Redis, without the URL, which may have a password: what is not escaped there
// is taken for a port, a path or an option, which errors quote.
func Valid(redisURL string) error {
	_, err := redis.ParseURL(redisURL)
	if err != nil && strings.Contains(redisURL, "@") {
		return errUnreadable
	}
	if u := (*url.Error)(nil); errors.As(err, &u) {
		return u.Err
	}
	return err
}

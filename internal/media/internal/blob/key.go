package blob

import (
	"fmt"
	"regexp"
)

const maxKey = 255 // bytes: what S3 and every file system take, with room for a folder before it

const segment = `[A-Za-z0-9_-][A-Za-z0-9._-]*`

var (
	keyPattern     = regexp.MustCompile(`^` + segment + `(/` + segment + `)*$`)
	segmentPattern = regexp.MustCompile(`^` + segment + `$`)
)

// checkKeys says which of these is no key. Errors: ErrKey.
func checkKeys(keys ...string) error {
	for _, key := range keys {
		if len(key) > maxKey || !keyPattern.MatchString(key) {
			return fmt.Errorf("%w: %.300q", ErrKey, key)
		}
	}
	return nil
}

// checkAfter is for List, which begins at the beginning when after is empty.
func checkAfter(after string) error {
	if after == "" {
		return nil
	}
	return checkKeys(after)
}

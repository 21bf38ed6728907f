package original

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Files says where the original's files are, and how they are fetched.
type Files struct {
	Places  []Place
	AtOnce  int           // files at a time. Defaults to 4
	Timeout time.Duration // for one try of one file. Defaults to 5 minutes
	Pause   time.Duration // before the second try; twice that before the third. Defaults to a second
}

func (f Files) withDefaults() Files {
	f.AtOnce, f.Timeout, f.Pause = cmp.Or(f.AtOnce, 4), cmp.Or(f.Timeout, 5*time.Minute), cmp.Or(f.Pause, time.Second)
	slices.SortStableFunc(f.Places, func(a, b Place) int { return len(b.prefix) - len(a.prefix) })
	return f
}

// Place is where files are whose addresses begin with the prefix. Without one it is for all that no other place is
// for: a directory or bucket by the path of their addresses, a server for its own and relative ones.
type Place struct {
	prefix string
	from   source
}

// source is a directory, a bucket or a server. An address may be relative to it.
//
// Errors of open: errMissing, errElsewhere; others may pass.
type source interface {
	// serves says whether it has what is under an address that is not relative to it.
	serves(address *url.URL) bool
	open(ctx context.Context, address *url.URL) (body io.ReadCloser, size int64, err error) // size -1: not known
}

var (
	errMissing   = errors.New("there is no such file")
	errElsewhere = errors.New("the operator has not said that files are there")
)

// ParsePlace reads "location" or "prefix=location". A location is a directory, s3://bucket/prefix or the URL of a
// server; how to reach the bucket's service stands in ORIGINAL_FILES_S3_ENDPOINT, _REGION, _ACCESS_KEY and _SECRET_KEY.
func ParsePlace(text string, getenv func(string) string) (p Place, err error) {
	location := text
	if prefix, rest, found := strings.Cut(text, "="); found && strings.Contains(prefix, "://") {
		p.prefix, location = withSlash(prefix), rest
	}
	switch scheme, rest, _ := strings.Cut(location, "://"); {
	case location == "":
		err = errors.New("there is no location")
	case scheme == "http" || scheme == "https":
		p.from, err = newServer(location)
	case scheme == "s3":
		p.from, err = newBucket(rest, getenv)
	default:
		p.from, err = newDirectory(location)
	}
	if err != nil {
		return p, fmt.Errorf("files at %q: %w", text, err)
	}
	return p, nil
}

// withSlash ends a prefix where a name ends, so that https://a.example is none of https://a.example.evil.example.
func withSlash(prefix string) string { return strings.TrimSuffix(prefix, "/") + "/" }

// open opens the file under an address of the original.
func (f Files) open(ctx context.Context, address string) (io.ReadCloser, int64, error) {
	for _, p := range f.Places {
		if u, ok := p.find(address); ok {
			return p.from.open(ctx, u)
		}
	}
	return nil, 0, errElsewhere
}

// find reads an address as one of the place's.
func (p Place) find(address string) (*url.URL, bool) {
	if p.prefix != "" {
		rest, ok := strings.CutPrefix(address, p.prefix)
		if !ok {
			return nil, false
		}
		u, err := url.Parse("/" + rest)
		return u, err == nil && u.Host == ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Opaque != "" || u.Path == "" {
		return nil, false
	}
	return u, u.Host == "" && u.Scheme == "" || p.from.serves(u)
}

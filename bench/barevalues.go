package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// What requests of a kind differ in (whose, of what) they state in a header, in the order of replay.Varying. A
// request without it differs in the last part of its path, if in anything.
const varyingHeader = "X-Varying"

func varying(r *http.Request) []string {
	if stated := r.Header.Get(varyingHeader); stated != "" {
		return strings.Split(stated, ",")
	}
	return []string{path.Base(r.URL.Path)}
}

// kindOf is what a request is known by.
func kindOf(r *http.Request, path string) string { return r.Method + " " + path }

// ofAny makes "/api/adds/{id}/" of "/api/adds/7/".
func ofAny(of string) string { return path.Dir(path.Clean(of)) + "/{id}/" }

// value is one of a statement's, in pieces, some of which are others each time. A value that is always the same
// is the piece alone.
type value []piece

type piece struct {
	text *string // nil: null
	new  renewed
}

// renewed says what takes the place of a piece: for numbers from 0, the varying value there.
type renewed int

const (
	same    renewed = -1 - iota
	created         // the id of the row that the request makes
	key             // the hash of its idempotency key
	unique          // a UUID that nothing has yet
	lock            // the number of an advisory lock that nobody else holds
)

var (
	uuids  = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	number = regexp.MustCompile(`-?\d+`)
	// ids begin what is all of a value, or of an element of an array, or of a field of JSON.
	ids = regexp.MustCompile(`(?:^\{?|,|": ?)(\d+)`)
)

// prepare takes the values of a statement apart.
func (r replay) prepare(s heard) []value {
	all := make([]value, len(s.Values))
	for i, text := range s.Values {
		switch {
		case text == nil:
			all[i] = value{{nil, same}}
		case r.Key != "" && *text == r.Key:
			all[i] = value{{text, key}}
		case strings.Contains(s.SQL, "pg_advisory_xact_lock"): // of what is new or another's
			all[i] = cut(*text, numbers(*text))
		default:
			all[i] = cut(*text, r.changing(*text))
		}
	}
	return all
}

// change is a part of a text that something else takes the place of.
type change struct {
	from, to int
	by       renewed
}

// changing are the parts of a text that are others each time, in order.
func (r replay) changing(text string) (all []change) {
	for _, at := range uuids.FindAllStringIndex(text, -1) {
		all = append(all, change{at[0], at[1], unique})
	}
	for _, at := range ids.FindAllStringSubmatchIndex(text, -1) {
		id, ends := text[at[2]:at[3]], at[3] == len(text) || strings.ContainsRune(",}]", rune(text[at[3]]))
		if by := slices.Index(r.Varying, id); ends && by >= 0 {
			all = append(all, change{at[2], at[3], renewed(by)})
		} else if ends && id == r.Created {
			all = append(all, change{at[2], at[3], created})
		}
	}
	slices.SortFunc(all, func(a, b change) int { return cmp.Compare(a.from, b.from) })
	return all
}

// numbers are those in a text, as numbers of locks.
func numbers(text string) (all []change) {
	for _, at := range number.FindAllStringIndex(text, -1) {
		all = append(all, change{at[0], at[1], lock})
	}
	return all
}

func cut(text string, changes []change) (all value) {
	done := 0
	for _, c := range changes {
		if c.from > done {
			all = append(all, piece{new(text[done:c.from]), same})
		}
		all = append(all, piece{new(text[c.from:c.to]), c.by})
		done = c.to
	}
	if done < len(text) || text == "" {
		all = append(all, piece{new(text[done:]), same})
	}
	return all
}

// renewal is what is another's in a request.
type renewal struct {
	varying      []string
	key, created string
}

// all are the values of a statement for the request.
func (by renewal) all(values []value) []any {
	args := make([]any, len(values))
	for i, v := range values {
		if len(v) == 1 && v[0].new == same {
			args[i] = v[0].text
			continue
		}
		var text strings.Builder
		for _, p := range v {
			text.WriteString(by.text(p))
		}
		args[i] = text.String()
	}
	return args
}

func (by renewal) text(p piece) string {
	switch p.new {
	case same:
		return *p.text
	case created:
		return by.created
	case key:
		sum := sha256.Sum256([]byte(by.key))
		return "\\x" + hex.EncodeToString(sum[:])
	case lock:
		return strconv.FormatInt(rand.Int64(), 10)
	case unique:
		return uuid.Must(uuid.NewV7()).String()
	}
	return by.varying[p.new]
}

package pgindex

import (
	"fmt"
	"strings"
)

// Statement is a statement that is put together, with its arguments. In it, d is a document.
type Statement struct {
	text strings.Builder
	args []any
}

// Arg adds an argument and returns its place in the text.
func (s *Statement) Arg(v any) string {
	s.args = append(s.args, v)
	return fmt.Sprintf("$%d", len(s.args))
}

// Add adds text; what is formatted is text as well, such as what Arg returned.
func (s *Statement) Add(format string, args ...any) { fmt.Fprintf(&s.text, format, args...) }

// Text is the statement as it is sent.
func (s *Statement) Text() string { return s.text.String() }

// Args are its arguments, in the order of their numbers.
func (s *Statement) Args() []any { return s.args }

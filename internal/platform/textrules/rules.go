package textrules

import (
	"slices"
	"strings"

	"agrovet/internal/platform/errs"
)

// Rule is one thing that staff should look at.
type Rule struct {
	Code  string // stable: tables of findings have it
	Fraud bool   // somebody may lose money: what has such findings comes first
	Text  errs.Text
	Find  Detector
}

// Detector looks for one thing in a text; ok is false when it is not there. Where a rule depends on more
// than the text, its detector is made for each text, and knows the rest.
type Detector func(t *Text) (m Match, ok bool)

// Match is what a detector has found.
type Match struct {
	Evidence    string // the piece of text
	Fingerprint int64  // of what the detector looked at: the same while that is the same
}

// Finding is what a rule has found in a text.
type Finding struct {
	Rule        string // its code
	Fraud       bool
	Evidence    string // in one line, at most MaxEvidence characters
	Fingerprint int64
}

// MaxEvidence is how many characters of a text a finding shows.
const MaxEvidence = 120

// Rules are what texts of one kind are examined by.
type Rules []Rule

// Examine returns what the rules find, in their order, one finding of each at most.
func (all Rules) Examine(t *Text) (found []Finding) {
	for _, r := range all {
		if m, ok := r.Find(t); ok {
			found = append(found, Finding{r.Code, r.Fraud, cut(m.Evidence), m.Fingerprint})
		}
	}
	return found
}

// Named is the rule with the code. When there is none, as for a finding of an older table, ok is false
// and the rule's text is the code.
func (all Rules) Named(code string) (rule Rule, ok bool) {
	for _, r := range all {
		if r.Code == code {
			return r, true
		}
	}
	return Rule{Code: code, Text: errs.Text{ES: code, EN: code}}, false
}

// cut shortens a piece of text, in one line.
func cut(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > MaxEvidence {
		return string(slices.Concat(r[:MaxEvidence-1], []rune("…")))
	}
	return text
}

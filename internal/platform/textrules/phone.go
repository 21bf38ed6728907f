package textrules

import "slices"

// phone looks for numbers that people could call.
func phone(s *Text) (Match, bool) {
	for at := 0; at < len(s.words); {
		r, next := s.run(at)
		if next == at {
			at++
			continue
		}
		if s.isPhone(r) {
			return s.match(r.first, r.last), true
		}
		at = next
	}
	return Match{}, false
}

// isPhone weighs what the run looks like and what stands around it.
func (s *Text) isPhone(r run) bool {
	if len(r.digits) < 7 || r.isDate() {
		return false
	}
	context := s.context(r)
	switch {
	case context == called:
		return !r.listed || r.singles() || slices.ContainsFunc(r.groups, func(g string) bool { return len(g) >= 7 })
	case context == counted || s.measured(r):
		return false
	case r.plus:
		return len(r.digits) >= 10
	case r.spelled > 0:
		return len(r.groups) >= 4 && len(r.digits) <= 15
	case slices.ContainsFunc(r.groups, isMobile):
		return true
	}
	return len(r.groups) > 1 && r.shaped() && isMobile(r.digits)
}

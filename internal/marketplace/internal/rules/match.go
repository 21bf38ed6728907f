package rules

// phrases makes the rule of a family.
func phrases(f family) func(advert) (finding, bool) {
	return func(s advert) (finding, bool) {
		innocent := make([]bool, len(s.words))
		for first, w := range s.words {
			for p := range f.innocent.at(w) {
				if end, ok := s.match(p, first, nil); ok {
					for i := first; i < end; i++ {
						innocent[i] = true
					}
				}
			}
		}
		for first, w := range s.words {
			for p := range f.guilty.at(w) {
				if end, ok := s.match(p, first, innocent); ok {
					return finding{s.piece(first, end-1), s.fingerprint()}, true
				}
			}
		}
		return finding{}, false
	}
}

// match says whether the phrase stands at a word, and before which it ends. Words that are taken do not
// count, but may stand in gaps.
func (s *Text) match(p phrase, at int, taken []bool) (end int, ok bool) {
	s.steps++
	switch {
	case len(p) == 0:
		return at, true
	case p[0].gap:
		return s.matchBehindGap(p[1:], at, taken)
	case at >= len(s.words) || taken != nil && taken[at] || !p[0].is(s.words[at]):
		return 0, false
	}
	return s.match(p[1:], at+1, taken)
}

func (s *Text) matchBehindGap(p phrase, at int, taken []bool) (end int, ok bool) {
	for skip := 0; skip <= maxGap && at+skip < len(s.words); skip++ {
		if at > 0 && s.words[at+skip].sentence != s.words[at-1].sentence {
			return 0, false
		}
		if end, ok := s.match(p, at+skip, taken); ok {
			return end, true
		}
	}
	return 0, false
}

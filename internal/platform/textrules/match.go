package textrules

// Phrases makes a detector of phrases that it looks for, and of phrases in which the same words are
// innocent: their words count for none of the guilty ones. Both are lists with one phrase a line. A phrase
// is words with blanks between them, in which case and accents do not matter:
//
//	pago|pagos    one or the other
//	transfer*     whatever begins so, with two letters at least
//	#             a number in digits; it stands alone
//	..            up to four words of the same sentence, or none; between words, and twice in a phrase at most
//
// It panics when a list is not written so: lists are part of a program.
func Phrases(guilty, innocent string) Detector {
	looked, excused := parse(guilty), parse(innocent)
	return func(s *Text) (Match, bool) {
		taken := s.within(excused)
		for first, w := range s.words {
			for p := range looked.at(w) {
				if end, ok := s.follows(p, first, taken); ok {
					return s.match(first, end-1), true
				}
			}
		}
		return Match{}, false
	}
}

// within says of each word whether it is in one of the phrases.
func (s *Text) within(phrases index) []bool {
	in := make([]bool, len(s.words))
	for first, w := range s.words {
		for p := range phrases.at(w) {
			if end, ok := s.follows(p, first, nil); ok {
				for i := first; i < end; i++ {
					in[i] = true
				}
			}
		}
	}
	return in
}

// follows says whether the phrase stands at a word, and before which it ends. Words that are taken do not
// count, but may stand in gaps.
func (s *Text) follows(p phrase, at int, taken []bool) (end int, ok bool) {
	s.steps++
	switch {
	case len(p) == 0:
		return at, true
	case p[0].gap:
		return s.followsGap(p[1:], at, taken)
	case at >= len(s.words) || taken != nil && taken[at] || !p[0].is(s.words[at]):
		return 0, false
	}
	return s.follows(p[1:], at+1, taken)
}

func (s *Text) followsGap(p phrase, at int, taken []bool) (end int, ok bool) {
	for skip := 0; skip <= maxGap && at+skip < len(s.words); skip++ {
		if at > 0 && s.words[at+skip].sentence != s.words[at-1].sentence {
			return 0, false
		}
		if end, ok := s.follows(p, at+skip, taken); ok {
			return end, true
		}
	}
	return 0, false
}

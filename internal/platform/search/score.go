package search

// qualities is how good a match of each kind is, when it is not letter by letter what was typed.
var qualities = [...]float64{Own: 0.9, Synonym: 0.7, Completed: 0.5, Corrected: 0.35}

func quality(k Kind, exact bool) float64 {
	if k == Own && exact {
		return 1
	}
	return qualities[min(max(k, Own), Corrected)]
}

// weights is how much a match counts by where it is.
var weights = [...]float64{Title: 1, Category: 0.8, Attributes: 0.6, Body: 0.4}

func (r Role) weight() float64 { return weights[min(max(r, Body), Title)] }

// Score says how well a document answers the query, from 0 to 1, for ranking the candidates that an
// index found. Every word of the query gets the best of its matches,
//
//	role     title 1, category 0.8, attributes 0.6, body 0.4
//	  ×
//	match    the word as typed 1, an inflection 0.9, a synonym 0.7, a completion 0.5, a correction 0.35
//
// or 0 if it has none, and the score is the mean. A query of several words gets 0.8 of the mean, and
// 0.2 of how much of their order the document keeps: the mean, over each word and its next one, of the
// weight of the best role where one follows the other (stopwords between them do not count). So 1 means
// that the title has the words as typed, and a query without groups scores 0.
//
// It reads as much of the document as [Analyzer.Text] does. A phrase counts only where its words follow
// each other, so a document that the index found may score 0.
func (m *Matcher) Score(fields []Field) float64 {
	if m.groups == 0 {
		return 0
	}
	var t tally
	words := 0
	for _, field := range fields {
		t.weight = field.Role.weight()
		w := m.walk()
		for s := (scanner{text: field.Text}); words < MaxTextWords && s.next(); words++ {
			if !isStopword(s.word) {
				t.ends[w.at%len(t.ends)] = 0
				w.next(s.word, t.add)
			}
		}
	}
	return t.score(m.groups)
}

// tally collects the matches of a document.
type tally struct {
	weight float64            // of the field that is being read
	best   [maxGroups]float64 // by group
	order  [maxGroups]float64 // by group: the best weight where it follows the group before
	ends   [4]uint64          // by place modulo 4: the groups that end there, one bit each
}

func (t *tally) add(m match) {
	t.best[m.group] = max(t.best[m.group], t.weight*m.quality)
	t.ends[m.last%len(t.ends)] |= 1 << m.group
	if m.group > 0 && m.first > 0 && t.ends[(m.first-1)%len(t.ends)]&(1<<(m.group-1)) != 0 {
		t.order[m.group] = max(t.order[m.group], t.weight)
	}
}

// score is the formula that [Matcher.Score] documents.
func (t *tally) score(groups int) float64 {
	best, order := 0.0, 0.0
	for g := range groups {
		best += t.best[g]
		order += t.order[g]
	}
	if groups == 1 {
		return best
	}
	return min(1, 0.8*best/float64(groups)+0.2*order/float64(groups-1)) // rounding may exceed 1
}

// Score is [Matcher.Score] for a single document.
func (a *Analyzer) Score(q Query, fields []Field) float64 { return a.Matcher(q).Score(fields) }

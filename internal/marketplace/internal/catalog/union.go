package catalog

import "slices"

// Union is what a search over several categories may ask about: every attribute of the lists once,
// in the order of their first mention. Attributes with the same key and kind are brought together,
// the options of all of them offered; of two kinds under one key the first wins. Limits are those
// of the first as well, which filters do not look at.
func Union(lists ...[]Attribute) []Attribute {
	var all []Attribute
	index := map[string]int{}
	for _, a := range slices.Concat(lists...) {
		i, known := index[a.Key]
		switch {
		case !known:
			index[a.Key] = len(all)
			a.Required, a.Options = false, slices.Clone(a.Options)
			all = append(all, a)
		case all[i].Kind == a.Kind:
			all[i].addOptions(a.Options)
		}
	}
	return all
}

func (a *Attribute) addOptions(more []Option) {
	for _, o := range more {
		if _, ok := a.option(o.Key); !ok {
			a.Options = append(a.Options, o)
		}
	}
}

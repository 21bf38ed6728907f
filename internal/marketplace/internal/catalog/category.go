package catalog

import "strings"

const (
	maxName    = 120 // runes (contract: rest.md, section 5)
	maxAliases = 20
)

// Category is one shelf of the marketplace.
type Category struct {
	Name        string // unique, at most 120 runes
	Parent      string // name of the category above; "" for the first level
	Description string
	Aliases     []string    // other names that lead here; unique among names and aliases
	Attributes  []Attribute // its own; an advert has those of the parent as well
}

// AttributesOf is what adverts in the named category are asked for, the parent's attributes first.
// It is nil for a name that is not among all.
func AttributesOf(all []Category, name string) []Attribute {
	c, ok := byName(all, name)
	if !ok {
		return nil
	}
	parent, _ := byName(all, c.Parent)
	return Inherited(parent.Attributes, c.Attributes)
}

func byName(all []Category, name string) (Category, bool) {
	for _, c := range all {
		if c.Name == name {
			return c, true
		}
	}
	return Category{}, false
}

// Find is the category with the name or alias, whatever its case and the spaces around it.
func Find(all []Category, name string) (Category, bool) {
	name = strings.TrimSpace(name)
	for _, c := range all {
		for _, known := range append([]string{c.Name}, c.Aliases...) {
			if strings.EqualFold(known, name) {
				return c, true
			}
		}
	}
	return Category{}, false
}

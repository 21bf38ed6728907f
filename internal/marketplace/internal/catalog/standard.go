package catalog

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed categories.yaml
var categories []byte

// Standard is the tree of a new installation: first all categories of the first level, then their
// children, parent by parent. So whoever creates them in this order and lists them by id shows the
// core eight first (contract: data.md, section 7). Their attributes and aliases are shared: do not
// change what they hold.
func Standard() []Category { return slices.Clone(standard()) }

var standard = sync.OnceValue(func() []Category {
	all, err := parseTree(categories)
	if err != nil {
		panic("catalog: categories.yaml: " + err.Error())
	}
	return all
})

// parseTree reads a tree in the form that categories.yaml describes, and checks it. Errors: all
// that is wrong, one line each.
func parseTree(data []byte) ([]Category, error) {
	nodes, err := decodeTree(data)
	if err != nil {
		return nil, err
	}
	var first, second []Category
	for _, n := range nodes {
		first = append(first, n.category(""))
		for _, child := range n.Children {
			if len(child.Children) > 0 {
				return nil, fmt.Errorf("%s: children of children are not shown anywhere", child.Name)
			}
			second = append(second, child.category(n.Name))
		}
	}
	all := slices.Concat(first, second)
	return all, checkTree(all)
}

// checkTree tells all that is wrong with a tree.
func checkTree(all []Category) error {
	var wrong []error
	owner := map[string]string{}
	for _, c := range all {
		for _, name := range append([]string{c.Name}, c.Aliases...) {
			if text := checkName(name); text != "" {
				wrong = append(wrong, fmt.Errorf("%s: name %q: %s", c.Name, name, text))
			}
			if other, taken := owner[strings.ToLower(name)]; taken {
				wrong = append(wrong, fmt.Errorf("%s: the name %q is taken by %s", c.Name, name, other))
			}
			owner[strings.ToLower(name)] = c.Name
		}
		if len(c.Aliases) > maxAliases {
			wrong = append(wrong, fmt.Errorf("%s: more than %d aliases", c.Name, maxAliases))
		}
		wrong = append(wrong, checkAttributes(c)...)
	}
	return errors.Join(wrong...)
}

func checkName(name string) string {
	switch {
	case name == "" || strings.TrimSpace(name) != name:
		return "blank, or spaces around it"
	case utf8.RuneCountInString(name) > maxName:
		return fmt.Sprintf("more than %d characters", maxName)
	}
	return ""
}

func checkAttributes(c Category) []error {
	var wrong []error
	if len(c.Attributes) > maxAttributes {
		wrong = append(wrong, fmt.Errorf("%s: more than %d attributes", c.Name, maxAttributes))
	}
	for i, a := range c.Attributes {
		p := check(a)
		if _, twice := ByKey(c.Attributes[:i], a.Key); twice {
			p.add("key", textRepeated)
		}
		for _, one := range p {
			wrong = append(wrong, fmt.Errorf("%s: attribute %q: %s: %s", c.Name, a.Key, one.what, one.text.EN))
		}
	}
	return wrong
}

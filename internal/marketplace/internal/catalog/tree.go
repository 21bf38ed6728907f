package catalog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// node is a category as categories.yaml has it.
type node struct {
	Name        string      `yaml:"name"`
	Description string      `yaml:"description"`
	Aliases     []string    `yaml:"aliases"`
	Attributes  []attribute `yaml:"attributes"`
	Children    []node      `yaml:"children"`
}

// attribute is an [Attribute] as categories.yaml has it.
type attribute struct {
	Key       string  `yaml:"key"`
	Label     label   `yaml:"label"`
	Kind      Kind    `yaml:"kind"`
	Required  bool    `yaml:"required"`
	Unit      string  `yaml:"unit"`
	MaxLength int     `yaml:"max_length"`
	Min       string  `yaml:"min"`
	Max       string  `yaml:"max"`
	Decimals  int     `yaml:"decimals"`
	Options   options `yaml:"options"`
}

// label is "Spanish | English", or one text for both.
type label Label

// options is a mapping whose order counts: key: label.
type options []Option

func decodeTree(data []byte) ([]node, error) {
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	var nodes []node
	if err := d.Decode(&nodes); err != nil {
		return nil, err
	}
	return nodes, nil
}

func (n node) category(parent string) Category {
	c := Category{Name: n.Name, Parent: parent, Description: n.Description, Aliases: n.Aliases}
	for _, a := range n.Attributes {
		c.Attributes = append(c.Attributes, plain(Attribute{
			Key: a.Key, Label: Label(a.Label), Kind: a.Kind, Required: a.Required, Unit: a.Unit, MaxLength: a.MaxLength,
			Min: json.Number(a.Min), Max: json.Number(a.Max), Decimals: a.Decimals, Options: a.Options,
		}))
	}
	return c
}

func (l *label) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode {
		return fmt.Errorf("line %d: a label is a text: Spanish | English", n.Line)
	}
	*l = readLabel(n.Value)
	return nil
}

func readLabel(text string) label {
	es, en, both := strings.Cut(text, "|")
	if !both {
		en = es
	}
	return label{ES: strings.TrimSpace(es), EN: strings.TrimSpace(en)}
}

func (o *options) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: options are a mapping of keys to labels", n.Line)
	}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if value.Kind != yaml.ScalarNode {
			return fmt.Errorf("line %d: the label of %s is a text: Spanish | English", value.Line, key.Value)
		}
		*o = append(*o, Option{Key: key.Value, Label: Label(readLabel(value.Value))})
	}
	return nil
}

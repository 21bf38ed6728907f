// Package traefik is how Traefik stands in front of a split agrovet: its static configuration, and the dynamic one,
// a template that Traefik executes itself; dynamic.yaml says which variables it reads.
package traefik

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed traefik.yaml
var static []byte

// Dynamic is the dynamic configuration, to be written to the file that the static one names.
//
//go:embed dynamic.yaml
var Dynamic []byte

// Entries are the addresses, host:port, on which Traefik listens.
type Entries struct {
	Web     string // module by host, :80 in containers
	Gateway string // module by path, :8000
	Traefik string // dashboard and /ping, :8080
	Metrics string // :8082
}

// Static returns the static configuration for Traefik as a process of this machine, with dynamic as the path of the
// dynamic configuration.
func Static(at Entries, dynamic string) ([]byte, error) {
	var c map[string]any
	if err := yaml.Unmarshal(static, &c); err != nil {
		return nil, fmt.Errorf("traefik.yaml: %w", err)
	}
	points := c["entryPoints"].(map[string]any)
	for name, address := range map[string]string{"web": at.Web, "gateway": at.Gateway, "traefik": at.Traefik, "metrics": at.Metrics} {
		points[name].(map[string]any)["address"] = address
	}
	c["providers"].(map[string]any)["file"].(map[string]any)["filename"] = dynamic
	return yaml.Marshal(c)
}

// The lines of the dynamic configuration that say where modules have gone, and whose writes wait.
const (
	places = "{{- $at := dict -}}\n"
	waits  = "{{- $held := list -}}\n"
)

// DynamicAt is the dynamic configuration with addresses of each module's processes in it, before those of the variables,
// and with modules whose writes wait: a Traefik that runs reads the file anew, and no variables.
func DynamicAt(replicas map[string][]string, held ...string) []byte {
	at := "{{- $at := dict"
	for _, module := range slices.Sorted(maps.Keys(replicas)) {
		at += fmt.Sprintf(" %q %q", module, strings.Join(replicas[module], " "))
	}
	wait := "{{- $held := list"
	for _, module := range held {
		wait += fmt.Sprintf(" %q", module)
	}
	const end = " -}}\n"
	return []byte(strings.NewReplacer(places, at+end, waits, wait+end).Replace(string(Dynamic)))
}

package catalog

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// core are the names that existing clients show, in their order (contract: data.md, section 7).
var core = []string{
	"Medicamentos y salud animal", "Alimentos y suplementos", "Semillas y plantas", "Fertilizantes y agroquímicos",
	"Maquinaria e implementos", "Herramientas e insumos", "Servicios agropecuarios", "Productos para ganado",
}

// original are the other names of the original.
const original = `Veterinaria; Medicamentos veterinarios; Vacunas; Antiparasitarios; Suplementos nutricionales; Instrumental quirúrgico;
Productos de higiene y cuidado; Diagnóstico y laboratorio veterinario; Alimentación para mascotas; Accesorios para mascotas;
Servicios veterinarios; Consultoría veterinaria; Reproducción e inseminación; Terapias y rehabilitación; Equipo de hospitalización;
Semillas; Fertilizantes; Pesticidas y plaguicidas; Herramientas agrícolas; Maquinaria agrícola; Tractores e implementos;
Sistemas de riego; Insumos agrícolas; Forrajes y alimentos para ganado; Hormonas y reproductores; Agricultura urbana y huertos;
Servicios de asesoría agropecuaria; Postcosecha y almacenamiento; Agroquímicos; Alimentos para animales`

func TestTheCoreEightComeFirst(t *testing.T) {
	t.Parallel()
	for i, c := range Standard()[:8] {
		require.Equal(t, core[i], c.Name)
		require.Empty(t, c.Parent)
	}
}

func TestEveryNameOfTheOriginalIsANameOrAliasOnce(t *testing.T) {
	t.Parallel()
	names := map[string]int{}
	for _, c := range Standard() {
		for _, name := range append([]string{c.Name}, c.Aliases...) {
			names[strings.ToLower(name)]++
		}
	}
	all := append(strings.Split(strings.ReplaceAll(original, "\n", " "), "; "), core...)
	require.Len(t, all, 38)
	for _, name := range all {
		require.Equal(t, 1, names[strings.ToLower(name)], name)
		_, ok := Find(Standard(), " "+strings.ToUpper(name)+" ")
		require.True(t, ok, name)
	}
	for name, times := range names {
		require.Equal(t, 1, times, name)
	}
}

func TestTheTreeHasTwoLevelsParentsFirst(t *testing.T) {
	t.Parallel()
	parents := map[string]bool{}
	children := 0
	for _, c := range Standard() {
		require.NotEmpty(t, c.Description, c.Name)
		if c.Parent == "" {
			require.Zero(t, children, "%s is behind a child", c.Name)
			parents[c.Name] = true
			continue
		}
		children++
		require.True(t, parents[c.Parent], "%s is under %s", c.Name, c.Parent)
	}
	require.Equal(t, 12, len(parents))
	require.Greater(t, children, 50)
}

func TestNoAdvertIsAskedForMoreThanTenAttributes(t *testing.T) {
	t.Parallel()
	for _, c := range Standard() {
		require.LessOrEqual(t, len(AttributesOf(Standard(), c.Name)), 10, c.Name)
	}
	require.Nil(t, AttributesOf(Standard(), "Naves espaciales"))
}

// Attributes with one key mean one thing, so that searches over several categories can ask for
// them; raza is typed for dogs and cats, which have too many breeds.
func TestOneKeyHasOneKindEverywhere(t *testing.T) {
	t.Parallel()
	kinds, units := map[string]Kind{"raza": Choice}, map[string]string{}
	for _, c := range Standard() {
		for _, a := range c.Attributes {
			if _, known := kinds[a.Key]; !known {
				kinds[a.Key], units[a.Key] = a.Kind, a.Unit
			}
			require.True(t, kinds[a.Key] == a.Kind || a.Key == "raza" && a.Kind == Text, "%s of %s", a.Key, c.Name)
			require.Equal(t, units[a.Key], a.Unit, "%s of %s", a.Key, c.Name)
			if a.Key == "raza" && a.Kind == Choice {
				_, ok := a.option("otra")
				require.True(t, ok, "every animal has a breed that is not listed: %s", c.Name)
			}
		}
	}
}

func TestStandardIsACopy(t *testing.T) {
	t.Parallel()
	Standard()[0].Name = "changed"
	require.Equal(t, core[0], Standard()[0].Name)
}

func TestAWrongTreeIsRefusedWithItsReason(t *testing.T) {
	t.Parallel()
	for tree, want := range map[string]string{
		"- {nam: A}":                                 "field nam not found",
		"- {name: A, name: B}":                       "already defined",
		"- {name: A}\n- {name: a}":                   `the name "a" is taken by A`,
		"- {name: A, aliases: [B, b]}":               `the name "b" is taken by A`,
		"- {name: ''}":                               "blank",
		"- {name: " + strings.Repeat("ñ", 121) + "}": "more than 120 characters",
		"- {name: A, children: [{name: B, children: [{name: C}]}]}":                                 "children of children",
		"- {name: A, attributes: [{key: x, label: X, kind: colour}]}":                               `A: attribute "x": kind: "colour" is not a valid choice`,
		"- {name: A, attributes: [{key: x, label: {es: X}, kind: text}]}":                           "a label is a text",
		"- {name: A, attributes: [{key: x, label: X, kind: choice, options: [a]}]}":                 "options are a mapping",
		"- {name: A, attributes: [{key: x, label: X, kind: choice, options: {a: {}}}]}":             "the label of a is a text",
		"- {name: A, attributes: [{key: x, label: X, kind: choice, options: {a: A, a: B}}]}":        "options.1.key: It is repeated",
		"- {name: A, attributes: [{key: x, label: X, kind: date}, {key: x, label: X, kind: date}]}": "key: It is repeated",
	} {
		_, err := parseTree([]byte(tree))
		require.ErrorContains(t, err, want, tree)
	}
}

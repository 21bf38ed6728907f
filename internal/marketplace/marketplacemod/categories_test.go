package marketplacemod_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/marketplace/marketplacemod"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

// coreNames are the names that existing clients show, and nothing else when they see one of them (data.md §7).
var coreNames = []string{"Medicamentos y salud animal", "Alimentos y suplementos", "Semillas y plantas", "Fertilizantes y agroquímicos", "Maquinaria e implementos", "Herramientas e insumos", "Servicios agropecuarios", "Productos para ganado"}

// TestCategories is rest.md §5, categories/, a line each.
func TestCategories(t *testing.T) {
	w := setup(t)
	first := w.got("categories/")
	t.Run("TheCoreOnesComeFirst", func(t *testing.T) {
		require.Equal(t, coreNames, field[string](results(first), "name")[:8])
		require.Len(t, results(first), 20)
		require.Equal(t, "http://marketplace.localhost/api/categories/?page=2", first["next"])
	})
	t.Run("EachHasWhatTheContractSays", func(t *testing.T) {
		one := results(first)[0]
		require.Contains(t, one, "description")
		require.Equal(t, one, w.got("categories/%.0f/", one["id"]))
		w.as(0, "GET", "categories/99999/", nil).ok(404)
	})
	t.Run("EveryWalkShowsEachOnce", func(t *testing.T) { // fault 60
		all := ids(w.follow(0, "categories/"))
		require.Len(t, all, int(first["count"].(float64)))
		for _, list := range [][]int64{ids(w.walk(0, "categories/", 7)), ids(w.follow(0, "categories/?page_size=9"))} {
			require.Equal(t, all, list)
		}
		slices.Sort(all)
		require.Len(t, slices.Compact(all), int(first["count"].(float64)))
		require.Equal(t, all, ids(w.walk(0, "categories/?ordering=id", 10)))
	})
	t.Run("Ordering", func(t *testing.T) {
		sorted := func(query string) []string {
			return field[string](results(w.got("categories/?page_size=100&ordering=%s", query)), "name")
		}
		byName := sorted("name")
		require.True(t, slices.IsSorted(byName))
		down := slices.Clone(byName)
		slices.Reverse(down)
		require.Equal(t, down, sorted("-name"))
		require.Equal(t, byName, sorted("nothing,name"), "what is not allowed is ignored")
		require.Equal(t, sorted(""), sorted("nothing"))
		require.Equal(t, coreNames, sorted("nothing")[:8])
	})
	t.Run("BelowOne", func(t *testing.T) {
		animals := w.category("Animales en pie")
		for _, c := range results(w.got("categories/?parent=%d", animals)) {
			require.Equal(t, float64(animals), c["parent"])
		}
		for _, c := range results(w.got("categories/?parent=0&page_size=100")) {
			require.Nil(t, c["parent"])
		}
		require.Contains(t, w.as(0, "GET", "categories/?parent=x", nil).ok(400), "parent")
	})
	t.Run("OnlyStaffWrites", func(t *testing.T) { // fault 34
		for _, user := range []int64{ana, luis, carla} {
			w.as(user, "POST", "categories/", object{"name": "Mía"}).ok(403)
			w.as(user, "DELETE", "categories/1/", nil).ok(403)
			w.as(user, "PATCH", "categories/1/", object{"name": "Mía"}).ok(403)
		}
		require.Equal(t, coreNames[0], w.got("categories/%d/", w.category(coreNames[0]))["name"])
	})
	t.Run("StaffMakesChangesAndDeletes", func(t *testing.T) {
		made := w.as(jefa, "POST", "categories/", object{"name": " Lombrices ", "description": nil, "id": 3, "foo": 1}).ok(201)
		has(t, made, object{"name": "Lombrices", "description": nil, "parent": nil, "aliases": []any{}, "attributes": []any{}})
		one := path("categories/%.0f/", made["id"])
		require.Equal(t, made, w.got("%s", one))
		has(t, w.as(jefa, "PATCH", one, object{"description": "Rojas"}).ok(200), object{"name": "Lombrices", "description": "Rojas"})
		has(t, w.as(jefa, "PUT", one, object{"name": "Lombricultura"}).ok(200), object{"name": "Lombricultura", "description": "Rojas"})
		require.Equal(t, w.got("%s", one), w.as(jefa, "PUT", one, w.got("%s", one)).ok(200), "whole objects come back")
		w.form(jefa, "PATCH", one, map[string][]string{"aliases": {"Lombriz", "Humus"}}).ok(200)
		require.Equal(t, []any{"Lombriz", "Humus"}, w.got("%s", one)["aliases"])
		require.Equal(t, 204, w.as(jefa, "DELETE", one, nil).Status)
		w.as(0, "GET", one, nil).ok(404)
		w.as(jefa, "DELETE", one, nil).ok(404)
	})
	t.Run("Refuses", func(t *testing.T) {
		for what, row := range map[string]struct{ send, want object }{
			"NoName":       {object{}, object{"name": "Este campo es requerido."}},
			"BlankName":    {object{"name": " "}, object{"name": "Este campo no puede estar en blanco."}},
			"NullName":     {object{"name": nil}, object{"name": "Este campo no puede ser nulo."}},
			"LongName":     {object{"name": strings.Repeat("ñ", 121)}, object{"name": "Asegúrese de que este campo no tenga más de 120 caracteres."}},
			"TakenName":    {object{"name": "Semillas"}, object{"name": "Ya existe category con este name."}},
			"TakenInCase":  {object{"name": "SEMILLAS"}, object{"name": "Ya existe category con este name."}},
			"NoParent":     {object{"name": "x", "parent": 9999}, object{"parent": "Esta categoría no existe."}},
			"ThreeLevels":  {object{"name": "x", "parent": w.category("Bovinos")}, object{"parent": "Las categorías tienen dos niveles."}},
			"OddAttribute": {object{"name": "x", "attributes": []any{object{"key": "Ñ", "kind": "text", "label": object{"es": "a", "en": "b"}}}}, nil},
		} {
			got := w.as(jefa, "POST", "categories/", row.send)
			if row.want == nil {
				require.Equal(t, 400, got.Status, what)
				continue
			}
			wrongFields(got, row.want)
		}
		wrongFields(w.as(jefa, "PATCH", path("categories/%d/", w.category("Bovinos")), object{"name": "Semillas"}), object{"name": "Ya existe category con este name."})
		wrongFields(w.as(jefa, "PATCH", path("categories/%d/", w.category("Animales en pie")), object{"parent": w.category("Semillas y plantas")}), object{"parent": "Las categorías tienen dos niveles."})
		w.as(jefa, "PATCH", "categories/99999/", object{"name": "x"}).ok(404)
	})
	t.Run("OneThatIsUsedStays", func(t *testing.T) { // fault 34
		leaf := w.category("Bovinos")
		id := w.published(ana, object{"category": leaf, "status": "draft"})
		for _, name := range []string{"Bovinos", "Animales en pie"} {
			require.Equal(t, "marketplace.category_used", w.as(jefa, "DELETE", path("categories/%d/", w.category(name)), nil).ok(409)["code"])
		}
		require.Equal(t, float64(leaf), w.as(ana, "GET", path("adds/%d/", id), nil).ok(200)["category"])
	})
}

// beside is another process of the program on the same database.
func (w *world) beside() *world {
	w.t.Helper()
	store := kv.Memory(1000)
	w.t.Cleanup(store.Close)
	server, err := httpx.New(httpx.Config{KV: store})
	require.NoError(w.t, err)
	server.UseAuthenticator(w.users)
	other := &world{t: w.t, db: w.db, users: w.users, media: w.media, server: server, handler: server.Handler(), now: w.now}
	var cfg marketplacemod.Config
	cfg.Country = "BO"
	other.module, err = marketplacemod.New(cfg, marketplacemod.Deps{DB: w.db, Outbox: bus.New(bus.Config{}).Source(w.db, marketplacemod.Topics...),
		Users: w.users, Media: w.media, Now: other.clock})
	require.NoError(w.t, err)
	other.turn()
	other.module.Routes(server.Module("marketplace", w.db))
	return other
}

func TestACategoryThatAnotherProcessDeletedIsNoServerError(t *testing.T) {
	w := setup(t)
	other := w.beside()
	made := w.as(jefa, "POST", "categories/", object{"name": "Lombrices"}).ok(201)["id"]
	id := other.published(ana, object{"category": made})
	one := path("adds/%d/", id)
	other.as(ana, "PATCH", one, object{"category": nil}).ok(200)
	require.Equal(t, 204, w.as(jefa, "DELETE", path("categories/%.0f/", made), nil).Status)
	want := object{"category": fmt.Sprintf(`Clave primaria "%.0f" inválida - objeto no existe.`, made)}
	wrongFields(other.as(ana, "POST", "adds/", cow(object{"category": made})), want)
	wrongFields(other.as(ana, "PATCH", one, object{"category": made}), want)
}

func TestOneOfADeletedCategoryAndAnAdvertInItWins(t *testing.T) {
	w := setup(t)
	for range 10 {
		made := w.as(jefa, "POST", "categories/", object{"name": "Lombrices"}).ok(201)["id"]
		var published, deleted answer
		atTheSameTime(2, func(i int) {
			if i == 0 {
				published = w.as(ana, "POST", "adds/", cow(object{"category": made}))
			} else {
				deleted = w.as(jefa, "DELETE", path("categories/%.0f/", made), nil)
			}
		})
		switch published.Status {
		case 201:
			deleted.ok(409)
			w.as(ana, "DELETE", path("adds/%.0f/", published.ok(201)["id"]), nil).ok(204)
			w.as(jefa, "DELETE", path("categories/%.0f/", made), nil).ok(204)
		default:
			require.Contains(t, published.ok(400), "category")
			require.Equal(t, 204, deleted.Status)
		}
	}
}

// attribute is a definition as staff sends it.
func attribute(key, kind string, more ...object) object {
	o := object{"key": key, "kind": kind, "label": object{"es": key, "en": key}}
	for _, m := range more {
		for k, v := range m {
			o[k] = v
		}
	}
	return o
}

func TestAdvertsOutliveTheDefinitionsOfTheirAttributes(t *testing.T) {
	w := setup(t)
	define := func(category any, definitions ...object) {
		t.Helper()
		w.as(jefa, "PATCH", path("categories/%.0f/", category), object{"attributes": definitions}).ok(200)
	}
	made := w.as(jefa, "POST", "categories/", object{"name": "Lombrices", "attributes": []object{attribute("largo", "text"), attribute("desde", "text"), attribute("color", "text")}}).ok(201)["id"]
	odd := w.published(ana, object{"category": made, "attributes": object{"largo": "mucho", "desde": "ayer", "color": "rojo"}})
	define(made, attribute("largo", "integer"), attribute("desde", "date"))
	good := w.published(ana, object{"category": made, "attributes": object{"largo": 7, "desde": "2026-02-03"}})
	for query, want := range map[string][]int64{"attr.largo.min=1": {good}, "attr.largo.max=6": {}, "attr.largo=7": {good}, "attr.desde.min=2026-01-01": {good}, "attr.desde.max=2026-02-02": {}} {
		require.Equal(t, want, ids(results(w.got("adds/?category=%.0f&%s", made, query))), query)
		require.Equal(t, float64(len(want)), w.got("adds/facets/?category=%.0f&%s", made, query)["count"], query)
	}
	one := path("adds/%d/", odd)
	read := w.as(ana, "GET", one, nil).ok(200)
	w.as(ana, "PUT", one, read).ok(200)
	w.as(ana, "PATCH", one, object{"title": "Otra"}).ok(200)
	require.Equal(t, object{}, w.as(ana, "GET", one, nil).ok(200)["attributes"], "what does not fit any more has gone")
}

func TestAttributesThatMustBeThere(t *testing.T) {
	w := setup(t)
	made := w.as(jefa, "POST", "categories/", object{"name": "Lombrices", "attributes": []object{attribute("largo", "integer", object{"required": true})}}).ok(201)["id"]
	const required = "Este campo es requerido."
	want := object{"attributes.largo": required}
	wrongFields(w.as(ana, "POST", "adds/", cow(object{"category": made})), want)
	wrongFields(w.as(ana, "POST", "adds/", cow(object{"category": made, "attributes": object{"largo": ""}})), want)
	one := path("adds/%d/", w.published(ana, object{"category": w.category("Bovinos"), "attributes": object{"raza": "nelore"}}))
	wrongFields(w.as(ana, "PATCH", one, object{"category": made}), want)
	w.as(ana, "PATCH", one, object{"category": made, "attributes": object{"largo": 5}}).ok(200)
	w.as(ana, "PATCH", one, object{"title": "Otra"}).ok(200)
	wrongFields(w.as(ana, "PATCH", one, object{"attributes": object{}}), want)
	wrongFields(w.as(ana, "PATCH", one, object{"attributes": nil}), want)
}

func TestAChildMayDefineAnAttributeAnew(t *testing.T) {
	w := setup(t)
	top := w.as(jefa, "POST", "categories/", object{"name": "Lombrices", "attributes": []object{attribute("largo", "integer")}}).ok(201)["id"]
	below := w.as(jefa, "POST", "categories/", object{"name": "Rojas", "parent": top, "attributes": []object{attribute("largo", "text")}}).ok(201)["id"]
	w.published(ana, object{"category": below, "attributes": object{"largo": "mucho"}})
	id := w.published(ana, object{"category": top, "attributes": object{"largo": 5}})
	require.Equal(t, []int64{id}, ids(results(w.got("adds/?category=%.0f&attr.largo.min=1", top))))
}

func TestACategoryThatIsUsedStaysWhereItIs(t *testing.T) {
	w := setup(t)
	seeds, animals := w.category("Semillas y plantas"), w.category("Animales en pie")
	made := w.as(jefa, "POST", "categories/", object{"name": "Lombrices", "parent": animals}).ok(201)["id"]
	one := path("categories/%.0f/", made)
	w.as(jefa, "PATCH", one, object{"parent": seeds}).ok(200)
	id := w.published(ana, object{"category": made})
	require.Equal(t, []int64{id}, ids(results(w.got("adds/?category=%d", seeds))))
	require.Equal(t, "marketplace.category_used", w.as(jefa, "PATCH", one, object{"parent": animals}).ok(409)["code"], "its adverts are listed under what is above it")
	w.as(jefa, "PUT", one, object{"name": "Lombrices", "parent": seeds}).ok(200)
	require.Equal(t, []int64{id}, ids(results(w.got("adds/?category=%d", seeds))))
}

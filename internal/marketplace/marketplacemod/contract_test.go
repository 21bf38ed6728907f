package marketplacemod_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/marketplace/marketplacemod"
	"agrovet/internal/media"
	"agrovet/internal/platform/errs"
)

// TestPublishing is rest.md §5, POST adds/, a line each.
func TestPublishing(t *testing.T) {
	w := setup(t, func(c *marketplacemod.Config) { c.PerDay = 0 })
	leaf := w.category("Bovinos")
	w.media.Put(media.Object{ID: 200, Kind: media.Image, OwnerID: luis})
	w.media.Put(media.Object{ID: 201, Kind: media.Audio, OwnerID: ana})
	w.media.Put(media.Object{ID: 202, Kind: media.Image, OwnerID: ana, Private: true})
	for name, row := range map[string]struct{ send, want object }{
		"OfTheFieldsThatMustBeThere":           {object{}, object{"title": "Vaca lechera Holstein", "price": "7500.00", "category": nil, "condition": "used", "location_name": nil, "latitude": nil, "longitude": nil, "main_image": nil, "secondary_images": []any{}, "status": "active", "currency": "BOB", "country": "BO", "unit": "unidad", "quantity": nil, "negotiable": false, "swap": false, "on_request": false, "attributes": object{}, "base_price": "7500.0000", "base_unit": "unidad"}},
		"APriceAsANumber":                      {object{"price": 12}, object{"price": "12.00"}},
		"APriceWithDecimals":                   {object{"price": 12.5}, object{"price": "12.50"}},
		"APriceAsAText":                        {object{"price": " 12.5 "}, object{"price": "12.50"}},
		"APriceOfNothing":                      {object{"price": 0}, object{"price": "0.00"}},
		"APriceOfNothingAsAText":               {object{"price": "0"}, object{"price": "0.00"}},
		"APriceOfMinusNothing":                 {object{"price": json.Number("-0")}, object{"price": "0.00"}},
		"APriceWithAnExponent":                 {object{"price": json.Number("1e3")}, object{"price": "1000.00"}},
		"TheHighestPrice":                      {object{"price": "9999999999.99"}, object{"price": "9999999999.99"}},
		"ACategoryAsAText":                     {object{"category": fmt.Sprint(leaf)}, object{"category": float64(leaf)}},
		"ACategoryOfNull":                      {object{"category": nil}, object{"category": nil}},
		"ABlankCategory":                       {object{"category": ""}, object{"category": nil}},
		"ATitleOf200Letters":                   {object{"title": strings.Repeat("ñ", 200)}, object{"title": strings.Repeat("ñ", 200)}},
		"BlanksAroundAreDropped":               {object{"title": "  Vaca\t", "description": "\nx "}, object{"title": "Vaca", "description": "x"}},
		"APlaceOf255Letters":                   {object{"location_name": strings.Repeat("á", 255)}, object{"location_name": strings.Repeat("á", 255)}},
		"NoPlace":                              {object{"location_name": nil, "latitude": nil, "longitude": nil}, object{"location_name": nil, "latitude": nil}},
		"APlaceAsTexts":                        {object{"latitude": "-17.5", "longitude": "-63.25"}, object{"latitude": -17.5, "longitude": -63.25}},
		"TheEdgesOfTheMap":                     {object{"latitude": -90, "longitude": 180}, object{"latitude": -90.0, "longitude": 180.0}},
		"ImagesOfNull":                         {object{"main_image_id": nil, "secondary_image_ids": nil}, object{"main_image": nil, "secondary_images": []any{}}},
		"AMainImageOf0":                        {object{"main_image_id": 0}, object{"main_image": nil}},
		"AStatusThatIsNotDraft":                {object{"status": "sold"}, object{"status": "active"}},
		"AStatusOfPaused":                      {object{"status": "paused"}, object{"status": "active"}},
		"ADraft":                               {object{"status": "draft"}, object{"status": "draft", "expires_at": nil}},
		"APriceOnRequest":                      {object{"on_request": true, "price": "55"}, object{"on_request": true, "price": "0.00", "base_price": nil}},
		"AQuantity":                            {object{"quantity": "12.500"}, object{"quantity": "12.5"}},
		"AQuantityOfNull":                      {object{"quantity": nil}, object{"quantity": nil}},
		"AnotherCurrency":                      {object{"currency": "usd"}, object{"currency": "USD"}},
		"AnArrobaOfBolivia":                    {object{"price": "115", "unit": "arroba"}, object{"unit": "arroba", "country": "BO", "base_unit": "kg", "base_price": "10.0000"}},
		"AUnitOfItsOwn":                        {object{"unit": "dosis"}, object{"unit": "dosis", "base_unit": "dosis", "base_price": "7500.0000"}},
		"TheConditionsOfTheContract/New":       {object{"condition": "new"}, object{"condition": "new"}},
		"TheConditionsOfTheContract/SemiNew":   {object{"condition": "semi_new"}, object{"condition": "semi_new"}},
		"RepeatedImagesCountOnce":              {object{"main_image_id": 5, "secondary_image_ids": []any{6, "6", 5, 7, 6, 8, 9}}, object{}},
		"EverythingOfAnImageThatWasUnclaimed":  {object{"main_image_id": "21"}, object{}},
		"AttributesOfTheCategoryAndItsParents": {object{"category": leaf, "attributes": object{"raza": "nelore", "peso_kg": "450.50", "vacunado": "true"}}, object{"attributes": object{"raza": "nelore", "peso_kg": 450.5, "vacunado": true}}},
	} {
		t.Run(name, func(t *testing.T) {
			got := w.as(ana, "POST", "adds/", cow(row.send)).ok(201)
			has(t, got, row.want)
			read := w.as(ana, "GET", path("adds/%.0f/", got["id"]), nil).ok(200)
			require.Equal(t, got, read, "what is answered is what is read later")
			require.Equal(t, got["publisher_id"], got["publisher"], "the client reads publisher")
		})
	}
	const required, blank, null, choice = "Este campo es requerido.", "Este campo no puede estar en blanco.", "Este campo no puede ser nulo.", "Se requiere un número válido."
	for name, row := range map[string]struct {
		send object
		want object
	}{
		"BlankTitle":                  {object{"title": ""}, object{"title": blank}},
		"TitleOfBlanks":               {object{"title": " \t\n"}, object{"title": blank}},
		"TitleOfNull":                 {object{"title": nil}, object{"title": null}},
		"TitleOf201Letters":           {object{"title": strings.Repeat("x", 201)}, object{"title": "Asegúrese de que este campo no tenga más de 200 caracteres."}},
		"BlankDescription":            {object{"description": ""}, object{"description": blank}},
		"DescriptionTooLong":          {object{"description": strings.Repeat("x", 10_001)}, object{"description": "Asegúrese de que este campo no tenga más de 10000 caracteres."}},
		"LocationNameTooLong":         {object{"location_name": strings.Repeat("x", 256)}, object{"location_name": "Asegúrese de que este campo no tenga más de 255 caracteres."}},
		"PriceOfLetters":              {object{"price": "caro"}, object{"price": choice}},
		"PriceOfNull":                 {object{"price": nil}, object{"price": null}},
		"BlankPrice":                  {object{"price": ""}, object{"price": choice}},
		"PriceBelow0":                 {object{"price": -1}, object{"price": "Asegúrese de que este valor es mayor o igual a 0."}},
		"PriceOf13Digits":             {object{"price": "1234567890123"}, object{"price": "Asegúrese de que no haya más de 12 dígitos en total."}},
		"PriceOf3Decimals":            {object{"price": "1.234"}, object{"price": "Asegúrese de que no haya más de 2 decimales."}},
		"PriceOf11DigitsInFront":      {object{"price": "12345678901"}, object{"price": "Asegúrese de que no haya más de 10 dígitos antes del punto decimal."}},
		"UnknownCategory":             {object{"category": 99}, object{"category": `Clave primaria "99" inválida - objeto no existe.`}},
		"CategoryOfLetters":           {object{"category": "vacas"}, object{"category": "Introduzca un número entero válido."}},
		"ConditionOfAnotherKind":      {object{"condition": "zzz"}, object{"condition": `"zzz" no es una elección válida.`}},
		"BlankCondition":              {object{"condition": ""}, object{"condition": `"" no es una elección válida.`}},
		"UnknownMainImage":            {object{"main_image_id": 999}, object{"main_image_id": scalar("Media principal no encontrada.")}},
		"UnknownOtherImages":          {object{"secondary_image_ids": []int{1, 998, 997}}, object{"secondary_image_ids": scalar("Media 998 no encontrada.")}},
		"SomebodyElsesImage":          {object{"main_image_id": 200}, object{"main_image_id": scalar("Media principal no encontrada.")}},
		"NoImage":                     {object{"main_image_id": 201}, object{"main_image_id": scalar("Media principal no encontrada.")}},
		"APrivateFile":                {object{"secondary_image_ids": []int{202}}, object{"secondary_image_ids": scalar("Media 202 no encontrada.")}},
		"FiveOtherImages":             {object{"secondary_image_ids": []int{1, 2, 3, 4, 5}}, object{"secondary_image_ids": []any{"Solo se permiten hasta 4 imágenes secundarias."}}},
		"LatitudeBeyondThePole":       {object{"latitude": 91, "longitude": 0}, object{"latitude": "Asegúrese de que este valor es menor o igual a 90."}},
		"LongitudeBeyondTheMeridian":  {object{"latitude": 0, "longitude": -180.1}, object{"longitude": "Asegúrese de que este valor es mayor o igual a -180."}},
		"LatitudeOfLetters":           {object{"latitude": "x", "longitude": 1}, object{"latitude": choice}},
		"UnknownCurrency":             {object{"currency": "XXX"}, object{"currency": "Moneda desconocida."}},
		"UnknownUnit":                 {object{"unit": "carretada"}, object{"unit": "Unidad desconocida."}},
		"QuantityBelow0":              {object{"quantity": -1}, object{"quantity": "Asegúrese de que este valor es mayor o igual a 0."}},
		"QuantityOfLetters":           {object{"quantity": "muchas"}, object{"quantity": choice}},
		"QuantityOf4Decimals":         {object{"quantity": "1.2345"}, object{"quantity": "Asegúrese de que no haya más de 3 decimales."}},
		"AttributeOfAnotherCategory":  {object{"category": leaf, "attributes": object{"cabina": true}}, object{"attributes.cabina": "La categoría no tiene este atributo."}},
		"AttributeThatIsNoChoice":     {object{"category": leaf, "attributes": object{"raza": "dragón"}}, object{"attributes.raza": `"dragón" no es una elección válida.`}},
		"EverythingWrongIsToldAtOnce": {object{"title": "", "price": "x", "condition": "y", "category": "z"}, object{"title": blank, "condition": `"y" no es una elección válida.`, "category": "Introduzca un número entero válido."}},
		"APriceWithoutWhatIsMissing":  {object{"price": "x", "latitude": 1}, object{"price": choice, "longitude": "Envíe latitud y longitud juntas."}},
		"EverythingWrongInTheCore":    {object{"quantity": "x", "category": 99, "unit": "y"}, object{"quantity": choice, "unit": "Unidad desconocida.", "category": `Clave primaria "99" inválida - objeto no existe.`}},
	} {
		t.Run("Refuses"+name, func(t *testing.T) {
			before := w.count("add")
			got := w.as(ana, "POST", "adds/", cow(row.send))
			if s, ok := onlyScalar(row.want); ok {
				require.Equal(t, s, without(got.ok(400), "code"))
			} else {
				wrongFields(got, row.want)
			}
			require.Equal(t, before, w.count("add"), "nothing is stored")
		})
	}
	t.Run("TellsWhatIsMissing", func(t *testing.T) {
		wrongFields(w.as(ana, "POST", "adds/", object{}), object{"title": required, "description": required, "price": required, "condition": required})
		wrongFields(w.form(ana, "POST", "adds/", url.Values{"title": {"x"}}), object{"description": required, "price": required, "condition": required})
		require.Equal(t, "0.00", w.as(ana, "POST", "adds/", without(cow(object{"on_request": true}), "price")).ok(201)["price"], "a price on request need not be said")
	})
	t.Run("KnowsNoImagesWhenMediaIsAway", func(t *testing.T) {
		w.media.Fail(errs.ErrUnavailable)
		defer w.media.Fail(nil)
		got := w.as(ana, "POST", "adds/", cow(object{"main_image_id": 30})).ok(503)
		has(t, got, object{"code": "media.unavailable", "detail": "El servicio de archivos no está disponible."})
		require.NotEmpty(t, got["request_id"], "fault 58")
		id := w.published(ana)
		require.Nil(t, w.got("adds/%d/", id)["main_image"])
	})
	t.Run("ByAnotherRoleIsForbidden", func(t *testing.T) { // fault 27
		for _, user := range []int64{carla, nadie} {
			require.Equal(t, object{"detail": "Su rol no permite publicar anuncios.", "code": "marketplace.may_not_publish"}, w.as(user, "POST", "adds/", cow()).ok(403))
		}
	})
}

// scalar marks a text that is no list.
type scalar string

func onlyScalar(want object) (object, bool) {
	out := object{}
	for k, v := range want {
		s, ok := v.(scalar)
		if !ok {
			return nil, false
		}
		out[k] = string(s)
	}
	return out, true
}

func without(o object, names ...string) object {
	for _, n := range names {
		delete(o, n)
	}
	return o
}

// TestChanging is rest.md §5, PUT and PATCH adds/{id}/.
func TestChanging(t *testing.T) {
	w := setup(t)
	leaf := w.category("Bovinos")
	full := cow(object{"category": leaf, "main_image_id": 1, "secondary_image_ids": []int{2, 3}, "latitude": -17.7833, "longitude": -63.1821, "location_name": "Montero", "quantity": "5", "price": "115",
		"unit": "arroba", "negotiable": true, "swap": true, "attributes": object{"raza": "nelore", "peso_kg": 450, "vacunado": true, "proposito": "carne"}})
	delete(full["attributes"].(object), "proposito")
	made := w.as(ana, "POST", "adds/", full).ok(201)
	one := path("adds/%.0f/", made["id"])
	t.Run("AWholeObjectSentBackChangesNothing", func(t *testing.T) {
		for _, method := range []string{"PUT", "PATCH"} {
			require.Equal(t, made, w.as(ana, method, one, w.as(ana, "GET", one, nil).ok(200)).ok(200))
		}
		require.Equal(t, []string{path("add.created %.0f", made["id"])}, w.events())
	})
	t.Run("ASmallChangeLeavesTheRest", func(t *testing.T) {
		got := w.as(ana, "PATCH", one, object{"negotiable": false}).ok(200)
		want := object{}
		for k, v := range made {
			want[k] = v
		}
		want["negotiable"], want["version"], want["updated_at"] = false, 2.0, got["updated_at"]
		require.Equal(t, want, got)
		require.NotEqual(t, made["updated_at"], got["updated_at"])
		require.Equal(t, []string{path("add.created %.0f", made["id"]), path("add.updated %.0f", made["id"])}, w.events())
	})
	t.Run("PutNeedsWhatMustBeThere", func(t *testing.T) {
		const required = "Este campo es requerido."
		wrongFields(w.as(ana, "PUT", one, object{"location_name": "x"}), object{"title": required, "description": required, "price": required, "condition": required})
	})
	t.Run("TheCategoryCanBeTakenAway", func(t *testing.T) {
		got := w.as(ana, "PATCH", one, object{"category": nil}).ok(200)
		has(t, got, object{"category": nil, "attributes": object{}})
		w.as(ana, "PATCH", one, object{"category": leaf, "attributes": object{"raza": "nelore"}}).ok(200)
	})
	t.Run("AnotherCategoryKeepsWhatItKnows", func(t *testing.T) {
		got := w.as(ana, "PATCH", one, object{"category": w.category("Tractores e implementos")}).ok(200)
		require.Equal(t, object{}, got["attributes"])
		wrongFields(w.as(ana, "PATCH", one, object{"category": leaf, "attributes": object{"cabina": true}}), object{"attributes.cabina": "La categoría no tiene este atributo."})
	})
	t.Run("ImagesAreReplacedAndTakenAway", func(t *testing.T) {
		got := w.as(ana, "PATCH", one, object{"main_image_id": 4, "secondary_image_ids": []int{5}}).ok(200)
		require.Equal(t, 4.0, got["main_image"].(object)["id"])
		require.Equal(t, []float64{5}, field[float64](objects(got["secondary_images"]), "id"))
		has(t, w.as(ana, "PATCH", one, object{"main_image_id": 0, "secondary_image_ids": []int{}}).ok(200), object{"main_image": nil, "secondary_images": []any{}})
	})
	t.Run("TheWrongIsRefusedAndNothingStored", func(t *testing.T) {
		before := w.as(ana, "GET", one, nil).Raw
		for name, wrong := range map[string]object{"price": {"title": "Otro", "price": "x"}, "main_image_id": {"title": "Otro", "main_image_id": 999}, "category": {"title": "Otro", "category": 99}, "status": {"title": "Otro", "status": "zzz"}} {
			require.Contains(t, w.as(ana, "PATCH", one, wrong).ok(400), name)
		}
		require.Equal(t, before, w.as(ana, "GET", one, nil).Raw)
	})
	t.Run("PlaceGoesWithNull", func(t *testing.T) {
		has(t, w.as(ana, "PATCH", one, object{"latitude": nil, "longitude": nil, "location_name": nil}).ok(200), object{"latitude": nil, "longitude": nil, "location_name": nil})
		require.Contains(t, w.as(ana, "PATCH", one, object{"latitude": 5}).ok(400), "longitude")
	})
	t.Run("StaffMay", func(t *testing.T) {
		has(t, w.as(jefa, "PATCH", one, object{"title": "Corregido"}).ok(200), object{"title": "Corregido", "publisher_id": 1.0, "publisher_name": "Ana Flores"})
	})
	t.Run("APublisherWhoseRoleIsNoPublishersAnyMoreCannotShowItAgain", func(t *testing.T) {
		w.as(ana, "PATCH", one, object{"status": "paused"}).ok(200)
		w.users.known[ana] = auth.User{ID: ana, FullName: "Ana Flores", Role: auth.Consumer}
		require.Equal(t, "marketplace.may_not_publish", w.as(ana, "PATCH", one, object{"status": "active"}).ok(403)["code"])
		w.as(ana, "PATCH", one, object{"title": "Mío"}).ok(200)
	})
	t.Run("Deleted", func(t *testing.T) {
		got := w.as(ana, "DELETE", one, nil)
		require.Equal(t, 204, got.Status)
		require.Empty(t, got.Raw)
		for _, method := range []string{"GET", "PATCH", "DELETE"} {
			w.as(ana, method, one, object{}).ok(404)
		}
	})
}

func TestPricesAreThoseOfTheCountry(t *testing.T) {
	w := setup(t, func(c *marketplacemod.Config) { c.Country = "MX" })
	has(t, w.as(ana, "POST", "adds/", cow()).ok(201), object{"currency": "MXN", "country": "MX"})
	has(t, w.as(ana, "POST", "adds/", cow(object{"currency": "BOB", "country": "bo", "unit": "arroba", "price": 115})).ok(201), object{"currency": "BOB", "country": "BO", "base_price": "10.0000", "base_unit": "kg"})
	one := path("adds/%d/", w.published(ana, object{"on_request": true}))
	has(t, w.as(ana, "PATCH", one, object{"on_request": false, "price": 5}).ok(200), object{"price": "5.00", "on_request": false, "base_price": "5.0000"})
	has(t, w.as(ana, "PATCH", one, object{"on_request": true}).ok(200), object{"price": "0.00", "on_request": true, "base_price": nil})
	require.Equal(t, []bool{true, false, true}, field[bool](w.as(0, "GET", one+"prices/", nil).list(), "on_request"))
	chosen := setup(t, func(c *marketplacemod.Config) { c.Country, c.Currency = "MX", "USD" })
	require.Equal(t, "USD", chosen.as(ana, "POST", "adds/", cow()).ok(201)["currency"])
}

func objects(list any) (rows []object) {
	for _, r := range list.([]any) {
		rows = append(rows, r.(object))
	}
	return rows
}

// TestLists is rest.md §5, GET adds/ and what is beside it.
func TestLists(t *testing.T) {
	w := setup(t)
	top, leaf := w.category("Animales en pie"), w.category("Bovinos")
	cheap := w.published(ana, object{"title": "Ternero", "price": 10, "condition": "new", "category": leaf})
	dear := w.published(luis, object{"title": "Tractor", "price": 900, "condition": "semi_new", "category": w.category("Maquinaria e implementos")})
	middle := w.published(ana, object{"title": "Oveja", "price": 50, "category": top, "latitude": -17.78, "longitude": -63.18})
	got := func(query string) []int64 { return ids(results(w.got("adds/?%s", query))) }
	newest := []int64{middle, dear, cheap}
	for query, want := range map[string][]int64{
		"":                                        newest,
		"status=active":                           newest,
		"lat=1&lon=2&location=x&foo[]=7":          newest, // the client sends them
		"ordering=nothing":                        newest,
		"ordering=-publisher_id,title":            newest,
		"ordering=created_at":                     {cheap, dear, middle},
		"ordering=-created_at":                    newest,
		"ordering=price":                          {cheap, middle, dear},
		"ordering=-price":                         {dear, middle, cheap},
		"ordering=title,price":                    {cheap, middle, dear},
		"ordering=%20price%20":                    {cheap, middle, dear},
		"condition=new":                           {cheap},
		"condition=semi_new":                      {dear},
		"condition=used&status=active":            {middle},
		path("category=%d", top):                  {middle, cheap}, // with those below it
		path("category=%d", leaf):                 {cheap},
		path("category=%d&condition=used", top):   {middle},
		path("category=%d&ordering=price", top):   {cheap, middle},
		path("category=%d&condition=used", leaf):  {},
		path("category=&condition=&status="):      newest,
		path("publisher=%d", ana):                 {middle, cheap},
		"search=ternero":                          {cheap},
		"search=":                                 newest,
		"search=ternero,nada":                     {},
		path("search=oveja&category=%d", top):     {middle},
		path("publisher=%d&search=tractor", ana):  {},
		path("publisher=%d&search=tractor", luis): {dear},
	} {
		require.Equal(t, want, got(query), query)
	}
	const none = "Escoja una opción válida. Esa opción no está entre las disponibles."
	for query, want := range map[string]object{
		"category=99999":                 {"category": none},
		"category=abc":                   {"category": none},
		"category=-1":                    {"category": none},
		"category=0":                     {"category": none},
		"condition=zzz":                  {"condition": "Escoja una opción válida. zzz no es una de las opciones disponibles."},
		"condition=zzz&category=abc":     {"condition": "Escoja una opción válida. zzz no es una de las opciones disponibles.", "category": none},
		"status=zzz":                     {"status": "Escoja una opción válida. zzz no es una de las opciones disponibles."},
		"publisher=x":                    {"publisher": "Introduzca un número entero válido."},
		"min_price=x":                    {"min_price": "Se requiere un número válido."},
		"max_price=-1":                   {"max_price": "Asegúrese de que este valor es mayor o igual a 0."},
		"currency=XXX":                   {"currency": "Escoja una opción válida. XXX no es una de las opciones disponibles."},
		"near=x":                         {"near": "Se requiere un número válido."},
		"near=1,2&radius_km=0":           {"radius_km": "Asegúrese de que este valor es mayor que 0."},
		"near=1,2&radius_km=501":         {"radius_km": "Asegúrese de que este valor es menor o igual a 500."},
		"min_base_price=1":               {"base_unit": "Este campo es requerido."},
		"base_unit=carretada":            {"base_unit": "Escoja una opción válida. carretada no es una de las opciones disponibles."},
		"attr.raza=nelore":               {"attr.raza": "La categoría no tiene este atributo."},
		path("category=%d&attr.x=", top): {"attr.x": "La categoría no tiene este atributo."},
	} {
		wrongFields(w.as(0, "GET", "adds/?"+query, nil), want)
	}
}

func TestMyAddsIsAnArrayOfAll(t *testing.T) {
	w := setup(t)
	var want []int64
	for _, status := range []string{"draft", "active", "paused", "sold", "archived", "expired"} {
		id := w.published(ana)
		w.exec("update add set status = $2 where id = $1", id, status)
		want = append([]int64{id}, want...)
	}
	w.published(luis)
	require.Equal(t, want, ids(w.as(ana, "GET", "adds/my_adds/", nil).list()))
	require.Equal(t, "[]", strings.TrimSpace(w.as(beto, "GET", "adds/my_adds/", nil).Raw))
	for _, own := range []string{"my_adds", "following_adds"} {
		require.Equal(t, object{"detail": "No autenticado", "code": "not_authenticated"}, w.as(0, "GET", "adds/"+own+"/", nil).ok(401))
	}

	page := w.as(ana, "GET", "adds/my_adds/?page=1&page_size=4", nil).ok(200)
	require.Equal(t, 6.0, page["count"])
	require.Equal(t, want[:4], ids(results(page)))
	require.Equal(t, want, ids(w.walk(ana, "adds/my_adds/", 4)))
	w.seed(0)
	w.exec("insert into add (publisher_id, title, description, condition, price, currency, unit, status) select $1, 'x', 'x', 'new', 1, 'BOB', 'unidad', 'draft' from generate_series(1, 210)", ana)
	require.Len(t, w.as(ana, "GET", "adds/my_adds/", nil).list(), 200, "bounded (fault 32)")
}

func TestAPublisherIsCalledByName(t *testing.T) { // fault 29
	w := setup(t)
	require.Equal(t, "Ana Flores", w.got("adds/%d/", w.published(ana))["publisher_name"])
	require.Equal(t, "User 3", w.got("adds/%d/", w.published(beto))["publisher_name"], "who has none")
	calls := w.users.calls
	w.got("adds/")
	require.Equal(t, calls+1, w.users.calls, "one call for a page (fault 30)")
}

func TestADeletedFileLeavesItsAdverts(t *testing.T) {
	w := setup(t)
	main, other := w.published(ana, object{"main_image_id": 1, "secondary_image_ids": []int{2, 3}}), w.published(ana, object{"main_image_id": 4, "secondary_image_ids": []int{1}})
	w.media.Remove(1)
	require.Nil(t, w.got("adds/%d/", main)["main_image"], "even before media tells")
	w.event(media.Deleted{MediaID: 1})
	has(t, w.got("adds/%d/", main), object{"main_image": nil, "version": 2.0})
	require.Len(t, w.got("adds/%d/", main)["secondary_images"], 2)
	require.Empty(t, w.got("adds/%d/", other)["secondary_images"])
	require.Zero(t, w.count("add_image where media_id = 1"))
	w.event(media.Deleted{MediaID: 1})
	require.Equal(t, 2.0, w.got("adds/%d/", main)["version"], "told twice is told once")
}

func TestWhoIsDeletedLeavesNothingBehind(t *testing.T) { // fault 63
	w := setup(t)
	w.published(ana, object{"main_image_id": 1, "secondary_image_ids": []int{2}, "latitude": 1, "longitude": 1})
	w.published(ana, object{"status": "draft"})
	theirs := w.published(luis, object{"main_image_id": 3})
	w.event(auth.UserDeleted{UserID: ana})
	require.Equal(t, []int64{theirs}, ids(results(w.got("adds/"))))
	for _, column := range w.texts(`select table_name || ' where ' || column_name from information_schema.columns where table_schema = current_schema() and
		(column_name ~ '(user|publisher|actor|owner|follower|following|reporter|seller|viewer|blocked)_?(id)?$') and data_type in ('bigint', 'integer')
		and table_name not in ('publisher', 'person', 'idempotency_key')`) {
		require.Zero(t, w.count(column+" = $1", ana), column)
	}
	require.Equal(t, []int{1, 1}, []int{w.count("publisher where gone"), w.count("person where gone")}, "but that they are gone")
	require.Equal(t, 1, w.count("add_image"))
	require.Equal(t, 1, w.count("listing"))
	require.Equal(t, 2, w.count("outbox where type = 'add.deleted'"))
	require.Equal(t, "marketplace.may_not_publish", w.as(ana, "POST", "adds/", cow()).ok(403)["code"], "a late request makes nothing for nobody")
	w.event(auth.UserDeleted{UserID: ana})
	require.Equal(t, 2, w.count("outbox where type = 'add.deleted'"))
}

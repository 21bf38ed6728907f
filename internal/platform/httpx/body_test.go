package httpx

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// note is a body with a field of every kind.
type note struct {
	Title  string   `json:"title" minLength:"1" maxLength:"10"`
	Kind   string   `json:"kind,omitempty" enum:"cow,hen"`
	Count  int      `json:"count,omitempty" minimum:"0" maximum:"1000000"`
	Small  int32    `json:"small,omitempty"`
	Weight float64  `json:"weight,omitempty"`
	Price  string   `json:"price,omitempty" format:"decimal"`
	Alive  bool     `json:"alive,omitempty"`
	Tags   []string `json:"tags,omitempty" maxItems:"3"`
	Bio    *string  `json:"bio,omitempty" nullable:"true"`
	Place  *place   `json:"place,omitempty"`
	Page   string   `json:"page,omitempty" format:"uri"`
	Code   string   `json:"code,omitempty" maxLength:"6"`
	Extra  any      `json:"extra,omitempty"`
	Sex    *string  `json:"sex,omitempty" nullable:"true" enum:"f,m"`
	Age    *int     `json:"age,omitempty" nullable:"true"`
	Fixed  int      `json:"fixed,omitempty" readOnly:"true"`
}

type place struct {
	Lat float64 `json:"lat"`
}

// notes is a server whose POST /notes/ gives back what the handler was given.
func notes(t testing.TB) *Server {
	s := newServer(t)
	r := s.Module("notes", nil)
	Handle(r, Route{Method: "POST", Path: "/notes/", ID: "notes.create", Access: Anyone, Status: 201, Files: []string{"photo"}},
		func(_ context.Context, in *struct{ Body note }) (*Body[note], error) { return OK(in.Body), nil })
	Handle(r, Route{Method: "POST", Path: "/small/", ID: "notes.small", Access: Anyone, MaxBody: 100},
		func(_ context.Context, in *struct{ Body note }) (*Body[note], error) { return OK(in.Body), nil })
	Handle(r, Route{Method: "POST", Path: "/ping/", ID: "notes.ping", Access: Anyone},
		func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
	return s
}

func TestJSONIsBroughtIntoShape(t *testing.T) {
	t.Parallel()
	s := notes(t)
	for _, c := range []struct{ name, sent, got string }{
		{"AsItIs", `{"title":"a","count":3}`, `{"title":"a","count":3}`},
		{"NumberAsText", `{"title":"a","count":" 3 ","weight":"1.5"}`, `{"title":"a","count":3,"weight":1.5}`},
		{"LeadingZeroAndPlus", `{"title":"a","count":"007","weight":"+5"}`, `{"title":"a","count":7,"weight":5}`},
		{"TextAsNumber", `{"title":12}`, `{"title":"12"}`},
		{"Decimal", `{"title":"a","price":12.5}`, `{"title":"a","price":"12.5"}`},
		{"WholeFloat", `{"title":"a","count":5.0,"small":"1e3"}`, `{"title":"a","count":5,"small":1000}`},
		{"Booleans", `{"title":"a","alive":"True"}`, `{"title":"a","alive":true}`},
		{"BooleanAsNumber", `{"title":"a","alive":1}`, `{"title":"a","alive":true}`},
		{"NullWhereAllowed", `{"title":"a","bio":null,"place":null}`, `{"title":"a"}`},
		{"ListAsText", `{"title":"a","tags":"[\"x\",\"y\"]"}`, `{"title":"a","tags":["x","y"]}`},
		{"OneForAList", `{"title":"a","tags":"x"}`, `{"title":"a","tags":["x"]}`},
		{"ObjectAsText", `{"title":"a","place":"{\"lat\":\"1\"}"}`, `{"title":"a","place":{"lat":1}}`},
		{"UnknownFields", `{"title":"a","Title":"b","email":{"x":"\u0000"}}`, `{"title":"a"}`},
		{"NestedUnknownFields", `{"title":"a","place":{"lat":1,"zip":"\u0000"}}`, `{"title":"a","place":{"lat":1}}`},
		{"ReadOnlyFields", `{"title":"a","fixed":"whatever"}`, `{"title":"a"}`},
		{"DuplicateKeysLastWins", `{"title":"a","title":"b"}`, `{"title":"b"}`},
		{"InvalidUTF8", "{\"title\":\"a\xff\"}", `{"title":"a\ufffd"}`},
		{"AnythingKeepsItsNumbers", `{"title":"a","extra":{"n":12345678901234}}`, `{"title":"a","extra":{"n":12345678901234}}`},
	} {
		t.Run(c.name, func(t *testing.T) { post("/notes/", c.sent).to(t, s).is(201, c.got) })
	}
}

func TestFormsAreBroughtIntoShape(t *testing.T) {
	t.Parallel()
	s := notes(t)
	urlencoded := func(body string) call {
		return post("/notes/", body).with("Content-Type", "application/x-www-form-urlencoded")
	}
	want := `{"title":"a","count":3,"alive":true,"tags":["x","y"],"place":{"lat":1}}`
	urlencoded(`title=a&count=3&alive=on&tags=x&tags=y&place={"lat":1}&bio=`).to(t, s).is(201, strings.Replace(want, "{", `{"bio":"",`, 1))
	form("/notes/", "title", "a", "count", "3", "alive", "1", "tags", `["x","y"]`, "place", `{"lat":"1"}`).to(t, s).is(201, want)
	urlencoded("title=a&bio=null&sex=null&age=null").to(t, s).is(201, `{"title":"a","bio":"null"}`)
	urlencoded("title=a&title=b").to(t, s).is(201, `{"title":"b"}`)
	urlencoded("title=a&tags=").to(t, s).is(201, `{"title":"a"}`)
	urlencoded("title=%ff").to(t, s).is(201, `{"title":"\ufffd"}`)
	urlencoded("title=%00").to(t, s).is(400, `{"title":["No se permiten caracteres nulos."],"code":"invalid"}`)
	urlencoded("title=%zz").to(t, s).is(400, `{"detail":"Form parse error - invalid URL escape \"%zz\"","code":"parse_error"}`)
}

func TestWrongFieldsAreToldInTheContractsWords(t *testing.T) {
	t.Parallel()
	s := notes(t)
	for _, c := range []struct{ name, sent, field, es, en string }{
		{"Missing", `{}`, "title", "Este campo es requerido.", "This field is required."},
		{"NoBody", ``, "title", "Este campo es requerido.", "This field is required."},
		{"Null", `{"title":null}`, "title", "Este campo no puede ser nulo.", "This field may not be null."},
		{"NullOptional", `{"title":"a","count":null}`, "count", "Este campo no puede ser nulo.", "This field may not be null."},
		{"Empty", `{"title":""}`, "title", "Este campo no puede estar en blanco.", "This field may not be blank."},
		{"Blank", `{"title":" \t"}`, "title", "Este campo no puede estar en blanco.", "This field may not be blank."},
		{"TooLong", `{"title":"ñandúñandúñ"}`, "title", "Asegúrese de que este campo no tenga más de 10 caracteres.", "Ensure this field has no more than 10 characters."},
		{"Choice", `{"title":"a","kind":"x"}`, "kind", `"x" no es una elección válida.`, `"x" is not a valid choice.`},
		{"Integer", `{"title":"a","count":"x"}`, "count", "Introduzca un número entero válido.", "A valid integer is required."},
		{"IntegerEmpty", `{"title":"a","count":""}`, "count", "Introduzca un número entero válido.", "A valid integer is required."},
		{"IntegerBool", `{"title":"a","count":true}`, "count", "Introduzca un número entero válido.", "A valid integer is required."},
		{"IntegerFraction", `{"title":"a","count":1.5}`, "count", "Introduzca un número entero válido.", "A valid integer is required."},
		{"IntegerHuge", `{"title":"a","count":99999999999999999999}`, "count", "Introduzca un número entero válido.", "A valid integer is required."},
		{"Integer32", `{"title":"a","small":2147483648}`, "small", "Introduzca un número entero válido.", "A valid integer is required."},
		{"Number", `{"title":"a","weight":"x"}`, "weight", "Se requiere un número válido.", "A valid number is required."},
		{"NumberHuge", `{"title":"a","weight":1e999}`, "weight", "Se requiere un número válido.", "A valid number is required."},
		{"NumberHex", `{"title":"a","weight":"0x1p-2"}`, "weight", "Se requiere un número válido.", "A valid number is required."},
		{"NumberNaN", `{"title":"a","weight":"nan"}`, "weight", "Se requiere un número válido.", "A valid number is required."},
		{"Minimum", `{"title":"a","count":-1}`, "count", "Asegúrese de que este valor es mayor o igual a 0.", "Ensure this value is greater than or equal to 0."},
		{"Maximum", `{"title":"a","count":1000001}`, "count", "Asegúrese de que este valor es menor o igual a 1000000.", "Ensure this value is less than or equal to 1000000."},
		{"URL", `{"title":"a","page":"::"}`, "page", "Introduzca una URL válida.", "Enter a valid URL."},
		{"TextNeeded", `{"title":true}`, "title", "No es una cadena válida.", "Not a valid string."},
		{"Boolean", `{"title":"a","alive":"x"}`, "alive", "Debe ser un booleano válido.", "Must be a valid boolean."},
		{"List", `{"title":"a","tags":{}}`, "tags", "Se esperaba una lista de elementos.", "Expected a list of items."},
		{"InList", `{"title":"a","tags":[true]}`, "tags", "No es una cadena válida.", "Not a valid string."},
		{"TooMany", `{"title":"a","tags":["1","2","3","4"]}`, "tags", "Asegúrese de que este campo no tenga más de 3 elementos.", "Ensure this field has no more than 3 elements."},
		{"Object", `{"title":"a","place":"x"}`, "place", "Datos inválidos. Se esperaba un diccionario.", "Invalid data. Expected a dictionary."},
		{"InObject", `{"title":"a","place":{"lat":"x"}}`, "place", "Se requiere un número válido.", "A valid number is required."},
		{"WholeList", `[1]`, "non_field_errors", "Datos inválidos. Se esperaba un diccionario.", "Invalid data. Expected a dictionary."},
		{"WholeText", `"x"`, "non_field_errors", "Datos inválidos. Se esperaba un diccionario.", "Invalid data. Expected a dictionary."},
		{"WholeNull", `null`, "non_field_errors", "Este campo no puede ser nulo.", "This field may not be null."},
		{"NUL", `{"title":"a\u0000"}`, "title", "No se permiten caracteres nulos.", "Null characters are not allowed."},
		{"NULInAnything", `{"title":"a","extra":[{"b":"\u0000"}]}`, "extra", "No se permiten caracteres nulos.", "Null characters are not allowed."},
		{"NULInKey", `{"title":"a","extra":{"\u0000":1}}`, "extra", "No se permiten caracteres nulos.", "Null characters are not allowed."},
		{"Deep", `{"title":"a","extra":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`, "extra", "Demasiados niveles anidados.", "Too deeply nested."},
	} {
		t.Run(c.name, func(t *testing.T) {
			es := post("/notes/", c.sent).to(t, s)
			require.Equal(t, 400, es.status, es.body)
			require.Equal(t, map[string]any{c.field: []any{c.es}, "code": "invalid"}, es.decode())
			en := post("/notes/", c.sent).with("Accept-Language", "en-GB,en;q=0.9").to(t, s)
			require.Equal(t, map[string]any{c.field: []any{c.en}, "code": "invalid"}, en.decode())
		})
	}
}

func TestAllWrongFieldsAreToldAtOnce(t *testing.T) {
	t.Parallel()
	s := notes(t)
	got := post("/notes/", `{"kind":"x","count":"y","alive":null,"extra":"\u0000"}`).to(t, s)
	require.Equal(t, 400, got.status)
	require.Equal(t, map[string]any{
		"title": []any{"Este campo es requerido."},
		"kind":  []any{`"x" no es una elección válida.`},
		"count": []any{"Introduzca un número entero válido."},
		"alive": []any{"Este campo no puede ser nulo."},
		"extra": []any{"No se permiten caracteres nulos."},
		"code":  "invalid",
	}, got.decode())
}

func TestAFieldCalledCodeKeepsItsErrors(t *testing.T) {
	t.Parallel()
	post("/notes/", `{"title":"a","code":"1234567"}`).to(t, notes(t)).
		is(400, `{"code":["Asegúrese de que este campo no tenga más de 6 caracteres."]}`)
}

func TestBodiesThatAreNoJSON(t *testing.T) {
	t.Parallel()
	s := notes(t)
	for name, sent := range map[string]string{
		"Cut": `{"title":`, "Word": `x`, "Two": `{} {}`, "Bare": `{title:1}`,
		"Deep": strings.Repeat("[", 20000), "Control": "{\"title\":\"\x01\"}",
	} {
		t.Run(name, func(t *testing.T) {
			got := post("/notes/", sent).to(t, s)
			require.Equal(t, 400, got.status)
			require.Regexp(t, "^JSON parse error - ", got.decode()["detail"])
			require.Equal(t, "parse_error", got.decode()["code"])
		})
	}
}

func TestContentTypes(t *testing.T) {
	t.Parallel()
	s := notes(t)
	send := func(kind string) answered {
		return post("/notes/", `{"title":"a"}`).with("Content-Type", kind).to(t, s)
	}
	send("text/plain").is(415, `{"detail":"Tipo de medio \"text/plain\" incompatible en la solicitud.","code":"unsupported_media_type"}`)
	send("nonsense; ; ;").is(415, `{"detail":"Tipo de medio \"nonsense; ; ;\" incompatible en la solicitud.","code":"unsupported_media_type"}`)
	send("").is(415, `{"detail":"Tipo de medio \"\" incompatible en la solicitud.","code":"unsupported_media_type"}`)
	send("application/json; charset=utf-8").is(201, `{"title":"a"}`)
	send("application/vnd.api+json").is(201, `{"title":"a"}`)
	require.Equal(t, 400, send("multipart/form-data").status, "no boundary")
}

func TestBodiesOverTheLimit(t *testing.T) {
	t.Parallel()
	s := notes(t)
	large := `{"detail":"La solicitud es demasiado grande.","code":"too_large"}`
	post("/small/", `{"title":"`+strings.Repeat("x", 100)+`"}`).to(t, s).is(413, large)
	form("/small/", "title", strings.Repeat("x", 100)).to(t, s).is(413, large)
	post("/small/", "title="+strings.Repeat("x", 100)).with("Content-Type", "application/x-www-form-urlencoded").to(t, s).is(413, large)
	post("/notes/", `{"title":"`+strings.Repeat("x", MaxBody)+`"}`).to(t, s).is(413, large)
	post("/small/", `{"title":"a"}`).to(t, s).is(200, `{"title":"a"}`)
}

func TestARouteWithoutABodyIgnoresOne(t *testing.T) {
	t.Parallel()
	s := notes(t)
	post("/ping/", `{"any":`).to(t, s).is(204, "")
	post("/ping/", "").with("Content-Type", "").to(t, s).is(204, "")
}

func TestFilesComeWithTheFieldsAndLeaveNothingBehind(t *testing.T) {
	s := newServer(t)
	var first string
	var sizes []int64
	Handle(s.Module("files", nil), Route{Method: "POST", Path: "/files/", ID: "files.create", Access: Anyone, Files: []string{"photo"}},
		func(ctx context.Context, in *struct{ Body note }) (*Body[note], error) {
			for _, f := range FilesOf(ctx)["photo"] {
				sizes = append(sizes, f.Size)
			}
			opened, err := FilesOf(ctx).First("photo").Open()
			if err != nil {
				return nil, err
			}
			defer opened.Close()
			b, err := io.ReadAll(opened)
			first = string(b)
			require.Nil(t, FilesOf(ctx).First("other"))
			return OK(in.Body), err
		})
	t.Setenv("TMPDIR", t.TempDir())
	big := strings.Repeat("x", formMemory*4) // goes to disk
	form("/files/", "title", "a", "photo", "@a.jpg:"+big, "photo", "@b.jpg:1").to(t, s).is(200, `{"title":"a"}`)
	require.Equal(t, big, first)
	require.Equal(t, []int64{int64(len(big)), 1}, sizes)
	require.Empty(t, tempFiles(t))
	form("/files/", "photo", "@a.jpg:"+big).to(t, s).is(400, `{"title":["Este campo es requerido."],"code":"invalid"}`)
	require.Empty(t, tempFiles(t), "also when the request is refused")
	require.Nil(t, FilesOf(t.Context()))
}

func TestPATCHTellsLeftOutFromNull(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	type patch struct {
		Name Opt[string]   `json:"name,omitempty" maxLength:"5"`
		Age  Opt[int]      `json:"age,omitempty" minimum:"1"`
		Tags Opt[[]string] `json:"tags,omitempty"`
	}
	var got patch
	Handle(s.Module("opt", nil), Route{Method: "PATCH", Path: "/opt/", ID: "opt.patch", Access: Anyone},
		func(_ context.Context, in *struct{ Body patch }) (*struct{}, error) { got = in.Body; return nil, nil })
	send := func(body string) answered {
		return call{"PATCH", "/opt/", body, map[string]string{"Content-Type": "application/json"}}.to(t, s)
	}
	send(`{}`).is(http.StatusNoContent, "")
	require.Equal(t, patch{}, got)
	require.Nil(t, got.Name.Ptr())
	send(`{"name":null,"tags":null}`).is(http.StatusNoContent, "")
	require.Equal(t, patch{Name: Opt[string]{Sent: true, Null: true}, Tags: Opt[[]string]{Sent: true, Null: true}}, got)
	send(`{"name":"x","age":"3","tags":["a"]}`).is(http.StatusNoContent, "")
	require.Equal(t, "x", *got.Name.Ptr())
	require.Equal(t, 3, got.Age.Or(9))
	require.Equal(t, []string{"a"}, got.Tags.Value)
	send(`{"name":"longer","age":0}`).is(400, `{"name":["Asegúrese de que este campo no tenga más de 5 caracteres."],
		"age":["Asegúrese de que este valor es mayor o igual a 1."],"code":"invalid"}`)
	require.Equal(t, 9, Opt[int]{}.Or(9))
}

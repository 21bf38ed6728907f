package foromod_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media"
)

// founded makes a community and returns its id.
func (w *world) founded(userID int64, name string, more ...object) int64 {
	w.t.Helper()
	return int64(w.as(userID, "POST", "communities/", with(object{"name": name}, more...)).ok(201)["id"].(float64))
}

// standard is the id of a community that the forum comes with.
func (w *world) standard(slug string) int64 {
	w.t.Helper()
	return int64(w.as(0, "GET", "communities/by-slug/"+slug+"/", nil).ok(200)["id"].(float64))
}

// join has people join a community.
func (w *world) join(id int64, people ...int64) {
	w.t.Helper()
	for _, p := range people {
		w.as(p, "POST", path("communities/%d/join/", id), nil).ok(200)
	}
}

// counted expects that a community says how many rows its members are, and returns it.
func (w *world) counted(id int64) int {
	w.t.Helper()
	n := w.count("member where community_id = $1", id)
	require.Equal(w.t, n, w.count("generate_series(1, (select members_count from community where id = $1))", id))
	return n
}

// crowd does something n times at once.
func crowd(n int, do func(i int)) {
	var wg sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-start
			do(i)
		})
	}
	close(start)
	wg.Wait()
}

// names are those of a list of communities.
func names(rows []object) []string { return field[string](rows, "name") }

func TestACommunityIsMadeShownChangedAndDeleted(t *testing.T) {
	w := setup(t)
	made := w.as(ana, "POST", "communities/", object{"name": "  Lechería   del Ñuble ", "short_description": "Vacas", "description": "Todo.", "members_count": 99, "created_by_id": luis}).ok(201)
	has(t, made, object{"name": "Lechería del Ñuble", "slug": "lecheria-del-nuble", "short_description": "Vacas", "description": "Todo.", "members_count": 1.,
		"created_by_id": float64(ana), "cover_image": nil, "avatar": nil, "is_member": true, "role": "owner", "is_standard": false})
	require.Regexp(t, `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$`, made["created_at"])
	id := int64(made["id"].(float64))
	at := path("communities/%d/", id)
	require.Equal(t, made, w.as(ana, "GET", at, nil).ok(200))
	has(t, w.as(0, "GET", "communities/by-slug/LECHERIA-del-nuble/", nil).ok(200), object{"id": made["id"], "is_member": nil, "role": nil})
	has(t, w.as(luis, "GET", at, nil).ok(200), object{"is_member": false, "role": nil})

	has(t, w.as(ana, "PATCH", at, with(made, object{"short_description": "Vacas lecheras"})).ok(200), object{"short_description": "Vacas lecheras", "slug": "lecheria-del-nuble", "members_count": 1.})
	has(t, w.as(jefa, "PUT", at, object{"name": "Lechería", "slug": "Leche_1"}).ok(200), object{"name": "Lechería", "slug": "Leche_1", "description": "Todo."})
	has(t, w.as(ana, "PUT", at, object{"slug": "x"}).ok(400), object{"name": []any{"Este campo es requerido."}})

	w.as(ana, "DELETE", at, nil).ok(204)
	for _, gone := range []string{at, "communities/by-slug/leche_1/"} {
		w.as(ana, "GET", gone, nil).ok(404)
	}
	w.as(ana, "DELETE", at, nil).ok(404)
	w.as(luis, "POST", at+"join/", nil).ok(404)
	require.NotEqual(t, id, w.founded(luis, "lechería", object{"slug": "leche_1"}), "name and slug are free again")
}

func TestNamesAndSlugsAreUniqueInAnyCase(t *testing.T) {
	w := setup(t)
	w.founded(ana, "Ñandú y Vacas", object{"slug": "vacas"})
	for _, tc := range []struct {
		body object
		want object
	}{
		{object{"name": "ÑANDÚ Y VACAS", "slug": "Vacas"}, object{"name": []any{"Ya existe Comunidad con este name."}, "slug": []any{"Ya existe Comunidad con este slug."}}},
		{object{"name": "otras", "slug": "vacas"}, object{"slug": []any{"Ya existe Comunidad con este slug."}}},
		{object{"name": "otras", "slug": "las vacas"}, object{"slug": []any{`Introduzca un "slug" válido consistente en letras, números, guiones o guiones bajos.`}}},
		{object{"name": "otras", "slug": "ñandú"}, object{"slug": []any{`Introduzca un "slug" válido consistente en letras, números, guiones o guiones bajos.`}}},
		{object{"name": "   "}, object{"name": []any{"Este campo no puede estar en blanco."}}},
		{object{"name": strings.Repeat("ñ", 101)}, object{"name": []any{"Asegúrese de que este campo no tenga más de 100 caracteres."}}},
		{object{"name": nil}, object{"name": []any{"Este campo no puede ser nulo."}}},
		{object{"slug": "s"}, object{"name": []any{"Este campo es requerido."}}},
	} {
		has(t, w.as(luis, "POST", "communities/", tc.body).ok(400), tc.want)
	}
	other := path("communities/%d/", w.founded(luis, "Otras"))
	has(t, w.as(luis, "PATCH", other, object{"name": "ñandú y vacas", "slug": "VACAS"}).ok(400), object{"name": []any{"Ya existe Comunidad con este name."}, "slug": []any{"Ya existe Comunidad con este slug."}})
	has(t, w.as(luis, "PATCH", other, object{"name": "OTRAS", "slug": "OTRAS"}).ok(200), object{"name": "OTRAS"})
	require.Equal(t, 2, w.count("community where not standard"))
}

func TestASlugIsMadeOfTheNameAndUnique(t *testing.T) {
	w := setup(t)
	slug := func(name string) any { return w.as(ana, "POST", "communities/", object{"name": name}).ok(201)["slug"] }
	require.Equal(t, "cafe-de-altura", slug("¡Café de altura!"))
	require.Equal(t, "cafe-de-altura-2", slug("Cafe de altura"))
	require.Equal(t, "cafe-de-altura-3", slug("Café, de altura"))
	require.Equal(t, "comunidad", slug("🐄🐄"))
	require.Equal(t, "comunidad-2", slug("農業"))
	require.LessOrEqual(t, len(slug(strings.Repeat("ñandu ", 16)).(string)), 120)
	answers := make([]answer, 12)
	crowd(len(answers), func(i int) {
		answers[i] = w.as([]int64{luis, beto}[i%2], "POST", "communities/", object{"name": "Maíz" + strings.Repeat("!", i)})
	})
	for _, a := range answers {
		require.Regexp(t, "^maiz", a.ok(201)["slug"])
	}
	crowd(len(answers), func(i int) { answers[i] = w.as(carla, "POST", "communities/", object{"name": "Soya"}) })
	made := 0
	for _, a := range answers {
		if a.Status == 201 {
			made++
			continue
		}
		has(t, a.ok(400), object{"name": []any{"Ya existe Comunidad con este name."}})
	}
	require.Equal(t, 1, made)
}

// TestTheListIsAnArrayOrAPage is decision D1.
func TestTheListIsAnArrayOrAPage(t *testing.T) {
	w := setup(t)
	w.exec("insert into community (name, slug, members_count) select 'C ' || n, 'c-' || n, n from generate_series(1, 230) n")
	all := w.as(0, "GET", "communities/", nil).list()
	require.Len(t, all, 200)
	require.Equal(t, []string{"C 230", "C 229"}, names(all)[:2])
	page := w.as(0, "GET", "communities/?page=1", nil).ok(200)
	require.Equal(t, 234., page["count"])
	require.Equal(t, names(all)[:20], names(results(page)))
	require.Contains(t, page["next"], "page=2")
	require.Equal(t, "Página inválida.", w.as(0, "GET", "communities/?page=99", nil).ok(404)["detail"])
	var walked []string
	for next := "communities/?page_size=50&cursor=*"; next != ""; {
		p := w.as(0, "GET", next, nil).ok(200)
		walked = append(walked, names(results(p))...)
		n, _ := p["next"].(string)
		_, next, _ = strings.Cut(n, "/api/foro/")
	}
	require.Len(t, walked, 234)
	require.Equal(t, names(all), walked[:200])
	require.Equal(t, []string{"Agronegocios", "Especialistas en Salud Animal y Vegetal", "Ganaderos, Agricultores y Dueños de Animales", "General"}, walked[230:], "the newest first")
	w.exec("delete from community where name = 'C 1'")
	require.Equal(t, 233., w.as(0, "GET", "communities/?page=1", nil).ok(200)["count"])
}

func TestCommunitiesAreFoundByTheBeginningsOfWords(t *testing.T) {
	w := setup(t)
	leche, miel := w.founded(ana, "Lechería", object{"short_description": "Vacas y quesos"}), w.founded(luis, "Abejas", object{"short_description": "Miel de vacas flacas"})
	w.join(miel, ana, beto)
	find := func(search string) []string {
		return names(w.as(ana, "GET", "communities/?search="+search, nil).list())
	}
	require.Equal(t, []string{"Abejas", "Lechería"}, find("VACA"))
	require.Equal(t, []string{"Lechería"}, find("lecher%C3%ADa%20que"))
	require.Equal(t, []string{"Lechería"}, find("queso,LECHE"))
	require.Empty(t, find("acas"))
	require.Empty(t, find("vacas%20ovejas"))
	require.Len(t, find("%27%20%3F%E2%80%AE"), 6, "nothing is asked for")
	require.Len(t, find("due%C3%B1o"), 1, "the standard ones")
	require.Equal(t, 2., w.as(0, "GET", "communities/?search=vacas&page=1", nil).ok(200)["count"])
	w.as(ana, "PATCH", path("communities/%d/", leche), object{"name": "Cabras"}).ok(200)
	require.Empty(t, find("leche"))
	require.Equal(t, []string{"Cabras"}, find("cabra"))

	mine := func(userID int64, more string) []string {
		return names(w.as(userID, "GET", "communities/?mine=true"+more, nil).list())
	}
	require.Equal(t, []string{"Abejas", "Cabras"}, mine(ana, ""))
	require.Equal(t, []string{"Cabras"}, mine(ana, "&search=cab"))
	require.Empty(t, mine(0, ""))
	require.Equal(t, 2., w.as(ana, "GET", "communities/?mine=true&page=1", nil).ok(200)["count"])
	w.as(ana, "DELETE", path("communities/%d/", leche), nil).ok(204)
	require.Empty(t, find("cabra"))
	require.Equal(t, []string{"Abejas"}, mine(ana, ""))
}

func TestASearchOfWhatManyHaveIsInTheSameOrder(t *testing.T) {
	w := setup(t)
	w.exec("insert into community (name, slug, members_count) select 'Vacas ' || n, 'v-' || n, n % 7 from generate_series(1, 400) n")
	w.exec("insert into community_words select id, array['v', 'va', 'vacas', 'x' || (members_count < 1)::text] from community where slug like 'v-%'")
	many := w.as(0, "GET", "communities/?search=vacas&page=1&page_size=100", nil).ok(200)
	require.Equal(t, 400., many["count"])
	require.Equal(t, w.texts("select name from community where slug like 'v-%' order by members_count desc, id desc limit 100"), names(results(many)))
	few := w.as(0, "GET", "communities/?search=vacas,xtrue&page=1&page_size=100", nil).ok(200)
	require.Equal(t, 57., few["count"])
	require.Equal(t, w.texts("select name from community where slug like 'v-%' and members_count = 0 order by id desc"), names(results(few)))
}

// TestOnlyTheOwnerAndStaffChangeACommunity is fault 46.
func TestOnlyTheOwnerAndStaffChangeACommunity(t *testing.T) {
	w := setup(t)
	id := w.founded(ana, "Cabras")
	at := path("communities/%d/", id)
	w.join(id, luis, beto)
	w.as(ana, "PUT", at+"members/2/", object{"role": "moderator"}).ok(200)
	for _, stranger := range []int64{luis, beto, carla} { // a moderator, a member, somebody else
		for _, tc := range []struct{ method, at string }{{"PUT", at}, {"PATCH", at}, {"DELETE", at}, {"POST", at + "upload_cover/"}, {"POST", at + "upload_avatar/"}, {"PUT", at + "members/3/"}} {
			require.Equal(t, "forbidden", w.as(stranger, tc.method, tc.at, object{}).ok(403)["code"], tc)
			w.as(0, tc.method, tc.at, object{}).ok(401)
		}
	}
	has(t, w.as(0, "GET", at, nil).ok(200), object{"name": "Cabras", "members_count": 3.})
}

// TestAStandardCommunityIsStaffs is fault 56.
func TestAStandardCommunityIsStaffs(t *testing.T) {
	w := setup(t)
	at := path("communities/%d/", w.standard("general"))
	w.as(luis, "POST", at+"join/", nil).ok(200)
	w.as(jefa, "PUT", at+"members/2/", object{"role": "moderator"}).ok(200)
	for _, userID := range []int64{ana, luis} {
		for _, method := range []string{"PUT", "PATCH", "DELETE"} {
			has(t, w.as(userID, method, at, object{"name": "Mía"}).ok(403), object{"code": "foro.standard_community", "detail": "Solo el equipo puede cambiar esta comunidad."})
		}
		require.Equal(t, "foro.standard_community", w.upload(userID, at+"upload_cover/", "file", "x").ok(403)["code"])
	}
	has(t, w.as(jefa, "PUT", at+"members/2/", object{"role": "owner"}).ok(400), object{"role": []any{`"owner" no es una elección válida.`}})
	has(t, w.as(jefa, "PATCH", at, object{"name": "Para todos"}).ok(200), object{"name": "Para todos", "is_standard": true, "created_by_id": nil})
	w.upload(jefa, at+"upload_avatar/", "file", "x").ok(200)
	w.restart()
	has(t, w.as(0, "GET", at, nil).ok(200), object{"name": "Para todos"})
	require.Equal(t, 4, w.count("community"), "what staff has changed stays so")
}

func TestADeletedCommunityIsTakenApartInTheBackground(t *testing.T) {
	w := setup(t)
	id := w.founded(ana, "Cabras")
	at := path("communities/%d/", id)
	w.upload(ana, at+"upload_cover/", "file", "x").ok(200)
	w.exec("insert into person (user_id) select n from generate_series(1000, 1699) n")
	w.exec("insert into member (community_id, user_id) select $1, n from generate_series(1000, 1699) n", id)
	w.exec("insert into post (author_id, title, content, community_id) select 1, 'T', 'C', $1 from generate_series(1, 700)", id)
	kept := w.posted(ana, object{"community_id": w.standard("general")})
	w.as(ana, "DELETE", at, nil).ok(204)
	require.NotContains(t, names(w.as(0, "GET", "communities/", nil).list()), "Cabras")
	has(t, w.as(luis, "POST", "posts/", object{"title": "T", "content": "C", "community_id": id}).ok(400), object{"community_id": []any{fmt.Sprintf("Clave primaria \"%d\" inválida - objeto no existe.", id)}})
	require.Equal(t, []string{"[]"}, w.texts("select coalesce(nullif(data->'media_ids', 'null'), '[]')::text from outbox where key = $1 order by position desc limit 1", fmt.Sprintf("foro/communities/%d/cover", id)))
	w.job("foro.remove-communities")
	require.Zero(t, w.count("community where id = $1", id))
	require.Zero(t, w.count("member where community_id = $1", id))
	require.Equal(t, 700, w.count("post where community_id is null"))
	require.NotNil(t, w.as(0, "GET", path("posts/%d/", kept), nil).ok(200)["community"])
	w.job("foro.remove-communities")
}

// upload sends a file in a field.
func (w *world) upload(userID int64, at, name, content string) answer {
	w.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile(name, "foto.jpg")
	require.NoError(w.t, err)
	_, err = part.Write([]byte(content))
	require.NoError(w.t, err)
	require.NoError(w.t, form.Close())
	r := httptest.NewRequest("POST", "http://foro.localhost/api/foro/"+at, &b)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Authorization", fmt.Sprintf("Bearer %d", userID))
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return answer{w.t, rec.Code, rec.Header(), rec.Body.String()}
}

func TestPicturesOfACommunity(t *testing.T) {
	w := setup(t)
	id := w.founded(ana, "Cabras")
	at := path("communities/%d/", id)
	cover := w.upload(ana, at+"upload_cover/", "file", "uno").ok(200)
	require.Equal(t, object{"cover_image": "http://foro.localhost/media/media/100.jpg"}, cover)
	require.Equal(t, object{"avatar": "http://foro.localhost/media/media/101.jpg"}, w.upload(ana, at+"upload_avatar/", "file", "dos").ok(200))
	c := w.as(0, "GET", at, nil).ok(200)
	has(t, c, object{"cover_image": cover["cover_image"], "avatar": "http://foro.localhost/media/media/101.jpg"})
	require.Equal(t, 100., c["cover"].(object)["id"])
	require.Equal(t, 101., c["avatar_media"].(object)["id"])
	post := w.as(0, "GET", path("posts/%d/", w.posted(ana, object{"community_id": id})), nil).ok(200)
	has(t, post["community"].(object), object{"name": "Cabras", "avatar": c["avatar"]})

	for _, field := range []string{"cover", "avatar"} {
		for _, a := range []answer{w.as(ana, "POST", at+"upload_"+field+"/", object{}), w.upload(ana, at+"upload_"+field+"/", "image", "x"), w.as(ana, "POST", at+"upload_"+field+"/", object{"file": "x"})} {
			has(t, a.ok(400), object{"detail": "file required"})
		}
	}
	w.upload(ana, "communities/999/upload_cover/", "file", "x").ok(404)
	require.NotNil(t, w.upload(ana, at+"upload_cover/", "file", "").ok(400)["file"], "an empty file")
	for err, want := range map[error]int{media.ErrStorage: 502, fmt.Errorf("disk"): 502, media.ErrUnavailable: 503, media.ErrTooLarge: 413, media.ErrNotAnImage: 400} {
		w.media.Fail(err)
		got := w.upload(ana, at+"upload_cover/", "file", "x").ok(want)
		if want == 502 {
			has(t, got, object{"detail": "upload failed"})
		}
	}
	has(t, w.as(0, "GET", at, nil).ok(200), object{"cover_image": nil, "name": "Cabras"})
	w.media.Fail(nil)
	has(t, w.as(0, "GET", at, nil).ok(200), object{"cover_image": cover["cover_image"]})

	w.upload(ana, at+"upload_cover/", "file", "otro").ok(200)
	shows := func() []string {
		return w.texts("select distinct on (key) split_part(key, '/', 4) || coalesce(nullif(data->'media_ids', 'null'), '[]')::text from outbox where topic = 'foro.media' and key like 'foro/communities/%' order by key, position desc")
	}
	require.Equal(t, []string{"avatar[101]", "cover[102]"}, shows(), "what media knows to be shown")
	w.event(media.Deleted{MediaID: 100})
	require.Equal(t, []string{"avatar[101]", "cover[102]"}, shows())
	w.event(media.Deleted{MediaID: 102})
	require.Equal(t, []string{"avatar[101]", "cover[]"}, shows())
	has(t, w.as(0, "GET", at, nil).ok(200), object{"cover_image": nil, "cover": nil, "avatar": c["avatar"]})
}

func TestTheListShowsPictures(t *testing.T) {
	w := setup(t)
	for i := range 5 {
		w.exec("update community set cover_id = $2, avatar_id = $3 where id = $1", w.founded(ana, fmt.Sprint("C ", i)), 2*i+1, 2*i+2)
	}
	rows := w.as(ana, "GET", "communities/", nil).list()
	require.Equal(t, "http://foro.localhost/media/media/9.jpg", rows[0]["cover_image"])
	require.Equal(t, "http://foro.localhost/media/media/2.jpg", rows[4]["avatar"])
}

package profilesmod_test

import (
	"bytes"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/media"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/pgtest"
)

const site = "http://profiles.localhost"

// Work images and products as rest.md §4 shows them.
func TestPicturesAreShownWithTheirAddresses(t *testing.T) {
	w := setup(t)
	got := w.as(ana, "PATCH", "specialists/1/", object{"work_images_ids": []int{31, 30}}).ok(200)
	require.Equal(t, []any{site + "/media/media/31.jpg", site + "/media/media/30.jpg"}, got["work_images"])
	full := got["work_images_full"].([]any)
	has(t, full[0].(object), object{"id": 31.0, "name": "31.jpg", "url": site + "/media/media/31.jpg", "content_type": nil, "object_id": nil, "kind": "image"})
	require.Equal(t, got["work_images"], w.as(beto, "GET", "specialists/1/", nil).ok(200)["work_images"])

	w.as(luis, "POST", "businessmen/", fullBusinessman()).ok(201)
	shop := w.as(carla, "GET", "businessmen/?object_id=3", nil).ok(200)["results"].([]any)[0].(object)
	require.Equal(t, []any{site + "/media/media/9.jpg", site + "/media/media/7.jpg"}, shop["products_and_services"])
	require.Len(t, shop["products_and_services_full"], 2)
}

func TestOnlyTheOwnersFitFilesAreTaken(t *testing.T) {
	w := setup(t)
	w.media.Put(media.Object{ID: 200, OwnerID: beto, Kind: media.Image})
	w.media.Put(media.Object{ID: 201, OwnerID: beto, Kind: media.Document, Private: true})
	w.media.Put(media.Object{ID: 202, Kind: media.Video})
	w.media.Put(media.Object{ID: 203, Kind: media.Audio, Private: true})
	for _, c := range []struct {
		user   int64
		at     string
		change object
		wrong  map[string][]int
	}{
		{ana, "specialists/1/", object{"work_images_ids": []int{998, 5, 999}}, map[string][]int{"work_images_ids": {998, 999}}},
		{ana, "specialists/1/", object{"work_images_ids": []int{200}}, map[string][]int{"work_images_ids": {200}}},
		{ana, "specialists/1/", object{"work_images_ids": []int{202, 40, 44}}, map[string][]int{"work_images_ids": {202, 40, 44}}},
		{ana, "specialists/1/", object{"verification_title_id": 5}, map[string][]int{"verification_title_id": {5}}},
		{ana, "specialists/1/", object{"verification_student_card_id": 203}, map[string][]int{"verification_student_card_id": {203}}},
		{ana, "specialists/1/", object{"verification_graduation_letter_id": 201, "verification_title_id": 998, "work_images_ids": []int{999}},
			map[string][]int{"verification_graduation_letter_id": {201}, "verification_title_id": {998}, "work_images_ids": {999}}},
		{luis, "businessmen/3/", object{"products_and_services_ids": []int{40, 6, 200}}, map[string][]int{"products_and_services_ids": {40, 200}}},
		{jefa, "specialists/1/", object{"work_images_ids": []int{200}}, map[string][]int{"work_images_ids": {200}}},
	} {
		want := object{"code": "invalid"}
		for field, ids := range c.wrong {
			texts := []any{}
			for _, id := range ids {
				texts = append(texts, fmt.Sprintf("Media %d no encontrada.", id))
			}
			want[field] = texts
		}
		require.Equal(t, want, w.as(c.user, "PATCH", c.at, c.change).ok(400))
	}
	require.Zero(t, w.media.owner(t, 5), "nothing is claimed when something is wrong")
	require.Zero(t, w.count("owner"))
	w.as(ana, "PATCH", "specialists/1/", object{"verification_title_id": photoID}).ok(200)
}

func TestFilesBecomeTheProfileOwners(t *testing.T) {
	w := setup(t)
	w.as(jefa, "PATCH", "specialists/1/", object{"work_images_ids": []int{5}, "verification_title_id": titleID}).ok(200)
	require.Equal(t, ana, w.media.owner(t, 5))
	require.Equal(t, ana, w.media.owner(t, titleID))
}

func TestKnownFilesAreNotAskedAbout(t *testing.T) {
	w := setup(t)
	w.as(ana, "PATCH", "specialists/1/", fullSpecialist()).ok(200)
	w.media.Fail(errors.New("away"))
	got := w.as(ana, "PATCH", "specialists/1/", object{"work_images_ids": []int{30, 31}, "verification_title_id": titleID, "about_us": "x"}).ok(200)
	require.Equal(t, []any{30.0, 31.0}, got["work_images_ids"])
}

func TestWhenMediaIsAway(t *testing.T) {
	bare := func(t *testing.T) *world {
		return with(t, pgtest.Schema(t, "profiles"), bus.New(bus.Config{}), nil, files())
	}
	failing := func(t *testing.T) *world {
		w := setup(t)
		w.media.Fail(errors.New("away"))
		return w
	}
	for name, make := range map[string]func(*testing.T) *world{"None": bare, "Failing": failing} {
		t.Run(name, func(t *testing.T) {
			w := make(t)
			for _, c := range []struct {
				user   int64
				at     string
				change object
			}{{ana, "specialists/1/", object{"work_images_ids": []int{5}}}, {ana, "specialists/1/", object{"verification_title_id": 40}},
				{luis, "businessmen/3/", object{"products_and_services_ids": []int{5}}}} {
				has(t, w.as(c.user, "PATCH", c.at, c.change).ok(503), object{"code": "media.unavailable"})
			}
			has(t, w.upload(ana, "specialists/1/upload_work_images/", "image", "x").ok(503), object{"code": "media.unavailable"})
			require.Zero(t, w.count("owner"))

			w.as(ana, "PATCH", "specialists/1/", object{"about_us": "x"}).ok(200)
			w.exec("insert into work_image values (1, 1, 5)")
			w.exec("update specialist set title_id = 40")
			for _, at := range []string{"specialists/1/", "specialists/?object_id=1"} {
				w.as(ana, "GET", at, nil).ok(200)
			}
			has(t, w.as(ana, "GET", "specialists/1/", nil).ok(200), object{"work_images_ids": []any{5.0}, "work_images": []any{},
				"work_images_full": []any{}, "verification_title_id": 40.0, "verification_title_url": nil})
			w.as(ana, "GET", "specialists/1/verification/", nil).ok(200)
		})
	}
}

func TestAPageAsksMediaOnce(t *testing.T) {
	w := many(t, 25)
	w.exec("insert into work_image select 100 + n, 1, n from generate_series(1, 20) n")
	w.exec("update specialist set title_id = 40, student_card_id = 41")
	w.media.objects, w.media.links = nil, nil
	page := w.as(jefa, "GET", "specialists/", nil).ok(200)
	require.Len(t, page["results"], 20)
	require.Len(t, w.media.objects, 1)
	require.Len(t, w.media.objects[0], 20)
	require.Len(t, w.media.links, 1)
	require.Len(t, w.media.links[0], 40)
	w.as(beto, "GET", "specialists/", nil).ok(200)
	require.Len(t, w.media.links, 1, "others get no links")
	w.as(jefa, "GET", "consumers/", nil).ok(200)
	require.Len(t, w.media.objects, 2)
}

func TestMediaLearnsWhatIsShown(t *testing.T) {
	w := setup(t)
	change := func(o object) []string {
		w.exec("delete from outbox")
		w.as(ana, "PATCH", "specialists/1/", o).ok(200)
		return w.shown()
	}
	require.Empty(t, change(object{"about_us": "x"}))
	require.Equal(t, []string{"profiles/work_images/1 [5, 6]"}, change(object{"work_images_ids": []int{6, 5}}))
	require.Empty(t, change(object{"work_images_ids": []int{5, 6}}), "the same, in another order")
	require.Equal(t, []string{"profiles/work_images/1 [6]"}, change(object{"work_images_ids": []int{6}}))
	require.Equal(t, []string{"profiles/documents/1 [40, 41]"}, change(object{"verification_title_id": titleID, "verification_student_card_id": cardID}))
	require.Equal(t, []string{"profiles/documents/1 [41]"}, change(object{"verification_title_id": nil}))
	require.Equal(t, []string{"profiles/work_images/1 []"}, change(object{"work_images_ids": []int{}}))
	change(object{"work_images_ids": []int{5}})

	w.exec("delete from outbox")
	w.event(auth.RoleChanged{UserID: ana, Role: auth.Businessman, Previous: auth.Specialist})
	require.Empty(t, w.shown(), "what is kept for another role is still shown")
	w.as(ana, "PATCH", "businessmen/1/", object{"products_and_services_ids": []int{7}}).ok(200)
	w.event(auth.UserDeleted{UserID: ana})
	w.event(auth.UserDeleted{UserID: ana})
	require.ElementsMatch(t, []string{"profiles/products/1 [7]", "profiles/products/1 []", "profiles/work_images/1 []", "profiles/documents/1 []"}, w.shown())

	w.as(luis, "PATCH", "businessmen/3/", object{"products_and_services_ids": []int{8, 9}}).ok(200)
	w.exec("delete from outbox")
	w.as(luis, "DELETE", "businessmen/3/", nil).ok(204)
	w.as(luis, "DELETE", "businessmen/3/", nil).ok(204)
	require.Equal(t, []string{"profiles/products/3 []"}, w.shown())
}

// Fault 19: ids of files that are gone stayed.
func TestDeletedMediaIsForgotten(t *testing.T) {
	w := setup(t)
	id := w.as(ana, "PATCH", "specialists/1/", fullSpecialist()).ok(200)["id"]
	w.as(luis, "PATCH", "businessmen/3/", fullBusinessman()).ok(200)
	w.exec("delete from outbox")
	for range 2 {
		w.event(media.Deleted{MediaID: 30})
		w.event(media.Deleted{MediaID: 41})
		w.event(media.Deleted{MediaID: 77})
	}
	has(t, w.as(ana, "GET", "specialists/1/", nil).ok(200), object{"work_images_ids": []any{31.0, 35.0},
		"verification_title_id": 40.0, "verification_student_card_id": nil, "verification_graduation_letter_id": 42.0})
	updated := path("profile.updated 1 specialist 1 %v", id)
	require.Equal(t, []string{updated, updated}, w.published())
	require.Equal(t, []string{"profiles/work_images/1 [31, 35]", "profiles/documents/1 [40, 42]"}, w.shown())

	w.event(media.Deleted{MediaID: 9})
	has(t, w.as(luis, "GET", "businessmen/3/", nil).ok(200), object{"products_and_services_ids": []any{7.0}})
}

func TestDeletedMediaIsForgottenInKeptProfiles(t *testing.T) {
	w := setup(t)
	w.as(ana, "PATCH", "specialists/1/", object{"work_images_ids": []int{5, 6}}).ok(200)
	w.event(auth.RoleChanged{UserID: ana, Role: auth.Consumer, Previous: auth.Specialist})
	w.exec("delete from outbox")
	w.event(media.Deleted{MediaID: 5})
	require.Empty(t, w.published(), "nobody sees that profile")
	require.Equal(t, []string{"profiles/work_images/1 [6]"}, w.shown())
	w.event(auth.RoleChanged{UserID: ana, Role: auth.Specialist, Previous: auth.Consumer})
	has(t, w.as(ana, "GET", "specialists/1/", nil).ok(200), object{"work_images_ids": []any{6.0}})
}

// upload sends files by turns of field and content.
func (w *world) upload(userID int64, at string, files ...string) answer {
	w.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		part, err := form.CreateFormFile(files[i], path("%d.jpg", i))
		require.NoError(w.t, err)
		_, err = part.Write([]byte(files[i+1]))
		require.NoError(w.t, err)
	}
	require.NoError(w.t, form.Close())
	r := httptest.NewRequest("POST", site+"/api/profiles/"+at, &b)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Authorization", path("Token %d", userID))
	return w.serve(r)
}

func (a answer) list(status int) (ids []float64) {
	a.t.Helper()
	require.Equal(a.t, status, a.Status, a.Raw)
	for _, one := range decoded[[]object](a.t, a.Raw) {
		ids = append(ids, one["id"].(float64))
	}
	return ids
}

func TestUploadsAreAppendedInOrder(t *testing.T) {
	w := setup(t)
	w.as(ana, "PATCH", "specialists/1/", object{"work_images_ids": []int{5}}).ok(200)
	first := w.upload(ana, "specialists/1/upload_work_images/", "images", "one", "images", "two").list(201)
	require.Len(t, first, 2)
	second := w.upload(jefa, "specialists/1/upload_work_images/", "image", "three").list(201)
	got := w.as(ana, "GET", "specialists/1/", nil).ok(200)
	require.Equal(t, []any{5.0, first[0], first[1], second[0]}, got["work_images_ids"])
	require.Len(t, got["work_images"], 4)
	require.Equal(t, "two", string(w.media.Bytes(int64(first[1]))))
	require.Equal(t, ana, w.media.owner(t, int64(second[0])), "also when staff uploads")

	product := w.upload(luis, "businessmen/3/upload_products/", "image", "x", "images", "y").list(201)
	require.Equal(t, "y", string(w.media.Bytes(int64(product[0]))), "images come first")
	has(t, w.as(luis, "GET", "businessmen/3/", nil).ok(200), object{"products_and_services_ids": []any{product[0], product[1]}})
}

func TestUploadsAreAllOrNone(t *testing.T) {
	w := setup(t)
	at := "specialists/1/upload_work_images/"
	require.Equal(t, object{"detail": "No files provided.", "code": "profiles.no_files"}, w.upload(ana, at).ok(400))
	require.Equal(t, object{"detail": "No files provided.", "code": "profiles.no_files"}, w.as(ana, "POST", at, object{"image": "text"}).ok(400))
	require.Equal(t, object{"images": []any{"El archivo enviado está vacío."}, "code": "media.empty"}, w.upload(ana, at, "images", "fine", "images", "").ok(400))
	require.Equal(t, object{"image": []any{"El archivo enviado está vacío."}, "code": "media.empty"}, w.upload(ana, at, "image", "").ok(400))
	eleven := strings.Split(strings.Repeat("images,x,", 11), ",")[:22]
	has(t, w.upload(ana, at, eleven...).ok(400), object{"images": []any{"Envíe como máximo 10 archivos a la vez."}})
	require.Zero(t, w.count("work_image"))
	require.Zero(t, w.count("owner"))

	w.created(ana)
	w.exec("insert into work_image select 1, n, 1000 + n from generate_series(1, 99) n")
	has(t, w.upload(ana, at, "images", "x", "images", "y").ok(400), object{"images": []any{"Asegúrese de que este campo no tenga más de 100 elementos."}})
	w.upload(ana, at, "images", "x").list(201)
	require.Equal(t, 100, w.count("work_image"))
	has(t, w.upload(ana, "businessmen/1/upload_products/", "image", "x").ok(404), object{"code": "profiles.other_kind"})
}

func TestUploadsTogetherLoseNothing(t *testing.T) {
	w := setup(t)
	together(8, func(int) { w.upload(ana, "specialists/1/upload_work_images/", "images", "a", "images", "b").list(201) })
	require.Equal(t, 16, w.count("work_image"))
}

// What is not a picture is refused, though media takes it.
func TestOnlyPicturesAreUploaded(t *testing.T) {
	l := files()
	w := with(t, pgtest.Schema(t, "profiles"), bus.New(bus.Config{}), films{l}, l)
	got := w.upload(ana, "specialists/1/upload_work_images/", "images", "film").ok(400)
	has(t, got, object{"code": "media.not_an_image"})
	require.Contains(t, got, "images")
	require.Zero(t, w.count("work_image"))
}

package authmod_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media"
	"agrovet/internal/platform/bus"
)

// While media is away a picture cannot be kept: that is said before anything is written.
func TestPicturesNeedMedia(t *testing.T) {
	w := setup(t)
	w.files.Fail(media.ErrUnavailable)
	says := func(a answer) {
		t.Helper()
		require.Equal(t, "media.unavailable", a.json(http.StatusServiceUnavailable)["code"])
	}
	large := "@" + strings.Repeat("x", 3<<20)
	says(w.form(http.MethodPost, "register/", "", "phone_number", "70012345", "password", password, "profile_picture", large))
	require.Zero(t, w.count("users"))
	p := w.join("70012345")
	says(w.form(http.MethodPatch, p.path(), p.Token, "full_name", "Otra", "profile_picture", large))
	says(w.form(http.MethodPost, "upload-profile-picture/", p.Token, "image", large))
	require.Equal(t, 1, w.count("users where full_name = 'Persona 70012345'"))
}

func TestUploadProfilePicture(t *testing.T) {
	w := setup(t)
	p := w.join("70012345")
	for _, path := range []string{"upload-profile-picture/", "/api/profiles/upload-profile-picture/"} {
		w.form(http.MethodPost, path, "", "image", "@x").is(http.StatusUnauthorized)
		p.as(http.MethodPost, path, object{}).field("image", "No se envió ningún archivo.")
		o := w.form(http.MethodPost, path, p.Token, "image", "@"+path).json(http.StatusOK)
		require.Equal(t, "Imagen de perfil actualizada correctamente", o["message"])
		url := o["user"].(object)["profile_picture"].(string)
		require.True(t, strings.HasPrefix(url, "http://"), "absolute: %s", url)
		require.Equal(t, url, p.as(http.MethodGet, "users/me/", nil).json(http.StatusOK)["profile_picture"])
		id := w.picture(p)
		require.Equal(t, path, string(w.files.Bytes(id)))
		require.Equal(t, []int64{id}, w.shows(p), "media is told what is shown")
	}
}

// picture is the id of a person's picture; 0 when there is none.
func (w *world) picture(p person) (id int64) {
	w.t.Helper()
	require.NoError(w.t, w.db.Q(context.Background()).QueryRow(context.Background(), "select picture_id from users where id = $1", p.ID).Scan(&id))
	return id
}

// shows is what media was last told of a person's picture.
func (w *world) shows(p person) []int64 {
	w.t.Helper()
	var data []byte
	require.NoError(w.t, w.db.Q(context.Background()).QueryRow(context.Background(),
		"select data from outbox where topic = 'auth.media' and key = $1 order by position desc limit 1", fmt.Sprintf("auth/picture/%d", p.ID)).Scan(&data))
	var e media.Shown
	require.NoError(w.t, json.Unmarshal(data, &e))
	return e.IDs
}

func TestRegisterWithAPicture(t *testing.T) {
	w := setup(t)
	o := w.form(http.MethodPost, "register/", "", "phone_number", "70012345", "password", password, "profile_picture", "@foto").json(http.StatusCreated)
	require.NotNil(t, o["user"].(object)["profile_picture"])
	p := w.personOf(o, "")
	found, err := w.files.Objects(t.Context(), w.picture(p))
	require.NoError(t, err)
	require.Equal(t, p.ID, found[w.picture(p)].OwnerID, "the picture is the new user's")
	require.Equal(t, []int64{w.picture(p)}, w.shows(p))

	w.form(http.MethodPost, "register/", "", "phone_number", "70012345", "password", password, "profile_picture", "@foto").
		field("phone_number", "Ya existe Usuario con este phone number.")
	require.Equal(t, 1, w.count("users"))
}

func TestPatchWithAPicture(t *testing.T) {
	w := setup(t)
	p := w.join("70012345")
	first := w.form(http.MethodPatch, p.path(), p.Token, "profile_picture", "@uno", "full_name", "Ana").json(http.StatusOK)
	require.Equal(t, "Ana", first["full_name"])
	require.NotNil(t, first["profile_picture"])

	for _, whatever := range []any{first["profile_picture"], "https://evil.example/x.jpg", "", nil} {
		o := p.as(http.MethodPatch, p.path(), object{"profile_picture": whatever, "bio": fmt.Sprint(whatever)}).json(http.StatusOK)
		require.Equal(t, first["profile_picture"], o["profile_picture"], "a text leaves the picture as it is")
	}
	second := w.form(http.MethodPut, p.path(), p.Token, "profile_picture", "@dos", "phone_number", "70012345").json(http.StatusOK)
	require.NotEqual(t, first["profile_picture"], second["profile_picture"])
	require.Equal(t, []int64{w.picture(p)}, w.shows(p), "the old one is not shown any more")

	other := w.join("70054321")
	w.form(http.MethodPatch, p.path(), other.Token, "profile_picture", "@tres").is(http.StatusForbidden)
	require.Equal(t, second["profile_picture"], p.as(http.MethodGet, "users/me/", nil).json(http.StatusOK)["profile_picture"])
}

func TestAPictureThatIsRefused(t *testing.T) {
	w := setup(t)
	p := w.join("70012345")
	w.files.Fail(media.ErrDamaged)
	w.form(http.MethodPost, "upload-profile-picture/", p.Token, "image", "@x").field("image", "El archivo está dañado o incompleto.")
	w.form(http.MethodPost, "register/", "", "phone_number", "70054321", "password", password, "profile_picture", "@x").
		field("profile_picture", "El archivo está dañado o incompleto.")
	require.Equal(t, 1, w.count("users"))
}

func TestRemoveProfilePicture(t *testing.T) {
	w := setup(t)
	p := w.join("70012345")
	w.form(http.MethodPost, "upload-profile-picture/", p.Token, "image", "@x").is(http.StatusOK)
	p.as(http.MethodDelete, "upload-profile-picture/", nil).is(http.StatusNoContent)
	require.Nil(t, p.as(http.MethodGet, "users/me/", nil).json(http.StatusOK)["profile_picture"])
	require.Empty(t, w.shows(p))
}

func TestAPictureThatMediaDeletes(t *testing.T) {
	w := setup(t)
	p := w.join("70012345")
	w.form(http.MethodPost, "upload-profile-picture/", p.Token, "image", "@x").is(http.StatusOK)
	gone := media.Deleted{MediaID: w.picture(p)}
	events := w.since(func() { w.mediaDeleted(gone); w.mediaDeleted(gone); w.mediaDeleted(media.Deleted{MediaID: 999}) })
	require.Nil(t, p.as(http.MethodGet, "users/me/", nil).json(http.StatusOK)["profile_picture"])
	require.Len(t, events, 1, "told once")
	require.Contains(t, events[0], `user.updated`)
}

func (w *world) mediaDeleted(e media.Deleted) {
	w.t.Helper()
	data, err := json.Marshal(e)
	require.NoError(w.t, err)
	for _, sub := range w.module.Subscriptions() {
		for _, route := range sub.Routes {
			if route.Kind == e.Kind() {
				require.NoError(w.t, w.db.Tx(context.Background(), func(ctx context.Context) error {
					return route.Handle(ctx, bus.Event{Topic: e.Kind().Topic, Type: e.Kind().Type, Data: data})
				}))
				return
			}
		}
	}
	require.Fail(w.t, "nobody listens")
}

// demoPicture is a picture for the demo community.
func demoPicture(n int64) media.Upload {
	text := fmt.Sprint("paisaje ", n)
	return media.Upload{Name: text, Size: int64(len(text)), Content: strings.NewReader(text)}
}

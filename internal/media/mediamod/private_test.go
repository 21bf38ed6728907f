package mediamod_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media/mediamod"
)

var pdf = []byte("%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n")

// document uploads a private document.
func (w *world) document(as int64) object {
	w.t.Helper()
	return w.form(as, http.MethodPost, "/api/media/", file{"file", "título.pdf", "application/pdf", pdf}, "folder", "verification").ok(http.StatusCreated)
}

func TestDocumentsArePrivate(t *testing.T) {
	w := setup(t)
	o := w.document(ana)
	require.Equal(t, true, o["private"])
	link := o["url"].(string)
	got := w.get(nobody, link)
	require.Equal(t, string(pdf), got.Raw, "whoever has the link has the document")
	require.Equal(t, "application/pdf", got.Header.Get("Content-Type"))
	require.True(t, strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment"))
	require.Equal(t, "private, no-store", got.Header.Get("Cache-Control"))
	require.Equal(t, http.StatusOK, w.get(jefa, pathOf(o)).Status)
	for _, stranger := range []int64{beto, nobody} {
		require.Equal(t, http.StatusNotFound, w.get(stranger, pathOf(o)).Status)
	}
	require.Zero(t, w.count("outbox where type = 'media.created' and data->>'url' <> ''"), "no address in events")
}

func TestLinksCannotBeGuessedOrChanged(t *testing.T) {
	w := setup(t)
	a, b := w.document(ana), w.form(ana, http.MethodPost, "/api/media/",
		file{"file", "otro.pdf", "", append([]byte(nil), append(pdf, '\n')...)}, "folder", "verification").ok(http.StatusCreated)
	parts := func(o object) []string { return strings.Split(o["url"].(string), "/") } // …/media/private/id/end/signature/name
	at := func(p []string) string { return strings.Join(p, "/") }
	swap := parts(a)
	swap[5] = parts(b)[5]
	longer := parts(a)
	longer[6] = "9999999999"
	cut := parts(a)
	cut[7] = cut[7][:10]
	letters := parts(a)
	letters[6] = "abc"
	for _, p := range [][]string{swap, longer, cut, letters} {
		require.Equal(t, http.StatusNotFound, w.get(nobody, at(p)).Status, at(p))
	}
	key := ""
	require.NoError(t, w.db.Q(t.Context()).QueryRow(t.Context(), "select key from file order by id limit 1").Scan(&key))
	require.True(t, strings.HasPrefix(key, "private/"))
	require.Equal(t, http.StatusNotFound, w.get(nobody, "/media/"+key).Status, "the key alone opens nothing")
}

func TestALinkEnds(t *testing.T) {
	w := setup(t, func(c *mediamod.Config) { c.LinkLife = -time.Minute })
	w.get(nobody, w.document(ana)["url"].(string)).refused(http.StatusForbidden, "media.link_expired")
}

func TestAnOldLinkEndsWithItsFileAndItsObject(t *testing.T) {
	w := setup(t)
	o := w.document(ana)
	now := w.form(ana, http.MethodPatch, pathOf(o), file{"file", "nuevo.pdf", "", append([]byte(nil), append(pdf, '\n')...)}).ok(http.StatusOK)
	require.Equal(t, true, now["private"], "a private object stays private")
	require.Equal(t, http.StatusNotFound, w.get(nobody, o["url"].(string)).Status)
	require.Equal(t, http.StatusOK, w.get(nobody, now["url"].(string)).Status)
	w.send(ana, http.MethodDelete, pathOf(o), nil).ok(http.StatusNoContent)
	require.Equal(t, http.StatusNotFound, w.get(nobody, now["url"].(string)).Status)
	w.empty()
}

func TestDocumentsHaveTheirFolder(t *testing.T) {
	w := setup(t)
	for _, folder := range []string{"", "media", "chat"} {
		w.form(ana, http.MethodPost, "/api/media/", file{"file", "a.pdf", "application/pdf", pdf}, "folder", folder).ok(http.StatusBadRequest)
	}
	picture := w.upload(ana, photo(1), "folder", "verification")
	require.Equal(t, true, picture["private"], "a photo of a title is as private")
	require.Empty(t, picture["preview"])
	require.Equal(t, 1, w.count("file where state = 'stored'"), "no copies are made that anybody could fetch")
	w.form(nobody, http.MethodPost, "/api/media/", file{"image", "a.jpg", "image/jpeg", photo(2)}, "folder", "verification").ok(http.StatusUnauthorized)
}

func TestServiceLinks(t *testing.T) {
	w := setup(t)
	private, public := w.document(ana), w.upload(ana, photo(1))
	links, err := w.module.Service().Links(t.Context(), idOf(private), idOf(public), 999)
	require.NoError(t, err)
	require.Len(t, links, 1)
	require.Equal(t, string(pdf), w.get(nobody, links[idOf(private)]).Raw)
}

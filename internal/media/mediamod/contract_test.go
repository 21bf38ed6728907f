package mediamod_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media"
	"agrovet/internal/media/mediamod"
	"agrovet/internal/media/mediatest"
)

// photo is a small picture; another seed is another picture.
func photo(seed int) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, 64, 48))
	for i := range m.Pix {
		m.Pix[i] = byte(i*seed/7 + seed)
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, m, nil) // writing to memory does not fail
	return b.Bytes()
}

func picturePNG() []byte {
	m := image.NewNRGBA(image.Rect(0, 0, 10, 20))
	m.Set(3, 3, color.White)
	var b bytes.Buffer
	_ = png.Encode(&b, m) // likewise
	return b.Bytes()
}

// The lines of the contract: rest.md §3.

func TestUploadAnswersWithTheObject(t *testing.T) {
	w := setup(t)
	before := time.Now().Unix()
	got := w.form(ana, http.MethodPost, "/api/media/", file{"image", "Mi vaca (1).JPG", "image/jpeg", photo(1)})
	o := got.ok(http.StatusCreated)
	url := o["url"].(string)
	require.Equal(t, url, got.Header.Get("Location"))
	require.Regexp(t, `^http://127.0.0.1:\d+/media/media/\d+_[0-9a-f]{32}_Mi_vaca__1_\.jpg$`, url)
	require.GreaterOrEqual(t, o["created_at"], time.Unix(before, 0).UTC().Format("2006-01-02T15:04:05"))
	for field, want := range map[string]any{"name": "Mi vaca (1).JPG", "description": nil, "price": "0.00", "content_type": nil, "object_id": nil,
		"kind": "image", "mime_type": "image/jpeg", "private": false, "width": 64.0, "height": 48.0} {
		require.Equal(t, want, o[field], field)
	}
	file := w.get(nobody, url)
	require.Equal(t, http.StatusOK, file.Status)
	require.Equal(t, o["size"], float64(len(file.Raw)))
	require.Equal(t, 1, w.published("media.created", idOf(o)))
}

func TestUploadTakesTheFileOfAnyField(t *testing.T) {
	w := setup(t)
	for _, field := range []string{"image", "audio", "file", "foto"} {
		o := w.form(ana, http.MethodPost, "/api/media/", file{field, "a.jpg", "", photo(1)}).ok(http.StatusCreated)
		require.Equal(t, "image", o["kind"], field)
	}
}

func TestUploadKeepsWhatIsSaidOfTheFile(t *testing.T) {
	w := setup(t)
	wave := `{"spectrum":[` + strings.Repeat("0.5,", 10_000) + "1]}\r\n \t"
	o := w.upload(ana, photo(1), "name", "Toro", "description", wave, "price", "1500.5", "folder", "products", "object_id", "7", "content_type", "3",
		"url", "http://evil.example/x.jpg")
	require.Equal(t, "Toro", o["name"])
	require.Equal(t, wave, o["description"], "kept to the byte")
	require.Equal(t, "1500.50", o["price"])
	require.Equal(t, 7.0, o["object_id"])
	require.Equal(t, 3.0, o["content_type"])
	require.Contains(t, o["url"], "/media/products/", "a client's url is not taken")
	require.Equal(t, o["description"], w.get(ana, pathOf(o)).ok(http.StatusOK)["description"])
}

func TestUploadRefusesWrongFields(t *testing.T) {
	w := setup(t)
	for _, c := range []struct{ field, value string }{
		{"folder", "../x"}, {"folder", "private"}, {"folder", "parts"}, {"folder", "media/x"}, {"price", "dos"}, {"price", "1.234"}, {"price", "123456789"},
		{"description", strings.Repeat("x", 64<<10+1)}, {"name", strings.Repeat("x", 201)}, {"object_id", "-1"}, {"content_type", "specialist"},
	} {
		got := w.form(ana, http.MethodPost, "/api/media/", file{"image", "a.jpg", "image/jpeg", photo(1)}, c.field, c.value).ok(http.StatusBadRequest)
		require.Contains(t, got, c.field, "%v", got)
	}
	require.Zero(t, w.count("object"))
	w.empty()
}

func TestDescriptionOf64KiBFits(t *testing.T) {
	w := setup(t)
	text := strings.Repeat("ñ", 32<<10)
	require.Equal(t, text, w.upload(ana, photo(1), "description", text)["description"])
}

func TestWithoutAFileThereIsARecordAllTheSame(t *testing.T) {
	w := setup(t)
	for _, o := range []object{
		w.json(ana, http.MethodPost, "/api/media/", object{"name": "sin archivo", "url": "http://x.example/a.jpg"}).ok(http.StatusCreated),
		w.send(ana, http.MethodPost, "/api/media/", strings.NewReader("name=sin+archivo"), "Content-Type", "application/x-www-form-urlencoded").ok(http.StatusCreated),
	} {
		require.Equal(t, "sin archivo", o["name"])
		require.Nil(t, o["url"])
	}
	require.Contains(t, w.json(nobody, http.MethodPost, "/api/media/", object{"name": "x"}).ok(http.StatusBadRequest), "image")
}

func TestListIsOnesOwnNewestFirst(t *testing.T) {
	w := setup(t)
	var mine []float64
	for i := range 23 {
		mine = append(mine, w.json(ana, http.MethodPost, "/api/media/", object{"name": fmt.Sprint(i)}).ok(http.StatusCreated)["id"].(float64))
	}
	w.upload(beto, photo(2))
	require.Equal(t, http.StatusUnauthorized, w.get(nobody, "/api/media/").Status)
	page := w.get(ana, "/api/media/").ok(http.StatusOK)
	require.Equal(t, 23.0, page["count"])
	require.Len(t, page["results"], 20)
	require.Equal(t, mine[22], page["results"].([]any)[0].(object)["id"])
	rest := w.get(ana, page["next"].(string)).ok(http.StatusOK)
	require.Len(t, rest["results"], 3)
	require.Equal(t, mine[0], rest["results"].([]any)[2].(object)["id"])

	var walked []float64
	for next := any("/api/media/?cursor=*&page_size=10"); next != nil; {
		page := w.get(ana, next.(string)).ok(http.StatusOK)
		for _, o := range page["results"].([]any) {
			walked = append(walked, o.(object)["id"].(float64))
		}
		next = page["next"]
	}
	require.Len(t, walked, 23)
}

func TestOnlyOwnerAndStaffReachAnObject(t *testing.T) {
	w := setup(t)
	o := w.upload(ana, photo(1))
	for _, c := range []struct {
		as     int64
		status int
	}{{ana, http.StatusOK}, {jefa, http.StatusOK}, {beto, http.StatusNotFound}, {nobody, http.StatusNotFound}} {
		require.Equal(t, c.status, w.get(c.as, pathOf(o)).Status, "GET as %d", c.as)
	}
	for _, method := range []string{http.MethodPut, http.MethodPatch, http.MethodDelete} {
		require.Equal(t, http.StatusUnauthorized, w.json(nobody, method, pathOf(o), object{"name": "x"}).Status, method)
		require.Equal(t, http.StatusNotFound, w.json(beto, method, pathOf(o), object{"name": "x"}).Status, method)
	}
	require.Equal(t, "foto.jpg", w.get(ana, pathOf(o)).ok(http.StatusOK)["name"])
	require.Equal(t, "de jefa", w.json(jefa, http.MethodPatch, pathOf(o), object{"name": "de jefa"}).ok(http.StatusOK)["name"])
	require.Equal(t, http.StatusNotFound, w.get(ana, "/api/media/abc/").Status)
	require.Equal(t, http.StatusNotFound, w.get(ana, "/api/media/999999/").Status)
}

func TestChangeKeepsWhatIsNotSent(t *testing.T) {
	w := setup(t)
	o := w.upload(ana, photo(1), "description", "antes", "price", "5")
	for _, method := range []string{http.MethodPut, http.MethodPatch} {
		now := w.json(ana, method, pathOf(o), object{"name": method}).ok(http.StatusOK)
		require.Equal(t, method, now["name"])
		require.Equal(t, "antes", now["description"])
		require.Equal(t, o["url"], now["url"])
	}
	now := w.json(ana, http.MethodPatch, pathOf(o), object{"description": nil, "price": nil}).ok(http.StatusOK)
	require.Nil(t, now["description"])
	require.Nil(t, now["price"])
	w.rendered(ana, o) // which is told as well
	require.Equal(t, 4, w.published("media.updated", idOf(o)))
	w.json(ana, http.MethodPatch, pathOf(o), object{"description": nil}).ok(http.StatusOK)
	require.Equal(t, 4, w.published("media.updated", idOf(o)), "no event without a change")
}

func TestANewFileTakesTheOldOnesPlace(t *testing.T) {
	w := setup(t)
	o := w.rendered(ana, w.upload(ana, photo(1)))
	old := o["url"].(string)
	now := w.form(ana, http.MethodPatch, pathOf(o), file{"image", "otra.png", "image/png", picturePNG()}).ok(http.StatusOK)
	require.NotEqual(t, old, now["url"])
	require.True(t, strings.HasSuffix(now["url"].(string), "_otra.png"))
	require.Equal(t, http.StatusOK, w.get(nobody, now["url"].(string)).Status)
	w.rendered(ana, o)
	w.eventually("the old file and its copies go", func() bool {
		return w.get(nobody, old).Status == http.StatusNotFound && len(files(t, w.dir)) == 4
	})
	require.Equal(t, 1, w.count("file"))
}

func TestDeleteRemovesObjectAndFile(t *testing.T) {
	w := setup(t)
	o := w.rendered(ana, w.upload(ana, photo(1)))
	require.Equal(t, http.StatusNoContent, w.send(ana, http.MethodDelete, pathOf(o), nil).Status)
	require.Equal(t, http.StatusNotFound, w.get(ana, pathOf(o)).Status)
	require.Equal(t, http.StatusNotFound, w.send(ana, http.MethodDelete, pathOf(o), nil).Status)
	w.empty()
	require.Equal(t, 1, w.published("media.deleted", idOf(o)))
}

func TestTheSameBytesAgainCostNothing(t *testing.T) {
	w := setup(t)
	first := w.rendered(ana, w.upload(ana, photo(1)))
	again := w.upload(ana, photo(1), "name", "otra vez")
	require.NotEqual(t, first["id"], again["id"])
	require.Equal(t, first["url"], again["url"])
	require.NotEmpty(t, again["renditions"], "nothing is made twice")
	require.Len(t, files(t, w.dir), 4)

	theirs := w.upload(beto, photo(1))
	require.NotEqual(t, first["url"], theirs["url"], "nobody learns that another has the file")
	w.rendered(beto, theirs)

	w.send(ana, http.MethodDelete, pathOf(first), nil).ok(http.StatusNoContent)
	require.Equal(t, http.StatusOK, w.get(nobody, again["url"].(string)).Status, "the other object still has it")
	w.send(ana, http.MethodDelete, pathOf(again), nil).ok(http.StatusNoContent)
	w.eventually("the last one takes it along", func() bool { return len(files(t, w.dir)) == 4 })
}

func TestTheSameBytesAtOnceAreOneFile(t *testing.T) {
	w := setup(t)
	body, kind := formOf(t, file{"image", "a.jpg", "image/jpeg", photo(1)})
	answers := make(chan answer)
	for range 8 {
		go func() {
			answers <- w.send(ana, http.MethodPost, "/api/media/", bytes.NewReader(body.Bytes()), "Content-Type", kind)
		}()
	}
	urls := map[any]bool{}
	for range 8 {
		urls[(<-answers).ok(http.StatusCreated)["url"]] = true
	}
	require.Len(t, urls, 1)
	require.Equal(t, 1, w.count("file"))
	require.Equal(t, 8, w.count("object"))
	w.eventually("one file and its copies stay", func() bool { return len(files(t, w.dir)) == 4 })
}

func TestAnonymousUploadsAreUnclaimed(t *testing.T) {
	w := setup(t)
	o := w.upload(nobody, photo(1))
	require.Equal(t, http.StatusOK, w.get(nobody, pathOf(o)).Status, "whoever uploads can look at it")
	require.Equal(t, http.StatusUnauthorized, w.send(nobody, http.MethodDelete, pathOf(o), nil).Status)
	require.Equal(t, http.StatusNotFound, w.send(ana, http.MethodDelete, pathOf(o), nil).Status)
	w.form(nobody, http.MethodPost, "/api/media/", file{"image", "a.pdf", "application/pdf", []byte("%PDF-1.4\n%%EOF\n")}).ok(http.StatusBadRequest)

	require.NoError(t, w.module.Service().Claim(t.Context(), ana, idOf(o)))
	require.Equal(t, http.StatusNotFound, w.get(nobody, pathOf(o)).Status)
	require.Equal(t, http.StatusNoContent, w.send(ana, http.MethodDelete, pathOf(o), nil).Status)
}

func TestAnonymousUploadsCanBeTurnedOff(t *testing.T) {
	w := setup(t, func(c *mediamod.Config) { c.Anonymous = false })
	body, kind := formOf(t, file{"image", "a.jpg", "image/jpeg", photo(1)})
	require.Equal(t, http.StatusUnauthorized, w.send(nobody, http.MethodPost, "/api/media/", body, "Content-Type", kind).Status)
	w.upload(ana, photo(1))
}

func TestUploadIsRepeatableWithAKey(t *testing.T) {
	w := setup(t)
	body, kind := formOf(t, file{"image", "a.jpg", "image/jpeg", photo(1)})
	send := func(b []byte) answer {
		return w.send(ana, http.MethodPost, "/api/media/", bytes.NewReader(b), "Content-Type", kind, "Idempotency-Key", "k1")
	}
	first := send(body.Bytes())
	again := send(body.Bytes())
	require.Equal(t, first.ok(http.StatusCreated), again.ok(http.StatusCreated))
	require.Equal(t, "true", again.Header.Get("Idempotency-Replayed"))
	require.Equal(t, first.Header.Get("Location"), again.Header.Get("Location"))
	send(bytes.Replace(body.Bytes(), []byte("a.jpg"), []byte("b.jpg"), 1)).refused(http.StatusUnprocessableEntity, "idempotency_key_reused")
	require.Equal(t, 1, w.count("object"))
}

func TestFilesAreServedSafely(t *testing.T) {
	w := setup(t)
	url := w.upload(ana, photo(1))["url"].(string)
	got := w.get(nobody, url)
	for header, want := range map[string]string{
		"Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff", "Cache-Control": "public, max-age=31536000, immutable",
		"Content-Security-Policy": "default-src 'none'; sandbox", "Accept-Ranges": "bytes", "Content-Disposition": `inline; filename=foto.jpg`,
	} {
		require.Equal(t, want, got.Header.Get(header), header)
	}
	etag := got.Header.Get("ETag")
	require.NotEmpty(t, etag)
	require.Equal(t, http.StatusNotModified, w.get(nobody, url, "If-None-Match", etag).Status)
	part := w.get(nobody, url, "Range", "bytes=10-19")
	require.Equal(t, http.StatusPartialContent, part.Status)
	require.Equal(t, got.Raw[10:20], part.Raw)
	require.Equal(t, http.StatusRequestedRangeNotSatisfiable, w.get(nobody, url, "Range", "bytes=999999-").Status)
	head := w.send(nobody, http.MethodHead, url, nil)
	require.Equal(t, http.StatusOK, head.Status)
	require.Equal(t, fmt.Sprint(len(got.Raw)), head.Header.Get("Content-Length"))
	for _, bad := range []string{"/media/media/nothing.jpg", "/media/private/1/2/3/x.pdf", "/media/parts/x.jpg", "/media/media/..%2f..%2fsecret.jpg", "/media/tmp/x.jpg"} {
		require.Equal(t, http.StatusNotFound, w.get(nobody, bad).Status, bad)
	}
}

func TestServiceAnswersInBatches(t *testing.T) {
	w := setup(t)
	a, b := w.rendered(ana, w.upload(ana, photo(1))), w.upload(beto, photo(2))
	found, err := w.module.Service().Objects(t.Context(), idOf(a), idOf(b), 999)
	require.NoError(t, err)
	require.Len(t, found, 2)
	require.Equal(t, ana, found[idOf(a)].OwnerID)
	require.Len(t, found[idOf(a)].Renditions, 3)
	text, err := json.Marshal(found)
	require.NoError(t, err)
	require.NotContains(t, string(text), w.server.URL, "addresses are paths until a request makes them absolute")
}

func TestModuleIsAService(t *testing.T) {
	mediatest.TestService(t, func(t *testing.T) media.Service { return setup(t).module.Service() })
}

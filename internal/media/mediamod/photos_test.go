package mediamod_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/image/webp"

	"agrovet/internal/media/internal/content"
	"agrovet/internal/media/internal/content/contenttest"
	"agrovet/internal/media/internal/picture"
)

// sideways is a phone's photo held upright, as phones write it: lying, with its turn and the place in
// the metadata.
func sideways() []byte {
	return contenttest.PhotoJPEG(2000, 1500, 6, &content.Place{Latitude: -16.5, Longitude: -68.15})
}

func TestAPhonesPhotoIsUprightAndTellsNobodyWhereItWasTaken(t *testing.T) {
	w := setup(t)
	o := w.rendered(ana, w.upload(ana, sideways()))
	require.InDelta(t, -16.5, o["place"].(object)["latitude"], 0.0001, "the owner sees where")
	require.InDelta(t, -68.15, o["place"].(object)["longitude"], 0.0001)
	require.Nil(t, w.get(jefa, pathOf(o)).ok(http.StatusOK)["place"], "staff does not")
	require.Equal(t, 1500.0, o["width"])
	require.Equal(t, 2000.0, o["height"])

	addresses := []string{o["url"].(string)}
	for i, r := range o["renditions"].([]any) {
		r := r.(object)
		size := picture.Sizes[i]
		require.Equal(t, size.Name, r["name"])
		require.LessOrEqual(t, r["size"], float64(size.Bytes), "%s is within its budget", size.Name)
		require.Equal(t, float64(size.Side), max(r["width"].(float64), r["height"].(float64)))
		require.Less(t, r["width"], r["height"], "upright")
		require.Contains(t, o["srcset"], r["url"])
		addresses = append(addresses, r["url"].(string))
	}
	for _, address := range addresses {
		got := w.get(nobody, address)
		require.Equal(t, http.StatusOK, got.Status)
		for _, mark := range []string{"Exif", "http://ns.adobe.com/xap", "GPS", "XMP ", "EXIF", "Photoshop", "ICC_PROFILE"} {
			require.NotContains(t, got.Raw, mark, address)
		}
		info, err := content.Inspect(strings.NewReader(got.Raw), int64(len(got.Raw)), "", content.Limits{})
		require.NoError(t, err)
		require.Nil(t, info.Place)
		require.Nil(t, info.TakenAt)
		require.Equal(t, 1, info.Orientation)
		require.Less(t, info.Width, info.Height)
	}
	requireTop(t, o, w)
}

// requireTop checks that what was the top of the scene is the top of the picture, against the original
// turned by hand.
func requireTop(t *testing.T, o object, w *world) {
	t.Helper()
	lying, err := jpeg.Decode(bytes.NewReader(sideways()))
	require.NoError(t, err)
	upright, err := jpeg.Decode(strings.NewReader(w.get(nobody, o["url"].(string)).Raw))
	require.NoError(t, err)
	small, err := webp.Decode(strings.NewReader(w.get(nobody, o["renditions"].([]any)[2].(object)["url"].(string)).Raw))
	require.NoError(t, err)
	for _, p := range []image.Point{{100, 100}, {1400, 100}, {100, 1900}, {1400, 1900}, {750, 1000}} {
		want := lying.At(p.Y, 1500-1-p.X) // orientation 6: turn by 90 degrees clockwise to see it right
		requireClose(t, want, upright.At(p.X, p.Y))
		b := small.Bounds()
		requireClose(t, want, small.At(p.X*b.Dx()/1500, p.Y*b.Dy()/2000))
	}
}

func requireClose(t *testing.T, want, got interface{ RGBA() (r, g, b, a uint32) }) {
	t.Helper()
	r1, g1, b1, _ := want.RGBA()
	r2, g2, b2, _ := got.RGBA()
	for _, pair := range [][2]uint32{{r1, r2}, {g1, g2}, {b1, b2}} {
		require.InDelta(t, pair[0]>>8, pair[1]>>8, 40)
	}
}

func TestPreviewIsTinyAndInTheAnswer(t *testing.T) {
	w := setup(t)
	o := w.rendered(ana, w.upload(ana, sideways()))
	preview := o["preview"].(string)
	require.LessOrEqual(t, len(preview), 512)
	data, found := strings.CutPrefix(preview, "data:image/webp;base64,")
	require.True(t, found)
	b, err := base64.StdEncoding.DecodeString(data)
	require.NoError(t, err)
	m, err := webp.Decode(bytes.NewReader(b))
	require.NoError(t, err)
	require.Less(t, m.Bounds().Dx(), m.Bounds().Dy())
}

func TestAnUprightPhotoKeepsItsPixelsBitForBit(t *testing.T) {
	w := setup(t)
	original := contenttest.PhotoJPEG(640, 480, 1, &content.Place{Latitude: 1, Longitude: 2})
	o := w.upload(ana, original)
	want, err := jpeg.Decode(bytes.NewReader(original))
	require.NoError(t, err)
	got, err := jpeg.Decode(strings.NewReader(w.get(nobody, o["url"].(string)).Raw))
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func TestRenditionsAreMadeOnce(t *testing.T) {
	w := setup(t)
	o := w.rendered(ana, w.upload(ana, photo(1)))
	var event string
	require.NoError(t, w.db.Q(t.Context()).QueryRow(t.Context(), "select id::text from outbox where type = 'media.file_stored'").Scan(&event))
	before := files(t, w.dir)
	w.exec("delete from inbox where event_id = $1", event) // as if it were delivered again by a process that knows nothing
	w.exec("update outbox_cursor set position = 0 where destination = 'media-service-files'")
	w.upload(beto, photo(2))
	w.eventually("the other's are made", func() bool { return len(files(t, w.dir)) == len(before)+4 })
	require.Equal(t, 1, w.published("media.updated", idOf(o)))
}

package content_test

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media/internal/content"
	"agrovet/internal/media/internal/content/contenttest"
)

// told is what a photo with this EXIF tells.
func told(t *testing.T, exif []byte) content.Info {
	t.Helper()
	segment := append([]byte("\xff\xe1"), binary.BigEndian.AppendUint16(nil, uint16(8+len(exif)))...)
	photo := contenttest.PlainJPEG(8, 8)
	data := append(append(append(photo[:2:2], segment...), "Exif\x00\x00"...), append(exif, photo[2:]...)...)
	info, err := inspect(data, "")
	require.NoError(t, err)
	return info
}

func TestPlaceOfAPhoto(t *testing.T) {
	for _, want := range []content.Place{{Latitude: -17.39, Longitude: -66.15}, {Latitude: 64.5, Longitude: 179.99}, {Latitude: 0, Longitude: 10}} {
		got := told(t, contenttest.EXIF(1, &want)).Place
		require.NotNil(t, got)
		require.InDelta(t, want.Latitude, got.Latitude, 0.0001)
		require.InDelta(t, want.Longitude, got.Longitude, 0.0001)
	}
	for _, none := range []content.Place{{}, {Latitude: 91, Longitude: 10}, {Latitude: 10, Longitude: -181}} {
		require.Nil(t, told(t, contenttest.EXIF(1, &none)).Place, "%v", none)
	}
}

func TestPlaceThatIsBroken(t *testing.T) {
	numbers := func(n ...uint32) (b []byte) {
		for _, v := range n {
			b = binary.BigEndian.AppendUint32(b, v)
		}
		return b
	}
	good, ref := numbers(10, 1, 20, 1, 0, 0), contenttest.Text(1, "n")
	for name, gps := range map[string][]contenttest.Entry{
		"divided by zero": {ref, {Tag: 2, Type: 5, Count: 3, Value: numbers(10, 0, 20, 1, 0, 1)}, contenttest.Text(3, "E"), {Tag: 4, Type: 5, Count: 3, Value: good}},
		"of two numbers":  {ref, {Tag: 2, Type: 5, Count: 2, Value: good}, contenttest.Text(3, "E"), {Tag: 4, Type: 5, Count: 3, Value: good}},
		"of short type":   {ref, {Tag: 2, Type: 3, Count: 3, Value: good}, contenttest.Text(3, "E"), {Tag: 4, Type: 5, Count: 3, Value: good}},
		"without a side":  {{Tag: 2, Type: 5, Count: 3, Value: good}, contenttest.Text(3, "E"), {Tag: 4, Type: 5, Count: 3, Value: good}},
		"half":            {ref, {Tag: 2, Type: 5, Count: 3, Value: good}},
	} {
		require.Nil(t, told(t, contenttest.TIFF([]contenttest.Entry{{Tag: 0x8825, Directory: gps}})).Place, name)
	}
	unknownSeconds := []contenttest.Entry{ref, {Tag: 2, Type: 5, Count: 3, Value: good}, contenttest.Text(3, "w"), {Tag: 4, Type: 5, Count: 3, Value: good}}
	place := told(t, contenttest.TIFF([]contenttest.Entry{{Tag: 0x8825, Directory: unknownSeconds}})).Place
	require.NotNil(t, place)
	require.InDelta(t, 10+20.0/60, place.Latitude, 1e-9)
	require.InDelta(t, -10-20.0/60, place.Longitude, 1e-9)
}

func TestTimeOfAPhoto(t *testing.T) {
	shot := func(entries ...contenttest.Entry) *time.Time {
		return told(t, contenttest.TIFF([]contenttest.Entry{{Tag: 0x8769, Directory: entries}})).TakenAt
	}
	clock := contenttest.Text(0x9003, "2024:05:06 07:08:09")
	require.Equal(t, "2024-05-06T07:08:09Z", shot(clock).Format(time.RFC3339))
	require.Equal(t, "2024-05-06T07:08:09-04:00", shot(clock, contenttest.Text(0x9011, "-04:00")).Format(time.RFC3339))
	require.Equal(t, "2024-05-06T07:08:09Z", shot(clock, contenttest.Text(0x9011, "   :  ")).Format(time.RFC3339))
	for _, none := range []string{"0000:00:00 00:00:00", "    :  :     :  :  ", "2024-05-06 07:08:09", "2024:13:06 07:08:09", "0001:01:01 00:00:00", ""} {
		require.Nil(t, shot(contenttest.Text(0x9003, none)), none)
	}
}

func TestLowestByteFirst(t *testing.T) {
	exif := "II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00\x00"
	require.Equal(t, 8, told(t, []byte(exif)).Orientation)
	for cut := range exif {
		require.Contains(t, []int{1, 8}, told(t, []byte(exif[:cut])).Orientation)
	}
}

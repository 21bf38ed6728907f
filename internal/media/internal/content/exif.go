package content

import (
	"bytes"
	"encoding/binary"
	"math"
	"time"
)

// Tags of EXIF 2.32 that are read (4.6.3 to 4.6.7).
const (
	tagOrientation  = 0x0112
	tagExif         = 0x8769 // place of the IFD with the tags of the shot
	tagGPS          = 0x8825 // place of the IFD with the tags of the place
	tagTaken        = 0x9003
	tagTakenOffset  = 0x9011
	tagLatitudeRef  = 1
	tagLatitude     = 2
	tagLongitudeRef = 3
	tagLongitude    = 4
)

// Types of values (TIFF 6.0, section 2).
const (
	tiffASCII    = 2
	tiffShort    = 3
	tiffLong     = 4
	tiffRational = 5
)

// exif takes in what a photo tells of itself. data begins with TIFF's header. It is written by
// phones and by whoever edits their files: what is broken in it is not there, and nothing in it
// makes a photo unacceptable.
func (w *walk) exif(data []byte) {
	t, first, ok := newTIFF(data)
	if !ok || w.hasEXIF { // of several the first counts, as in browsers
		return
	}
	w.hasEXIF = true
	root := t.directory(first)
	if n, ok := t.number(root[tagOrientation]); ok && 1 <= n && n <= 8 {
		w.info.Orientation = int(n)
	}
	if n, ok := t.number(root[tagExif]); ok {
		w.info.TakenAt = t.taken(t.directory(n))
	}
	if n, ok := t.number(root[tagGPS]); ok {
		w.info.Place = t.place(t.directory(n))
	}
}

// exifAt is exif for n bytes of the file from pos on. Of long ones the beginning is read.
func (w *walk) exifAt(pos, n int64) {
	b := w.at(pos, int(min(n, windowSize)))
	w.exif(bytes.TrimPrefix(b, []byte("Exif\x00\x00")))
}

// tiff reads values of the format that EXIF took from TIFF. Places in it are offsets into data.
type tiff struct {
	data  []byte
	order binary.ByteOrder
}

func newTIFF(data []byte) (t tiff, first uint32, ok bool) {
	switch {
	case bytes.HasPrefix(data, []byte("II*\x00")):
		t = tiff{data, binary.LittleEndian}
	case bytes.HasPrefix(data, []byte("MM\x00*")):
		t = tiff{data, binary.BigEndian}
	}
	if t.data == nil || len(data) < 8 {
		return t, 0, false
	}
	return t, t.order.Uint32(data[4:]), true
}

// bytes returns n bytes from offset on, nil when they are not all there.
func (t tiff) bytes(offset, n uint32) []byte {
	if uint64(offset)+uint64(n) > uint64(len(t.data)) {
		return nil
	}
	return t.data[offset : offset+n]
}

// directory returns the entries of the IFD at offset, each of 12 bytes, by their tags. Directories
// that follow it or hang on it are not visited, so there is no way in circles.
func (t tiff) directory(offset uint32) map[uint16][]byte {
	count := t.bytes(offset, 2)
	if count == nil {
		return nil
	}
	entries := map[uint16][]byte{}
	for i := range uint32(t.order.Uint16(count)) {
		entry := t.bytes(offset+2+12*i, 12)
		if entry == nil {
			break
		}
		tag := t.order.Uint16(entry)
		if _, twice := entries[tag]; !twice && wanted(tag) {
			entries[tag] = entry
		}
	}
	return entries
}

func wanted(tag uint16) bool {
	switch tag {
	case tagOrientation, tagExif, tagGPS, tagTaken, tagTakenOffset:
		return true
	}
	return tagLatitudeRef <= tag && tag <= tagLongitude
}

// value returns the count values of an entry, each of size bytes, if they are of this type.
func (t tiff) value(entry []byte, typ uint16, count, size uint32) []byte {
	if entry == nil || t.order.Uint16(entry[2:]) != typ || t.order.Uint32(entry[4:]) < count {
		return nil
	}
	if count*size <= 4 {
		return entry[8 : 8+count*size]
	}
	return t.bytes(t.order.Uint32(entry[8:]), count*size)
}

func (t tiff) number(entry []byte) (uint32, bool) {
	if b := t.value(entry, tiffShort, 1, 2); b != nil {
		return uint32(t.order.Uint16(b)), true
	}
	if b := t.value(entry, tiffLong, 1, 4); b != nil {
		return t.order.Uint32(b), true
	}
	return 0, false
}

// taken is when the shutter opened, in UTC where the camera does not tell its time zone.
func (t tiff) taken(shot map[uint16][]byte) *time.Time {
	clock := t.value(shot[tagTaken], tiffASCII, 19, 1)
	zone := t.value(shot[tagTakenOffset], tiffASCII, 6, 1)
	at, err := time.Parse("2006:01:02 15:04:05-07:00", string(clock)+string(zone))
	if err != nil {
		at, err = time.Parse("2006:01:02 15:04:05", string(clock))
	}
	if err != nil || at.Year() < 1900 {
		return nil
	}
	return &at
}

func (t tiff) place(gps map[uint16][]byte) *Place {
	latitude := t.angle(gps[tagLatitude], gps[tagLatitudeRef], 'S')
	longitude := t.angle(gps[tagLongitude], gps[tagLongitudeRef], 'W')
	return newPlace(latitude, longitude)
}

// angle reads degrees, minutes and seconds. It is NaN when something is missing.
func (t tiff) angle(entry, ref []byte, negative byte) float64 {
	b, r := t.value(entry, tiffRational, 3, 8), t.value(ref, tiffASCII, 1, 1)
	if b == nil || r == nil {
		return math.NaN()
	}
	degrees := t.rational(b) + t.rational(b[8:])/60 + t.rational(b[16:])/3600
	if r[0] == negative || r[0] == negative+'a'-'A' {
		return -degrees
	}
	return degrees
}

// rational is a fraction. 0/0, which stands for unknown seconds, is 0; other fractions of 0 are not
// numbers that a place could have.
func (t tiff) rational(b []byte) float64 {
	numerator, denominator := t.order.Uint32(b), t.order.Uint32(b[4:])
	if numerator == 0 {
		return 0
	}
	return float64(numerator) / float64(denominator)
}

// newPlace returns nil for what is not on Earth, and for 0, 0: that is where phones are that do not
// know where they are.
func newPlace(latitude, longitude float64) *Place {
	onEarth := math.Abs(latitude) <= 90 && math.Abs(longitude) <= 180 // false for NaN
	if !onEarth || latitude == 0 && longitude == 0 {
		return nil
	}
	return &Place{latitude, longitude}
}

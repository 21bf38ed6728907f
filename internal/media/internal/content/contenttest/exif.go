package contenttest

import (
	"encoding/binary"
	"math"

	"agrovet/internal/media/internal/content"
)

// Entry is an entry of an IFD. Longer values lie behind the directory; a Directory is another IFD.
type Entry struct {
	Tag, Type uint16
	Count     uint32
	Value     []byte
	Directory []Entry
}

// Text is an entry of letters.
func Text(tag uint16, s string) Entry {
	return Entry{Tag: tag, Type: 2, Count: uint32(len(s) + 1), Value: append([]byte(s), 0)}
}

// Short is an entry of a small number.
func Short(tag, n uint16) Entry {
	return Entry{Tag: tag, Type: 3, Count: 1, Value: binary.BigEndian.AppendUint16(nil, n)}
}

// EXIF is what a phone writes into a photo, Marker in three places. Without a place it has no GPS.
func EXIF(orientation int, place *content.Place) []byte {
	entries := []Entry{
		Text(0x010f, Marker), Short(0x0112, uint16(orientation)),
		{Tag: 0x8769, Directory: []Entry{Text(0x9003, "2024:05:06 07:08:09"), Text(0x9011, "-04:00"), Text(0x9286, Marker)}},
	}
	if place != nil {
		entries = append(entries, Entry{Tag: 0x8825, Directory: []Entry{
			Text(1, hemisphere(place.Latitude, "N", "S")), angle(2, place.Latitude),
			Text(3, hemisphere(place.Longitude, "E", "W")), angle(4, place.Longitude), Text(0x1b, Marker),
		}})
	}
	return TIFF(entries)
}

func hemisphere(degrees float64, positive, negative string) string {
	if degrees < 0 {
		return negative
	}
	return positive
}

// angle is degrees and minutes, and seconds in hundredths.
func angle(tag uint16, degrees float64) Entry {
	hundredths := uint32(math.Round(math.Abs(degrees) * 360000))
	var v []byte
	for _, n := range []uint32{hundredths / 360000, 1, hundredths / 6000 % 60, 1, hundredths % 6000, 100} {
		v = binary.BigEndian.AppendUint32(v, n)
	}
	return Entry{Tag: tag, Type: 5, Count: 3, Value: v}
}

// TIFF is the format that EXIF is written in, highest byte first.
func TIFF(entries []Entry) []byte {
	return appendDirectory([]byte("MM\x00*\x00\x00\x00\x08"), entries)
}

func appendDirectory(b []byte, entries []Entry) []byte {
	order := binary.BigEndian
	at := len(b)
	b = order.AppendUint16(b, uint16(len(entries)))
	b = append(b, make([]byte, 12*len(entries)+4)...)
	for i, e := range entries {
		if e.Directory != nil {
			e.Type, e.Count, e.Value = 4, 1, order.AppendUint32(nil, uint32(len(b)))
			b = appendDirectory(b, e.Directory)
		}
		if len(e.Value) > 4 {
			place := uint32(len(b))
			b = append(b, e.Value...)
			e.Value = order.AppendUint32(nil, place)
		}
		row := b[at+2+12*i:]
		order.PutUint16(row, e.Tag)
		order.PutUint16(row[2:], e.Type)
		order.PutUint32(row[4:], e.Count)
		copy(row[8:12], e.Value)
	}
	return b
}

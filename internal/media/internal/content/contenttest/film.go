package contenttest

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"agrovet/internal/media/internal/content"
)

// Box is a box of an MP4.
func Box(name string, parts ...[]byte) []byte {
	data := join(parts...)
	return join(uint32s(uint32(8+len(data))), []byte(name), data)
}

// full is a box with version 0 and flags.
func full(name string, flags uint32, numbers ...uint32) []byte {
	return Box(name, uint32s(append([]uint32{flags}, numbers...)...))
}

// Film is a film of three seconds in MP4 or QuickTime. Its samples are no picture.
type Film struct {
	Brand       string // "isom" when empty
	Place       *content.Place
	Loci        bool // the place is told as 3GP does
	Apple       bool // the place is told as iPhones do
	SoundOnly   bool
	TablesFirst bool
	Measures    bool // it has a track of measurements
}

const (
	filmSamples  = "pictures and sound, no metadata"
	measurements = Marker + " was here"
)

// filmTail is what phones put behind a film.
var filmTail = Box("uuid", make([]byte, 16), []byte(Marker))

// Bytes are the film.
func (f Film) Bytes() []byte {
	brand := f.Brand
	if brand == "" {
		brand = "isom"
	}
	head := Box("ftyp", []byte(brand), uint32s(0x200), []byte(brand))
	mdat := Box("mdat", []byte(filmSamples))
	if f.Measures {
		mdat = Box("mdat", []byte(filmSamples+measurements))
	}
	free := Box("free", []byte(Marker))
	if !f.TablesFirst {
		moov := f.moov(uint32(len(head) + 8))
		return join(head, mdat, free, moov, filmTail)
	}
	at := len(head) + len(f.moov(0)) + len(free) + 8
	return join(head, f.moov(uint32(at)), free, mdat)
}

func (f Film) moov(at uint32) []byte {
	tracks := [][]byte{track(1, "soun", at, uint32(len(filmSamples)))}
	if !f.SoundOnly {
		tracks = append(tracks, track(2, "vide", at, uint32(len(filmSamples))))
	}
	if f.Measures {
		tracks = append(tracks, track(3, "meta", at+uint32(len(filmSamples)), uint32(len(measurements))))
	}
	const made = 0xe25f0000 // seconds since 1904
	return Box("moov", full("mvhd", 0, append([]uint32{made, made, 1000, 3000}, make([]uint32, 20)...)...), join(tracks...), f.userData())
}

// userData is where the film was taken, and what it is called.
func (f Film) userData() []byte {
	udta := [][]byte{Box("\xa9nam", []byte(Marker))}
	if f.Place == nil {
		return Box("udta", udta...)
	}
	text := fmt.Sprintf("%+08.4f%+09.4f/", f.Place.Latitude, f.Place.Longitude)
	switch {
	case f.Apple:
		key := []byte("com.apple.quicktime.location.ISO6709")
		keys := Box("keys", uint32s(0, 2), Box("mdta", []byte(Marker)), Box("mdta", key))
		ilst := Box("ilst", Box("\x00\x00\x00\x02", Box("data", uint32s(1, 0), []byte(text))))
		return join(Box("udta", udta...), Box("meta", Box("hdlr", uint32s(0, 0), []byte("mdta"), make([]byte, 12)), keys, ilst))
	case f.Loci:
		fixed := func(degrees float64) uint32 { return uint32(int32(degrees * (1 << 16))) }
		loci := join(uint32s(0), []byte("\x15\xc7"+Marker+"\x00\x00"), uint32s(fixed(f.Place.Longitude), fixed(f.Place.Latitude), 0), []byte("earth\x00\x00"))
		return Box("udta", append(udta, Box("loci", loci))...)
	default:
		xyz := join(binary.BigEndian.AppendUint16(nil, uint16(len(text))), []byte("\x15\xc7"), []byte(text))
		return Box("udta", append(udta, Box("\xa9xyz", xyz))...)
	}
}

// track is a track with one sample.
func track(id uint32, handler string, at, size uint32) []byte {
	const made = 0xe25f0000
	stbl := Box("stbl", full("stsd", 0, 0), full("stts", 0, 1, 1, 3000), full("stsc", 0, 1, 1, 1, 1), full("stsz", 0, 0, 1, size), full("stco", 0, 1, at))
	mdia := Box("mdia", full("mdhd", 0, made, made, 1000, 3000, 0), Box("hdlr", uint32s(0, 0), []byte(handler), make([]byte, 13)), Box("minf", stbl))
	return Box("trak", full("tkhd", 7, append([]uint32{made, made, id, 0, 3000}, make([]uint32, 15)...)...), mdia, Box("udta", Box("name", []byte(Marker))), Box("meta", []byte(Marker)))
}

// FragmentedFilm is what browsers record: the film says nothing of its length, each fragment lasts
// a second. How long a sample is, the film says for every other fragment, and the others themselves.
func FragmentedFilm(fragments int) []byte {
	b := join(Box("ftyp", []byte("iso5"), uint32s(0x200)), Box("moov",
		full("mvhd", 0, append([]uint32{0, 0, 1000, 0}, make([]uint32, 20)...)...), emptyTrack(1, "vide"),
		Box("mvex", full("trex", 0, 1, 1, 40, 0, 0))))
	for i := range fragments {
		b = append(b, Box("moof", full("mfhd", 0, uint32(i)), fragment(uint32(i)))...)
		b = append(b, Box("mdat", bytes.Repeat([]byte("picture"), 25))...)
	}
	return b
}

func fragment(i uint32) []byte {
	const wide, ownLengths = 1 << 24, 0x301 // version 1; a place, and a row of length and size for each sample
	switch i % 3 {
	case 0:
		return Box("traf", full("tfhd", 0, 1), full("tfdt", 0, i*1000), full("trun", 0, 25))
	case 1:
		run := []uint32{2, 0, 600, 7, 400, 7}
		return Box("traf", full("tfhd", 0, 1), full("tfdt", wide, 0, i*1000), full("trun", ownLengths, run...))
	default:
		return Box("traf", full("tfhd", 0xb, 1, 0, 0, 1, 100), full("tfdt", 0, i*1000), full("trun", 5, 10, 0, 0))
	}
}

func emptyTrack(id uint32, handler string) []byte {
	mdia := Box("mdia", full("mdhd", 0, 0, 0, 1000, 0, 0), Box("hdlr", uint32s(0, 0), []byte(handler), make([]byte, 13)), Box("minf", Box("stbl", full("stco", 0, 0))))
	return Box("trak", full("tkhd", 7, append([]uint32{0, 0, id, 0, 0}, make([]uint32, 15)...)...), mdia)
}

// Element is an element of a WebM. Its id has its length in its first bits.
func Element(id uint32, parts ...[]byte) []byte {
	data := join(parts...)
	size := binary.BigEndian.AppendUint32(nil, 1<<28|uint32(len(data)))
	return join(elementID(id), size, data)
}

func elementID(id uint32) []byte { return bytes.TrimLeft(uint32s(id), "\x00") }

// open is the head of an element whose length the recorder does not know.
func open(id uint32) []byte {
	return append(elementID(id), 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)
}

func webmHead(docType string) []byte {
	return Element(0x1a45dfa3, Element(0x4286, []byte{1}), Element(0x4282, []byte(docType)), Element(0x4287, []byte{4}))
}

func webmTracks(video bool) []byte {
	tracks := [][]byte{Element(0xae, Element(0xd7, []byte{1}), Element(0x83, []byte{2}), Element(0x536e, []byte(Marker)), Element(0x86, []byte("A_OPUS")))}
	if video {
		tracks = append(tracks, Element(0xae, Element(0xd7, []byte{2}), Element(0x83, []byte{1}), Element(0x86, []byte("V_VP8"))))
	}
	return Element(0x1654ae6b, tracks...)
}

func cluster(head []byte, at uint16) []byte {
	return join(head, Element(0xe7, []byte{byte(at >> 8), byte(at)}), Element(0xa3, []byte("\x81\x00\x00\x80sound")), Element(0xa3, []byte("\x81\x01\xf4\x80sound")))
}

// RecordedWebM is what Chrome's MediaRecorder writes: nothing that it would have to go back for.
func RecordedWebM(video bool) []byte {
	info := Element(0x1549a966, Element(0x2ad7b1, []byte{0x0f, 0x42, 0x40}), Element(0x4d80, []byte(Marker)), Element(0x5741, []byte(Marker)))
	const clusterID = 0x1f43b675
	return join(webmHead("webm"), open(0x18538067), info, webmTracks(video), cluster(open(clusterID), 0), cluster(open(clusterID), 1000), cluster(open(clusterID), 2000))
}

// TaggedWebM is what programs make: all lengths are there, and a sum, a title, a date and tags.
func TaggedWebM() []byte {
	info := Element(0x1549a966, Element(0xbf, []byte("sum.")), Element(0x2ad7b1, []byte{0x0f, 0x42, 0x40}), Element(0x4489, []byte("\x45\x7a\x00\x00")), // 4000.0
		Element(0x7ba9, []byte(Marker)), Element(0x4461, make([]byte, 8)), Element(0x4d80, []byte(Marker)), Element(0x7384, []byte(Marker)))
	group := Element(0xa0, Element(0xa1, []byte("\x82\x02\x58\x00picture")), Element(0x9b, []byte{40}))
	clusters := Element(0x1f43b675, cluster(nil, 0), group)
	tags := Element(0x1254c367, Element(0x7373, Element(0x67c8, []byte(Marker))))
	return join(webmHead("webm"), Element(0x18538067, Element(0xec, []byte(Marker)), info, webmTracks(true), clusters, tags, Element(0x1941a469, []byte(Marker)), Element(0x1043a770, []byte(Marker))))
}

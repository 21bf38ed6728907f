// Package contenttest makes files for tests: what phones and programs make, with metadata in every
// place where there may be some ([Samples]), and what somebody makes who means harm ([Hostile]).
//
// All of it is made by code, byte by byte where it matters, so that a test can say what it is about.
package contenttest

import (
	"bytes"
	"time"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/content"
)

// Marker is in every metadata of every sample. No part of a cleaned file has it.
const Marker = "marker-6f1c"

// Cochabamba is where the samples are from, as exactly as EXIF tells it here.
var Cochabamba = content.Place{Latitude: -17.39, Longitude: -66.15}

// Limits are those that the corpus is made for.
var Limits = content.Limits{
	Bytes:    map[media.Kind]int64{media.Image: 20 << 20, media.Video: 100 << 20, media.Audio: 25 << 20, media.Document: 10 << 20},
	Pixels:   50_000_000,
	Side:     16_000,
	Duration: map[media.Kind]time.Duration{media.Video: 10 * time.Minute, media.Audio: 10 * time.Minute},
}

// Sample is a file that is accepted.
type Sample struct {
	Name     string
	Data     []byte
	MIME     string
	Place    bool // it tells that it was made in Cochabamba
	Duration time.Duration
	// Open says that nothing in the file tells where it ends, so that its beginning is a file as well.
	Open bool
	// Behind is how many bytes behind its end belong to something else.
	Behind int
	// Plain says that it is a document, which is kept as it is.
	Plain bool
}

// Samples are a file of every type that is accepted, and the odd ones that phones make.
func Samples() []Sample {
	here := &Cochabamba
	photo := PhotoJPEG(64, 48, 6, here)
	return []Sample{
		{Name: "photo of a phone held upright", Data: photo, MIME: "image/jpeg", Place: true},
		{Name: "motion photo: a film behind the photo", Data: join(photo, Film{}.Bytes()), MIME: "image/jpeg", Place: true, Behind: len(Film{}.Bytes())},
		{Name: "photo with a second exposure", Data: join(photo, PhotoJPEG(32, 24, 1, here)), MIME: "image/jpeg", Place: true, Behind: len(PhotoJPEG(32, 24, 1, here))},
		{Name: "photo of a Samsung", Data: join(photo, samsungTrailer()), MIME: "image/jpeg", Place: true, Behind: len(samsungTrailer())},
		{Name: "photo in a padded block", Data: join(photo, make([]byte, 4096)), MIME: "image/jpeg", Place: true, Behind: 4096},
		{Name: "photo with filled markers", Data: bytes.Replace(photo, []byte("\xff\xdb"), []byte("\xff\xff\xff\xdb"), 1), MIME: "image/jpeg", Place: true},
		{Name: "photo without EXIF", Data: PlainJPEG(20, 10), MIME: "image/jpeg"},
		{Name: "photo with broken EXIF", Data: withSegment(PlainJPEG(20, 10), 0xe1, "Exif\x00\x00II*\x00\xff\xff\xff\xff"), MIME: "image/jpeg"},
		{Name: "screenshot", Data: ScreenshotPNG(40, 30), MIME: "image/png", Place: true, Behind: len(Marker)},
		{Name: "animated PNG", Data: AnimatedPNG(16, 8, 3), MIME: "image/png"},
		{Name: "animation", Data: AnimatedGIF(24, 16, 3), MIME: "image/gif", Behind: len(Marker)},
		{Name: "WebP with EXIF and XMP", Data: PhotoWebP(48, 32), MIME: "image/webp", Place: true},
		{Name: "simple WebP", Data: PlainWebP(48, 32), MIME: "image/webp"},
		{Name: "animated WebP", Data: AnimatedWebP(16, 16, 3), MIME: "image/webp"},

		{Name: "film of a phone", Data: Film{Place: here}.Bytes(), MIME: "video/mp4", Place: true, Duration: 3 * time.Second, Behind: len(filmTail)},
		{Name: "film with its tables first", Data: Film{Place: here, TablesFirst: true}.Bytes(), MIME: "video/mp4", Place: true, Duration: 3 * time.Second},
		{Name: "film of an iPhone", Data: Film{Brand: "qt  ", Place: here, Apple: true, Measures: true}.Bytes(), MIME: "video/quicktime", Place: true, Duration: 3 * time.Second, Behind: len(filmTail)},
		{Name: "film of an old phone", Data: Film{Brand: "3gp4", Place: here, Loci: true}.Bytes(), MIME: "video/3gpp", Place: true, Duration: 3 * time.Second, Behind: len(filmTail)},
		{Name: "film of a browser in fragments", Data: FragmentedFilm(3), MIME: "video/mp4", Duration: 3 * time.Second, Open: true},
		{Name: "voice of an iPhone", Data: Film{Brand: "M4A ", Place: here, SoundOnly: true}.Bytes(), MIME: "audio/mp4", Place: true, Duration: 3 * time.Second, Behind: len(filmTail)},
		{Name: "film of Chrome", Data: RecordedWebM(true), MIME: "video/webm", Duration: 2500 * time.Millisecond, Open: true},
		{Name: "voice of Chrome", Data: RecordedWebM(false), MIME: "audio/webm", Duration: 2500 * time.Millisecond, Open: true},
		{Name: "WebM of a program", Data: TaggedWebM(), MIME: "video/webm", Duration: 4 * time.Second},

		{Name: "song", Data: MP3(50), MIME: "audio/mpeg", Duration: 50 * 1152 * time.Second / 44100, Open: true, Behind: len(mp3Tail())},
		{Name: "song behind junk", Data: join(ID3(), []byte("junk"), mp3Frames(50)), MIME: "audio/mpeg", Duration: 50 * 1152 * time.Second / 44100, Open: true},
		{Name: "sound without a tag", Data: join(make([]byte, 100), mp3Frames(50)), MIME: "audio/mpeg", Duration: 50 * 1152 * time.Second / 44100, Open: true},
		{Name: "AAC of a phone", Data: ADTS(50), MIME: "audio/aac", Duration: 50 * 1024 * time.Second / 44100, Open: true},
		{Name: "AAC behind a tag", Data: join(ID3(), ADTS(50)), MIME: "audio/aac", Duration: 50 * 1024 * time.Second / 44100, Open: true},
		{Name: "WAV", Data: WAV(), MIME: "audio/wav", Duration: time.Second},
		{Name: "WAV of a recorder that cannot go back", Data: StreamedWAV(), MIME: "audio/wav", Duration: time.Second, Open: true},
		{Name: "Opus", Data: Opus(), MIME: "audio/ogg", Duration: time.Second, Open: true},
		{Name: "Opus, and more of it", Data: join(Opus(), Vorbis()), MIME: "audio/ogg", Duration: 2 * time.Second, Open: true},
		{Name: "Vorbis", Data: Vorbis(), MIME: "audio/ogg", Duration: time.Second, Open: true},
		{Name: "voice of an old phone", Data: AMR(50), MIME: "audio/amr", Duration: time.Second, Open: true},
		{Name: "voice in wide band", Data: AMRWide(50), MIME: "audio/amr-wb", Duration: time.Second, Open: true},
		{Name: "PDF", Data: PDF(), MIME: "application/pdf", Plain: true, Behind: 1},
		{Name: "PDF with blanks at both ends", Data: join([]byte("\xef\xbb\xbf\n"), PDF(), []byte("\n\n"), make([]byte, 3000)), MIME: "application/pdf", Plain: true, Behind: 3003},
	}
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

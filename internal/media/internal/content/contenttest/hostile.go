package contenttest

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"strings"

	"agrovet/internal/media"
	"agrovet/internal/platform/errs"
)

// Case is a file that means harm, or is of no use.
type Case struct {
	Name     string
	Declared string
	Make     func() (io.ReaderAt, int64)
	Want     *errs.Error // nil: it is accepted, and harmless when it has been cleaned
}

// Hostile are files that are refused with [Limits], and a few that are harmless once they are clean.
func Hostile() []Case {
	var all []Case
	for _, cases := range [][]Case{noFiles(), otherTypes(), lies(), bombs(), floods(), tooLong(), broken(), polyglots(), harmless()} {
		all = append(all, cases...)
	}
	return all
}

// file is a case of a small file.
func file(name, declared string, want *errs.Error, parts ...[]byte) Case {
	data := join(parts...)
	return Case{name, declared, func() (io.ReaderAt, int64) { return bytes.NewReader(data), int64(len(data)) }, want}
}

// text is a case of a small file that is text.
func text(name, declared string, want *errs.Error, data string) Case {
	return file(name, declared, want, []byte(data))
}

// flood is a case of a large file: a head, and then the same bytes again and again.
func flood(name string, want *errs.Error, size int64, head, again []byte) Case {
	return Case{name, "", func() (io.ReaderAt, int64) { return Large(head, again), size }, want}
}

// Large is a file without an end: a head, and then the same bytes again and again.
func Large(head, again []byte) io.ReaderAt {
	again = bytes.Repeat(again, 1+64<<10/len(again)) // copied faster than a few bytes at a time
	return repeated{head, again}
}

type repeated struct{ head, again []byte }

func (r repeated) ReadAt(b []byte, pos int64) (n int, err error) {
	if pos < int64(len(r.head)) {
		n = copy(b, r.head[pos:])
	}
	for n < len(b) {
		n += copy(b[n:], r.again[(pos+int64(n)-int64(len(r.head)))%int64(len(r.again)):])
	}
	return n, nil
}

func noFiles() []Case {
	return []Case{
		text("nothing", "image/jpeg", media.ErrEmpty, ""),
		text("one byte", "image/jpeg", media.ErrType, "\xff"),
		text("head of a JPEG", "image/jpeg", media.ErrDamaged, "\xff\xd8\xff"),
		text("head of a GIF", "image/gif", media.ErrDamaged, "GIF89a"),
		text("head of a RIFF", "image/webp", media.ErrType, "RIFF"),
		file("zeros", "", media.ErrType, make([]byte, 100_000)),
		file("ones", "audio/mpeg", media.ErrType, bytes.Repeat([]byte{0xff}, 100_000)),
	}
}

const (
	htmlPage  = "<!DOCTYPE html>\n<html><body><script>alert(1)</script></body></html>"
	svg       = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>`
	phpScript = "<?php system($_GET['c']); ?>"
)

func otherTypes() []Case {
	return []Case{
		text("SVG", "image/svg+xml", media.ErrType, svg),
		text("SVG with a declaration", "image/png", media.ErrType, `<?xml version="1.0"?>`+"\n"+svg),
		text("HTML named .jpg", "image/jpeg", media.ErrType, htmlPage),
		text("HTML behind blanks", "image/gif", media.ErrType, "\n\n   "+htmlPage),
		text("PHP", "image/jpeg", media.ErrType, phpScript),
		text("shell script", "audio/mpeg", media.ErrType, "#!/bin/sh\nrm -rf /\n"),
		text("text", "text/plain", media.ErrType, "Vendo dos vacas."),
		text("text that names a box", "", media.ErrType, "The free cow is here, and so on"),
		text("text about PDFs", "", media.ErrType, "A PDF begins with %PDF-1.4 and ends with\n%%EOF\n"),
		text("program of Windows", "image/png", media.ErrType, windowsProgram()),
		text("program of Linux", "application/octet-stream", media.ErrType, linuxProgram),
		file("ZIP", "application/zip", media.ErrType, archive("a.txt", 10)),
		file("ZIP that is a bomb", "image/jpeg", media.ErrType, archive("bomb", 10<<20)),
		text("ZIP without a file", "", media.ErrType, "PK\x05\x06"+strings.Repeat("\x00", 18)),
		text("RAR", "", media.ErrType, "Rar!\x1a\x07\x01\x00"+strings.Repeat("\x00", 100)),
		file("HEIC", "image/heic", media.ErrType, Box("ftyp", []byte("heic\x00\x00\x00\x00mif1heic")), Box("meta", make([]byte, 100))),
		file("AVIF", "image/avif", media.ErrType, Box("ftyp", []byte("avif\x00\x00\x00\x00avifmif1")), Box("meta", make([]byte, 100))),
		text("TIFF", "image/tiff", media.ErrType, string(EXIF(1, nil))),
		text("BMP", "image/bmp", media.ErrType, "BM"+strings.Repeat("\x00", 100)),
		text("ICO", "image/x-icon", media.ErrType, "\x00\x00\x01\x00\x01\x00"+strings.Repeat("\x00", 100)),
		text("FLAC behind a tag", "audio/mpeg", media.ErrType, string(ID3())+"fLaC"+strings.Repeat("\x00", 100)),
		file("Matroska", "video/x-matroska", media.ErrType, webmHead("matroska"), TaggedWebM()[len(webmHead("webm")):]),
		file("film in Ogg", "video/ogg", media.ErrType, oggPages(1, []byte("\x80theora\x03\x02\x01"+strings.Repeat("\x00", 40)), []byte("\x81theora"))),
		file("Ogg with a film beside the sound", "video/ogg", media.ErrType, Opus()[:27+1+19], oggPages(1, []byte("\x80theora\x03\x02\x01"+strings.Repeat("\x00", 40)))),
		file("AVI", "video/avi", media.ErrType, RIFF("AVI ", RIFFChunk("LIST", "hdrl"))),
		file("WAV of more than 4 GB", "audio/wav", media.ErrType, []byte("RF64"), WAV()[4:]),
		file("WAV with long lengths", "audio/wav", media.ErrType, RIFF("WAVE", RIFFChunk("ds64", string(make([]byte, 28))), WAV()[12:])),
		file("film whose tables are packed", "video/quicktime", media.ErrType, Box("ftyp", []byte("qt  \x00\x00\x00\x00")), Box("mdat"), Box("moov", Box("cmov", make([]byte, 100)))),
		file("film without a picture", "video/mp4", media.ErrType, Box("ftyp", []byte("isom\x00\x00\x00\x00")), Box("mdat"), Box("moov", track(1, "meta", 0, 1))),
		file("JPEG in arithmetic coding", "image/jpeg", media.ErrType, bytes.Replace(PlainJPEG(8, 8), []byte("\xff\xc0"), []byte("\xff\xc9"), 1)),
	}
}

func lies() []Case {
	return []Case{
		file("PNG declared as a film", "video/mp4", media.ErrTypeLies, PlainPNG(4, 4)),
		file("PDF declared as a photo", "image/jpeg", media.ErrTypeLies, PDF()),
		file("film declared as a photo", "image/png", media.ErrTypeLies, Film{}.Bytes()),
		file("photo declared as a page", "text/html; charset=utf-8", media.ErrTypeLies, PlainJPEG(4, 4)),
		file("photo declared as a PDF", "application/pdf", media.ErrTypeLies, PlainJPEG(4, 4)),
		file("WAV declared as a film", "video/webm", media.ErrTypeLies, WAV()),
		file("MP3 declared as Ogg", "application/ogg", media.ErrTypeLies, MP3(10)),
		file("GIF declared as nonsense", "nonsense", media.ErrTypeLies, AnimatedGIF(4, 4, 1)),
	}
}

// pngOf is a PNG that says how large it is, and has next to no pixels.
func pngOf(w, h uint32) []byte {
	return join([]byte("\x89PNG\r\n\x1a\n"), Chunk("IHDR", string(uint32s(w, h))+"\x08\x06\x00\x00\x00"), Chunk("IDAT", "\x78\x9c\x63\x00\x00\x00\x01\x00\x01"), Chunk("IEND", ""))
}

// jpegOf is a JPEG that says how large it is, and has pixels for 8 × 8.
func jpegOf(w, h uint16) []byte {
	b := PlainJPEG(8, 8)
	at := bytes.Index(b, []byte("\xff\xc0")) + 5
	binary.BigEndian.PutUint16(b[at:], h)
	binary.BigEndian.PutUint16(b[at+2:], w)
	return b
}

// gifOf is a GIF that says how large it is, with a small image at its corner.
func gifOf(w, h uint16) []byte {
	b := AnimatedGIF(4, 4, 1)
	binary.LittleEndian.PutUint16(b[6:], w)
	binary.LittleEndian.PutUint16(b[8:], h)
	return b
}

// webpOf has so many frames of 16 × 16 on a canvas of this size.
func webpOf(w, h, frames int) []byte {
	b := AnimatedWebP(16, 16, frames)
	copy(b[24:], uint24(w-1)+uint24(h-1))
	return b
}

func bombs() []Case {
	gifFrame := func() []byte {
		b := bytes.Clone(AnimatedGIF(4, 4, 2))
		at := bytes.LastIndex(b, []byte("\x2c\x00\x00\x00\x00\x04\x00"))
		copy(b[at+5:], "\xff\xff\xff\xff")
		return b
	}
	return []Case{
		file("PNG of 50,000 × 50,000", "image/png", media.ErrPixels, pngOf(50_000, 50_000)),
		file("PNG whose pixels overflow", "image/png", media.ErrPixels, pngOf(0x7fffffff, 0x7fffffff)),
		file("PNG with a size below zero", "image/png", media.ErrDamaged, pngOf(0xffffffff, 0xffffffff)),
		file("PNG without a size", "image/png", media.ErrDamaged, pngOf(0, 10)),
		file("PNG that is long and thin", "image/png", media.ErrPixels, pngOf(1_000_000, 1)),
		file("PNG of 2000 × 2000 with 1000 frames", "image/png", media.ErrPixels,
			bytes.Replace(AnimatedPNG(16, 8, 3), Chunk("acTL", string(uint32s(3, 0))), Chunk("acTL", string(uint32s(1_000_000, 0))), 1)),
		file("GIF of 65535 × 65535", "image/gif", media.ErrPixels, gifOf(65535, 65535)),
		file("GIF with an image beyond its screen", "image/gif", media.ErrDamaged, gifFrame()),
		file("GIF of 8000 × 5000 with two frames", "image/gif", media.ErrPixels, append(gifOf(8000, 5000)[:gifHead], AnimatedGIF(4, 4, 2)[gifHead:]...)),
		file("JPEG of 65500 × 65500", "image/jpeg", media.ErrPixels, jpegOf(65500, 65500)),
		file("JPEG of 65535 × 65535", "image/jpeg", media.ErrPixels, jpegOf(65535, 65535)),
		file("JPEG without a height", "image/jpeg", media.ErrDamaged, jpegOf(8, 0)),
		file("JPEG with two sizes", "image/jpeg", media.ErrDamaged, twoFrames()),
		file("JPEG with a thousand scans", "image/jpeg", media.ErrDamaged, manyScans(1000)),
		file("WebP of 16383 × 16383", "image/webp", media.ErrPixels, webpOf(16383, 16383, 3)),
		file("WebP of 16777216 × 16777216", "image/webp", media.ErrPixels, webpOf(1<<24, 1<<24, 3)),
		file("WebP of 7000 × 7000 with two frames", "image/webp", media.ErrPixels, webpOf(7000, 7000, 2)),
		file("WebP with a picture larger than its canvas", "image/webp", media.ErrDamaged, RIFF("WEBP", vp8x(0, 8, 8), pictureChunk(64, 64))),
		file("WebP with two pictures", "image/webp", media.ErrDamaged, RIFF("WEBP", pictureChunk(8, 8), pictureChunk(8, 8))),
	}
}

func twoFrames() []byte {
	b := PlainJPEG(8, 8)
	at := bytes.Index(b, []byte("\xff\xc0"))
	return join(b[:at], b[at:at+19], b[at:])
}

func manyScans(n int) []byte {
	b := PlainJPEG(8, 8)
	at := bytes.Index(b, []byte("\xff\xda"))
	return join(b[:at], bytes.Repeat(b[at:len(b)-2], n), b[len(b)-2:])
}

// floods are large files that keep a reader busy.
func floods() []Case {
	const mb = 1 << 20
	photo, film, webm := PlainJPEG(64, 48), Film{TablesFirst: true}.Bytes(), RecordedWebM(true)
	gif := AnimatedGIF(4, 4, 1)[:gifHead]
	return []Case{
		flood("larger than anything", media.ErrTooLarge, 101*mb, photo, []byte{0}),
		flood("photo of 21 MB", media.ErrTooLarge, 21*mb, photo, []byte{0}),
		flood("photo that never ends", media.ErrDamaged, 2*mb, photo[:len(photo)-2], []byte{0xff, 0}),
		flood("photo of empty comments", media.ErrDamaged, 5*mb, []byte("\xff\xd8"), []byte("\xff\xfe\x00\x02")),
		flood("photo of filled markers", media.ErrDamaged, 5*mb, []byte("\xff\xd8"), []byte{0xff}),
		flood("photo before texts that are nearly tags", nil, 2*mb, photo, []byte("<scrip")),
		flood("photo before ends of ZIPs", nil, 2*mb, photo, []byte("PK\x05\x06\x01\x00\x00\x00\x00\x00\x00\x00\x04\x00\x00\x00")),
		flood("picture of empty chunks", media.ErrDamaged, 13*mb, pngOf(8, 8)[:pngHead], Chunk("teXt", "")),
		flood("animation of empty blocks", media.ErrDamaged, 4*mb, gif, []byte("\x21\xfe\x00")),
		flood("animation of one byte after the other", media.ErrDamaged, 2*mb, append(gif, "\x21\xfe"...), []byte("\x01\x01")),
		flood("film of empty boxes", media.ErrDamaged, 9*mb, film, Box("free")),
		flood("film of boxes in boxes", media.ErrDamaged, 1*mb, film, Box("moov")),
		flood("film of empty elements", media.ErrDamaged, 3*mb, webm, []byte("\xec\x80")),
		flood("film of clusters", media.ErrDamaged, 13*mb, webm, open(0x1f43b675)),
		flood("sound of empty chunks", media.ErrDamaged, 9*mb, append([]byte("RIFF\xff\xff\xff\xffWAVE"), WAV()[12:]...), RIFFChunk("LIST", "")),
		flood("song before what is nearly sound", nil, 2*mb, MP3(10), []byte("\xff\xfb\x90\x00")),
		flood("song before tags", nil, int64(len(MP3(10)))+100_000, MP3(10), []byte("ID3\x04\x00\x00\x00\x00\x00\x00")),
		flood("Ogg of empty pages", nil, int64(len(Opus()))+27*100_000, Opus(), OggPage(0, 1, 77, 9, nil, nil)),
		flood("PDF before blanks", media.ErrDamaged, 10*mb, PDF(), []byte{0}),
	}
}

func tooLong() []Case {
	slow := bytes.Replace(WAV(), []byte("\x80\x3e\x00\x00"), []byte("\x01\x00\x00\x00"), 1)
	longFilm := bytes.Replace(Film{}.Bytes(), uint32s(1000, 3000, 0), uint32s(1, 86400, 0), 1)
	longWebM := join(RecordedWebM(true), cluster(open(0x1f43b675), 0x7fff), Element(0xe7, []byte{0x7f, 0xff, 0xff}), Element(0xa3, []byte("\x81\x00\x00\x80sound")))
	notANumber := bytes.Replace(TaggedWebM(), Element(0x4489, []byte("\x45\x7a\x00\x00")), Element(0x4489, []byte("\x7f\x80\x00\x00")), 1)
	return []Case{
		file("WAV of hours", "audio/wav", media.ErrTooLong, slow),
		file("film of a day", "video/mp4", media.ErrTooLong, longFilm),
		file("film in fragments of an hour", "video/mp4", media.ErrTooLong, FragmentedFilm(3600)),
		file("film of Chrome of two hours", "video/webm", media.ErrTooLong, longWebM),
		file("film that lasts forever", "video/webm", media.ErrTooLong, notANumber),
		file("voice of eleven minutes", "audio/amr", media.ErrTooLong, AMR(11*60*50)),
		file("song of eleven minutes", "audio/mpeg", media.ErrTooLong, mp3Frames(11*60*39)),
		file("AAC of eleven minutes", "audio/aac", media.ErrTooLong, ADTS(11*60*44)),
		file("Opus of years", "audio/ogg", media.ErrTooLong, oggPages(1<<62, Opus()[28:28+19], []byte("OpusTags\x00\x00\x00\x00\x00\x00\x00\x00"), []byte("sound"))),
	}
}

func broken() []Case {
	png, webm := PlainPNG(8, 8), TaggedWebM()
	wrongSum := bytes.Clone(png)
	wrongSum[len(png)-20] ^= 1
	oggSumWrong := Opus()
	oggSumWrong[len(oggSumWrong)-1] ^= 1
	size := func(b []byte, at int, to string) []byte { return join(b[:at], []byte(to), b[at+len(to):]) }
	film := Film{}.Bytes()
	mdat := bytes.Index(film, []byte("mdat")) - 4
	return []Case{
		file("PNG with a wrong sum", "image/png", media.ErrDamaged, wrongSum),
		file("PNG with a chunk of 4 GB", "image/png", media.ErrDamaged, size(png, 33, "\xff\xff\xff\xff")),
		file("PNG with a chunk that nobody knows", "image/png", media.ErrDamaged, png[:33], Chunk("ABCD", ""), png[33:]),
		file("PNG of an impossible depth", "image/png", media.ErrDamaged, png[:8], Chunk("IHDR", string(uint32s(8, 8))+"\x03\x06\x00\x00\x00"), png[33:]),
		file("JPEG with a segment of one byte", "image/jpeg", media.ErrDamaged, withSegment(PlainJPEG(8, 8), 0xfe, "")[:4], []byte("\x00\x01"), PlainJPEG(8, 8)[2:]),
		file("JPEG without its end", "image/jpeg", media.ErrDamaged, PlainJPEG(8, 8)[:len(PlainJPEG(8, 8))-2]),
		file("film with a box of 2⁶⁴ bytes", "video/mp4", media.ErrDamaged, film[:mdat], []byte("\x00\x00\x00\x01mdat\xff\xff\xff\xff\xff\xff\xff\xff"), film[mdat:]),
		file("film with a box of 4 GB", "video/mp4", media.ErrDamaged, size(film, mdat, "\xff\xff\xff\xff")),
		file("film with a box of two bytes", "video/mp4", media.ErrDamaged, size(film, mdat, "\x00\x00\x00\x02")),
		file("film without samples", "video/mp4", media.ErrDamaged, Box("ftyp", []byte("isom\x00\x00\x00\x00")), Film{}.moov(0)),
		file("film whose samples are elsewhere", "video/mp4", media.ErrDamaged, Box("ftyp", []byte("isom\x00\x00\x00\x00")), Box("mdat"), Film{}.moov(0x7fffffff)),
		file("film with a table of 2³² rows", "video/mp4", media.ErrDamaged, bytes.Replace(film, []byte("stco\x00\x00\x00\x00\x00\x00\x00\x01"), []byte("stco\x00\x00\x00\x00\xff\xff\xff\xff"), 1)),
		file("two films", "video/mp4", media.ErrDamaged, film, Film{}.moov(0)),
		file("WebM whose last element is cut", "video/webm", media.ErrDamaged, webm[:len(webm)-3]),
		file("WebM without a film", "video/webm", media.ErrDamaged, webmHead("webm"), open(0x18538067), webmTracks(true)),
		file("WebM with an element of 2⁵⁶ bytes", "video/webm", media.ErrDamaged, RecordedWebM(true), []byte("\xec\x01\xff\xff\xff\xff\xff\xff\xfe")),
		file("WebM of zeros", "video/webm", media.ErrDamaged, RecordedWebM(true), make([]byte, 20)),
		file("WAV whose samples are cut", "audio/wav", media.ErrDamaged, WAV()[:8000]),
		file("WAV without a rate", "audio/wav", media.ErrDamaged, bytes.Replace(WAV(), []byte("\x80\x3e\x00\x00"), make([]byte, 4), 1)),
		file("Ogg with a wrong sum", "audio/ogg", media.ErrDamaged, oggSumWrong),
		file("song whose tag is longer than the file", "audio/mpeg", media.ErrDamaged, []byte("ID3\x04\x00\x00\x7f\x7f\x7f\x7f"), mp3Frames(10)),
		file("AMR with a frame that does not exist", "audio/amr", media.ErrDamaged, AMR(3), []byte("\x4c")),
		file("PDF without its end", "application/pdf", media.ErrDamaged, PDF()[:200]),
	}
}

// polyglots are files that are two at once.
func polyglots() []Case {
	jpeg, png, gif, mp3, pdf, wav := PlainJPEG(8, 8), PlainPNG(8, 8), AnimatedGIF(8, 8, 2), MP3(10), PDF(), WAV()
	webp, film, webm, ogg := PlainWebP(8, 8), Film{}.Bytes(), TaggedWebM(), Opus()
	zip, frame := archive("Evil.class", 10), bytes.Index(jpeg, []byte("\xff\xc0"))
	cases := []Case{
		file("PNG with HTML in a text", "image/png", media.ErrMixed, png[:33], Chunk("tEXt", "Comment\x00"+htmlPage), png[33:]),
		file("PNG with PHP in EXIF", "image/png", media.ErrMixed, png[:33], Chunk("eXIf", string(TIFF([]Entry{Text(0x010f, phpScript)}))), png[33:]),
		file("PNG with HTML in its colours", "image/png", media.ErrMixed, png[:33], Chunk("iCCP", htmlPage), png[33:]),
		file("JPEG with PHP in a comment", "image/jpeg", media.ErrMixed, withSegment(jpeg, 0xfe, phpScript)),
		file("JPEG with a PDF in a comment", "image/jpeg", media.ErrMixed, withSegment(jpeg, 0xfe, string(pdf))),
		file("JPEG with a script in a profile of colours", "image/jpeg", media.ErrMixed, withSegment(jpeg, 0xe2, "ICC_PROFILE\x00\x01\x01"+htmlPage)),
		file("JPEG with HTML in a table", "image/jpeg", media.ErrMixed, withSegment(jpeg, 0xc4, htmlPage)),
		file("GIF with HTML in its colours", "image/gif", media.ErrMixed, gif[:10], []byte("\xf6"), gif[11:13], []byte(htmlPage), make([]byte, 3*128-len(htmlPage)), gif[gifHead:]),
		file("JPEG with HTML between its segments", "image/jpeg", media.ErrMixed, jpeg[:frame], []byte(htmlPage), jpeg[frame:]),
		file("JPEG that is a script", "image/jpeg", media.ErrMixed, []byte("\xff\xd8\xff\xe0/*"), make([]byte, 0x2f2a-2), []byte("\xff\xfe\x00\x0f*/=alert(1)/*"), jpeg[2:]),
		file("GIF that is a script", "image/gif", media.ErrMixed, []byte("GIF89a/*\x08\x00"), gif[10:], []byte("*/=1;alert(1)")),
		file("GIF with SVG in a comment", "image/gif", media.ErrMixed, gif[:gifHead], []byte("\x21\xfe"), blocks(svg), gif[gifHead:]),
		file("GIF with HTML in an application", "image/gif", media.ErrMixed, gif[:gifHead], []byte("\x21\xff"), blocks("EVIL PROG1.0", htmlPage), gif[gifHead:]),
		file("WebP with HTML in XMP", "image/webp", media.ErrMixed, RIFF("WEBP", vp8x(4, 8, 8), pictureChunk(8, 8), RIFFChunk("XMP ", htmlPage))),
		file("film with HTML in a free box", "video/mp4", media.ErrMixed, Box("ftyp", []byte("isom\x00\x00\x00\x00")), Box("free", []byte(htmlPage)), film[20:]),
		file("film with HTML in its brands", "video/mp4", media.ErrMixed, Box("ftyp", []byte("isom\x00\x00\x00\x00"+htmlPage)), film[20:]),
		file("film with a script in its title", "video/mp4", media.ErrMixed, film[:bytes.Index(film, []byte("moov"))-4], Box("moov", Box("udta", Box("\xa9nam", []byte(htmlPage))))),
		file("WebM with HTML in a void element", "video/webm", media.ErrMixed, RecordedWebM(true), Element(0xec, []byte(htmlPage))),
		file("WebM with a program behind it", "video/webm", media.ErrMixed, webm, []byte(linuxProgram)),
		file("WAV with a script in its first chunk", "audio/wav", media.ErrMixed, RIFF("WAVE", RIFFChunk("JUNK", htmlPage), wav[12:])),
		file("WAV that is a script", "audio/wav", media.ErrMixed, scriptWAV()),
		file("MP3 with HTML in its tag", "audio/mpeg", media.ErrMixed, []byte("ID3\x04\x00\x00\x00\x00\x01\x00"), []byte(htmlPage), make([]byte, 128-len(htmlPage)), mp3Frames(10)),
		file("Ogg with HTML in its comments", "audio/ogg", media.ErrMixed, oggPages(48000, ogg[28:28+19], []byte("OpusTags\x00\x00\x00\x00\x00\x00\x00\x00"+htmlPage), []byte("sound"))),
		text("AMR that is a page", "audio/amr", media.ErrMixed, string(AMR(1))+"\x3c"+htmlPage[:31]+string(AMR(9)[6:])),
		file("PDF behind HTML", "application/pdf", media.ErrMixed, []byte(htmlPage), pdf),
		file("PDF behind a shell script", "application/pdf", media.ErrMixed, []byte("#!/bin/sh\nrm -rf /\nexit\n"), pdf),
		file("PDF with a ZIP and another end behind it", "application/pdf", media.ErrMixed, pdf, zip, []byte("%%EOF\n")),
	}
	for _, f := range []struct {
		name string
		data []byte
	}{{"JPEG", jpeg}, {"PNG", png}, {"GIF", gif}, {"WebP", webp}, {"MP3", mp3}, {"WAV", wav}, {"Ogg", ogg}, {"PDF", pdf}, {"film", film}, {"WebM", RecordedWebM(true)}} {
		cases = append(cases, file(f.name+" with a ZIP behind it", "", media.ErrMixed, f.data, zip))
	}
	for _, tail := range []struct{ name, data string }{
		{"HTML", htmlPage}, {"upper case HTML", strings.ToUpper(htmlPage)}, {"SVG", svg}, {"PHP", phpScript}, {"PDF", string(pdf)},
		{"a program of Windows", windowsProgram()}, {"a program of Linux", linuxProgram}, {"a program of macOS", "\xcf\xfa\xed\xfe\x07\x00\x00\x01" + strings.Repeat("\x00", 40)},
		{"a class of Java", "\xca\xfe\xba\xbe\x00\x00\x00\x34\x00\x10"}, {"RAR", "Rar!\x1a\x07\x01\x00"}, {"7z", "7z\xbc\xaf\x27\x1c\x00\x04"},
		{"the beginning of a ZIP", string(zip[:40])}, {"HTML far behind", strings.Repeat("\x00", 200_000) + htmlPage}, {"a shell script", "\n#!/bin/sh\nrm -rf /\n"},
	} {
		cases = append(cases, file("JPEG with "+tail.name+" behind it", "image/jpeg", media.ErrMixed, jpeg, []byte(tail.data)),
			file("PNG with "+tail.name+" behind it", "image/png", media.ErrMixed, png, []byte(tail.data)),
			file("GIF with "+tail.name+" behind it", "image/gif", media.ErrMixed, gif, []byte(tail.data)))
	}
	return cases
}

// scriptWAV says that it is as long as the letters that open a comment are a number.
func scriptWAV() []byte {
	const size = 8 + int('/') + int('*')<<8
	b := join([]byte("RIFF/*\x00\x00WAVE"), RIFFChunk("fmt ", wavFormat), RIFFChunk("data", "sound!"))
	return join(b, RIFFChunk("JUNK", string(make([]byte, size-len(b)-8))), []byte("*/=1;alert(1)"))
}

// harmless are files that are accepted: what is odd in them is gone when they are clean.
func harmless() []Case {
	jpeg := PlainJPEG(8, 8)
	exif := func(entries ...Entry) []byte { return withSegment(jpeg, 0xe1, "Exif\x00\x00"+string(TIFF(entries))) }
	pointer := func(tag uint16, at uint32) Entry { return Entry{Tag: tag, Type: 4, Count: 1, Value: uint32s(at)} }
	return []Case{
		file("EXIF whose directories contain themselves", "image/jpeg", nil, exif(pointer(0x8769, 8), pointer(0x8825, 8))),
		file("EXIF beyond its end", "image/jpeg", nil, exif(pointer(0x8769, 0xfffffffe), pointer(0x8825, 0xffffffff))),
		file("EXIF with four billion values", "image/jpeg", nil, exif(Entry{Tag: 0x0112, Type: 3, Count: 0xffffffff, Value: uint32s(8)})),
		file("EXIF of a place that is no number", "image/jpeg", nil, exif(Entry{Tag: 0x8825, Directory: []Entry{
			Text(1, "N"), {Tag: 2, Type: 5, Count: 3, Value: uint32s(1, 0, 1, 0, 1, 0)}, Text(3, "E"), {Tag: 4, Type: 5, Count: 3, Value: uint32s(0, 0, 0, 0, 0, 0)}}})),
		file("film of boxes in boxes", "video/mp4", nil, Film{}.Bytes(), nested(10_000)),
	}
}

// nested is a box in a box in a box.
func nested(depth int) []byte {
	b := make([]byte, 0, 8*depth)
	for i := depth; i > 0; i-- {
		b = append(append(b, uint32s(uint32(8*i))...), "udta"...)
	}
	return b
}

// archive is a ZIP with one file of so many zeros.
func archive(name string, size int) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create(name)
	must(err)
	_, err = f.Write(make([]byte, size))
	must(err)
	must(z.Close())
	return b.Bytes()
}

const linuxProgram = "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x3e\x00"

func windowsProgram() string {
	dos := "MZ\x90\x00" + strings.Repeat("\x00", 56) + "\x40\x00\x00\x00"
	return dos + "PE\x00\x00\x64\x86\x03\x00" + strings.Repeat("\x00", 100)
}

package contenttest

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"

	"agrovet/internal/media/internal/content"
	"agrovet/internal/media/internal/picture/webp"
)

const xmp = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ` + Marker +
	`></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`

// Picture is red in its top left quarter, and grey elsewhere, so that one sees how it was turned.
func Picture(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{uint8(128 + x%64), 128, uint8(128 + y%64), 255}
			if x < w/2 && y < h/2 {
				c = color.NRGBA{255, 0, 0, 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

// must is for encoders that write to memory.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// PlainJPEG is a photo without metadata.
func PlainJPEG(w, h int) []byte {
	var b bytes.Buffer
	must(jpeg.Encode(&b, Picture(w, h), &jpeg.Options{Quality: 80}))
	return b.Bytes()
}

// PhotoJPEG is a photo as a phone makes it: JFIF with a thumbnail, EXIF, XMP, an index of more
// pictures, a profile of colours and a comment. It is stored w wide and h high; orientation says how
// it is to be turned.
func PhotoJPEG(w, h, orientation int, place *content.Place) []byte {
	b := PlainJPEG(w, h)
	for _, s := range []struct {
		marker byte
		data   string
	}{
		{0xfe, Marker},
		{0xed, "Photoshop 3.0\x008BIM" + Marker},
		{0xe2, "ICC_PROFILE\x00\x01\x01" + string(make([]byte, 128))},
		{0xe2, "MPF\x00MM" + Marker},
		{0xe1, "http://ns.adobe.com/xap/1.0/\x00" + xmp},
		{0xe1, "Exif\x00\x00" + string(EXIF(orientation, place))},
		{0xe0, "JFXX\x00" + Marker},
		{0xe0, "JFIF\x00\x01\x01\x01\x00\x48\x00\x48\x02\x02" + Marker + "."}, // 2 × 2 × 3 bytes
	} {
		b = withSegment(b, s.marker, s.data)
	}
	return b
}

// withSegment puts a segment behind the head of a JPEG.
func withSegment(jpeg []byte, marker byte, data string) []byte {
	head := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(2+len(data)))
	return join(jpeg[:2], head, []byte(data), jpeg[2:])
}

// samsungTrailer is what phones of Samsung put behind a photo.
func samsungTrailer() []byte {
	return []byte("\x00\x00\x01\x0a\x0e\x00\x00\x00Image_UTC_Data1714993689000" + Marker +
		"SEFH\x6b\x00\x00\x00\x01\x00\x00\x00\x00\x00\x01\x0a\x23\x00\x00\x00\x23\x00\x00\x00\x18\x00\x00\x00SEFT")
}

// PlainPNG is a picture without metadata.
func PlainPNG(w, h int) []byte {
	var b bytes.Buffer
	must(png.Encode(&b, Picture(w, h)))
	return b.Bytes()
}

// Chunk is a chunk of a PNG.
func Chunk(name, data string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, name...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

const pngHead = 33 // bytes of a PNG before its second chunk

// ScreenshotPNG has EXIF, texts, a time, and what is kept: how large a pixel is, and the colours.
func ScreenshotPNG(w, h int) []byte {
	b := PlainPNG(w, h)
	return join(b[:pngHead],
		Chunk("eXIf", string(EXIF(1, &Cochabamba))), Chunk("tEXt", "Comment\x00"+Marker), Chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+xmp),
		Chunk("tIME", "\x07\xe8\x05\x06\x07\x08\x09"), Chunk("prVt", Marker), Chunk("gAMA", "\x00\x00\xb1\x8f"),
		Chunk("pHYs", "\x00\x00\x0b\x13\x00\x00\x0b\x13\x01"), b[pngHead:], []byte(Marker))
}

// AnimatedPNG has so many frames, all the same.
func AnimatedPNG(w, h, frames int) []byte {
	b := PlainPNG(w, h)
	size := binary.BigEndian.Uint32(b[pngHead:])
	data := b[pngHead+8 : pngHead+8+size]
	out := join(b[:pngHead], Chunk("acTL", string(uint32s(uint32(frames), 0))), Chunk("tEXt", "Title\x00"+Marker))
	for i := range frames {
		n := uint32(max(0, 2*i-1))
		out = append(out, Chunk("fcTL", string(uint32s(n, uint32(w), uint32(h), 0, 0))+"\x00\x01\x00\x0a\x00\x00")...)
		if i == 0 {
			out = append(out, Chunk("IDAT", string(data))...)
		} else {
			out = append(out, Chunk("fdAT", string(uint32s(n+1))+string(data))...)
		}
	}
	return append(out, Chunk("IEND", "")...)
}

func uint32s(numbers ...uint32) (b []byte) {
	for _, n := range numbers {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b
}

// AnimatedGIF has so many frames, XMP, a comment and a text.
func AnimatedGIF(w, h, frames int) []byte {
	colours := color.Palette{color.Black, color.White, color.NRGBA{255, 0, 0, 255}, color.Transparent}
	g := gif.GIF{Config: image.Config{ColorModel: colours, Width: w, Height: h}}
	for i := range frames {
		m := image.NewPaletted(image.Rect(0, 0, w, h), colours)
		m.Pix[i] = 2
		g.Image, g.Delay = append(g.Image, m), append(g.Delay, 5)
	}
	var b bytes.Buffer
	must(gif.EncodeAll(&b, &g))
	return join(b.Bytes()[:gifHead], []byte("\x21\xfe"), blocks(Marker), []byte("\x21\xff"), blocks("XMP DataXMP", xmp),
		[]byte("\x21\xf9\x04\x00\x05\x00\x00\x00\x21\x01"), blocks("\x00\x00\x00\x00\x08\x00\x08\x00\x08\x08\x00\x01", Marker),
		b.Bytes()[gifHead:], []byte(Marker))
}

const gifHead = 13 + 3*4 // bytes of such a GIF up to the end of its colours

// blocks are blocks of a GIF.
func blocks(data ...string) (b []byte) {
	for _, d := range data {
		for len(d) > 0 {
			n := min(255, len(d))
			b = append(append(b, byte(n)), d[:n]...)
			d = d[n:]
		}
	}
	return append(b, 0)
}

// PlainWebP is a lossy picture without metadata.
func PlainWebP(w, h int) []byte {
	e, err := webp.Open()
	must(err)
	defer e.Close()
	b, err := e.Encode(Picture(w, h), 80)
	must(err)
	return b
}

// PhotoWebP has EXIF and XMP.
func PhotoWebP(w, h int) []byte {
	return RIFF("WEBP", vp8x(0x0c, w, h), pictureChunk(w, h), RIFFChunk("EXIF", string(EXIF(1, &Cochabamba))),
		RIFFChunk("XMP ", xmp), RIFFChunk("prvt", Marker))
}

// AnimatedWebP has so many frames, all the same, and XMP.
func AnimatedWebP(w, h, frames int) []byte {
	chunks := [][]byte{vp8x(0x06, w, h), RIFFChunk("ANIM", "\x00\x00\x00\x00\x00\x00")}
	frame := RIFFChunk("ANMF", "\x00\x00\x00\x00\x00\x00"+uint24(w-1)+uint24(h-1)+"\x64\x00\x00\x00"+string(pictureChunk(w, h)))
	for range frames {
		chunks = append(chunks, frame)
	}
	return RIFF("WEBP", append(chunks, RIFFChunk("XMP ", xmp))...)
}

// pictureChunk is the chunk of a WebP that has the pixels.
func pictureChunk(w, h int) []byte {
	b := PlainWebP(w, h)
	at := bytes.Index(b, []byte("VP8 "))
	return b[at : at+8+int(binary.LittleEndian.Uint32(b[at+4:]))]
}

func vp8x(flags byte, w, h int) []byte {
	return RIFFChunk("VP8X", string([]byte{flags, 0, 0, 0})+uint24(w-1)+uint24(h-1))
}

func uint24(n int) string { return string([]byte{byte(n), byte(n >> 8), byte(n >> 16)}) }

// RIFFChunk is a chunk of a RIFF file.
func RIFFChunk(name, data string) []byte {
	b := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(data)))
	b = append(b, data...)
	return append(b, make([]byte, len(data)%2)...)
}

// RIFF is a file of chunks.
func RIFF(form string, chunks ...[]byte) []byte {
	return RIFFChunk("RIFF", form+string(join(chunks...)))
}

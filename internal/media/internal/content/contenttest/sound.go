package contenttest

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// ID3 is a tag as it stands before MP3.
func ID3() []byte {
	data := join([]byte("TIT2"), uint32s(uint32(1+len(Marker))), []byte("\x00\x00\x03"+Marker), make([]byte, 40))
	return join([]byte("ID3\x04\x00\x00\x00\x00"), []byte{byte(len(data) >> 7), byte(len(data) & 0x7f)}, data)
}

// mp3Frames are frames of 26 ms: MPEG 1, layer III, 128 kbit/s, 44100 Hz.
func mp3Frames(n int) []byte {
	return bytes.Repeat(append([]byte("\xff\xfb\x90\x64"), bytes.Repeat([]byte{0x55}, 413)...), n)
}

// MP3 is a song with tags at both ends.
func MP3(frames int) []byte { return join(ID3(), mp3Frames(frames), mp3Tail()) }

// mp3Tail are the tags that programs put behind a song.
func mp3Tail() []byte {
	ape := join([]byte("APETAGEX\xd0\x07\x00\x00\x40\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\xa0"), make([]byte, 8), []byte(Marker))
	id3v1 := append([]byte("TAG"+Marker), make([]byte, 125-len(Marker))...)
	return join(ape, []byte("LYRICSBEGIN"+Marker+"000025LYRICS200"), id3v1)
}

// ADTS is AAC in frames of 23 ms, without metadata: 44100 Hz, 100 bytes each.
func ADTS(frames int) []byte {
	return bytes.Repeat(append([]byte("\xff\xf1\x50\x80\x0c\x9f\xfc"), bytes.Repeat([]byte{0x55}, 93)...), frames)
}

// AMR is narrow band in frames of 20 ms.
func AMR(frames int) []byte {
	return append([]byte("#!AMR\n"), bytes.Repeat(append([]byte{0x3c}, make([]byte, 31)...), frames)...)
}

// AMRWide is wide band in frames of 20 ms.
func AMRWide(frames int) []byte {
	return append([]byte("#!AMR-WB\n"), bytes.Repeat(append([]byte{0x44}, make([]byte, 60)...), frames)...)
}

// wavFormat is PCM: one channel, 8000 Hz, 16 bits.
const wavFormat = "\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00"

// WAV is a second of silence, with what sound programs put around it.
func WAV() []byte {
	return RIFF("WAVE", RIFFChunk("JUNK", Marker), RIFFChunk("bext", Marker), RIFFChunk("fmt ", wavFormat), RIFFChunk("data", string(make([]byte, 16000))),
		RIFFChunk("LIST", "INFOINAM"+Marker), RIFFChunk("id3 ", string(ID3())))
}

// StreamedWAV is what ffmpeg writes into a pipe: the lengths are not known.
func StreamedWAV() []byte {
	const endless = "\xff\xff\xff\xff"
	return join([]byte("RIFF"+endless+"WAVE"), RIFFChunk("fmt ", wavFormat), RIFFChunk("LIST", "INFOISFT"+Marker), []byte("data"+endless), make([]byte, 16000))
}

// oggPages puts packets on pages of a stream, each on its own pages. Granule is the last position.
func oggPages(granule uint64, packets ...[]byte) (b []byte) {
	seq := uint32(0)
	for i, p := range packets {
		for done := false; !done; seq++ {
			piece := p[:min(len(p), 255*20)]
			lengths := bytes.Repeat([]byte{255}, len(piece)/255)
			if done = len(piece) < 255*20; done {
				lengths = append(lengths, byte(len(piece)%255))
			}
			flags := byte(0)
			if seq == 0 {
				flags = 2
			}
			at := uint64(0)
			if i == len(packets)-1 {
				at, flags = granule, flags|4
			}
			b = append(b, OggPage(flags, at, 77, seq, lengths, piece)...)
			p = p[len(piece):]
		}
	}
	return b
}

// OggPage is a page of Ogg.
func OggPage(flags byte, granule uint64, serial, seq uint32, lengths, data []byte) []byte {
	b := binary.LittleEndian.AppendUint64([]byte{'O', 'g', 'g', 'S', 0, flags}, granule)
	b = binary.LittleEndian.AppendUint32(b, serial)
	b = binary.LittleEndian.AppendUint32(b, seq)
	b = append(append(b, 0, 0, 0, 0, byte(len(lengths))), lengths...)
	b = append(b, data...)
	binary.LittleEndian.PutUint32(b[22:], oggSum(b))
	return b
}

// oggSum is the sum of a page, bit by bit.
func oggSum(page []byte) (sum uint32) {
	for _, b := range page {
		sum ^= uint32(b) << 24
		for range 8 {
			sum = sum<<1 ^ sum>>31*0x04c11db7
		}
	}
	return sum
}

// oggComments are comments as Opus and Vorbis write them, with a picture that takes several pages.
func oggComments() []byte {
	text := func(s string) []byte { return append(binary.LittleEndian.AppendUint32(nil, uint32(len(s))), s...) }
	picture := "METADATA_BLOCK_PICTURE=" + string(bytes.Repeat([]byte(Marker), 1000))
	return join(text(Marker), []byte{2, 0, 0, 0}, text("TITLE="+Marker), text(picture))
}

// Opus is a second of Opus, of which decoders skip 312 samples at the beginning.
func Opus() []byte {
	head := []byte("OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00")
	return oggPages(48000+312, head, join([]byte("OpusTags"), oggComments()), bytes.Repeat([]byte("sound"), 100))
}

// Vorbis is a second of Vorbis.
func Vorbis() []byte {
	head := []byte("\x01vorbis\x00\x00\x00\x00\x01\x44\xac\x00\x00\x00\x00\x00\x00\x00\x77\x01\x00\x00\x00\x00\x00\xb8\x01")
	return oggPages(44100, head, join([]byte("\x03vorbis"), oggComments(), []byte{1}), []byte("\x05vorbis tables"), bytes.Repeat([]byte("sound"), 100))
}

// PDF is an empty page.
func PDF() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	var places []int
	for i, object := range []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"} {
		places = append(places, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	xref := b.Len()
	b.WriteString("xref\n0 4\n0000000000 65535 f \n")
	for _, p := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&b, "trailer << /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", xref)
	return b.Bytes()
}

package content

import "agrovet/internal/media"

// Formats that are nothing but frames of sound, each with a head of its own: MP3 and AAC in ADTS.

// soundFrame is what the head of a frame says.
type soundFrame struct {
	size    int // bytes, head included
	samples int // of one channel
	rate    int // samples per second
}

// headReader reads the head of a frame. It reports false for anything else.
type headReader func(h [soundHead]byte) (soundFrame, bool)

const (
	soundHead     = 7        // bytes of the longest head
	soundFrameMax = 8191     // bytes of the longest frame, of ADTS
	soundSure     = 3        // so many frames in a row are no chance
	soundJunk     = 64 << 10 // so many bytes may come before the first frame
)

func startsADTS(w *walk, _ []byte) bool { return w.firstFrame(adtsHead) >= 0 }

// startsMP3 takes whatever begins with a tag of MP3 for one, to say that it is damaged when it is.
func startsMP3(w *walk, h []byte) bool {
	return string(h[:3]) == "ID3" || w.firstFrame(mp3Head) >= 0
}

func (w *walk) mp3()  { w.sound(mp3Head) }
func (w *walk) adts() { w.sound(adtsHead) }

// sound keeps the frames, and drops tags and junk before, behind and between them.
func (w *walk) sound(head headReader) {
	first := w.firstFrame(head)
	if first < 0 {
		w.fail(media.ErrType) // a tag before something else, FLAC for example
	}
	w.drop(first)
	seconds := 0.0
	for w.pos < w.size && w.step() {
		h := w.peek(int(min(soundHead, w.size-w.pos)))
		switch f, ok := head.read(h); {
		case ok:
			seconds += float64(f.samples) / float64(f.rate)
			w.keep(int64(f.size))
		case h[0] == 0xff && len(h) < soundHead:
			w.damaged("sound: ends within a frame")
		default:
			w.drop(w.junk(head))
		}
	}
	w.lasts(seconds, 1)
}

// firstFrame returns where the frames begin, or -1. Programs that change tags leave junk behind them;
// where there is no tag, nothing but zeros may come first.
func (w *walk) firstFrame(head headReader) int64 {
	from := int64(0)
	for n := w.tag(0); n > 0; n = w.tag(from) {
		from += n
	}
	for pos := from; pos < min(w.size, from+soundJunk) && w.err == nil; pos++ {
		if w.surely(pos, head) {
			return pos
		}
		if from == 0 && w.at(pos, 1)[0] != 0 {
			break
		}
	}
	return -1
}

// junk returns how many bytes from w.pos on are no frames.
func (w *walk) junk(head headReader) int64 {
	if n := w.tag(w.pos); n > 0 {
		return n
	}
	pos := w.next(w.pos+1, 0xff)
	for pos < w.size && !w.surely(pos, head) {
		pos = w.next(pos+1, 0xff)
	}
	return pos - w.pos
}

// read reads the head that b begins with. Zeros follow the end of the file.
func (head headReader) read(b []byte) (soundFrame, bool) {
	var h [soundHead]byte
	copy(h[:], b)
	return head(h)
}

// surely says whether frames begin at pos: several in a row, of one rate, or as many as the file has.
func (w *walk) surely(pos int64, head headReader) bool {
	b := w.at(pos, int(min(soundSure*soundFrameMax+soundHead, w.size-pos)))
	rate := 0
	for n := range soundSure {
		if n > 0 && len(b) == 0 {
			return true
		}
		f, ok := head.read(b)
		if !ok || rate != 0 && f.rate != rate || n == 0 && f.size > len(b) {
			return false
		}
		rate, b = f.rate, b[min(f.size, len(b)):]
	}
	return true
}

// tag returns the size of the ID3v2 tag at pos (id3.org, 2.4.0, 3.1), or 0. Tags of other kinds come
// behind the frames and are junk there.
func (w *walk) tag(pos int64) int64 {
	const head = 10
	h := w.at(pos, int(min(head, w.size-pos)))
	if len(h) < head || string(h[:3]) != "ID3" {
		return 0
	}
	size := head + int64(h[6]&0x7f)<<21 + int64(h[7]&0x7f)<<14 + int64(h[8]&0x7f)<<7 + int64(h[9]&0x7f)
	if h[5]&0x10 != 0 { // it ends with a copy of its head
		size += head
	}
	if size > w.size-pos {
		w.damaged("sound: a tag of %d bytes at byte %d", size, pos)
		return 0
	}
	return size
}

// Tables of MPEG audio, layer III (ISO 11172-3 and 13818-3, 2.4.2.3; MPEG 2.5 is Fraunhofer's).
var (
	mp3Bitrates1 = [16]int{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0}
	mp3Bitrates2 = [16]int{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0}
	mp3Rates     = [4]int{44100, 48000, 32000, 0}
)

// mp3Head reads the head of a frame of MP3.
func mp3Head(h [soundHead]byte) (soundFrame, bool) {
	version, layer, padding := h[1]>>3&3, h[1]>>1&3, int(h[2]>>1&1)
	if h[0] != 0xff || h[1]&0xe0 != 0xe0 || version == 1 || layer != 1 {
		return soundFrame{}, false
	}
	f := soundFrame{samples: 1152, rate: mp3Rates[h[2]>>2&3]}
	bitrate := mp3Bitrates1[h[2]>>4]
	if version != 3 { // MPEG 2, or 2.5
		f.samples, f.rate, bitrate = 576, f.rate/2, mp3Bitrates2[h[2]>>4]
	}
	if version == 0 {
		f.rate /= 2
	}
	if f.rate == 0 || bitrate == 0 {
		return soundFrame{}, false
	}
	f.size = f.samples/8*bitrate*1000/f.rate + padding
	return f, true
}

// Rates of ADTS (ISO 14496-3, table 1.18).
var adtsRates = [16]int{96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350}

// adtsHead reads the head of a frame of ADTS (ISO 14496-3, 1.A.2.2).
func adtsHead(h [soundHead]byte) (soundFrame, bool) {
	f := soundFrame{
		size:    int(h[3]&3)<<11 | int(h[4])<<3 | int(h[5])>>5,
		samples: 1024 * (1 + int(h[6]&3)),
		rate:    adtsRates[h[2]>>2&15],
	}
	return f, h[0] == 0xff && h[1]&0xf6 == 0xf0 && f.rate > 0 && f.size >= soundHead
}

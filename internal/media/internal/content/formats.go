package content

import (
	"mime"
	"slices"
	"strings"

	"agrovet/internal/media"
)

// The types that are accepted.
var (
	typeJPEG = Type{media.Image, "image/jpeg", ".jpg"}
	typePNG  = Type{media.Image, "image/png", ".png"}
	typeGIF  = Type{media.Image, "image/gif", ".gif"}
	typeWebP = Type{media.Image, "image/webp", ".webp"}

	typeMP4  = Type{media.Video, "video/mp4", ".mp4"}
	type3GP  = Type{media.Video, "video/3gpp", ".3gp"}
	typeMOV  = Type{media.Video, "video/quicktime", ".mov"}
	typeWebM = Type{media.Video, "video/webm", ".webm"}

	typeM4A       = Type{media.Audio, "audio/mp4", ".m4a"}
	typeWebMAudio = Type{media.Audio, "audio/webm", ".webm"}
	typeMP3       = Type{media.Audio, "audio/mpeg", ".mp3"}
	typeAAC       = Type{media.Audio, "audio/aac", ".aac"}
	typeWAV       = Type{media.Audio, "audio/wav", ".wav"}
	typeOgg       = Type{media.Audio, "audio/ogg", ".ogg"}
	typeAMR       = Type{media.Audio, "audio/amr", ".amr"}
	typeAMRWide   = Type{media.Audio, "audio/amr-wb", ".awb"}

	typePDF = Type{media.Document, "application/pdf", ".pdf"}
)

// format is a family of types that one walker understands.
type format struct {
	types  []Type                       // the first is what it is unless the walker finds another
	starts func(w *walk, h []byte) bool // h are the first bytes; zeros follow the end of a short file
	walk   func(w *walk)
}

// formats are all that are accepted. No two of them start the same.
var formats = []*format{
	{[]Type{typeJPEG}, begins("\xff\xd8\xff"), (*walk).jpeg},
	{[]Type{typePNG}, begins(pngMagic), (*walk).png},
	{[]Type{typeGIF}, begins("GIF87a", "GIF89a"), (*walk).gif},
	{[]Type{typeWebP}, beginsRIFF("WEBP"), (*walk).webp},
	{[]Type{typeMP4, type3GP, typeMOV, typeM4A}, startsMP4, (*walk).mp4},
	{[]Type{typeWebM, typeWebMAudio}, begins("\x1a\x45\xdf\xa3"), (*walk).webm},
	{[]Type{typeWAV}, beginsRIFF("WAVE"), (*walk).wav},
	{[]Type{typeOgg}, begins("OggS"), (*walk).ogg},
	{[]Type{typeAMR, typeAMRWide}, begins(amrNarrow, amrWide), (*walk).amr},
	{[]Type{typeAAC}, startsADTS, (*walk).adts},
	{[]Type{typeMP3}, startsMP3, (*walk).mp3},
	{[]Type{typePDF}, startsPDF, (*walk).pdf},
}

func (f *format) makes(t Type) bool { return slices.Contains(f.types, t) }

func begins(magics ...string) func(*walk, []byte) bool {
	return func(_ *walk, h []byte) bool {
		return slices.ContainsFunc(magics, func(m string) bool { return strings.HasPrefix(string(h), m) })
	}
}

func beginsRIFF(form string) func(*walk, []byte) bool {
	return func(_ *walk, h []byte) bool { return string(h[:4]) == "RIFF" && string(h[8:12]) == form }
}

// headSize is how much of a file decides what it is.
const headSize = 1024

// recognise finds the format of the file. Whatever none of them knows is not accepted: there is no
// list of what is refused. What is too large for its format is not looked at any further.
func (w *walk) recognise() *format {
	if w.size <= 0 {
		w.fail(media.ErrEmpty)
		return nil
	}
	w.checkSize(acceptedTypes())
	h := make([]byte, headSize)
	copy(h, w.at(0, int(min(w.size, headSize))))
	for _, f := range formats {
		if w.err == nil && f.starts(w, h) {
			w.checkSize(f.types)
			return f
		}
	}
	w.fail(media.ErrType)
	return nil
}

func acceptedTypes() (all []Type) {
	for _, f := range formats {
		all = append(all, f.types...)
	}
	return all
}

// fits says whether a sender who declares this Content-Type may mean a file of type t. Phones and
// browsers guess by the name of the file, so any type of the same kind will do.
func fits(declared string, t Type) bool {
	name := strings.ToLower(strings.TrimSpace(declared))
	if m, _, err := mime.ParseMediaType(name); err == nil {
		name = m
	}
	switch name {
	case "", "application/octet-stream", "*/*": // says nothing
		return true
	case "application/pdf", "application/x-pdf":
		return t == typePDF
	case "application/ogg":
		return t == typeOgg
	}
	kind, sub, _ := strings.Cut(name, "/")
	return kind == string(t.Kind) || mayHoldSoundAlone(kind, sub) && container(sub) == container(t.MIME[len("audio/"):])
}

// mayHoldSoundAlone says whether the type is one of recordings: what is declared as video may turn
// out to be sound in the container of a video, and the other way round.
func mayHoldSoundAlone(kind, sub string) bool {
	return (kind == "video" || kind == "audio") && container(sub) != ""
}

// container names the family of file formats that a subtype of audio or video belongs to, if it
// serves for both.
func container(sub string) string {
	switch sub {
	case "webm":
		return "webm"
	case "mp4", "m4a", "x-m4a", "x-m4v", "3gpp", "3gpp2", "quicktime":
		return "mp4"
	default:
		return ""
	}
}

package search

import (
	"strings"
	"unicode"
)

// writer collects the parts of a snippet.
type writer struct {
	parts []Part
	left  int  // runes that may still be written
	space bool // a space is due before the next rune
}

// passage writes text[begin:end], in which words are.
func (w *writer) passage(text string, words []place, begin, end int) {
	if begin > 0 {
		w.emit("…", false)
	}
	at := begin
	for _, word := range words {
		w.write(text[at:word.start], false)
		w.write(text[word.start:word.end], word.groups != 0)
		at = word.end
	}
	w.write(text[at:end], false)
	if end < len(text) && w.left > -2 {
		w.emit("…", false)
	}
}

// write appends text, cleaned, as far as there is room for it, and "…" where there is no more.
func (w *writer) write(text string, isMatch bool) {
	var b strings.Builder
	for _, r := range text {
		if w.left < 0 {
			break
		}
		switch {
		case unicode.Is(unicode.Bidi_Control, r):
			continue
		case unicode.IsSpace(r) || unicode.IsControl(r):
			w.space = len(w.parts) > 0 || b.Len() > 0
			continue
		}
		if w.left--; w.left < 0 {
			break
		}
		w.pending(&b)
		b.WriteRune(r)
	}
	w.emit(b.String(), isMatch)
	if w.left == -1 {
		w.emit("…", false)
		w.left--
	}
}

// pending writes the space that is due. Before a word it belongs to the part before.
func (w *writer) pending(b *strings.Builder) {
	if w.space && b.Len() == 0 {
		w.emit(" ", false)
	} else if w.space {
		b.WriteByte(' ')
	}
	if w.space {
		w.left--
	}
	w.space = false
}

// emit appends text as it is to the last part, or to a new one.
func (w *writer) emit(text string, isMatch bool) {
	if n := len(w.parts); n > 0 && w.parts[n-1].Match == isMatch {
		w.parts[n-1].Text += text
	} else if text != "" {
		w.parts = append(w.parts, Part{text, isMatch})
	}
}

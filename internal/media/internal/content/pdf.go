package content

import (
	"bytes"

	"agrovet/internal/media"
)

// pdfEdge is how far from the ends of a file readers look for a PDF's head and tail (PDF 1.7,
// appendix H, notes 13 and 18).
const pdfEdge = 1024

// pdfBlanks are what may lie before the head and behind the tail.
const pdfBlanks = "\x00\t\n\f\r \xef\xbb\xbf"

func startsPDF(_ *walk, h []byte) bool { return findPDF(h) >= 0 }

// findPDF returns where the head of a PDF is, or -1.
func findPDF(h []byte) int {
	for i := range min(len(h), pdfEdge) {
		if pdfHead.at(h[i:]) {
			return i
		}
	}
	return -1
}

// pdf copies the file. Only its ends are looked at: nothing may come before its head, and behind its
// tail no other file.
func (w *walk) pdf() {
	before := int64(findPDF(w.at(0, int(min(w.size, headSize)))))
	w.search(0, before)
	if blank := bytes.Trim(w.at(0, int(before)), pdfBlanks); len(blank) > 0 {
		w.fail(media.ErrType) // a text about PDFs
	}
	end := w.trimmed()
	tail := w.at(max(0, end-pdfEdge), int(min(end, pdfEdge)))
	mark := bytes.LastIndex(tail, []byte("%%EOF"))
	if mark < 0 {
		w.damaged("pdf: no end")
	}
	w.search(end-int64(len(tail)-mark), w.size)
	w.keep(w.size)
}

// trimmed is the size of the file without the blanks that some programs fill its last block with.
func (w *walk) trimmed() int64 {
	tail := w.at(max(0, w.size-windowSize), int(min(w.size, windowSize)))
	return w.size - int64(len(tail)-len(bytes.TrimRight(tail, pdfBlanks)))
}

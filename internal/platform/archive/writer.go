package archive

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"github.com/klauspost/compress/zstd"
)

const (
	pieceSize  = 1 << 20 // of rows, in bytes: a member's size stands before it, so a piece is held in memory
	indexEvery = 1000    // files
)

// Names of members, see the package's comment, and of a file's PAX record.
const (
	formatMember   = "agrovet-backup"
	manifestMember = "manifest.json"
	contentType    = "AGROVET.content-type"
)

// Writer makes an archive: rows of all tables first, then files, then Close.
type Writer struct {
	seal  *sealer
	zip   *zstd.Encoder
	tar   *tar.Writer
	made  time.Time
	files Files
	index []File // of the files since the last index
	n     int    // indexes written
}

// NewWriter begins an archive on w, made by this version of agrovet.
func NewWriter(w io.Writer, agrovet string) (*Writer, error) {
	seal := &sealer{w, sha256.New()}
	// One goroutine: a backup runs beside requests.
	zip, err := zstd.NewWriter(seal, zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(true))
	if err != nil {
		return nil, err
	}
	a := &Writer{seal: seal, zip: zip, tar: tar.NewWriter(zip), made: time.Now().Truncate(time.Second)}
	return a, a.json(formatMember, Manifest{Format: Format, Agrovet: agrovet, MadeAt: a.made})
}

// Rows keeps what copy writes as the rows of a table.
func (a *Writer) Rows(module, table string, copy func(io.Writer) error) (Sum, error) {
	p := &pieces{archive: a, prefix: "rows/" + module + "/" + table, sum: sha256.New()}
	if err := copy(p); err != nil {
		return Sum{}, err
	}
	return sumOf(p.sum, p.bytes), p.flush()
}

// pieces cut a stream into members.
type pieces struct {
	archive *Writer
	prefix  string
	n       int
	buf     bytes.Buffer
	bytes   int64
	sum     hash.Hash
}

func (p *pieces) Write(b []byte) (int, error) {
	p.buf.Write(b)
	p.sum.Write(b)
	p.bytes += int64(len(b))
	if p.buf.Len() >= pieceSize {
		return len(b), p.flush()
	}
	return len(b), nil
}

func (p *pieces) flush() error {
	if p.buf.Len() == 0 {
		return nil
	}
	p.n++
	err := p.archive.member(fmt.Sprintf("%s/%06d", p.prefix, p.n), p.buf.Bytes())
	p.buf.Reset()
	return err
}

// File keeps a file. f.Bytes is its size, of which r must have as many.
func (a *Writer) File(f File, r io.Reader) error {
	h := &tar.Header{Name: "files/" + f.Key, Size: f.Bytes, Mode: 0o600, ModTime: a.made, Format: tar.FormatPAX}
	if f.ContentType != "" {
		h.PAXRecords = map[string]string{contentType: f.ContentType}
	}
	if err := a.tar.WriteHeader(h); err != nil {
		return err
	}
	sum := sha256.New()
	if n, err := io.Copy(io.MultiWriter(a.tar, sum), r); err != nil {
		return fmt.Errorf("file %s: %w", f.Key, err)
	} else if n < f.Bytes {
		return fmt.Errorf("file %s: %w", f.Key, io.ErrUnexpectedEOF)
	}
	f.Sum = sumOf(sum, f.Bytes)
	a.files.Count, a.files.Bytes = a.files.Count+1, a.files.Bytes+f.Bytes
	if a.index = append(a.index, f); len(a.index) >= indexEvery {
		return a.flushIndex()
	}
	return nil
}

func (a *Writer) flushIndex() error {
	if len(a.index) == 0 {
		return nil
	}
	a.n++
	err := a.json(fmt.Sprintf("index/%06d", a.n), a.index)
	a.index = nil
	return err
}

// Close ends the archive with m, in which it says how many files there are. Without it what was written is no
// archive.
func (a *Writer) Close(m *Manifest) error {
	m.Format, m.Files.Count, m.Files.Bytes = Format, a.files.Count, a.files.Bytes
	if err := errors.Join(a.flushIndex(), a.json(manifestMember, m)); err != nil {
		return err
	}
	if err := errors.Join(a.tar.Close(), a.zip.Close()); err != nil {
		return err
	}
	return a.seal.seal()
}

// Abandon gives back what the writer holds, when Close is not reached.
func (a *Writer) Abandon() { _ = a.zip.Close() }

func (a *Writer) json(name string, v any) error {
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	return a.member(name, b)
}

func (a *Writer) member(name string, b []byte) error {
	err := a.tar.WriteHeader(&tar.Header{Name: name, Size: int64(len(b)), Mode: 0o600, ModTime: a.made, Format: tar.FormatPAX})
	if err != nil {
		return err
	}
	_, err = a.tar.Write(b)
	return err
}

func sumOf(h hash.Hash, bytes int64) Sum { return Sum{bytes, hex.EncodeToString(h.Sum(nil))} }

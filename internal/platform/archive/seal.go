package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"io"
)

// sealMagic begins the skippable frame at the end of the file.
const sealMagic = 0x184D2A5A

// sealSize is its length in bytes: magic, length of the sum, sum.
const sealSize = 8 + sha256.Size

// sealer passes bytes on and sums them.
type sealer struct {
	w   io.Writer
	sum hash.Hash
}

func (s *sealer) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	s.sum.Write(p[:n])
	return n, err
}

// seal writes the frame.
func (s *sealer) seal() error {
	_, err := s.w.Write(sealOf(s.sum))
	return err
}

func sealOf(sum hash.Hash) []byte {
	frame := binary.LittleEndian.AppendUint32(nil, sealMagic)
	frame = binary.LittleEndian.AppendUint32(frame, sha256.Size)
	return sum.Sum(frame)
}

// sealed says whether the next bytes of r are the seal of sum and the last.
func sealed(r io.Reader, sum hash.Hash) (bool, error) {
	found, err := io.ReadAll(io.LimitReader(r, sealSize+1))
	return bytes.Equal(found, sealOf(sum)), err
}

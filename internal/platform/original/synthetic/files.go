package synthetic

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
)

// Host is what addresses of files begin with.
const Host = "https://files.example/"

// Secret is what photos tell that nobody should learn.
const Secret = "Finca de Ana, portón azul"

// TooLarge is the size of files that nobody would take, in bytes. They take no room.
const TooLarge = 300 << 20

// Files makes the files that addresses lead to, by their paths in a directory. Of objects, those whose id can be divided
// by 19 are not there, by 23 no pictures, by 29 too large, by 31 the same as the one before, by 10 PNG.
// Others are photos with EXIF, as are those of users.
func Files(dir string, size Size) error {
	g := &generator{size: size, deleted: map[int]bool{}}
	g.tables()
	if err := errors.Join(os.MkdirAll(filepath.Join(dir, "media"), 0o700), os.MkdirAll(filepath.Join(dir, "profile"), 0o700)); err != nil {
		return err
	}
	for id := 1; id <= 2*size.Users; id++ {
		if err := file(filepath.Join(dir, "media", fmt.Sprintf("%d.jpg", id)), id); err != nil {
			return err
		}
	}
	for _, id := range g.users {
		if id%3 == 0 && id%6 != 0 { // the others' are not there
			if err := os.WriteFile(filepath.Join(dir, "profile", fmt.Sprintf("%d.jpg", id)), Photo(-id), 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}

func file(path string, id int) error {
	switch {
	case id%19 == 0:
		return nil
	case id%23 == 0:
		return os.WriteFile(path, []byte("<html><script>alert(1)</script></html>"), 0o600)
	case id%29 == 0:
		return errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, TooLarge))
	case id%31 == 0:
		return os.WriteFile(path, Photo(id-1), 0o600)
	case id%10 == 0:
		var b bytes.Buffer
		return errors.Join(png.Encode(&b, picture(id)), os.WriteFile(path, b.Bytes(), 0o600))
	}
	return os.WriteFile(path, Photo(id), 0o600)
}

// Photo is a JPEG with EXIF that tells Secret, another one for each n.
func Photo(n int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture(n), nil); err != nil {
		panic(err) // a buffer takes everything
	}
	soi, rest := b.Bytes()[:2], b.Bytes()[2:]
	return bytes.Join([][]byte{soi, exif(), rest}, nil)
}

// picture is 24 by 18, and looks different for each n.
func picture(n int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 24, 18))
	for y := range 18 {
		for x := range 24 {
			bit := uint8(0)
			if n>>(x/3+8*(y/9))&1 == 1 {
				bit = 200
			}
			m.Set(x, y, color.RGBA{R: bit, G: uint8(10 * x), B: uint8(10 * y), A: 255})
		}
	}
	return m
}

// exif is a segment with one field: what the photo shows.
func exif() []byte {
	text := append([]byte(Secret), 0)
	b := append([]byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00"), 0x0e, 0x01, 0x02, 0x00) // ImageDescription, ASCII
	b = binary.LittleEndian.AppendUint32(b, uint32(len(text)))
	b = binary.LittleEndian.AppendUint32(b, 26) // behind this field and the end of the list
	b = append(append(b, 0, 0, 0, 0), text...)
	return append(binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(b)+2)), b...)
}

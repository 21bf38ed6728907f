package picture

import (
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/picture/webp"
)

// quality of what Upright writes: hardly to be told from the original, and no larger.
const quality = 90

// encoderOf returns what writes images of a type. None of them writes metadata.
//
// Errors: media.ErrType.
func encoderOf(mime string) (func(io.Writer, image.Image) error, error) {
	switch mime {
	case "image/jpeg":
		return writeJPEG, nil
	case "image/png":
		return png.Encode, nil
	case "image/webp":
		return writeWebP, nil
	}
	return nil, media.ErrType
}

// writeJPEG converts CMYK, for which package jpeg would go from pixel to pixel.
func writeJPEG(w io.Writer, m image.Image) error {
	if cmyk, ok := m.(*image.CMYK); ok {
		m = toRGBA(cmyk)
	}
	return jpeg.Encode(w, m, &jpeg.Options{Quality: quality})
}

func writeWebP(w io.Writer, m image.Image) error {
	encoder, err := webp.Open()
	if err != nil {
		return err
	}
	defer encoder.Close()
	bytes, err := encoder.Encode(m, quality)
	switch {
	case errors.Is(err, webp.ErrEncode):
		return media.ErrPixels.Wrap(err)
	case err != nil:
		return err
	}
	_, err = w.Write(bytes)
	return err
}

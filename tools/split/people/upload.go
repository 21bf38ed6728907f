package people

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"math/rand/v2"
	"mime/multipart"
	"net/http"

	"agrovet/tools/split/patient"
)

// Upload uploads a picture that nobody else has.
func (p *Person) Upload(ctx context.Context) (id int64, err error) {
	form, kind, err := picture()
	if err != nil {
		return 0, err
	}
	a, err := p.Client().Write(ctx, patient.Request{Method: http.MethodPost, Module: "media", Path: "/api/media/", Token: p.Token, Content: form, Kind: kind})
	if err != nil {
		return 0, err
	}
	var got struct {
		ID  int64
		URL string
	}
	err = a.Into(&got)
	p.Files[got.ID] = got.URL
	return got.ID, err
}

// picture is a form with a small one of noise.
func picture() (form []byte, kind string, err error) {
	m := image.NewNRGBA(image.Rect(0, 0, 24, 16))
	for i := range m.Pix {
		m.Pix[i] = byte(rand.IntN(256))
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("image", Word()+".png")
	if err == nil {
		err = errors.Join(png.Encode(part, m), w.Close())
	}
	return b.Bytes(), w.FormDataContentType(), err
}

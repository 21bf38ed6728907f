package web

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

// Pictures are the media module's, which stores files. Until it is there, requests with a picture are
// refused before anything is written, and say which part is away.

// maxPicture is the size in bytes of a request with a picture.
const maxPicture = 10 << 20

// noPicture refuses a request that carries the user's picture. A picture that is no file, such as the
// address that a client sends back, is none.
func noPicture(ctx context.Context) error {
	if f := httpx.FilesOf(ctx).First("profile_picture"); f != nil && f.Size > 0 {
		return auth.ErrMediaUnavailable
	}
	return nil
}

type pictureInput struct {
	Body struct {
		Image httpx.Opt[string] `json:"image" required:"false" doc:"Send a file."`
	}
}

func (h *handlers) picture(ctx context.Context, in *pictureInput) (*userBody, error) {
	switch {
	case httpx.FilesOf(ctx).First("image") != nil:
		return nil, auth.ErrMediaUnavailable
	case in.Body.Image.Ptr() != nil:
		return nil, errs.InField("image", "La información enviada no era un archivo. Revise el tipo de codificación del formulario.",
			"The submitted data was not a file. Check the encoding type on the form.")
	}
	return nil, errs.InField("image", "No se envió ningún archivo.", "No file was submitted.")
}

package web

import (
	"context"
	"errors"
	"mime/multipart"
	"net/http"

	"agrovet/internal/auth/internal/core"
	"agrovet/internal/media"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

// maxPicture is the size in bytes of a request with a picture.
const maxPicture = 20 << 20

func (h *handlers) pictures(r *httpx.Router) {
	// The client looks for the upload in two places.
	for path, id := range map[string]string{root + "upload-profile-picture/": "auth.picture", "/api/profiles/upload-profile-picture/": "auth.alias.picture"} {
		set := httpx.Route{Method: http.MethodPost, Path: path, ID: id, Summary: "Set one's picture", Access: httpx.Member,
			Files: []string{"image"}, MaxBody: maxPicture, Limits: []httpx.RateLimit{writes}, Errors: []int{http.StatusBadGateway}}
		httpx.Handle(r, set, h.picture)
	}
	httpx.Handle(r, with(route(http.MethodDelete, "upload-profile-picture/", "picture.remove", "Remove one's picture", "", httpx.Member), 0, writes), h.removePicture)
}

// uploaded takes in the picture that a request carries in a field; none is no error. A picture that is
// no file, such as the address that a client sends back, is none. What is wrong with the file is told
// about the field.
func (h *handlers) uploaded(ctx context.Context, field string, owner int64) (p core.Picture, err error) {
	f := httpx.FilesOf(ctx).First(field)
	if f == nil || f.Size == 0 {
		return p, nil
	}
	content, err := f.Open()
	if err != nil {
		return p, err
	}
	defer content.Close()
	p, err = h.core.UploadPicture(ctx, upload(owner, f, content))
	var e *errs.Error
	if errors.As(err, &e) && e.Kind == errs.Invalid && len(e.Fields) == 0 {
		err = e.At(field)
	}
	return p, err
}

func upload(owner int64, f *multipart.FileHeader, content multipart.File) media.Upload {
	return media.Upload{OwnerID: owner, Name: f.Filename, MIME: f.Header.Get("Content-Type"), Size: f.Size, Content: content}
}

type pictureInput struct {
	Body struct {
		Image httpx.Opt[string] `json:"image" required:"false" doc:"Send a file."`
	}
}

type pictureSet struct {
	Message string `json:"message"`
	User    User   `json:"user"`
}

func (h *handlers) picture(ctx context.Context, in *pictureInput) (*httpx.Body[pictureSet], error) {
	if err := in.check(ctx); err != nil {
		return nil, err
	}
	by, _ := authn.From(ctx)
	p, err := h.uploaded(ctx, "image", by.UserID)
	if err != nil {
		return nil, err
	}
	u, err := h.core.SetPicture(ctx, by, by.UserID, p)
	if err != nil {
		return nil, err
	}
	text := say(ctx, "Imagen de perfil actualizada correctamente", "Profile picture updated").Body.Detail
	return httpx.OK(pictureSet{text, h.one(ctx, u)}), nil
}

// check refuses a request without a picture.
func (in *pictureInput) check(ctx context.Context) error {
	f := httpx.FilesOf(ctx).First("image")
	switch {
	case f != nil && f.Size > 0:
		return nil
	case f != nil:
		return media.ErrEmpty.At("image")
	case in.Body.Image.Ptr() != nil:
		return errs.InField("image", "La información enviada no era un archivo. Revise el tipo de codificación del formulario.",
			"The submitted data was not a file. Check the encoding type on the form.")
	}
	return errs.InField("image", "No se envió ningún archivo.", "No file was submitted.")
}

func (h *handlers) removePicture(ctx context.Context, _ *struct{}) (*struct{}, error) {
	by, _ := authn.From(ctx)
	_, err := h.core.SetPicture(ctx, by, by.UserID, core.Picture{})
	return nil, err
}

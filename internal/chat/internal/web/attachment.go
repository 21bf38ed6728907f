package web

import (
	"context"
	"errors"
	"mime/multipart"

	"agrovet/internal/chat/internal/core"
	"agrovet/internal/media"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

// attach takes in the file that came with a message, if one did.
func (h handlers) attach(ctx context.Context, d *core.Draft) error {
	field, file := sentFile(httpx.FilesOf(ctx))
	if file == nil {
		return nil
	}
	content, err := file.Open()
	if err != nil {
		return err
	}
	defer content.Close()
	d.MediaID, err = h.core.Attach(ctx, d.RoomID, media.Upload{OwnerID: d.SenderID, Name: file.Filename,
		MIME: file.Header.Get("Content-Type"), Size: file.Size, Content: content})
	var e *errs.Error
	if errors.As(err, &e) && e.Kind == errs.Invalid && len(e.Fields) == 0 {
		return e.At(field)
	}
	return err
}

func sentFile(files httpx.Files) (field string, file *multipart.FileHeader) {
	for _, field := range fileFields {
		if f := files.First(field); f != nil {
			return field, f
		}
	}
	return "", nil
}

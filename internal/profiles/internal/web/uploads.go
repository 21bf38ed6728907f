package web

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"agrovet/internal/media"
	"agrovet/internal/media/mediajson"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
	"agrovet/internal/profiles/internal/core"
)

const (
	maxUpload     = 100 << 20       // bytes of a request with pictures
	uploadTimeout = 5 * time.Minute // ten pictures over a slow network
)

// uploadFields are where pictures come from, in this order.
var uploadFields = []string{"images", "image"}

const uploadDoc = "1 to 10 pictures as `images`, which may come several times, or `image`. They are appended in order: all, or none."

// uploads adds the routes that take files.
func uploads(r *httpx.Router, c *core.Core) {
	httpx.Handle(r, upload("specialists/{user_id}/upload_work_images/", "specialists.uploadWorkImages", "Add pictures to a specialist's work"), take(c.AddWorkImages))
	httpx.Handle(r, upload("businessmen/{user_id}/upload_products/", "businessmen.uploadProducts", "Add pictures of a businessman's products"), take(c.AddProducts))
}

func upload(path, id, summary string) httpx.Route {
	return httpx.Route{
		Method: http.MethodPost, Path: root + path, ID: "profiles." + id, Summary: summary, Doc: uploadDoc,
		Access: httpx.Self("user_id"), Status: http.StatusCreated, Files: uploadFields, MaxBody: maxUpload, Timeout: uploadTimeout,
		Errors: []int{http.StatusBadGateway},
		Limits: []httpx.RateLimit{{Name: "profiles.uploads", By: httpx.ByUser, Limit: kv.Limit{Events: 60, Period: time.Hour}}},
	}
}

// FilesBody is a body that has nothing but files.
type FilesBody struct{}

type uploadInput struct {
	UserID int64 `path:"user_id" doc:"The user's id, not the profile's."`
	Body   FilesBody
}

// take hands the request's files to one of the ways to add pictures.
func take(add func(context.Context, int64, []core.Upload) ([]media.Object, error)) func(context.Context, *uploadInput) (*httpx.Body[[]mediajson.Media], error) {
	return func(ctx context.Context, in *uploadInput) (*httpx.Body[[]mediajson.Media], error) {
		files, closers, err := opened(ctx)
		defer func() {
			for _, c := range closers {
				_ = c.Close()
			}
		}()
		if err != nil {
			return nil, err
		}
		objects, err := add(ctx, in.UserID, files)
		if err != nil {
			return nil, err
		}
		out := make([]mediajson.Media, len(objects))
		for i, o := range objects {
			out[i] = mediajson.New(ctx, o)
		}
		return httpx.OK(out), nil
	}
}

// opened are the request's files, which the caller closes.
func opened(ctx context.Context) (files []core.Upload, closers []io.Closer, err error) {
	for _, field := range uploadFields {
		for _, header := range httpx.FilesOf(ctx)[field] {
			f, err := header.Open()
			if err != nil {
				return nil, closers, fmt.Errorf("open an uploaded file: %w", err)
			}
			closers = append(closers, f)
			files = append(files, core.Upload{Field: field, Upload: media.Upload{
				Name: header.Filename, MIME: header.Header.Get("Content-Type"), Size: header.Size, Content: f}})
		}
	}
	return files, closers, nil
}

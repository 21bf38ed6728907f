package web

import (
	"context"
	"net/http"
	"time"

	"agrovet/internal/foro/internal/core"
	"agrovet/internal/media"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const (
	coverDoc = "A picture as `file`, by the community's owner or staff; of a standard community by staff alone."
	maxCover = 20 << 20 // bytes of a request with a picture
)

func registerCovers(r *httpx.Router, h handlers) {
	for name, handler := range map[string]func(context.Context, *coverInput) (*httpx.Body[map[string]string], error){
		"cover": h.upload(core.Cover, "cover_image"), "avatar": h.upload(core.Avatar, "avatar"),
	} {
		httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: oneCommunity + "upload_" + name + "/", ID: "foro.communities." + name, Summary: "Set the " + name + " of a community", Doc: coverDoc,
			Access: httpx.Owner, Files: []string{"file"}, MaxBody: maxCover, Errors: []int{http.StatusBadGateway},
			Limits: []httpx.RateLimit{{Name: "foro.covers", By: httpx.ByUser, Limit: kv.Limit{Events: 60, Period: time.Hour}}}}, handler)
	}
}

// FileBody is a body that has nothing but a file.
type FileBody struct{}

type coverInput struct {
	ID   int64 `path:"id" doc:"The community's id."`
	Body FileBody
}

// upload takes the request's file for one of a community's pictures, and answers with its address.
func (h handlers) upload(p core.Picture, field string) func(context.Context, *coverInput) (*httpx.Body[map[string]string], error) {
	return func(ctx context.Context, in *coverInput) (*httpx.Body[map[string]string], error) {
		var u media.Upload // without content when there is no file
		if f := httpx.FilesOf(ctx).First("file"); f != nil {
			content, err := f.Open()
			if err != nil {
				return nil, err
			}
			defer content.Close()
			u = media.Upload{Name: f.Filename, MIME: f.Header.Get("Content-Type"), Size: f.Size, Content: content}
		}
		o, err := h.core.SetPicture(ctx, in.ID, p, u)
		if err != nil {
			return nil, err
		}
		return httpx.OK(map[string]string{field: httpx.Absolute(ctx, o.URL)}), nil
	}
}

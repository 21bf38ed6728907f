package web

import (
	"context"
	"net/http"

	"agrovet/internal/platform/httpx"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/core"
)

// uploads adds the routes that take files. Files are the media module's: without it these routes
// check who asks for what, and then say which part is away.
func uploads(r *httpx.Router, c *core.Core) {
	httpx.Handle(r, httpx.Route{
		Method: http.MethodPost, Path: root + "specialists/{user_id}/upload_work_images/", ID: "profiles.specialists.uploadWorkImages",
		Summary: "Add pictures to a specialist's work", Doc: "503 with code `media.unavailable` without the media module.",
		Access: httpx.Self("user_id"), Status: http.StatusCreated,
	}, func(ctx context.Context, in *userInput) (*struct{}, error) {
		if _, err := c.Specialists.Get(ctx, in.UserID); err != nil {
			return nil, err
		}
		return nil, profiles.ErrMediaUnavailable
	})
	httpx.Handle(r, httpx.Route{
		Method: http.MethodPost, Path: root + "upload-profile-picture/", ID: "profiles.uploadProfilePicture",
		Summary: "Set one's own picture", Doc: "503 with code `media.unavailable` without the media module.",
		Access: httpx.Member,
	}, func(context.Context, *struct{}) (*struct{}, error) {
		return nil, profiles.ErrMediaUnavailable
	})
}

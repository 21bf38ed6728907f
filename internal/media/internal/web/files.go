package web

import (
	"errors"
	"mime"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v5"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/blob"
	"agrovet/internal/media/internal/content"
	"agrovet/internal/media/internal/core"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

func (h *handlers) files(s *Server) {
	s.Download(core.FilesPath+"{folder}/{name}", httpx.Anyone, downloadTime, h.publicFile)
	s.Download(core.PrivatePath+"{id}/{end}/{signature}/{name}", httpx.Anyone, downloadTime, h.privateFile)
}

// downloadTime is how long somebody may take to read a file: 100 MB on 3G take two hours.
const downloadTime = 2 * time.Hour

// publicFile serves by the key alone: whoever knows it may have the file. Bytes under a key never
// change, so they may be kept for ever.
func (h *handlers) publicFile(c *echo.Context) error {
	key, ok := core.PublicKey(c.Param("folder"), c.Param("name"))
	if !ok {
		return errs.ErrNotFound
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	return h.serve(c, key)
}

// privateFile serves whoever has a link that is still valid.
func (h *handlers) privateFile(c *echo.Context) error {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil {
		return errs.ErrNotFound
	}
	o, err := h.core.Follow(c.Request().Context(), id, c.Param("end"), c.Param("signature"))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "private, no-store")
	return h.serve(c, o.Key)
}

// serve answers with what is under a key, or a range of it. The headers keep a browser from taking the
// file for anything else than what it is, and a document from being opened in the page's name.
func (h *handlers) serve(c *echo.Context, key string) error {
	b, err := h.core.Blobs().Open(c.Request().Context(), key)
	if err != nil {
		return unreadable(err)
	}
	defer b.Close()
	kind := content.ByExtension(path.Ext(key))
	header := c.Response().Header()
	header.Set("Content-Type", kind.MIME)
	header.Set("Content-Disposition", disposition(kind.Kind, key))
	header.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "cross-origin")
	header.Set("ETag", `"`+path.Base(key)+`"`)
	return unreadable(httpx.ServeContent(c, b.Modified(), b))
}

// unreadable is what may be told of a blob that does not come.
func unreadable(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, blob.ErrNotFound), errors.Is(err, blob.ErrKey):
		return errs.ErrNotFound
	}
	return media.ErrStorage.Wrap(err)
}

// disposition has pictures and recordings shown, and everything else saved.
func disposition(kind media.Kind, key string) string {
	how := "attachment"
	if kind == media.Image || kind == media.Video || kind == media.Audio {
		how = "inline"
	}
	return mime.FormatMediaType(how, map[string]string{"filename": senderName(key)})
}

// senderName is the part of a key that the sender chose: what is behind the time and the digits.
func senderName(key string) string {
	parts := strings.SplitN(path.Base(key), "_", 3)
	return parts[len(parts)-1]
}

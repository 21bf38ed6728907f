package web

import (
	"context"
	"crypto/md5"  // as the specification names it; it guards against accidents, not against people
	"crypto/sha1" // likewise
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"hash"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v5"

	"agrovet/internal/media/internal/core"
	"agrovet/internal/media/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

// Resumable uploads by tus 1.0.0 (https://tus.io/protocols/resumable-upload) with the extensions
// creation, termination, expiration and checksum. An upload that is complete becomes an object; the last
// PATCH names it in Upload-Media-Id, and so do HEAD and GET afterwards.

const (
	tusVersion    = "1.0.0"
	tusExtensions = "creation,termination,expiration,checksum"
	pieceType     = "application/offset+octet-stream"

	patchTime = 2 * time.Hour    // of one PATCH, however large: 20 MB on 2G take forty minutes
	quietTime = 60 * time.Second // in which some bytes must come
)

// Errors of the protocol.
var (
	errVersion = errs.New(errs.Precondition, "media.tus_version", "Falta la cabecera Tus-Resumable: 1.0.0.", "The header Tus-Resumable: 1.0.0 is missing.")
	errLength  = errs.New(errs.Invalid, "media.upload_length", "Upload-Length debe ser el tamaño del archivo en bytes.", "Upload-Length must be the size of the file in bytes.")
	errMeta    = errs.New(errs.Invalid, "media.upload_metadata", "Upload-Metadata no se puede leer.", "Upload-Metadata cannot be read.")
	errStart   = errs.New(errs.Invalid, "media.upload_offset_invalid", "Upload-Offset debe ser un número de bytes.", "Upload-Offset must be a number of bytes.")
	errSum     = errs.New(errs.Invalid, "media.checksum_invalid", "Upload-Checksum no se puede leer, o su algoritmo no se conoce.", "Upload-Checksum cannot be read, or its algorithm is unknown.")
)

// algorithms of checksums.
var algorithms = map[string]func() hash.Hash{"sha1": sha1.New, "sha256": sha256.New, "md5": md5.New}

func (h *handlers) uploads(r *httpx.Router) {
	begin := route(http.MethodPost, "uploads/", "uploads.begin", "Begin a resumable upload",
		"tus 1.0.0 creation. `Upload-Metadata` may hold `filename`, `filetype`, `folder` and `description`.", httpx.Member)
	begin.Limits, begin.Errors = []httpx.RateLimit{uploading}, []int{http.StatusPreconditionFailed}
	one := func(method, id, summary, doc string) httpx.Route {
		r := route(method, "uploads/{id}/", "uploads."+id, summary, doc, httpx.Owner)
		r.Errors = []int{http.StatusPreconditionFailed}
		return r
	}
	patch := one(http.MethodPatch, "append", "Append to a resumable upload", "tus 1.0.0; `Upload-Checksum` may be by sha1, sha256 or md5.")
	patch.Timeout, patch.Errors = patchTime, append(patch.Errors, http.StatusBadGateway)
	r.Stream(route(http.MethodOptions, "uploads/", "uploads.options", "What the server can do", "tus 1.0.0.", httpx.Anyone), says(http.StatusNoContent), h.options)
	r.Stream(begin, says(http.StatusCreated, "Upload-Length", "Upload-Metadata"), h.begin)
	r.Stream(one(http.MethodHead, "offset", "Ask how much has arrived", "tus 1.0.0."), says(http.StatusOK), h.onUpload(h.offset))
	r.Stream(patch, appends, h.onUpload(h.append))
	r.Stream(one(http.MethodDelete, "end", "Give a resumable upload up", "tus 1.0.0 termination."), says(http.StatusNoContent), h.onUpload(h.end))
	httpx.Handle(r, route(http.MethodGet, "uploads/{id}/", "uploads.get", "Show a resumable upload",
		"And the object that it became.", httpx.Owner), h.upload)
}

// says documents a route's success, and the headers that it needs beside Tus-Resumable.
func says(status int, headers ...string) func(*huma.Operation) {
	return func(op *huma.Operation) {
		op.Responses[strconv.Itoa(status)] = &huma.Response{Description: http.StatusText(status)}
		for _, name := range append([]string{"Tus-Resumable"}, headers...) {
			op.Parameters = append(op.Parameters, &huma.Param{Name: name, In: "header", Schema: &huma.Schema{Type: "string"}})
		}
	}
}

func appends(op *huma.Operation) {
	says(http.StatusNoContent, "Upload-Offset", "Upload-Checksum")(op)
	op.Responses["460"] = op.Responses["400"]
	op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		pieceType: {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}
}

// speaks checks the protocol's version, and names it in the answer.
func speaks(c *echo.Context) error {
	c.Response().Header().Set("Tus-Resumable", tusVersion)
	if c.Request().Header.Get("Tus-Resumable") != tusVersion {
		c.Response().Header().Set("Tus-Version", tusVersion)
		return errVersion
	}
	return nil
}

// onUpload finds the upload in the path, which must be the caller's, for a handler of the protocol.
func (h *handlers) onUpload(handler func(*echo.Context, store.Upload) error) echo.HandlerFunc {
	return func(c *echo.Context) error {
		u, err := h.mine(c.Request().Context(), c.Param("id"))
		if err == nil {
			err = speaks(c)
		}
		if err != nil {
			return err
		}
		return handler(c, u)
	}
}

func (h *handlers) options(c *echo.Context) error {
	header := c.Response().Header()
	header.Set("Tus-Resumable", tusVersion)
	header.Set("Tus-Version", tusVersion)
	header.Set("Tus-Extension", tusExtensions)
	header.Set("Tus-Max-Size", strconv.FormatInt(h.core.Largest(), 10))
	header.Set("Tus-Checksum-Algorithm", strings.Join(slices.Sorted(maps.Keys(algorithms)), ","))
	return c.NoContent(http.StatusNoContent)
}

func (h *handlers) begin(c *echo.Context) error {
	if err := speaks(c); err != nil {
		return err
	}
	r := c.Request()
	size, err := strconv.ParseInt(r.Header.Get("Upload-Length"), 10, 64)
	if err != nil || size < 0 {
		return errLength
	}
	wanted, err := metadata(r.Header.Get("Upload-Metadata"))
	if err != nil {
		return err
	}
	wanted.OwnerID, wanted.Size = authn.UserID(r.Context()), size
	u, err := h.core.Begin(r.Context(), wanted)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Location", httpx.Absolute(r.Context(), root+"uploads/"+u.ID.String()+"/"))
	state(c, u)
	return c.NoContent(http.StatusCreated)
}

// metadata reads Upload-Metadata: pairs of a key and a value in base64, between commas.
func metadata(header string) (u store.NewUpload, err error) {
	for pair := range strings.SplitSeq(header, ",") {
		key, encoded, _ := strings.Cut(strings.TrimSpace(pair), " ")
		value, err := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded))
		text := string(value)
		if err != nil || !utf8.Valid(value) || strings.ContainsRune(text, 0) || len(value) > maxDescription {
			return u, errMeta
		}
		switch key {
		case "filename", "name":
			u.Name = shortened(text)
		case "filetype", "type":
			u.Mime = shortened(text)
		case "folder":
			u.Folder = text
		case "description":
			u.Description = &text
		}
	}
	return u, nil
}

// shortened is at most the 200 characters that a name may have.
func shortened(text string) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), 200)])
}

// mine finds the upload in the path.
func (h *handlers) mine(ctx context.Context, text string) (store.Upload, error) {
	id, err := store.ParseUploadID(text)
	if err != nil {
		return store.Upload{}, err
	}
	by, _ := authn.From(ctx)
	return h.core.Resume(ctx, by, id)
}

func (h *handlers) offset(c *echo.Context, u store.Upload) error {
	u, err := h.core.Finish(c.Request().Context(), u) // one whose process died just before it could
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	c.Response().Header().Set("Upload-Length", strconv.FormatInt(u.Size, 10))
	state(c, u)
	return c.NoContent(http.StatusOK)
}

// state tells how far an upload is.
func state(c *echo.Context, u store.Upload) {
	header := c.Response().Header()
	header.Set("Upload-Offset", strconv.FormatInt(u.Received, 10))
	header.Set("Upload-Expires", u.ExpiresAt.UTC().Format(http.TimeFormat))
	if u.ObjectID != nil {
		header.Set("Upload-Media-Id", strconv.FormatInt(*u.ObjectID, 10))
	}
}

func (h *handlers) append(c *echo.Context, u store.Upload) error {
	r := c.Request()
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != pieceType {
		return errs.ErrUnsupportedMedia
	}
	offset, err := strconv.ParseInt(r.Header.Get("Upload-Offset"), 10, 64)
	if err != nil || offset < 0 {
		return errStart
	}
	sum, err := checksum(r.Header.Get("Upload-Checksum"))
	if err != nil {
		return err
	}
	if u, err = h.core.Append(r.Context(), u, offset, patient{c}, sum); err == nil {
		u, err = h.core.Finish(r.Context(), u)
	}
	state(c, u)
	return appended(c, err)
}

// appended answers an append; what is wrong with the bytes has a status of its own in the protocol.
func appended(c *echo.Context, err error) error {
	switch {
	case err == nil:
		return c.NoContent(http.StatusNoContent)
	case errors.Is(err, core.ErrChecksum):
		e := core.ErrChecksum
		return c.JSON(statusChecksum, map[string]string{"detail": e.Text.In(httpx.Lang(c.Request().Context())), "code": e.Code})
	}
	return err
}

// statusChecksum is the protocol's 460 Checksum Mismatch.
const statusChecksum = 460

// checksum reads Upload-Checksum: an algorithm and a sum in base64; nil when there is none.
func checksum(header string) (*core.Checksum, error) {
	if header == "" {
		return nil, nil
	}
	name, encoded, _ := strings.Cut(header, " ")
	make, known := algorithms[name]
	want, err := base64.StdEncoding.DecodeString(encoded)
	if !known || err != nil {
		return nil, errSum
	}
	return &core.Checksum{Hash: make(), Want: want}, nil
}

// patient reads a body that may be slow, but not silent.
type patient struct{ c *echo.Context }

func (p patient) Read(b []byte) (int, error) {
	httpx.KeepReading(p.c, time.Now().Add(quietTime))
	n, err := p.c.Request().Body.Read(b)
	if errors.Is(err, io.EOF) {
		httpx.KeepReading(p.c, time.Time{})
	}
	return n, err
}

func (h *handlers) end(c *echo.Context, u store.Upload) error {
	if err := h.core.End(c.Request().Context(), u.ID); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

type uploadInput struct {
	ID string `path:"id"`
}

// Upload is a resumable upload as its owner sees it.
type Upload struct {
	ID        string    `json:"id"`
	Size      int64     `json:"size" doc:"Bytes of the whole file."`
	Offset    int64     `json:"offset" doc:"Bytes that have arrived."`
	ExpiresAt string    `json:"expires_at" format:"date-time"`
	Media     *OwnMedia `json:"media" doc:"What it became; null while it is under way."`
}

func (h *handlers) upload(ctx context.Context, in *uploadInput) (*httpx.Body[Upload], error) {
	u, err := h.mine(ctx, in.ID)
	if err == nil {
		u, err = h.core.Finish(ctx, u)
	}
	if err != nil {
		return nil, err
	}
	out := Upload{ID: u.ID.String(), Size: u.Size, Offset: u.Received, ExpiresAt: u.ExpiresAt.UTC().Format(time.RFC3339)}
	if u.ObjectID == nil {
		return httpx.OK(out), nil
	}
	by, _ := authn.From(ctx)
	o, err := h.core.Get(ctx, by, *u.ObjectID)
	if err != nil {
		return nil, err
	}
	m, err := h.show(ctx, o)
	out.Media = &m
	return httpx.OK(out), err
}

package web

import (
	"context"
	"errors"
	"mime/multipart"
	"net/http"
	"slices"
	"time"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/core"
	"agrovet/internal/media/internal/store"
	"agrovet/internal/media/mediajson"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const (
	createDoc = "The file is in `image`, else in `audio`, else in the first field of any name; its type is decided by its content. " +
		"Pictures are served upright and without metadata; where a photo was taken only its owner sees, as `place`. " +
		"Files in folder `verification` are private, and the only place for PDF. Whoever is not signed in may send small pictures, which are removed " +
		"after a day unless a signed-in user's advert or profile shows them. `url` is ignored."
	changeDoc = "Fields that are not sent stay as they are. A new file takes the old one's place once it is safe."
)

// anonymous is the allowance of an address, which a village may share, for uploads without signing in.
var anonymous = httpx.RateLimit{Name: "media.anonymous", By: httpx.ByStranger, Limit: kv.Limit{Events: 60, Period: time.Hour}}

func (h *handlers) objects(r *httpx.Router) {
	create := h.takesFile(route(http.MethodPost, "", "create", "Upload a file", createDoc, httpx.Anyone))
	create.Status, create.Limits = http.StatusCreated, append(create.Limits, anonymous)
	if !h.core.Config().Anonymous {
		create.Access = httpx.Member
	}
	httpx.Handle(r, create, h.create)
	httpx.Handle(r, route(http.MethodGet, "", "list", "List one's own files", "Newest first.", httpx.Member), h.list)
	httpx.Handle(r, route(http.MethodGet, "{id}/", "get", "Show a file's data",
		"To its owner and staff; to anybody while nobody owns it.", httpx.Anyone), h.get)
	httpx.Handle(r, h.takesFile(route(http.MethodPut, "{id}/", "replace", "Change a file", changeDoc, httpx.Owner)), h.change)
	httpx.Handle(r, h.takesFile(route(http.MethodPatch, "{id}/", "change", "Change a file", changeDoc, httpx.Owner)), h.change)
	httpx.Handle(r, route(http.MethodDelete, "{id}/", "delete", "Delete a file",
		"It disappears from everything that shows it.", httpx.Owner), h.delete)
}

// OwnMedia is an object as its own routes show it: to its owner with what is for them alone.
type OwnMedia struct {
	mediajson.Media
	Place   *MediaPlace `json:"place" doc:"Where the photo was taken; for its owner alone."`
	TakenAt *string     `json:"taken_at" format:"date-time" doc:"For its owner alone."`
}

// MediaPlace is a point on the earth.
type MediaPlace struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// show makes the JSON of an object for whoever asks. Whoever gets here may see a private object, so it
// has an address that works for some minutes.
func (h *handlers) show(ctx context.Context, o store.Object) (OwnMedia, error) {
	m := OwnMedia{Media: mediajson.New(ctx, h.core.Shown(o))}
	m.ContentType, m.ObjectID = o.ContentType, o.ObjectID
	if o.Private {
		link, err := h.core.Link(ctx, o)
		if err != nil {
			return m, err
		}
		link = httpx.Absolute(ctx, link)
		m.URL = &link
	}
	if p, _ := authn.From(ctx); p.Is(o.OwnerID) {
		m.own(o)
	}
	return m, nil
}

func (m *OwnMedia) own(o store.Object) {
	if o.Latitude != nil && o.Longitude != nil {
		m.Place = &MediaPlace{*o.Latitude, *o.Longitude}
	}
	if o.TakenAt != nil {
		at := o.TakenAt.UTC().Format(time.RFC3339)
		m.TakenAt = &at
	}
}

// Fields is what clients say of an object.
type Fields struct {
	Folder      httpx.Opt[string] `json:"folder,omitempty" doc:"media, profiles, products, chat, communities or verification."`
	Name        httpx.Opt[string] `json:"name,omitempty" maxLength:"200" doc:"The file's own name when it is not given."`
	Description httpx.Opt[string] `json:"description,omitempty" doc:"At most 64 KiB; the wave form of a voice message, for example."`
	Price       httpx.Opt[string] `json:"price,omitempty" format:"decimal" doc:"At most 10 digits, 2 of them decimals."`
	ContentType httpx.Opt[int64]  `json:"content_type,omitempty" minimum:"0" doc:"Kept as it is sent."`
	ObjectID    httpx.Opt[int64]  `json:"object_id,omitempty" minimum:"0" doc:"Kept as it is sent."`
}

type createInput struct{ Body Fields }

type created struct {
	Location string `header:"Location"`
	Body     OwnMedia
}

func (h *handlers) create(ctx context.Context, in *createInput) (*created, error) {
	details, err := in.Body.details()
	if err != nil {
		return nil, err
	}
	o, err := h.make(ctx, in.Body, details)
	if err != nil {
		return nil, err
	}
	m, err := h.show(ctx, o)
	out := &created{Body: m}
	if m.URL != nil {
		out.Location = *m.URL
	}
	return out, err
}

func (h *handlers) make(ctx context.Context, body Fields, details core.Details) (o store.Object, err error) {
	owner := authn.UserID(ctx)
	field, file := sent(httpx.FilesOf(ctx))
	if file == nil {
		if owner == 0 {
			return o, errs.InField("image", "No se envió ningún archivo.", "No file was submitted.")
		}
		return h.core.CreateEmpty(ctx, owner, details)
	}
	if details.Name == "" {
		details.Name = shortened(file.Filename)
	}
	err = opened(field, file, func(content multipart.File) error {
		o, err = h.core.Create(ctx, upload(owner, body.Folder.Or(""), file, content), details)
		return err
	})
	return o, err
}

// sent is the file that counts: that of field image, else of audio, else of the first field.
func sent(files httpx.Files) (field string, file *multipart.FileHeader) {
	names := []string{"image", "audio"}
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names[2:])
	for _, name := range names {
		if f := files.First(name); f != nil {
			return name, f
		}
	}
	return "", nil
}

// opened runs fn on a file of a form. What is wrong with the file is told about its field.
func opened(field string, file *multipart.FileHeader, fn func(multipart.File) error) error {
	content, err := file.Open()
	if err != nil {
		return err
	}
	defer content.Close()
	err = fn(content)
	var e *errs.Error
	if errors.As(err, &e) && e.Kind == errs.Invalid && len(e.Fields) == 0 {
		return e.At(field)
	}
	return err
}

func upload(owner int64, folder string, file *multipart.FileHeader, content multipart.File) media.Upload {
	return media.Upload{OwnerID: owner, Folder: folder, Name: file.Filename, MIME: file.Header.Get("Content-Type"),
		Size: file.Size, Content: content}
}

// maxDescription is the size of a description in bytes.
const maxDescription = 64 << 10

// check finds what is wrong with the fields beyond their types.
func (f Fields) check() error {
	var wrong []errs.Field
	if len(f.Description.Value) > maxDescription {
		wrong = append(wrong, errs.Field{Name: "description", Text: errs.Text{
			ES: "Asegúrese de que este campo no tenga más de 65536 bytes.", EN: "Ensure this field has no more than 65536 bytes."}})
	}
	if _, err := price(f.Price); err != nil {
		wrong = append(wrong, errs.Field{Name: "price", Text: *err})
	}
	if len(wrong) > 0 {
		return errs.InvalidFields(wrong...)
	}
	return nil
}

// details are the fields of a new object: a price of nothing unless another is sent.
func (f Fields) details() (core.Details, error) {
	if err := f.check(); err != nil {
		return core.Details{}, err
	}
	amount, _ := price(f.Price)
	if !f.Price.Sent {
		zero := "0"
		amount = &zero
	}
	return core.Details{Name: f.Name.Or(""), Description: f.Description.Ptr(), Price: amount,
		ContentType: f.ContentType.Ptr(), ObjectID: f.ObjectID.Ptr()}, nil
}

type changeInput struct {
	ID   int64 `path:"id"`
	Body Fields
}

func (h *handlers) change(ctx context.Context, in *changeInput) (*httpx.Body[OwnMedia], error) {
	if err := in.Body.check(); err != nil {
		return nil, err
	}
	o, err := h.update(ctx, in.ID, in.Body)
	if err != nil {
		return nil, err
	}
	m, err := h.show(ctx, o)
	return httpx.OK(m), err
}

func (h *handlers) update(ctx context.Context, id int64, body Fields) (o store.Object, err error) {
	by, _ := authn.From(ctx)
	change := body.change()
	field, file := sent(httpx.FilesOf(ctx))
	if file == nil {
		return h.core.Update(ctx, by, id, change)
	}
	err = opened(field, file, func(content multipart.File) error {
		up := upload(0, body.Folder.Or(""), file, content)
		change.File = &up
		o, err = h.core.Update(ctx, by, id, change)
		return err
	})
	return o, err
}

// change is what is to become of an object; only what was sent.
func (f Fields) change() core.Change {
	var c core.Change
	if f.Name.Sent {
		name := f.Name.Or("")
		c.Name = &name
	}
	amount, _ := price(f.Price)
	c.Description, c.ContentType, c.ObjectID = clearable(f.Description), clearable(f.ContentType), clearable(f.ObjectID)
	if f.Price.Sent {
		c.Price = &amount
	}
	return c
}

// clearable is nil for a field that was not sent, and points to nil for one that is to be cleared.
func clearable[T any](f httpx.Opt[T]) **T {
	if !f.Sent {
		return nil
	}
	value := f.Ptr()
	return &value
}

type idInput struct {
	ID int64 `path:"id"`
}

func (h *handlers) get(ctx context.Context, in *idInput) (*httpx.Body[OwnMedia], error) {
	by, _ := authn.From(ctx)
	o, err := h.core.Get(ctx, by, in.ID)
	if err != nil {
		return nil, err
	}
	m, err := h.show(ctx, o)
	return httpx.OK(m), err
}

func (h *handlers) delete(ctx context.Context, in *idInput) (*struct{}, error) {
	by, _ := authn.From(ctx)
	return nil, h.core.Delete(ctx, by, in.ID)
}

// Package media is the face of media: files that members upload, and what others may know of them.
//
// It owns the Postgres schema media and a store of bytes (a directory, or an S3-compatible service).
// It listens to auth's user.deleted and to the [Shown] and [Withdrawn] events of the modules that show its
// objects, and publishes [Created], [Updated] and [Deleted] on topic media.events. Start reading at
// internal/core/upload.go.
//
// # How a module shows an object
//
// It asks [Service.Claim] whether the person may use the ids, keeps the ids in its own rows, and
// publishes a [Shown] event, in the transaction of its change, that says what the place shows now.
// When it answers, it asks [Service.Objects] for all ids of the page at once; ids that are not in the
// answer are left out. On [Deleted] it removes the id. What no place shows is swept after a while; what
// nobody may see any more is deleted at once by a [Withdrawn] event.
//
// Objects are public by their address, which cannot be guessed, except for private ones: those have
// no address but the short-lived ones of [Service.Links], which a module gives to whoever it lets see
// the object.
package media

import (
	"context"
	"fmt"
	"io"
	"time"

	"agrovet/internal/platform/errs"
)

// Kind is what an object is to people.
type Kind string

// The kinds.
const (
	Image    Kind = "image"
	Video    Kind = "video"
	Audio    Kind = "audio"
	Document Kind = "document"
	Link     Kind = "" // a record without a file, which the original allows
)

// Object is a file and what is said of it.
type Object struct {
	ID          int64
	OwnerID     int64 // 0 until somebody signed in uses it
	Kind        Kind
	MIME        string // decided by content; empty without a file
	Private     bool   // for its owner, staff and whom a module shows it to
	Name        string
	Description *string
	Price       *string // decimal
	URL         string  // public address; a path when media.public-url is not set; empty for private objects
	Size        int64   // bytes
	Width       int     // pixels, upright; 0 unless it is an image
	Height      int
	Duration    time.Duration // 0 when unknown
	Preview     string        // a tiny blurred picture as a data URI; empty until it is made
	Renditions  []Rendition   // smallest first; none until they are made
	CreatedAt   time.Time
}

// Rendition is a smaller copy of an image, for slow networks.
type Rendition struct {
	Name          string // small, medium, large
	URL           string
	Width, Height int
	Size          int64 // bytes
}

// Upload is a file on its way in.
type Upload struct {
	OwnerID int64
	Folder  string // one of Folders; what is in folder verification is private
	Name    string // as the sender calls it
	MIME    string // as the sender claims it
	Size    int64  // bytes
	Content io.ReaderAt
}

// Folders are the places that callers may name. Documents (PDF) go to FolderVerification alone.
const (
	FolderMedia        = "media"
	FolderProfiles     = "profiles"
	FolderProducts     = "products"
	FolderChat         = "chat"
	FolderCommunities  = "communities"
	FolderVerification = "verification" // private
)

// Service is what media does for other modules.
type Service interface {
	// Objects returns the objects with these ids, private ones included. Ids of nothing are left out.
	Objects(ctx context.Context, ids ...int64) (map[int64]Object, error)

	// Claim makes the unclaimed ones of these objects the user's, and says whether all are.
	//
	// Errors: *[NotOwned] with the ids that are not there or somebody else's; then nothing was claimed.
	Claim(ctx context.Context, userID int64, ids ...int64) error

	// Links returns addresses of private objects that work for some minutes, whoever uses them. The
	// caller decides who gets them. Ids of nothing, and of public objects, are left out.
	Links(ctx context.Context, ids ...int64) (map[int64]string, error)

	// Upload takes a file in.
	//
	// Errors: those of this package that are about files, with code media.*; ErrUnavailable.
	Upload(ctx context.Context, u Upload) (Object, error)
}

// NotOwned says which ids somebody may not use: there is nothing, or it is somebody else's.
type NotOwned struct{ IDs []int64 }

func (e *NotOwned) Error() string { return fmt.Sprintf("media: objects %v are not the user's", e.IDs) }

// Errors that callers of media may meet.
var (
	ErrUnavailable = errs.New(errs.Unavailable, "media.unavailable", "El servicio de archivos no está disponible.", "The media service is not available.")
	ErrStorage     = errs.New(errs.BadGateway, "media.storage", "No se pudo guardar el archivo. Intente de nuevo.", "The file could not be stored. Try again.")
	ErrFull        = errs.New(errs.Unavailable, "media.full", "No hay espacio para guardar archivos por el momento.", "There is no room for files at the moment.")

	ErrEmpty       = errs.New(errs.Invalid, "media.empty", "El archivo enviado está vacío.", "The submitted file is empty.")
	ErrTooLarge    = errs.New(errs.TooLarge, "media.too_large", "El archivo es demasiado grande.", "The file is too large.")
	ErrTooLong     = errs.New(errs.Invalid, "media.too_long", "La grabación es demasiado larga.", "The recording is too long.")
	ErrPixels      = errs.New(errs.Invalid, "media.too_many_pixels", "La imagen tiene demasiados píxeles.", "The image has too many pixels.")
	ErrType        = errs.New(errs.Invalid, "media.type_refused", "Este tipo de archivo no se acepta.", "This type of file is not accepted.")
	ErrTypeLies    = errs.New(errs.Invalid, "media.type_mismatch", "El contenido del archivo no es del tipo que dice ser.", "The file's content is not of the type it claims to be.")
	ErrDamaged     = errs.New(errs.Invalid, "media.damaged", "El archivo está dañado o incompleto.", "The file is damaged or incomplete.")
	ErrMixed       = errs.New(errs.Invalid, "media.mixed_content", "El archivo esconde otro archivo.", "The file hides another file.")
	ErrFolder      = errs.New(errs.Invalid, "media.folder_unknown", "Carpeta desconocida.", "Unknown folder.")
	ErrNotAnImage  = errs.New(errs.Invalid, "media.not_an_image", "Adjunte una imagen válida. El archivo adjunto o bien no es una imagen o bien está dañado.", "Upload a valid image. The file you uploaded was either not an image or a corrupted image.")
	ErrLinkExpired = errs.New(errs.Forbidden, "media.link_expired", "Este enlace ya no es válido.", "This link is no longer valid.")
)

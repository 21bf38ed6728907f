// Package marketplace is the face of the adverts: what members sell and look for, near home and by the
// kilo, the arroba or the head.
//
// It owns the Postgres schema marketplace. It asks auth for publishers' names and roles and media for
// pictures; forgets people on auth's user.deleted and pictures on media's media.deleted; compares adverts
// with saved searches on its own events; and publishes [Created], [Updated], [Sold], [Moderated] and
// [Alert] on topic marketplace.events, and which pictures adverts show on topic marketplace.media. Start
// reading at internal/core.
//
// An advert is called add, as in the original.
package marketplace

import (
	"time"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/geo"
)

// Add is an advert.
type Add struct {
	ID          int64
	PublisherID int64
	Version     int // grows by one with every change
	Title       string
	Description string
	Condition   Condition
	CategoryID  int64 // 0: none
	Price       Price
	Place       Place
	Attributes  map[string]any // by the category's definitions (internal/catalog)
	MainImageID int64          // media; 0: none
	ImageIDs    []int64        // media: the others, at most MaxImages, in the publisher's order
	Status      Status
	Removed     bool // by staff: its publisher cannot show it again
	CreatedAt   time.Time
	UpdatedAt   time.Time
	ExpiresAt   time.Time // when an active one expires; zero while it was never shown
	Views       int64     // people and days
}

// MaxImages is how many pictures an advert has beside its main one.
const MaxImages = 4

// Condition of what is sold, in the contract's words (rest.md §5).
type Condition string

// The conditions.
const (
	New     Condition = "new"
	Used    Condition = "used"
	SemiNew Condition = "semi_new"
)

// Price is what is asked. Amounts are exact decimals.
type Price struct {
	Amount     string // at most 12 digits, 2 of them decimals
	Currency   string // ISO 4217
	Unit       string // what the amount is for: a code of internal/measure
	Country    string // ISO 3166: whose arroba
	Quantity   string // how many units there are; empty: not said
	Negotiable bool
	Swap       bool   // something else is taken in exchange
	OnRequest  bool   // "a convenir": the amount is not said, and is 0
	Base       string // price of one BaseUnit, for comparing; empty when it cannot be compared
	BaseUnit   string
}

// Place is where the thing is. The exact place is for the publisher and staff alone.
type Place struct {
	Name  string     // as the publisher calls it; empty: not said
	Exact *geo.Point // nil: not said
	Rough *geo.Point // what others learn
}

// Status is where an advert is in its life. Who may change it to what: internal/core/life.go.
type Status string

// The statuses. Others see active adverts alone.
const (
	StatusDraft    Status = "draft"
	StatusActive   Status = "active"
	StatusPaused   Status = "paused"
	StatusSold     Status = "sold"
	StatusArchived Status = "archived"
	StatusExpired  Status = "expired"
)

// Decision is what staff decides about an advert.
type Decision string

// The decisions. All but a dismissal are told to the publisher.
const (
	Dismiss Decision = "dismiss" // there is nothing wrong with it
	Warn    Decision = "warn"    // it stays, and its publisher is told why not the next time
	Remove  Decision = "remove"  // it is archived, and its publisher cannot show it again
	Restore Decision = "restore" // its publisher may show it again
)

// Errors that callers of the marketplace may meet.
var (
	ErrTransition       = errs.New(errs.Conflict, "marketplace.illegal_transition", "El anuncio no puede pasar a ese estado.", "The advert cannot change to that status.")
	ErrChanged          = errs.New(errs.Precondition, "marketplace.changed", "El anuncio cambió mientras tanto. Vuelva a leerlo.", "The advert has changed meanwhile. Read it again.")
	ErrMayNotPublish    = errs.New(errs.Forbidden, "marketplace.may_not_publish", "Su rol no permite publicar anuncios.", "Your role may not publish adverts.")
	ErrRemoved          = errs.New(errs.Forbidden, "marketplace.removed", "Este anuncio fue retirado por el equipo de moderación.", "This advert was removed by the moderators.")
	ErrTooMany          = errs.New(errs.RateLimited, "marketplace.too_many_adds", "Alcanzó el máximo de anuncios por día para cuentas nuevas.", "You have reached the daily number of adverts for new accounts.")
	ErrOwnReport        = errs.New(errs.Forbidden, "marketplace.own_add", "No puede denunciar su propio anuncio.", "You cannot report your own advert.")
	ErrOwnDecision      = errs.New(errs.Forbidden, "marketplace.own_moderation", "No puede decidir sobre su propio anuncio.", "You cannot decide about your own advert.")
	ErrNothingOpen      = errs.New(errs.Conflict, "marketplace.nothing_to_decide", "No hay nada que decidir sobre este anuncio.", "There is nothing to decide about this advert.")
	ErrDecided          = errs.New(errs.Conflict, "marketplace.moderation_decided", "Otra persona decidió mientras tanto. Vuelva a leerlo.", "Somebody else has decided meanwhile. Read it again.")
	ErrTooManySearches  = errs.New(errs.Conflict, "marketplace.too_many_searches", "Puede guardar hasta 50 búsquedas. Elimine una para guardar otra.", "You can save up to 50 searches. Delete one to save another.")
	ErrCategoryUsed     = errs.New(errs.Conflict, "marketplace.category_used", "La categoría está en uso.", "The category is in use.")
	ErrOwnAdd           = errs.New(errs.Invalid, "marketplace.own_contact", "El anuncio es suyo.", "The advert is your own.")
	ErrAuthUnavailable  = errs.New(errs.Unavailable, "auth.unavailable", "El servicio de usuarios no está disponible. Intente de nuevo.", "The user service is not available. Try again.")
	ErrMediaUnavailable = errs.New(errs.Unavailable, "media.unavailable", "El servicio de archivos no está disponible.", "The media service is not available.")
	ErrChatUnavailable  = errs.New(errs.Unavailable, "chat.unavailable", "El chat no está disponible por el momento.", "Chat is not available at the moment.")
)

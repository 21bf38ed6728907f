// Package chat is the face of the chat: rooms of two or of many, and what is said in them, live and later.
//
// It owns the Postgres schema chat. It asks auth for names and media for attachments; forgets people on
// auth's user.deleted, closes their sockets on user.sessions_ended, and files on media's media.deleted;
// shows what other modules tell members of on their sockets; and publishes [MessageSent] and [RoomCreated]
// on topic chat.events, and which files messages show on topic chat.media. Start reading at internal/core.
package chat

import (
	"context"
	"time"

	"agrovet/internal/platform/errs"
)

// Service is what chat does for other modules.
type Service interface {
	// RoomAbout finds or makes the private room of two people about an advert.
	//
	// Errors: ErrBlocked; errs.ErrNotFound when the other one is not there.
	RoomAbout(ctx context.Context, userID, otherID, addID int64) (roomID int64, err error)
}

// Room is where people talk.
type Room struct {
	ID           int64
	Private      bool   // of two people, who never change
	Name         string // of a group
	AboutAddID   int64  // the marketplace's advert that a private room is about; 0: none
	CreatedBy    int64
	CreatedAt    time.Time
	LastSeq      int64 // of its log
	LastActivity time.Time
}

// Role is what somebody may do in a group. In private rooms all are members.
type Role string

// The roles.
const (
	Owner     Role = "owner"  // gives roles; there is one
	Admin     Role = "admin"  // adds and removes members, and renames
	JustThere Role = "member" // reads, writes and leaves
)

// Member is somebody in a room.
type Member struct {
	RoomID       int64
	UserID       int64
	Role         Role
	JoinedAt     time.Time
	JoinedSeq    int64 // the entries above it were for them
	FromSeq      int64 // those above it are theirs to see: they may have hidden some
	DeliveredSeq int64 // a device of theirs has all up to it
	ReadSeq      int64 // they have read all up to it
	MutedUntil   time.Time
}

// Kind is what an entry of a room's log is.
type Kind string

// The kinds.
const (
	Message Kind = "message"
	Edit    Kind = "edit"   // a message says something else now
	Delete  Kind = "delete" // a message is gone
	Create  Kind = "create" // the room was made; the first entry of a group
	Join    Kind = "join"
	Leave   Kind = "leave" // by oneself, or put out by somebody
	RoleSet Kind = "role"
	Rename  Kind = "rename"
)

// Entry is a line of a room's log: a message, or what else happened in the room.
type Entry struct {
	ID        int64
	RoomID    int64
	Seq       int64 // 1, 2, 3, … in the room, without gaps
	Kind      Kind
	UserID    int64  // who did it; 0: somebody whose account is gone
	TargetID  int64  // Edit, Delete: the message's id; Join, Leave, RoleSet: the user
	TargetSeq int64  // Edit, Delete: the message's
	Content   string // Message, Edit: what the message says now; Rename: the name; RoleSet: the role
	MediaID   int64  // 0: none
	ReplyTo   int64  // seq of a message in the room; 0: none
	ClientKey string // what the sender calls it, as JSON: a string or a number; empty: nothing
	CreatedAt time.Time
	EditedAt  time.Time // zero: never
	DeletedAt time.Time // zero: it is there
}

// What there may be at most.
const (
	MaxContent = 4000 // characters of a message
	MaxName    = 150  // characters of a room's name
	MaxMembers = 1024 // of a group
	MaxBlocks  = 1000 // whom one person blocks
)

// Errors that callers of chat may meet. Texts of the contract are in its words (rest.md §6).
var (
	ErrSelf             = errs.New(errs.Invalid, "chat.self", "Un usuario no puede chatear consigo mismo.", "A user cannot chat with themselves.")
	ErrTwo              = errs.New(errs.Invalid, "chat.two_participants", "Se requieren exactamente 2 participantes.", "Exactly 2 participants are required.")
	ErrNotYours         = errs.New(errs.Forbidden, "chat.not_among_them", "Solo puede abrir salas en las que participa.", "You can only open rooms that you take part in.")
	ErrNotMember        = errs.New(errs.Forbidden, "chat.not_a_participant", "No eres participante de esta sala.", "You do not take part in this room.")
	ErrNoRoom           = errs.New(errs.NotFound, "chat.room_unknown", "Sala no existe.", "There is no such room.")
	ErrRoomParam        = errs.New(errs.Invalid, "chat.room_required", "Se requiere 'room' query param válido.", "A valid 'room' query param is required.")
	ErrRoomInvalid      = errs.New(errs.Invalid, "chat.room_invalid", "Invalid 'room' parameter.", "Invalid 'room' parameter.")
	ErrOtherRoom        = errs.New(errs.Invalid, "chat.other_room", "Esta conexión es de otra sala.", "This connection is for another room.")
	ErrBlocked          = errs.New(errs.Forbidden, "chat.blocked", "No puede escribir a esta persona.", "You cannot write to this person.")
	ErrEmpty            = errs.InField("content", "El mensaje está vacío.", "The message is empty.")
	ErrPrivate          = errs.New(errs.Conflict, "chat.private_room", "En una sala privada no cambian los participantes ni el nombre.", "Neither participants nor name of a private room change.")
	ErrMayNot           = errs.New(errs.Forbidden, "chat.may_not", "Su papel en el grupo no lo permite.", "Your role in the group does not allow this.")
	ErrFull             = errs.New(errs.Conflict, "chat.room_full", "El grupo está lleno.", "The group is full.")
	ErrNoUsers          = errs.New(errs.Invalid, "chat.users_unknown", "No existen estos usuarios.", "There are no such users.")
	ErrCannotAdd        = errs.New(errs.Forbidden, "chat.cannot_be_added", "No puede agregar a esta persona.", "You cannot add this person.")
	ErrOwnerStays       = errs.New(errs.Conflict, "chat.owner_stays", "El grupo necesita un dueño: nombre a otra persona.", "The group needs an owner: name somebody else.")
	ErrMutedUntil       = errs.InField("until", "Indique un momento futuro.", "Give a time in the future.")
	ErrBlockSelf        = errs.New(errs.Invalid, "chat.block_self", "No puede bloquearse a sí mismo.", "You cannot block yourself.")
	ErrTooManyBlocks    = errs.New(errs.Conflict, "chat.too_many_blocks", "Ya bloquea a demasiadas personas.", "You block too many people already.")
	ErrNotAuthor        = errs.New(errs.Forbidden, "chat.not_the_author", "Solo quien escribió el mensaje puede cambiarlo.", "Only its author can change a message.")
	ErrGone             = errs.New(errs.Conflict, "chat.message_deleted", "El mensaje fue eliminado.", "The message was deleted.")
	ErrTooFast          = errs.New(errs.RateLimited, "chat.too_fast", "Está enviando demasiados mensajes. Espere un momento.", "You are sending too many messages. Wait a moment.")
	ErrUnavailable      = errs.New(errs.Unavailable, "chat.unavailable", "El chat no está disponible por el momento.", "Chat is not available at the moment.")
	ErrAuthUnavailable  = errs.New(errs.Unavailable, "auth.unavailable", "El servicio de usuarios no está disponible. Intente de nuevo.", "The user service is not available. Try again.")
	ErrMediaUnavailable = errs.New(errs.Unavailable, "media.unavailable", "El servicio de archivos no está disponible.", "The media service is not available.")
)

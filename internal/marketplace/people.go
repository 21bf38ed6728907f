package marketplace

import "agrovet/internal/platform/errs"

// What one person may have around adverts (ARCHITECTURE.md, "People around adverts").
const (
	MaxFollows    = 5000
	MaxFavourites = 5000
	MaxBlocks     = 1000
)

// Errors around follows, favourites and blocks; the first texts are the contract's (rest.md §5).
var (
	ErrFollowWhom        = errs.New(errs.Invalid, "marketplace.follow_whom", "following or following_id required", "following or following_id required")
	ErrFollowSelf        = errs.New(errs.Invalid, "marketplace.follow_self", "No puedes seguirte a ti mismo.", "You cannot follow yourself.")
	ErrFollowing         = errs.New(errs.Invalid, "marketplace.already_following", "Ya sigues a este usuario.", "You already follow this user.")
	ErrFollowOfOthers    = errs.New(errs.Forbidden, "marketplace.follow_of_others", "No tienes permiso para eliminar este seguimiento.", "You may not remove this follow.")
	ErrFollowBlocked     = errs.New(errs.Conflict, "marketplace.follow_blocked", "Bloqueaste a este usuario. Desbloquéalo antes de seguirlo.", "You have blocked this user. Unblock them before you follow them.")
	ErrTooManyFollows    = errs.New(errs.Conflict, "marketplace.too_many_follows", "Puedes seguir a 5000 personas como máximo.", "You can follow at most 5000 people.")
	ErrTooManyFavourites = errs.New(errs.Conflict, "marketplace.too_many_favourites", "Puedes guardar 5000 favoritos como máximo.", "You can keep at most 5000 favourites.")
	ErrBlockSelf         = errs.New(errs.Invalid, "marketplace.block_self", "No puedes bloquearte a ti mismo.", "You cannot block yourself.")
	ErrTooManyBlocks     = errs.New(errs.Conflict, "marketplace.too_many_blocks", "Puedes bloquear a 1000 personas como máximo.", "You can block at most 1000 people.")
)

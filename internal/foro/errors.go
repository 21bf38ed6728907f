package foro

import "agrovet/internal/platform/errs"

// Errors that callers of the forum may meet. Texts of the contract are in its words (rest.md §7).
var (
	ErrNoCommunity      = errs.New(errs.NotFound, "foro.community_unknown", "Comunidad no encontrada", "Community not found")
	ErrCommunityParam   = errs.New(errs.Invalid, "foro.community_required", "slug or id required", "slug or id required")
	ErrNoTarget         = errs.New(errs.NotFound, "foro.target_unknown", "Objeto no encontrado", "Object not found")
	ErrTargetKind       = errs.New(errs.Invalid, "foro.target_kind", "invalid content_type", "invalid content_type")
	ErrLocked           = errs.New(errs.Conflict, "foro.locked", "La publicación está cerrada: no admite más comentarios.", "The post is closed: it takes no more comments.")
	ErrChanged          = errs.New(errs.Precondition, "foro.changed", "Cambió mientras tanto. Vuelva a leerlo.", "It has changed meanwhile. Read it again.")
	ErrGone             = errs.New(errs.Conflict, "foro.comment_deleted", "El comentario fue eliminado.", "The comment was deleted.")
	ErrRemoved          = errs.New(errs.Forbidden, "foro.removed", "Fue retirado por el equipo de moderación.", "It was removed by the moderators.")
	ErrTooDeep          = errs.New(errs.Invalid, "foro.too_deep", "La conversación es demasiado profunda. Responda más arriba.", "The conversation is too deep. Reply further up.")
	ErrSuspended        = errs.New(errs.Forbidden, "foro.suspended", "Su cuenta está suspendida en el foro.", "Your account is suspended in the forum.")
	ErrAccountGone      = errs.New(errs.Forbidden, "foro.account_gone", "La cuenta ya no existe.", "The account does not exist any more.")
	ErrTooManyPosts     = errs.New(errs.RateLimited, "foro.too_many", "Alcanzó el máximo por día para cuentas nuevas.", "You have reached the daily maximum for new accounts.")
	ErrTooManyDrafts    = errs.New(errs.Conflict, "foro.too_many_drafts", "Puede guardar hasta 100 borradores.", "You can keep up to 100 drafts.")
	ErrTooManyJoined    = errs.New(errs.Conflict, "foro.too_many_communities", "Puede unirse a 500 comunidades como máximo.", "You can join at most 500 communities.")
	ErrStandard         = errs.New(errs.Forbidden, "foro.standard_community", "Solo el equipo puede cambiar esta comunidad.", "Only staff can change this community.")
	ErrOwnerStays       = errs.New(errs.Conflict, "foro.owner_stays", "La comunidad necesita un dueño: nombre a otra persona.", "The community needs an owner: name somebody else.")
	ErrBanned           = errs.New(errs.Forbidden, "foro.banned", "No puede volver a esta comunidad: la moderación lo decidió.", "You cannot come back to this community: its moderators decided so.")
	ErrInternalSecret   = errs.New(errs.Forbidden, "foro.internal_secret", "Forbidden", "Forbidden")
	ErrUserRequired     = errs.New(errs.Invalid, "foro.user_required", "user_id required", "user_id required")
	ErrNotQuestion      = errs.New(errs.Conflict, "foro.not_a_question", "La publicación no es una pregunta.", "The post is not a question.")
	ErrOwnAnswer        = errs.New(errs.Forbidden, "foro.own_answer", "Nadie valida su propia respuesta.", "Nobody validates their own answer.")
	ErrNotSpecialist    = errs.New(errs.Forbidden, "foro.not_a_specialist", "Solo especialistas verificados validan respuestas.", "Only verified specialists validate answers.")
	ErrFileRequired     = errs.New(errs.Invalid, "foro.file_required", "file required", "file required")
	ErrUpload           = errs.New(errs.BadGateway, "foro.upload_failed", "upload failed", "upload failed")
	ErrAuthUnavailable  = errs.New(errs.Unavailable, "auth.unavailable", "El servicio de usuarios no está disponible. Intente de nuevo.", "The user service is not available. Try again.")
	ErrMediaUnavailable = errs.New(errs.Unavailable, "media.unavailable", "El servicio de archivos no está disponible.", "The media service is not available.")
)

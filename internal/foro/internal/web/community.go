package web

import (
	"context"

	"agrovet/internal/foro/internal/core"
	"agrovet/internal/media"
	"agrovet/internal/media/mediajson"
	"agrovet/internal/platform/httpx"
)

// Community is one as REST answers show it (contract: rest.md §7).
type Community struct {
	ID               int64            `json:"id"`
	Name             string           `json:"name"`
	Slug             string           `json:"slug"`
	ShortDescription string           `json:"short_description"`
	Description      string           `json:"description"`
	CoverImage       *string          `json:"cover_image" format:"uri"`
	Avatar           *string          `json:"avatar" format:"uri"`
	Cover            *mediajson.Media `json:"cover" doc:"The file of cover_image, with its smaller copies."`
	AvatarMedia      *mediajson.Media `json:"avatar_media" doc:"The file of avatar."`
	MembersCount     int              `json:"members_count"`
	CreatedByID      *int64           `json:"created_by_id" doc:"Its owner; null: it came with the forum, or nobody owns it any more."`
	CreatedAt        string           `json:"created_at" format:"date-time"`
	IsStandard       bool             `json:"is_standard" doc:"It came with the forum: staff alone changes it."`
	IsMember         *bool            `json:"is_member" doc:"Whether the reader is in it; null: not signed in, and beside posts."`
	Role             *string          `json:"role" doc:"What the reader is in it: owner, moderator or member."`
}

func community(ctx context.Context, p core.Place) Community {
	c := Community{ID: p.ID, Name: p.Name, Slug: p.Slug, ShortDescription: p.ShortDescription, Description: p.Description,
		CoverImage: address(ctx, p.Cover), Avatar: address(ctx, p.Avatar), Cover: object(ctx, p.Cover), AvatarMedia: object(ctx, p.Avatar),
		MembersCount: p.Members, CreatedByID: some(p.CreatedBy), CreatedAt: written(p.CreatedAt), IsStandard: p.Standard, Role: text(string(p.Role))}
	if p.Asked {
		c.IsMember = new(p.Role != "")
	}
	return c
}

// address is where a file is read; null without one.
func address(ctx context.Context, o *media.Object) *string {
	if o == nil {
		return nil
	}
	return text(httpx.Absolute(ctx, o.URL))
}

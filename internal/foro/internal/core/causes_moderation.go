package core

import (
	"context"
	"encoding/json"
	"fmt"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/bus"
)

// NoticeModerated tells somebody what moderators decided about what they wrote, every time.
func (c *Core) NoticeModerated(ctx context.Context, e bus.Event) error {
	var is struct {
		UserID    int64  `json:"user_id"`
		PostID    int64  `json:"post_id"`
		CommentID int64  `json:"comment_id"`
		Decision  string `json:"decision"`
		Reason    string `json:"reason"`
	}
	if err := json.Unmarshal(e.Data, &is); err != nil {
		return fmt.Errorf("decode %s: %w", e.Type, err)
	}
	p, ok, err := c.store.Post(ctx, is.PostID, false)
	author := p.AuthorID
	if err == nil && ok && is.CommentID != 0 {
		var m foro.Comment
		m, ok, err = c.store.Comment(ctx, is.CommentID, false)
		author = m.UserID
	}
	if err != nil || !ok && is.PostID != 0 { // it is gone, and so is what there is to tell
		return err
	}
	if is.UserID == 0 { // the event does not say who it is, as they do not show their name
		is.UserID = author
	}
	cause := store.Cause{Kind: "moderated " + e.ID.String(), PostID: is.PostID, OpensID: is.CommentID, Decision: is.Decision, Reason: is.Reason, Must: true}
	return c.tell(ctx, p, cause, []store.Told{{UserID: is.UserID, Type: foro.ModeratedNotice, CommentID: is.CommentID}})
}

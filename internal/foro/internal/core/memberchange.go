package core

import (
	"context"
	"encoding/json"
	"fmt"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/errs"
)

// become gives somebody another role in a community, which is locked, and has them told; 0 is nobody.
func (c *Core) become(ctx context.Context, communityID, userID int64, role foro.Role, change foro.MemberChange) error {
	if err := c.store.SetRole(ctx, communityID, userID, role); err != nil {
		return err
	}
	return c.memberChanged(ctx, communityID, userID, change)
}

// memberChanged has somebody told what others changed about what they are in a community.
func (c *Core) memberChanged(ctx context.Context, communityID, userID int64, change foro.MemberChange) error {
	if userID == 0 || is(ctx, userID) {
		return nil
	}
	return c.publish(ctx, foro.MemberChanged{CommunityID: communityID, UserID: userID, Change: change})
}

// NoticeMember tells somebody what they are in a community now, every time, and not who decided so.
func (c *Core) NoticeMember(ctx context.Context, e bus.Event) error {
	var is foro.MemberChanged
	if err := json.Unmarshal(e.Data, &is); err != nil {
		return fmt.Errorf("decode %s: %w", e.Type, err)
	}
	there, err := c.store.Communities(ctx, is.CommunityID)
	if _, ok := there[is.CommunityID]; err != nil || !ok { // it is gone, and so is what there is to tell
		return err
	}
	cause := store.Cause{Kind: "member " + e.ID.String(), Community: is.CommunityID, Decision: string(is.Change), Must: true}
	return c.tell(ctx, foro.Post{}, cause, []store.Told{{UserID: is.UserID, Type: foro.MemberNotice}})
}

// memberChanges are what one is in a community now. Behind the bar is the place of its name.
var memberChanges = map[foro.MemberChange]errs.Text{
	foro.MadeOwner:     {ES: "La comunidad ahora es tuya|: «%s»", EN: "The community is yours now|: “%s”"},
	foro.Succeeded:     {ES: "La comunidad ahora es de otra persona y tú la moderas|: «%s»", EN: "The community is somebody else's now, and you moderate it|: “%s”"},
	foro.MadeModerator: {ES: "Ahora moderas la comunidad| «%s»", EN: "You moderate the community| “%s” now"},
	foro.MadeMember:    {ES: "Ya no moderas la comunidad| «%s»", EN: "You no longer moderate the community| “%s”"},
	foro.PutOut:        {ES: "El equipo de moderación te retiró de la comunidad| «%s»", EN: "The moderators put you out of the community| “%s”"},
	foro.LetBack:       {ES: "El equipo de moderación te deja volver a la comunidad| «%s»", EN: "The moderators let you come back to the community| “%s”"},
}

// memberChange is what one is in a community now.
func (n Notice) memberChange() errs.Text {
	text, ok := memberChanges[foro.MemberChange(n.Decision)]
	if !ok {
		text = errs.Text{ES: "Cambió tu lugar en la comunidad| «%s»", EN: "Your place has changed in the community| “%s”"}
	}
	return errs.Text{ES: n.titled(text.ES), EN: n.titled(text.EN)}
}

package core

import (
	"context"
	"strings"

	"agrovet/internal/foro"
	"agrovet/internal/platform/errs"
)

// PublishDraft makes a post of a draft of the caller, by the rules of every post; the draft goes away.
//
// Errors: those of Publish; errs.ErrNotFound; foro.ErrChanged when the draft is not of the version, unless that is 0.
func (c *Core) PublishDraft(ctx context.Context, id int64, version int) (Shown, error) {
	d, err := c.draft(ctx, id, version, false)
	if err != nil {
		return Shown{}, err
	}
	p, err := postOf(d)
	if err == nil {
		err = c.prepare(ctx, foro.Post{AuthorID: d.UserID}, &p)
	}
	if err != nil {
		return Shown{}, err
	}
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		who, err := c.admit(ctx, p.CommunityID)
		if err != nil {
			return err
		}
		if err := c.newcomer(ctx, who, false); err != nil {
			return err
		}
		if _, err := c.draft(ctx, id, d.Version, true); err != nil { // what was prepared is what goes away
			return err
		}
		if err := c.write(ctx, &p); err != nil {
			return err
		}
		return c.removeDraft(ctx, d)
	})
	if err != nil {
		return Shown{}, err
	}
	return c.show(ctx, p)
}

// postOf is the post that a draft becomes.
//
// Errors: wrong fields for what a post needs and the draft has not.
func postOf(d foro.Draft) (foro.Post, error) {
	p := d.Post()
	p.State = foro.Visible
	if p.Question = Asks(p.Title); d.Question != nil {
		p.Question = *d.Question
	}
	if len(p.Tags) == 0 {
		p.Tags = nil // those in the text
	}
	var wrong []errs.Field
	for _, f := range []struct{ name, text string }{{"title", p.Title}, {"content", p.Content}} {
		if strings.TrimSpace(f.text) == "" {
			wrong = append(wrong, errs.Field{Name: f.name, Text: errs.Text{ES: "Este campo no puede estar en blanco.", EN: "This field may not be blank."}})
		}
	}
	if len(wrong) > 0 {
		return p, errs.InvalidFields(wrong...)
	}
	return p, nil
}

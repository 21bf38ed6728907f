package core

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"

	"agrovet/internal/foro"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/search"
)

// Found makes a community, which the caller owns and is in. Without a slug it gets one made of its name.
//
// Errors: foro.ErrTooManyJoined; foro.ErrAccountGone; wrong fields, also for a name or slug that is taken.
func (c *Core) Found(ctx context.Context, m foro.Community) (Place, error) {
	if err := checkCommunity(m); err != nil {
		return Place{}, err
	}
	slug := m.Slug
	m.CreatedBy = authn.UserID(ctx)
	err := c.DB.Tx(ctx, func(ctx context.Context) error {
		who, err := c.admitAlone(ctx)
		if err != nil {
			return err
		}
		if err := c.mayWrite(ctx, who); err != nil {
			return err
		}
		n, err := c.store.CountJoined(ctx, m.CreatedBy, foro.MaxMemberships)
		if err == nil && n >= foro.MaxMemberships {
			err = foro.ErrTooManyJoined
		}
		if err != nil {
			return err
		}
		m.Slug = slug
		if err := c.insertCommunity(ctx, &m); err != nil {
			return err
		}
		if err := c.store.AddMember(ctx, m.ID, m.CreatedBy, foro.Owner); err != nil {
			return err
		}
		return c.store.PutWords(ctx, m)
	})
	m.Members = 1
	return Place{Community: m, Asked: true, Role: foro.Owner}, err
}

// slugTries is how many slugs are tried for a name; most of them have a random end.
const slugTries = 12

func (c *Core) insertCommunity(ctx context.Context, m *foro.Community) error {
	given := m.Slug
	for try := range slugTries {
		if given == "" {
			m.Slug = slugOf(m.Name, try)
		}
		if ok, err := c.store.InsertCommunity(ctx, m); err != nil || ok {
			return err
		}
		name, slug, err := c.store.Taken(ctx, *m)
		if err == nil {
			err = taken(name, slug && given != "")
		}
		if err != nil {
			return err
		}
	}
	return taken(false, true)
}

// taken tells that the name or the slug, or both, are another community's.
func taken(name, slug bool) error {
	var wrong []errs.Field
	for _, f := range []struct {
		name string
		is   bool
	}{{"name", name}, {"slug", slug}} {
		if f.is {
			wrong = append(wrong, errs.Field{Name: f.name, Text: errs.Text{ES: "Ya existe Comunidad con este " + f.name + ".", EN: "A community with this " + f.name + " already exists."}})
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return errs.InvalidFields(wrong...)
}

// orTaken is err, or what it means when somebody was faster.
func orTaken(err error) error {
	if name, slug := pg.Violates(err, "community_name"), pg.Violates(err, "community_slug"); name || slug {
		return taken(name, slug)
	}
	return err
}

var slugPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{1,120}$`)

// checkCommunity checks what the length of fields does not tell. No slug is fine: one is made.
func checkCommunity(m foro.Community) error {
	var wrong []errs.Field
	if m.Name == "" {
		wrong = append(wrong, errs.Field{Name: "name", Text: errs.Text{ES: "Este campo no puede estar en blanco.", EN: "This field may not be blank."}})
	}
	if m.Slug != "" && !slugPattern.MatchString(m.Slug) {
		wrong = append(wrong, errs.Field{Name: "slug", Text: errs.Text{
			ES: `Introduzca un "slug" válido consistente en letras, números, guiones o guiones bajos.`,
			EN: `Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.`}})
	}
	if len(wrong) == 0 {
		return nil
	}
	return errs.InvalidFields(wrong...)
}

// maxMadeSlug leaves room for what makes a slug unique.
const maxMadeSlug = 100

// slugOf makes a slug of a name: the one of its words first, then with a number, then with a random end.
func slugOf(name string, try int) string {
	var b strings.Builder
	for _, r := range search.Fold(name) {
		switch r {
		case 'ñ':
			r = 'n'
		case ' ':
			r = '-'
		}
		if (r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z') && b.Len() < maxMadeSlug {
			b.WriteRune(r)
		}
	}
	slug := strings.Trim(b.String(), "-")
	if slug == "" {
		slug = "comunidad"
	}
	switch {
	case try == 0:
		return slug
	case try < slugTries/2:
		return fmt.Sprintf("%s-%d", slug, try+1)
	}
	return fmt.Sprintf("%s-%08x", slug, rand.Uint32())
}

package core

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // machines in villages may have no table of zones

	"agrovet/internal/foro"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// NoticePreference is how the reader wants to be told.
func (c *Core) NoticePreference(ctx context.Context) (foro.NoticePreference, error) {
	return c.store.NoticePreference(ctx, authn.UserID(ctx))
}

// PreferenceChange is what changes of it; nil stays as it is.
type PreferenceChange struct {
	Types map[string]bool // on or off, by type
	Live  *bool
	Quiet **foro.QuietHours // to nil: never quiet
}

// ChangeNoticePreference changes it.
//
// Errors: foro.ErrAccountGone; wrong fields.
func (c *Core) ChangeNoticePreference(ctx context.Context, change PreferenceChange) (p foro.NoticePreference, err error) {
	if err := change.check(); err != nil {
		return p, err
	}
	me := authn.UserID(ctx)
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		if _, err := c.admitAlone(ctx); err != nil {
			return err
		}
		if p, err = c.store.NoticePreference(ctx, me); err != nil {
			return err
		}
		change.apply(&p)
		return c.store.SaveNoticePreference(ctx, me, p)
	})
	return p, err
}

func (ch PreferenceChange) check() error {
	for _, t := range slices.Sorted(maps.Keys(ch.Types)) {
		if !slices.Contains(foro.NoticeTypes, foro.NoticeType(t)) {
			return errs.InField("types", "\""+t+"\" no es una elección válida.", "\""+t+"\" is not a valid choice.")
		}
	}
	if ch.Quiet == nil || *ch.Quiet == nil {
		return nil
	}
	q := **ch.Quiet
	if q.From == q.To {
		return errs.InField("quiet_hours", "Las horas de silencio empiezan y terminan a la misma hora.", "Quiet hours begin and end at the same time.")
	}
	if !isZone(q.Zone) {
		return errs.InField("quiet_hours", "Zona horaria desconocida: use un nombre como America/La_Paz.", "Unknown time zone: use a name like America/La_Paz.")
	}
	return nil
}

// isZone says whether a name is one of the IANA table; the machine's own zone and abbreviations are not.
func isZone(name string) bool {
	if name != "UTC" && !strings.Contains(name, "/") {
		return false
	}
	_, err := time.LoadLocation(name)
	return err == nil
}

func (ch PreferenceChange) apply(p *foro.NoticePreference) {
	for _, t := range foro.NoticeTypes {
		if on, sent := ch.Types[string(t)]; sent {
			p.Off = slices.DeleteFunc(p.Off, func(o foro.NoticeType) bool { return o == t })
			if !on {
				p.Off = append(p.Off, t)
			}
		}
	}
	if ch.Live != nil {
		p.Live = *ch.Live
	}
	if ch.Quiet != nil {
		p.Quiet = *ch.Quiet
	}
}

package store

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// NoticePreference is how somebody wants to be told.
func (s Store) NoticePreference(ctx context.Context, userID int64) (foro.NoticePreference, error) {
	rows, err := queries.PreferenceByUser(ctx, s.DB.Q(ctx), userID)
	if err != nil || len(rows) == 0 {
		return foro.NoticePreference{Live: true}, err
	}
	r := rows[0]
	return preferenceOf(r.Off, r.Live, r.QuietFrom, r.QuietTo, r.TimeZone), nil
}

// SaveNoticePreference stores it.
func (s Store) SaveNoticePreference(ctx context.Context, userID int64, p foro.NoticePreference) error {
	in := forodb.PreferenceSaveParams{UserID: userID, Live: p.Live, Off: make([]string, len(p.Off))}
	for i, t := range p.Off {
		in.Off[i] = string(t)
	}
	if q := p.Quiet; q != nil {
		in.QuietFrom, in.QuietTo, in.TimeZone = new(int16(q.From)), new(int16(q.To)), q.Zone
	}
	return queries.PreferenceSave(ctx, s.DB.Q(ctx), in)
}

func preferenceOf(off []string, live bool, from, to *int16, zone string) foro.NoticePreference {
	p := foro.NoticePreference{Live: live}
	for _, t := range off {
		p.Off = append(p.Off, foro.NoticeType(t))
	}
	if from != nil && to != nil {
		p.Quiet = &foro.QuietHours{From: int(*from), To: int(*to), Zone: zone}
	}
	return p
}

package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/core"
	"agrovet/internal/platform/httpx"
)

const preferencesDoc = "What is not sent stays as it is. Of a type that is off no notification is made. In quiet hours, and with `live` off, " +
	"notifications wait in the list and none is sent to open connections."

func registerPreferences(r *httpx.Router, h handlers) {
	at := root + "notifications/preferences/"
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: at, ID: "foro.preferences.get", Summary: "Show how one is told", Access: httpx.Member}, h.getPreferences)
	httpx.Handle(r, httpx.Route{Method: http.MethodPatch, Path: at, ID: "foro.preferences.update", Summary: "Change how one is told", Doc: preferencesDoc,
		Access: httpx.Member}, h.changePreferences)
}

// Preferences are how somebody wants to be told.
type Preferences struct {
	Types      map[string]bool `json:"types" doc:"On or off, by notif_type."`
	Live       bool            `json:"live" doc:"Also on open connections."`
	QuietHours *QuietHours     `json:"quiet_hours" doc:"Null: never quiet."`
}

// QuietHours are when nothing is sent to open connections.
type QuietHours struct {
	From     string `json:"from" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" example:"22:00"`
	To       string `json:"to" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" example:"06:00" doc:"On the next day when it is before from."`
	TimeZone string `json:"time_zone" maxLength:"64" example:"America/La_Paz" doc:"A name of the IANA table."`
}

func preferences(p foro.NoticePreference) Preferences {
	out := Preferences{Types: map[string]bool{}, Live: p.Live}
	for _, t := range foro.NoticeTypes {
		out.Types[string(t)] = p.Wants(t)
	}
	if q := p.Quiet; q != nil {
		out.QuietHours = &QuietHours{clock(q.From), clock(q.To), q.Zone}
	}
	return out
}

// clock writes minutes after midnight.
func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// minutes reads what clock writes; the schema has checked it.
func minutes(clock string) int {
	hours, _ := strconv.Atoi(clock[:2])
	rest, _ := strconv.Atoi(clock[3:])
	return hours*60 + rest
}

func shownPreferences(p foro.NoticePreference, err error) (*httpx.Body[Preferences], error) {
	if err != nil {
		return nil, err
	}
	return httpx.OK(preferences(p)), nil
}

func (h handlers) getPreferences(ctx context.Context, _ *struct{}) (*httpx.Body[Preferences], error) {
	return shownPreferences(h.core.NoticePreference(ctx))
}

// PreferencesBody is what changes.
type PreferencesBody struct {
	Types      httpx.Opt[map[string]bool] `json:"types,omitempty" nullable:"false"`
	Live       httpx.Opt[bool]            `json:"live,omitempty" nullable:"false"`
	QuietHours httpx.Opt[QuietHours]      `json:"quiet_hours,omitempty" doc:"Null: never quiet."`
}

type preferencesInput struct{ Body PreferencesBody }

func (h handlers) changePreferences(ctx context.Context, in *preferencesInput) (*httpx.Body[Preferences], error) {
	change := core.PreferenceChange{Types: in.Body.Types.Value, Live: in.Body.Live.Ptr()}
	if in.Body.QuietHours.Sent {
		var q *foro.QuietHours
		if sent := in.Body.QuietHours.Ptr(); sent != nil {
			q = &foro.QuietHours{From: minutes(sent.From), To: minutes(sent.To), Zone: sent.TimeZone}
		}
		change.Quiet = &q
	}
	return shownPreferences(h.core.ChangeNoticePreference(ctx, change))
}

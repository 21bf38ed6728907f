package marketplacemod_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const scam = "Se pide 50% de anticipo para reservar. Cel 701-23-456."

// flagged are the rules of the open flags of an advert.
func (w *world) flagged(id int64) []string {
	w.t.Helper()
	return w.texts("select rule from add_flag where add_id = $1 and decision_id is null order by id", id)
}

func TestAnAdvertThatTheRulesFlagStaysVisible(t *testing.T) {
	w := setup(t)
	made := w.as(ana, "POST", "adds/", cow(object{"description": scam})).ok(201)
	id := int64(made["id"].(float64))
	require.Equal(t, []string{"advance_payment", "phone_number"}, w.flagged(id))
	w.as(0, "GET", path("adds/%d/", id), nil).ok(200)
	require.Equal(t, 1.0, w.as(0, "GET", "adds/?search=anticipo", nil).ok(200)["count"])
	require.NotContains(t, w.as(ana, "GET", path("adds/%d/", id), nil).Raw, "advance_payment")
	got := w.as(ana, "GET", path("adds/%d/moderation/", id), nil).ok(200)
	require.Equal(t, object{"add_id": float64(id), "moderation": object{"state": "none", "reason": "", "decided_at": nil}}, got)
	require.Equal(t, []string{path("add.created %d", id)}, w.events())
}

func TestStaffSeesWhatTheRulesFound(t *testing.T) {
	w := setup(t)
	id := w.published(ana, object{"description": scam})
	rows := results(w.as(jefa, "GET", "adds/moderation/", nil, "Accept-Language", "en").ok(200))
	require.Len(t, rows, 1)
	flags := list(rows[0]["flags"])
	has(t, flags[0], object{"rule": "advance_payment", "text": "Asks for money before delivery", "evidence": "50% de anticipo", "open": true})
	has(t, flags[1], object{"rule": "phone_number", "evidence": "701-23-456"})
	flags = list(w.as(jefa, "GET", path("adds/%d/moderation/", id), nil).ok(200)["flags"])
	require.ElementsMatch(t, []string{"Pide dinero antes de entregar", "Número de teléfono en el texto"}, field[string](flags, "text"))
}

func TestAnAdvertIsExaminedWhenItIsShownAndWhenItsTextChanges(t *testing.T) {
	w := setup(t)
	id := w.published(ana, object{"description": scam, "status": "draft"})
	one := path("adds/%d/", id)
	require.Empty(t, w.flagged(id), "nobody sees a draft")
	w.as(ana, "PATCH", one, object{"status": "active"}).ok(200)
	require.Len(t, w.flagged(id), 2)

	clean := w.published(ana)
	w.as(ana, "PATCH", path("adds/%d/", clean), object{"price": "8000"}).ok(200)
	require.Empty(t, w.flagged(clean))
	w.as(ana, "PATCH", path("adds/%d/", clean), object{"title": "Vaca, fotos en www.vacas.com"}).ok(200)
	require.Equal(t, []string{"link"}, w.flagged(clean))
	w.as(ana, "PATCH", path("adds/%d/", clean), object{"title": "Vaca"}).ok(200)
	require.Equal(t, []string{"link"}, w.flagged(clean), "staff decides, not the publisher")

	paused := w.published(ana)
	w.as(ana, "PATCH", path("adds/%d/", paused), object{"status": "paused"}).ok(200)
	w.as(ana, "PATCH", path("adds/%d/", paused), object{"description": "Pago por Western Union"}).ok(200)
	require.Empty(t, w.flagged(paused))
	w.as(ana, "PATCH", path("adds/%d/", paused), object{"status": "active"}).ok(200)
	require.Equal(t, []string{"money_transfer"}, w.flagged(paused))
}

func TestWhatWasDismissedIsNotFoundAgainInTheSameText(t *testing.T) {
	w := setup(t)
	id := w.published(ana, object{"description": scam})
	one := path("adds/%d/", id)
	w.decided(id, object{"decision": "dismiss"})
	require.Empty(t, w.flagged(id))
	for _, change := range []object{{"status": "paused"}, {"status": "active"}, {"price": "1"}, {"description": scam + "  "}, {"title": "VACA lechera Hólstein"}} {
		w.as(ana, "PATCH", one, change).ok(200)
	}
	require.Empty(t, w.flagged(id))
	require.Equal(t, 2, w.count("add_flag"))
	require.Zero(t, w.as(jefa, "GET", "adds/moderation/", nil).ok(200)["count"])

	w.as(ana, "PATCH", one, object{"description": "Anticipo de 300 Bs."}).ok(200)
	require.Equal(t, []string{"advance_payment"}, w.flagged(id), "another text")
	w.as(ana, "PATCH", one, object{"description": "Anticipo de 400 Bs."}).ok(200)
	require.Equal(t, []string{"advance_payment"}, w.flagged(id), "open once")
	require.Equal(t, []string{"Anticipo de 400"}, w.texts("select evidence from add_flag where decision_id is null"))
	w.as(ana, "PATCH", one, object{"description": scam}).ok(200)
	require.Equal(t, []string{"advance_payment"}, w.flagged(id))
}

func TestAPriceTooGoodToBeTrueIsFlagged(t *testing.T) {
	w := setup(t)
	cows := w.category("Bovinos")
	sell := func(price string, more ...object) int64 {
		return w.published(luis, append(more, object{"category": cows, "price": price, "unit": "cabeza"})...)
	}
	require.Empty(t, w.flagged(sell("10")), "nothing to compare with")
	for range 10 {
		sell("8000")
	}
	require.Contains(t, w.flagged(sell("700")), "price_too_low")
	require.NotContains(t, w.flagged(sell("900")), "price_too_low")
	require.NotContains(t, w.flagged(sell("0")), "price_too_low", "not said")
	require.NotContains(t, w.flagged(sell("10", object{"currency": "USD"})), "price_too_low", "another currency")
	id := sell("8000")
	w.as(luis, "PATCH", path("adds/%d/", id), object{"price": "80"}).ok(200)
	require.Contains(t, w.flagged(id), "price_too_low")

	for range 30 {
		sell("100")
	}
	require.Contains(t, w.flagged(sell("50")), "price_too_low", "what is usual is looked up now and then")
	w.later(11 * time.Minute)
	require.NotContains(t, w.flagged(sell("50")), "price_too_low", "prices fell")
}

func TestManyNearlyIdenticalAdvertsOfADayAreFlagged(t *testing.T) {
	w := setup(t)
	sell := func(user int64, n int) int64 {
		return w.published(user, object{"title": path("Vaca Holstein N° %d", n), "description": "Buena lechera, muy mansa."})
	}
	for n := range 4 {
		require.Empty(t, w.flagged(sell(ana, n)))
	}
	require.Empty(t, w.flagged(sell(beto, 1)), "another publisher")
	require.Empty(t, w.flagged(w.published(ana)), "another text")
	require.Equal(t, []string{"duplicate_text"}, w.flagged(sell(ana, 5)))
	w.later(25 * time.Hour)
	require.Empty(t, w.flagged(sell(ana, 6)), "another day")
}

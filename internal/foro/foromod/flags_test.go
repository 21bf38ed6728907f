package foromod_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func (w *world) flagged() []string {
	w.t.Helper()
	return w.texts("select rule from flag order by id")
}

func TestTheRulesFlagAndNeverDrop(t *testing.T) {
	w, community := moderated(t)
	for text, rule := range map[string]string{
		"Este producto es una cura milagrosa para todo.":               "miracle_cure",
		"Compre el antibiótico sin receta y póngale usted.":            "dangerous_advice",
		"Dele doble dosis y ya.":                                       "dangerous_advice",
		"Gana dinero desde casa fácil.":                                "easy_money",
		"Deposite primero y le envío el remedio, pago por adelantado.": "advance_payment",
		"Más información en www.ejemplo.com":                           "link",
		"Llámeme, mi cel 70123456":                                     "phone_number",
	} {
		id := w.posted(ana, object{"content": text, "community_id": community})
		require.Contains(t, w.texts("select f.rule from flag f join moderation_case c on c.id = f.case_id where c.post_id = $1", id), rule, text)
		require.Equal(t, "visible", w.stateOf(path("posts/%d/", id)))
	}
	n := len(w.flagged())
	for _, text := range []string{"¿Existe alguna cura milagrosa?", "Nunca dé antibióticos sin receta.", "No use doble dosis.", "La vaca no está vacunada.", "Tiene síntomas de intoxicación por cianuro.", "No deje de vacunar.", "No hace falta podar.", "No sé cuándo vacunar."} {
		w.posted(ana, object{"content": text})
	}
	require.Len(t, w.flagged(), n)
	host := w.posted(luis)
	w.as(luis, "PATCH", path("posts/%d/", host), object{"content": "Es cura milagrosa."}).ok(200)
	require.Equal(t, 1, w.count("moderation_case where post_id = $1 and comment_id is null and kind = 'flag'", host))
	w.moderate(jefa, path("posts/%d/", host), object{"decision": "dismiss"}).ok(200)
	w.as(luis, "PATCH", path("posts/%d/", host), object{"content": "Sana."}).ok(200)
	w.as(luis, "PATCH", path("posts/%d/", host), object{"content": "Es cura milagrosa."}).ok(200)
	require.Zero(t, w.count("moderation_case where post_id = $1 and rank < 2", host), "what was decided is not found again")
	comment := w.commented(ana, host, object{"content": "Es cura milagrosa."})
	require.Equal(t, 1, w.count("moderation_case where comment_id = $1 and kind = 'flag' and rank = 0 and author_id = $2", comment, ana))
}

func TestTheSameTextAgainAndAgainIsFlagged(t *testing.T) {
	w, _ := moderated(t)
	host := w.posted(luis)
	for i := range 5 {
		w.commented(ana, host, object{"content": fmt.Sprintf("Visite nuestra agroveterinaria de la plaza, tenemos %d productos para su ganado y sus aves.", i)})
		w.commented(carla, host, object{"content": "Muchas gracias por su respuesta."})
	}
	require.Equal(t, []string{"duplicate_text", "duplicate_text"}, w.flagged())
	require.Zero(t, w.count("moderation_case where author_id = $1", carla))
}

package core

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"agrovet/internal/foro"
	"agrovet/internal/platform/errs"
)

// What summaries show at most of names, titles and reasons, in characters: all together they have fewer than 512
// (contract: rest.md §7).
const (
	maxShownName   = 80
	maxShownTitle  = 120
	maxShownReason = 200
)

// deed is what people did: the verb for one and for several, and with what. Behind the bar is the title's place.
type deed struct{ oneES, manyES, es, verbEN, en string }

var deeds = map[foro.NoticeType]deed{
	foro.PostReply:       {"comentó", "comentaron", "tu publicación| «%s»", "commented on", "your post| “%s”"},
	foro.CommentReply:    {"respondió", "respondieron", "a tu comentario| en «%s»", "replied", "to your comment| on “%s”"},
	foro.PostReaction:    {"reaccionó", "reaccionaron", "a tu publicación| «%s»", "reacted", "to your post| “%s”"},
	foro.CommentReaction: {"reaccionó", "reaccionaron", "a tu comentario| en «%s»", "reacted", "to your comment| on “%s”"},
	foro.Mention:         {"te mencionó", "te mencionaron", "en una publicación|: «%s»", "mentioned you", "in a post|: “%s”"},
	foro.FollowedPost:    {"comentó", "comentaron", "una publicación que sigues|: «%s»", "commented on", "a post that you follow|: “%s”"},
	foro.FollowedPerson:  {"publicó", "publicaron", "algo nuevo|: «%s»", "posted", "something new|: “%s”"},
	foro.FollowedTag:     {"publicó", "publicaron", "sobre un tema que sigues|: «%s»", "posted", "on a topic that you follow|: “%s”"},
	foro.AcceptedNotice:  {"aceptó", "aceptaron", "tu respuesta| en «%s»", "accepted", "your answer| on “%s”"},
	foro.ValidatedNotice: {"validó", "validaron", "tu respuesta| en «%s»", "validated", "your answer| on “%s”"},
}

// decided is what moderators did, by decision, with what somebody wrote.
var decided = map[string]errs.Text{
	"dismiss": {ES: "no encontró nada malo en", EN: "found nothing wrong with"},
	"hide":    {ES: "ocultó", EN: "hid"},
	"remove":  {ES: "retiró", EN: "removed"},
	"restore": {ES: "volvió a mostrar", EN: "restored"},
	"lock":    {ES: "cerró", EN: "closed"},
	"unlock":  {ES: "reabrió", EN: "reopened"},
	"warn":    {ES: "te advirtió por", EN: "warned you about"},
	"suspend": {ES: "suspendió tu cuenta en el foro por", EN: "suspended your account in the forum for"},
	"lift":    {ES: "levantó la suspensión de tu cuenta por", EN: "lifted the suspension of your account for"},
}

// Summary is what happened, in one sentence for the reader.
func (n Notice) Summary() errs.Text {
	switch n.Type {
	case foro.ModeratedNotice:
		return n.decision()
	case foro.MemberNotice:
		return n.memberChange()
	case foro.WaitingNotice:
		return errs.Text{ES: n.titled("Una pregunta espera respuesta|: «%s»"), EN: n.titled("A question is waiting for an answer|: “%s”")}
	}
	d, who := deeds[n.Type], n.actors()
	verb := d.oneES
	if n.Actors > 1 {
		verb = d.manyES
	}
	return errs.Text{ES: who.ES + " " + verb + " " + n.titled(d.es), EN: who.EN + " " + d.verbEN + " " + n.titled(d.en)}
}

// titled puts the post's title into a text, or leaves out what is behind the bar when the reader may not see it.
func (n Notice) titled(text string) string {
	before, behind, _ := strings.Cut(text, "|")
	if n.Title == "" {
		return before
	}
	return before + strings.Replace(behind, "%s", cut(n.Title, maxShownTitle), 1)
}

// actors are who did it, the last one by name where it is known.
func (n Notice) actors() errs.Text {
	name, others := cut(strings.TrimSpace(n.Actor.FullName), maxShownName), n.Actors-1
	who := errs.Text{ES: name, EN: name}
	if n.Anonymous {
		who = errs.Text{ES: "Anónimo", EN: "Anonymous"}
	}
	switch {
	case who.ES == "" && others == 0:
		return errs.Text{ES: "Alguien", EN: "Somebody"}
	case who.ES == "":
		return errs.Text{ES: fmt.Sprint(n.Actors, " personas"), EN: fmt.Sprint(n.Actors, " people")}
	case others == 1:
		return errs.Text{ES: who.ES + " y 1 persona más", EN: who.EN + " and 1 other"}
	case others > 1:
		return errs.Text{ES: fmt.Sprint(who.ES, " y ", others, " personas más"), EN: fmt.Sprint(who.EN, " and ", others, " others")}
	}
	return who
}

// decision is what moderators decided.
func (n Notice) decision() errs.Text {
	did, ok := decided[n.Decision]
	if !ok {
		did = errs.Text{ES: "tomó una decisión sobre", EN: "decided about"}
	}
	es, en := "tu publicación| «%s»", "your post| “%s”"
	switch {
	case n.Target.CommentID != 0:
		es, en = "tu comentario| en «%s»", "your comment| on “%s”"
	case n.Target.PostID == 0:
		es, en = "lo que escribiste", "what you wrote"
	}
	text := errs.Text{ES: "El equipo de moderación " + did.ES + " " + n.titled(es), EN: "The moderators " + did.EN + " " + n.titled(en)}
	if reason := cut(n.Reason, maxShownReason); reason != "" {
		text.ES, text.EN = text.ES+". Motivo: "+reason, text.EN+". Reason: "+reason
	}
	return text
}

// cut shortens a text to so many characters.
func cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}

package rules

import (
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/textrules"
)

// Finding is what a rule has found in an advert.
type Finding = textrules.Finding

// MaxAlike is how many other adverts of a day with nearly the same text are too many for a publisher:
// whoever sells a herd one by one has a few.
const MaxAlike = 4

// Examine returns what the rules find in an advert, in their order, one finding of each at most. alike is
// how many other adverts of the publisher within a day have the same [textrules.Text.Alike].
func Examine(text *textrules.Text, p Price, alike int) []Finding {
	return table(p, alike).Examine(text)
}

// Named is the rule with the code; ok is false when there is none, as for one of an older table.
func Named(code string) (rule textrules.Rule, ok bool) { return all.Named(code) }

// all are the rules for an advert of which nothing but its text is known.
var all = table(Price{}, 0)

// table are the rules for an advert.
func table(p Price, alike int) textrules.Rules {
	return textrules.Rules{
		textrules.AdvancePayment, textrules.MoneyTransfer, textrules.VerificationCode, textrules.PhoneNumber, textrules.Link,
		{Code: "price_too_low", Find: p.tooLow,
			Text: errs.Text{ES: "Precio demasiado bajo para su categoría", EN: "Price too low for its category"}},
		{Code: "duplicate_text", Find: textrules.Repeated(alike, MaxAlike),
			Text: errs.Text{ES: "Muchos anuncios casi iguales en un día", EN: "Many nearly identical adverts in a day"}},
	}
}

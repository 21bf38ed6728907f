// Package rules finds what moderators should look at in what people write in the forum. A finding never hides
// anything: people ask about poisons, diseases and doses every day, and mean well.
package rules

import (
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/textrules"
)

// MaxAlike is how many other texts of a day that are nearly the same are too many for one person.
const MaxAlike = 3

// Examine returns what the rules find, in their order, one finding of each at most. alike is how many other
// texts of the author within a day have the same [textrules.Text.Alike].
func Examine(text *textrules.Text, alike int) []textrules.Finding { return table(alike).Examine(text) }

// Named is the rule with the code; ok is false when there is none, as for one of an older table.
func Named(code string) (rule textrules.Rule, ok bool) { return all.Named(code) }

// all are the rules for a text of which nothing else is known.
var all = table(0)

func table(alike int) textrules.Rules {
	return textrules.Rules{
		textrules.AdvancePayment, textrules.MoneyTransfer, textrules.VerificationCode,
		{Code: "easy_money", Fraud: true, Find: textrules.Phrases(easyMoney, easyMoneyInnocent),
			Text: errs.Text{ES: "Promete dinero fácil", EN: "Promises easy money"}},
		{Code: "miracle_cure", Fraud: true, Find: textrules.Phrases(miracle, miracleInnocent),
			Text: errs.Text{ES: "Promete una cura milagrosa", EN: "Promises a miracle cure"}},
		{Code: "dangerous_advice", Fraud: true, Find: textrules.Phrases(danger, dangerInnocent),
			Text: errs.Text{ES: "Puede ser un consejo peligroso", EN: "May be dangerous advice"}},
		textrules.PhoneNumber, textrules.Link, textrules.OutsideContact,
		{Code: "duplicate_text", Find: textrules.Repeated(alike, MaxAlike),
			Text: errs.Text{ES: "Muchos textos casi iguales en un día", EN: "Many nearly identical texts in a day"}},
	}
}

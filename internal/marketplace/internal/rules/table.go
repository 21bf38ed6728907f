package rules

import (
	"strconv"

	"agrovet/internal/platform/errs"
)

// Rule is one thing that staff should look at.
type Rule struct {
	Code  string // stable: the table of findings has it
	Fraud bool   // somebody may lose money: such adverts come first
	Text  errs.Text
	find  func(advert) (finding, bool)
}

// finding is what a rule has found: the piece of text, and what it was found in.
type finding struct {
	evidence    string
	fingerprint int64
}

// Rules are all of them.
var Rules = []Rule{
	{Code: "advance_payment", Fraud: true, find: phrases(advancePayment),
		Text: errs.Text{ES: "Pide dinero antes de entregar", EN: "Asks for money before delivery"}},
	{Code: "money_transfer", Fraud: true, find: phrases(moneyTransfer),
		Text: errs.Text{ES: "Pide giros o pagos que no se pueden recuperar", EN: "Asks for wires or payments that cannot be taken back"}},
	{Code: "verification_code", Fraud: true, find: phrases(verificationCode),
		Text: errs.Text{ES: "Pide un código de verificación", EN: "Asks for a verification code"}},
	{Code: "phone_number", find: phone,
		Text: errs.Text{ES: "Número de teléfono en el texto", EN: "Phone number in the text"}},
	{Code: "link", find: link,
		Text: errs.Text{ES: "Enlace o correo en el texto", EN: "Link or e-mail address in the text"}},
	{Code: "price_too_low", find: priceTooLow,
		Text: errs.Text{ES: "Precio demasiado bajo para su categoría", EN: "Price too low for its category"}},
	{Code: "duplicate_text", find: duplicateText,
		Text: errs.Text{ES: "Muchos anuncios casi iguales en un día", EN: "Many nearly identical adverts in a day"}},
}

// Named is the rule with the code; ok is false when there is none, as for one of an older table.
func Named(code string) (rule Rule, ok bool) {
	for _, r := range Rules {
		if r.Code == code {
			return r, true
		}
	}
	return Rule{Code: code, Text: errs.Text{ES: code, EN: code}}, false
}

// lowest is which part of the usual price is too low to be true. The usual price is what the cheapest
// quarter of comparable adverts asks at most: where prices of one category lie far apart, as those of
// spare parts, that is low, and the rule keeps quiet.
const lowest = 0.1

func priceTooLow(a advert) (finding, bool) {
	p := a.price
	if !(p.Asked > 0 && p.Asked < lowest*p.Usual) {
		return finding{}, false
	}
	return finding{number(p.Asked) + " < " + number(p.Usual), hash(p.Of, number(p.Asked))}, true
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// MaxAlike is how many other adverts of a day a publisher may have with nearly the same text: whoever
// sells a herd one by one has a few.
const MaxAlike = 4

func duplicateText(a advert) (finding, bool) {
	alike := a.Alike()
	if a.same < MaxAlike || alike == 0 {
		return finding{}, false
	}
	return finding{strconv.Itoa(a.same + 1), alike}, true
}

package textrules_test

import (
	"fmt"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/textrules"
)

// A module examines what people write by rules that are here and by phrases of its own.
func Example() {
	rules := textrules.Rules{
		textrules.AdvancePayment, textrules.PhoneNumber,
		{Code: "miracle_cure", Text: errs.Text{ES: "Promete una cura milagrosa", EN: "Promises a miracle cure"},
			Find: textrules.Phrases("cura|curan .. todo|toda", "no cur*")},
	}
	text := textrules.Read("La mejor medicina", "Cura en tres días todo. Pedidos al 701-23-456, con pago adelantado.")
	for _, f := range rules.Examine(text) {
		rule, _ := rules.Named(f.Rule)
		fmt.Printf("%s: %s (fraud: %v)\n", rule.Text.EN, f.Evidence, f.Fraud)
	}
	// Output:
	// Asks for money before delivery: pago adelantado (fraud: true)
	// Phone number in the text: 701-23-456 (fraud: false)
	// Promises a miracle cure: Cura en tres días todo (fraud: false)
}

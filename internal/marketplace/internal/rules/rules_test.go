package rules

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/textrules"
)

// sample is all that the rules look at.
type sample struct {
	Title, Description string
	Price              Price
	Alike              int
}

func examine(a sample) []Finding {
	return Examine(textrules.Read(a.Title, a.Description), a.Price, a.Alike)
}

func TestAnAdvertIsExaminedByAllRulesInTheirOrder(t *testing.T) {
	found := examine(sample{
		Title: "Toro Nelore barato", Description: "www.toros.com, cel 70123456. Pago adelantado por Western Union, y me da el código de verificación.",
		Price: Price{10, 500, "x"}, Alike: MaxAlike,
	})
	codes := []string{}
	for _, f := range found {
		codes = append(codes, f.Rule)
		require.Equal(t, f.Rule == "advance_payment" || f.Rule == "money_transfer" || f.Rule == "verification_code", f.Fraud, f.Rule)
	}
	require.Equal(t, []string{"advance_payment", "money_transfer", "verification_code", "phone_number", "link", "price_too_low", "duplicate_text"}, codes)
	require.Empty(t, examine(sample{Title: "Toro Nelore", Description: "Muy manso, se entrega en finca. Escriba por WhatsApp."}), "people who sell talk elsewhere")
}

func TestTheFingerprintOfAPriceIsThatOfWhatIsAskedForWhat(t *testing.T) {
	one := func(a sample) int64 {
		found := examine(a)
		require.Len(t, found, 1)
		return found[0].Fingerprint
	}
	price := Price{Asked: 10, Usual: 500, Of: "1 BOB cabeza"}
	cheap := one(sample{Title: "Toro", Description: "Manso", Price: price})
	require.Equal(t, cheap, one(sample{Title: "Toro", Description: "Muy manso", Price: Price{10, 600, price.Of}}), "others may ask more or less")
	require.NotEqual(t, cheap, one(sample{Title: "Toro", Description: "Manso", Price: Price{11, 500, price.Of}}))
	require.NotEqual(t, cheap, one(sample{Title: "Toro", Description: "Manso", Price: Price{10, 500, "2 BOB cabeza"}}))
}

func TestAPriceIsTooLowBelowATenthOfWhatTheCheapestQuarterAsks(t *testing.T) {
	for _, c := range []struct {
		asked, usual float64
		found        bool
	}{{99, 1000, true}, {100, 1000, false}, {0, 1000, false}, {1, 0, false}, {0.01, 0.5, true}, {5000, 1000, false}} {
		found := examine(sample{Title: "Toro", Description: "Manso", Price: Price{c.asked, c.usual, "x"}})
		require.Equal(t, c.found, len(found) == 1 && found[0].Rule == "price_too_low", "%v", c)
	}
}

func TestManyNearlyIdenticalAdvertsAreFound(t *testing.T) {
	require.Empty(t, examine(sample{Title: "Vaca lechera", Description: "Muy mansa", Alike: MaxAlike - 1}))
	found := examine(sample{Title: "Vaca lechera", Description: "Muy mansa", Alike: MaxAlike})
	require.Len(t, found, 1)
	require.Equal(t, "duplicate_text", found[0].Rule)
	require.Equal(t, "5", found[0].Evidence)
}

func TestEveryRuleHasACodeOfItsOwnAndBothTexts(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range all {
		require.False(t, seen[r.Code], r.Code)
		require.LessOrEqual(t, len(r.Code), 40)
		require.NotEmpty(t, r.Text.ES, r.Code)
		require.NotEmpty(t, r.Text.EN, r.Code)
		named, ok := Named(r.Code)
		require.True(t, ok)
		require.Equal(t, r.Text, named.Text)
		seen[r.Code] = true
	}
	old, ok := Named("gone")
	require.False(t, ok)
	require.Equal(t, "gone", old.Text.ES)
}

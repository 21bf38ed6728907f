package measure

import (
	"slices"
	"strings"

	"agrovet/internal/platform/errs"
)

// Currency is one that adverts may be priced in: those of Latin America, the US dollar and the euro.
type Currency struct {
	Code       string // ISO 4217
	Name       errs.Text
	MinorUnits int      // ISO 4217: decimals that people use; amounts are kept with two in any case
	Countries  []string // ISO 3166-1 alpha-2, where it is the default
}

// fallback is the default where no other is.
const fallback = "USD"

// currencies by code. Where two are legal tender, the country stands at the one that prices are
// written in: EC, SV and PA at the US dollar.
var currencies = []Currency{
	{"ARS", text("peso argentino", "Argentine peso"), 2, []string{"AR"}},
	{"BOB", text("boliviano", "Bolivian boliviano"), 2, []string{"BO"}},
	{"BRL", text("real brasileño", "Brazilian real"), 2, []string{"BR"}},
	{"CLP", text("peso chileno", "Chilean peso"), 0, []string{"CL"}},
	{"COP", text("peso colombiano", "Colombian peso"), 2, []string{"CO"}},
	{"CRC", text("colón costarricense", "Costa Rican colón"), 2, []string{"CR"}},
	{"CUP", text("peso cubano", "Cuban peso"), 2, []string{"CU"}},
	{"DOP", text("peso dominicano", "Dominican peso"), 2, []string{"DO"}},
	{"EUR", text("euro", "euro"), 2, []string{"ES"}},
	{"GTQ", text("quetzal", "Guatemalan quetzal"), 2, []string{"GT"}},
	{"HNL", text("lempira", "Honduran lempira"), 2, []string{"HN"}},
	{"HTG", text("gourde haitiano", "Haitian gourde"), 2, []string{"HT"}},
	{"MXN", text("peso mexicano", "Mexican peso"), 2, []string{"MX"}},
	{"NIO", text("córdoba", "Nicaraguan córdoba"), 2, []string{"NI"}},
	{"PAB", text("balboa", "Panamanian balboa"), 2, nil},
	{"PEN", text("sol", "Peruvian sol"), 2, []string{"PE"}},
	{"PYG", text("guaraní", "Paraguayan guaraní"), 0, []string{"PY"}},
	{"USD", text("dólar estadounidense", "US dollar"), 2, []string{"EC", "SV", "PA", "PR", "US"}},
	{"UYU", text("peso uruguayo", "Uruguayan peso"), 2, []string{"UY"}},
	{"VES", text("bolívar", "Venezuelan bolívar"), 2, []string{"VE"}},
}

// Currencies lists all currencies by code.
func Currencies() []Currency { return slices.Clone(currencies) }

// CurrencyByCode finds a currency, its code in any case and with spaces around it.
func CurrencyByCode(code string) (Currency, bool) {
	code = strings.ToUpper(strings.TrimSpace(code))
	i := slices.IndexFunc(currencies, func(c Currency) bool { return c.Code == code })
	if i < 0 {
		return Currency{}, false
	}
	return currencies[i], true
}

// DefaultCurrency is the code of what prices are written in in a country (ISO 3166-1 alpha-2, in
// any case): BOB in BO. It is USD where nothing else is known.
func DefaultCurrency(country string) string {
	country = strings.ToUpper(country)
	for _, c := range currencies {
		if slices.Contains(c.Countries, country) {
			return c.Code
		}
	}
	return fallback
}

package phone

import (
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/require"
)

// TestSpellingsOfOneLine lists, by line, what people type for it and where they are.
func TestSpellingsOfOneLine(t *testing.T) {
	for _, line := range []struct {
		want   Number
		region string
		typed  []string
	}{
		{"+59170000000", "BO", []string{
			"+59170000000", "+591 70000000", "0059170000000", "59170000000", "591 7000-0000", "70000000",
			"7000 0000", "070000000", "(+591) 70000000", "+591 (0) 70000000", "+591.7000.0000",
			"\u202a+591 70000000\u202c", " +591\u00a070000000\n", "+591–7000–0000", "010 70000000",
		}},
		{"+59122123456", "BO", []string{"22123456", "2 2123456", "+591 2 2123456", "(02) 2123456"}},
		{"+5491123456789", "AR", []string{
			"+54 9 11 2345-6789", "5491123456789", "011 15 2345-6789", "11 15 2345 6789", "11 2345 6789",
			"+54 11 15 2345 6789", "+54 11 2345 6789", "0054 9 11 2345 6789", "9 11 2345 6789", "+54 011 15 2345 6789",
		}},
		{"+5493515123456", "AR", []string{"0351 15 512-3456", "+54 9 351 512 3456", "351 5123456", "+543515123456"}},
		{"+5492966423456", "AR", []string{"02966 15 42-3456", "+54 9 2966 42 3456", "2966 423456"}},
		{"+548001234567", "AR", []string{"0800 123 4567", "+54 800 123 4567"}},
		{"+525512345678", "MX", []string{
			"+52 1 55 1234 5678", "5215512345678", "525512345678", "55 1234 5678", "044 55 1234 5678",
			"045 55 1234 5678", "01 55 1234 5678", "1 55 1234 5678", "+52 55 1234 5678", "00 52 1 55 1234 5678",
		}},
		{"+5511981234567", "BR", []string{
			"+55 11 98123-4567", "11 98123 4567", "011 98123 4567", "0 15 11 98123 4567", "+55 11 8123 4567", "1181234567",
		}},
		{"+551132345678", "BR", []string{"+55 11 3234-5678", "(11) 3234 5678", "0 11 3234 5678"}},
		{"+51987654321", "PE", []string{"987654321", "987 654 321", "+51 987 654 321", "51987654321", "0987654321"}},
		{"+573001234567", "CO", []string{"300 123 4567", "+57 300 1234567", "573001234567", "03 300 1234567"}},
		{"+56961234567", "CL", []string{"9 6123 4567", "+56 9 6123 4567", "56961234567"}},
		{"+34612345678", "ES", []string{"612 34 56 78", "+34 612 345 678", "0034612345678", "34612345678"}},
		{"+12025550123", "US", []string{"(202) 555-0123", "1-202-555-0123", "+1 202 555 0123", "12025550123", "202/555.0123"}},
	} {
		for _, typed := range line.typed {
			requireParses(t, line.want, typed, line.region)
		}
		requireParses(t, line.want, string(line.want), "JP")
	}
}

func requireParses(t testing.TB, want Number, typed, region string) {
	t.Helper()
	got, err := Parse(typed, region)
	require.NoError(t, err, "%q in %s", typed, region)
	require.Equal(t, want, got, "%q in %s", typed, region)
}

// Accounts of the original and people who try the platform use numbers that no plan assigns.
func TestUnassignedNumbersAreKeptDigitForDigit(t *testing.T) {
	for typed, want := range map[string]Number{
		"+1234567890":      "+1234567890", // the seed's user
		"1234567890":       "+1234567890",
		"12345678":         "+59112345678",
		"012345678":        "+59112345678",
		"+591 12345678":    "+59112345678",
		"2212345":          "+5912212345", // seven digits, no area code
		"+9991234567":      "+9991234567",
		"+12345678901234":  "+12345678901234",
		"+123456789012345": "+123456789012345",
		"+1 11234567890":   "+111234567890", // not taken for +1 123 456 7890
		"+1234567":         "+1234567",
	} {
		requireParses(t, want, typed, "BO")
	}
}

func TestNationalReadingWinsWhereBothFit(t *testing.T) {
	requireParses(t, "+59167721234", "67721234", "BO")  // not +677 21234, Solomon Islands
	requireParses(t, "+67721234", "67721234", "MX")     // assigned there, not in Mexico
	requireParses(t, "+67721234", "+67721234", "BO")    // a plus leaves no doubt
	requireParses(t, "+59170000000", "59170000000", "") // no region, so a country code
	requireParses(t, "+59170000000", "70000000", "bo")
}

func TestGarbageIsInvalid(t *testing.T) {
	for _, typed := range []string{
		"", " ", "+", "00", "abc", "123", "123456", "+123456", "+1234567890123456", "1234567890123456",
		"70000000a", "1-800-FLOWERS", "70000000 ext 5", "++59170000000", "591+70000000", "5+9170000000",
		"+0591700000", "00000000", "+00000000", "0000000000", "tel:+59170000000", "٧٠٠٠٠٠٠٠",
		"7000,0000", "70000000;71111111", "70000000\x00", "\xff70000000", strings.Repeat("1", 1000),
		strings.Repeat(" ", 100) + "70000000", "0351 15 512-3456",
	} {
		n, err := Parse(typed, "BO")
		require.ErrorIs(t, err, ErrInvalid, "%q → %s", typed, n)
		require.Empty(t, n)
	}
}

// Every example that the library has for a region is a line of its own, and typing it in E.164
// leaves it alone, except that Argentina's ten digits gain the 9.
func TestExamplesOfEveryRegionAreFixedPoints(t *testing.T) {
	for region := range phonenumbers.GetSupportedRegions() {
		for kind := phonenumbers.FIXED_LINE; kind <= phonenumbers.VOICEMAIL; kind++ {
			example := phonenumbers.GetExampleNumberForType(region, kind)
			if example == nil {
				continue
			}
			typed := phonenumbers.Format(example, phonenumbers.E164)
			want := Number(typed)
			if len(typed) < len("+1234567") {
				continue // six digits and fewer are not accepted
			}
			if strings.HasPrefix(typed, "+5411") {
				want = Number("+549" + typed[3:])
			}
			requireParses(t, want, typed, "BO")
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, typed := range []string{"+59170000000", "70000000", "011 15 2345-6789", "+1234567890", "00", "+", "0351"} {
		for _, region := range []string{"BO", "AR", "", "IT"} {
			f.Add(typed, region)
		}
	}
	f.Fuzz(func(t *testing.T, typed, region string) {
		n, err := Parse(typed, region)
		if err != nil {
			require.ErrorIs(t, err, ErrInvalid)
			require.Empty(t, n)
			return
		}
		require.Regexp(t, `^\+[1-9][0-9]{6,14}$`, string(n))
		requireParses(t, n, string(n), region)
		requireParses(t, n, "00"+string(n[1:]), "US")
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := Parse("59170000000", "BO"); err != nil {
			b.Fatal(err)
		}
	}
}

func TestNational(t *testing.T) {
	for n, want := range map[Number]string{"+59170000000": "70000000", "+5493515123456": "", "": ""} {
		require.Equal(t, want, n.National("bo"), n)
		require.Empty(t, n.National(""), n)
	}
}

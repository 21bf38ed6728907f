package phone

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// country says how the lines of a country are made and what people type for them.
type country struct {
	region, code string
	line         string   // national number; # is any digit
	spellings    []string // # takes the digits of the line in order; its fixed digits are repeated
}

// The lines are mobile ones that the plans assign whatever digits stand for #.
var countries = []country{
	{"BO", "591", "7#######", []string{"7#######", "07#######", "+5917#######", "5917#######", "+591 0 7#######"}},
	{"AR", "54", "11234#####", []string{"+54 9 11234#####", "5491 1234#####", "011 15 234#####", "+5411234#####", "11234#####"}},
	{"MX", "52", "5512######", []string{"5512######", "+5215512######", "525512######", "0445512######", "015512######"}},
	{"BR", "55", "1198#######", []string{"1198#######", "01198#######", "+551198#######", "55118#######"}},
	{"PE", "51", "98#######", []string{"98#######", "098#######", "5198#######", "+5198#######"}},
	{"CO", "57", "300#######", []string{"300#######", "57300#######", "+57 300#######", "0057300#######"}},
	{"CL", "56", "961######", []string{"961######", "56961######", "+56 961######"}},
	{"ES", "34", "612######", []string{"612######", "34612######", "+34612######"}},
	{"US", "1", "2025######", []string{"2025######", "12025######", "+1 2025######"}},
}

// fill replaces the # of pattern by digits.
func fill(pattern, digits string) string {
	var b strings.Builder
	for _, r := range pattern {
		if r == '#' {
			r, digits = rune(digits[0]), digits[1:]
		}
		b.WriteRune(r)
	}
	return b.String()
}

// line draws a line of c as the digits that stand for its #. The first is from 2 to 9: numbers of
// the United States and Mexico have no lower one there.
func (c country) draw(t *rapid.T, name string) string {
	rest := strings.Count(c.line, "#") - 1
	return rapid.StringMatching("[2-9]").Draw(t, name) + rapid.StringOfN(rapid.RuneFrom([]rune("0123456789")), rest, rest, -1).Draw(t, name+" rest")
}

// decorate puts separators anywhere into what is typed.
func decorate(t *rapid.T, typed string) string {
	separators := rapid.SampledFrom([]string{"", "", "", " ", "-", ".", "(", ")", "\u00a0", "\u202c"})
	var b strings.Builder
	for _, r := range typed {
		b.WriteString(separators.Draw(t, "separator"))
		b.WriteRune(r)
	}
	return b.String()
}

func TestEverySpellingIsTheSameLineAndNoOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(countries).Draw(t, "country")
		one, other := c.draw(t, "one"), c.draw(t, "other")
		spelling := rapid.SampledFrom(c.spellings)
		a := parseDecorated(t, fill(spelling.Draw(t, "first spelling"), one), c.region)
		b := parseDecorated(t, fill(spelling.Draw(t, "second spelling"), one), c.region)
		o := parseDecorated(t, fill(spelling.Draw(t, "other spelling"), other), c.region)
		require.Equal(t, a, b)
		require.Equal(t, one == other, a == o, "%s and %s", a, o)
		require.True(t, strings.HasPrefix(string(a), "+"+c.code))
	})
}

func parseDecorated(t *rapid.T, typed, region string) Number {
	n, err := Parse(decorate(t, typed), region)
	require.NoError(t, err, "%q in %s", typed, region)
	return n
}

// The digits of a number are those typed, but for what plans add and drop; a number that no plan
// assigns keeps all of them.
func TestAnyDigitsAreCanonicalOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`[0-9]{1,18}`).Draw(t, "digits")
		prefix := rapid.SampledFrom([]string{"", "+", "00", "54", "+5411", "52", "+521", "+55", "591"}).Draw(t, "prefix")
		region := rapid.SampledFrom([]string{"BO", "AR", "MX", "BR", "IT", "US", ""}).Draw(t, "region")
		n, err := Parse(prefix+digits, region)
		if err != nil {
			require.ErrorIs(t, err, ErrInvalid)
			return
		}
		again, err := Parse(string(n), rapid.SampledFrom([]string{"BO", "JP", ""}).Draw(t, "elsewhere"))
		require.NoError(t, err)
		require.Equal(t, n, again)
		require.True(t, assigned(string(n[1:])) || strings.HasSuffix(string(n), strings.TrimLeft(digits, "0")), "%s", n)
	})
}

// Numbers that no plan assigns are never folded: different digits stay different lines.
func TestUnassignedNumbersStayApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`\+[1-9][0-9]{6,14}`)
		a, b := number.Draw(t, "a"), number.Draw(t, "b")
		if assigned(a[1:]) || assigned(b[1:]) {
			t.Skip("assigned")
		}
		na, erra := Parse(a, "BO")
		nb, errb := Parse(b, "BO")
		require.NoError(t, erra)
		require.NoError(t, errb)
		_, foldedA := fold(a[1:])
		_, foldedB := fold(b[1:])
		require.True(t, foldedA || foldedB || (na == nb) == (a == b))
	})
}

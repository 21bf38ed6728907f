package password

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestCheck(t *testing.T) {
	const phone = "+59170000000"
	for _, row := range []struct {
		name, password, phone string
		want                  error
	}{
		{"TheContractsTester", "testpass123", phone, nil},
		{"EightLettersOfOneKind", "zorrinos", phone, nil},
		{"EightCharactersOfManyBytes", "ñandúñan", phone, nil},
		{"SevenCharactersOfManyBytes", "ñññññññ", phone, ErrTooShort},
		{"Empty", "", phone, ErrTooShort},
		{"LongestSentence", strings.Repeat("vaca ", 204) + "toro", phone, nil},
		{"OneByteTooLong", strings.Repeat("vaca ", 204) + "toros", phone, ErrTooLong},
		{"PhoneInE164", "+59170000000", phone, ErrIsPhone},
		{"PhoneInDigits", "59170000000", phone, ErrIsPhone},
		{"NationalNumber", "70000000", phone, ErrIsPhone},
		{"NationalNumberWithBlanks", "7000 00-00", phone, ErrIsPhone},
		{"PhoneWithZeros", "0059170000000", phone, ErrIsPhone},
		{"ArgentineMobileTypedAtHome", "0351 15 512-3456", "+5493515123456", ErrIsPhone},
		{"PhoneTypedUnparsed", "70000000", "591 7000 0000", ErrIsPhone},
		{"AnotherPhone", "71234567", phone, nil},
		{"DigitsThatOnlyContainThePhone", "70000000" + "4", phone, nil},
		{"PhoneWithLetters", "vaca70000000", phone, nil},
		{"DigitsTooManyForAPhone", "1234567890170000000", phone, nil},
		{"NoPhone", "70000009", "", nil},
		{"Common", "password", phone, ErrTooCommon},
		{"CommonInCapitals", "PaSSword123", phone, ErrTooCommon},
		{"CommonInSpanish", "Contraseña123", phone, ErrTooCommon},
		{"CommonInSpanishCapitals", "CONTRASEÑA", phone, ErrTooCommon},
		{"CommonWithBlanks", " teamomucho ", phone, ErrTooCommon},
		{"CommonDigits", "1234567890", phone, ErrTooCommon},
		{"CommonAndMore", "password y una vaca", phone, nil},
		{"NotText", "\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8", phone, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			require.Equal(t, row.want, Check(row.password, row.phone))
		})
	}
}

func TestCommonPasswordsAreListedOnceAndCanBeTyped(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(commonText, "\n"), "\n")
	require.True(t, slices.IsSorted(lines))
	require.Len(t, slices.Compact(slices.Clone(lines)), len(lines))
	require.Greater(t, len(lines), 500)
	for _, line := range lines {
		require.Equal(t, strings.ToLower(line), line)
		require.GreaterOrEqual(t, utf8.RuneCountInString(line), minRunes, line)
		require.ErrorIs(t, Check(line, ""), ErrTooCommon, line)
	}
}

// Package authtest holds the checks that every auth.Service passes, wherever it runs, and a [Fake]
// for the tests of modules that ask auth.
package authtest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/platform/errs"
)

// Subject is a service under test and the way to put people into it.
type Subject struct {
	Service auth.Service
	// Join makes a specialist called "Persona <digits>" by the last digits of a Bolivian number.
	Join func(digits string) (id int64, token string)
	// Leave ends the token's session.
	Leave func(token string)
}

// TestService runs the checks, each on a subject of its own.
func TestService(t *testing.T, newSubject func(t *testing.T) Subject) {
	ctx := context.Background()
	t.Run("UsersOfTheseIdsAndNoOthers", func(t *testing.T) {
		s := newSubject(t)
		ana, _ := s.Join("70000001")
		beto, _ := s.Join("70000002")
		got, err := s.Service.Users(ctx, ana, beto, ana, 999_999)
		require.NoError(t, err)
		require.Equal(t, map[int64]auth.User{
			ana:  {ID: ana, FullName: "Persona 70000001", Role: auth.Specialist, Active: true},
			beto: {ID: beto, FullName: "Persona 70000002", Role: auth.Specialist, Active: true},
		}, got)
		none, err := s.Service.Users(ctx)
		require.NoError(t, err)
		require.Empty(t, none)
	})
	t.Run("PhoneNumbersOfTheseIdsAndNoOthers", func(t *testing.T) {
		s := newSubject(t)
		ana, _ := s.Join("70000001")
		beto, _ := s.Join("70000002")
		s.Join("70000003")
		got, err := s.Service.PhoneNumbers(ctx, ana, beto, ana, 999_999)
		require.NoError(t, err)
		require.Equal(t, map[int64]string{ana: "+59170000001", beto: "+59170000002"}, got)
		none, err := s.Service.PhoneNumbers(ctx)
		require.NoError(t, err)
		require.Empty(t, none)
	})
	t.Run("ATokenIsItsHolder", func(t *testing.T) {
		s := newSubject(t)
		ana, token := s.Join("70000001")
		for range 2 { // asked, then cached
			p, err := s.Service.Authenticate(ctx, token)
			require.NoError(t, err)
			require.Equal(t, ana, p.UserID)
			require.Equal(t, "specialist", p.Role)
			require.NotZero(t, p.SessionID)
			require.False(t, p.Staff || p.Superuser)
		}
	})
	t.Run("OtherTokensAreInvalid", func(t *testing.T) {
		s := newSubject(t)
		_, token := s.Join("70000001")
		for _, wrong := range []string{"", "x", token[1:], token + "0", "0000000000000000000000000000000000000000"} {
			_, err := s.Service.Authenticate(ctx, wrong)
			require.ErrorIs(t, err, errs.ErrTokenInvalid)
		}
	})
	t.Run("AnEndedSessionIsInvalidAtOnce", func(t *testing.T) {
		s := newSubject(t)
		_, token := s.Join("70000001")
		_, err := s.Service.Authenticate(ctx, token)
		require.NoError(t, err)
		s.Leave(token)
		_, err = s.Service.Authenticate(ctx, token)
		require.ErrorIs(t, err, errs.ErrTokenInvalid)
	})
}

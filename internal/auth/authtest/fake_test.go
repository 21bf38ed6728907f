package authtest

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

// TestFake holds the fake to what it stands for.
func TestFake(t *testing.T) {
	TestService(t, func(t *testing.T) Subject {
		f := &Fake{}
		return Subject{Service: f, Join: func(digits string) (int64, string) {
			id, err := strconv.ParseInt(digits, 10, 64)
			require.NoError(t, err)
			f.SetPhone(id, "+591"+digits)
			return id, f.Add(auth.User{ID: id, FullName: "Persona " + digits, Role: auth.Specialist, Active: true})
		}, Leave: f.End}
	})
}

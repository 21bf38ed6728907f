package pg

import (
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"
)

func TestWhoIsEndedByADeadlockTriesAgain(t *testing.T) {
	deadlock := fmt.Errorf("alter: %w", &pgconn.PgError{Code: "40P01"})
	other := errors.New("another")
	for name, c := range map[string]struct {
		answers []error
		tries   int
		want    error
	}{
		"AtOnce":    {[]error{nil}, 1, nil},
		"Third":     {[]error{deadlock, deadlock, nil}, 3, nil},
		"Other":     {[]error{deadlock, other, nil}, 2, other},
		"Elsewhere": {[]error{&pgconn.PgError{Code: "42P01"}}, 1, &pgconn.PgError{Code: "42P01"}},
		"Always":    {[]error{deadlock}, 10, deadlock},
	} {
		t.Run(name, func(t *testing.T) {
			tries := 0
			err := giveWay(func() error {
				tries++
				return c.answers[min(tries, len(c.answers))-1]
			})
			require.Equal(t, c.want, err)
			require.Equal(t, c.tries, tries)
		})
	}
}

package errs_test

import (
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/errs"
)

var errTaken = errs.New(errs.Conflict, "x.taken", "Ocupado.", "Taken.")

func TestKindsAreStatuses(t *testing.T) {
	t.Parallel()
	seen := map[int]bool{}
	for k := errs.Internal; k <= errs.Timeout; k++ {
		status := k.Status()
		require.Truef(t, status >= 400 && status < 600, "kind %d is %d", k, status)
		require.Falsef(t, seen[status], "two kinds are %d", status)
		seen[status] = true
		require.Equal(t, k, errs.KindOf(status), "and back")
	}
	require.Equal(t, errs.Internal, errs.KindOf(418))
}

func TestErrorsAreTheSameWhenTheirCodesAre(t *testing.T) {
	t.Parallel()
	remote := &errs.Error{Kind: errs.Conflict, Code: "x.taken"} // as a client rebuilds it
	for name, err := range map[string]error{
		"Remote": remote, "Cause": errTaken.Wrap(io.EOF), "Field": errTaken.At("name"), "After": errTaken.After(time.Second),
		"Wrapped": fmt.Errorf("deep: %w", errTaken.At("name").Wrap(io.EOF)),
	} {
		require.ErrorIs(t, err, errTaken, name)
		require.NotErrorIs(t, err, errs.ErrNotFound, name)
	}
	require.ErrorIs(t, errTaken.Wrap(io.EOF), io.EOF)
	require.NotErrorIs(t, errTaken, io.EOF)
}

func TestDeclaredErrorsAreNotChanged(t *testing.T) {
	t.Parallel()
	before := *errTaken
	_ = errTaken.At("name").After(time.Minute).Wrap(io.EOF)
	require.Equal(t, before, *errTaken)
}

func TestAs(t *testing.T) {
	t.Parallel()
	require.Equal(t, errTaken, errs.As(fmt.Errorf("deep: %w", errTaken)))
	unknown := errs.As(io.EOF)
	require.ErrorIs(t, unknown, errs.ErrInternal)
	require.ErrorIs(t, unknown, io.EOF)
	require.Equal(t, 500, unknown.Kind.Status())
}

func TestTexts(t *testing.T) {
	t.Parallel()
	require.Equal(t, "Ocupado.", errTaken.Text.In("es"))
	require.Equal(t, "Taken.", errTaken.Text.In("en"))
	require.Equal(t, "Ocupado.", errTaken.Text.In("fr"))
	require.Equal(t, "Solo.", errs.Text{ES: "Solo."}.In("en"), "rather in Spanish than not at all")
}

func TestTheLogLineSaysEverything(t *testing.T) {
	t.Parallel()
	line := errTaken.At("name").Wrap(errors.New("the cause")).Error()
	for _, part := range []string{"x.taken", "name", "Taken.", "the cause"} {
		require.Contains(t, line, part)
	}
	require.Contains(t, errs.InField("age", "Malo.", "Bad.").Error(), "age: Bad.")
	require.Equal(t, "invalid", errs.InvalidFields().Code)
}

// The texts that existing clients know, word for word.
func TestTextsOfTheContract(t *testing.T) {
	t.Parallel()
	for err, text := range map[*errs.Error]string{
		errs.ErrNotFound:        "No encontrado.",
		errs.ErrForbidden:       "Usted no tiene permiso para realizar esta acción.",
		errs.ErrUnauthenticated: "Las credenciales de autenticación no se proveyeron.",
		errs.ErrTokenInvalid:    "Token inválido.",
		errs.ErrTokenEmpty:      "Cabecera token inválida. Las credenciales no fueron suministradas.",
		errs.ErrTokenBlank:      "Cabecera token inválida. La cadena token no debe contener espacios.",
		errs.ErrPage:            "Página inválida.",
	} {
		require.Equal(t, text, err.Text.ES)
		require.NotEmpty(t, err.Text.EN)
	}
}

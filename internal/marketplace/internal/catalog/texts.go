package catalog

import (
	"fmt"

	"agrovet/internal/platform/errs"
)

// Texts of the REST contract (section 2), and in its tone what it has no text for.
var (
	textRequired = errs.Text{ES: "Este campo es requerido.", EN: "This field is required."}
	textUnknown  = errs.Text{ES: "La categoría no tiene este atributo.", EN: "The category has no such attribute."}
	textString   = errs.Text{ES: "No es una cadena válida.", EN: "Not a valid string."}
	textNUL      = errs.Text{ES: "No se permiten caracteres nulos.", EN: "Null characters are not allowed."}
	textInteger  = errs.Text{ES: "Introduzca un número entero válido.", EN: "A valid integer is required."}
	textBoolean  = errs.Text{ES: "Debe ser un booleano válido.", EN: "Must be a valid boolean."}
	textList     = errs.Text{ES: "Se esperaba una lista de elementos.", EN: "Expected a list of items."}
	textDate     = errs.Text{ES: "Fecha con formato erróneo. Use el formato YYYY-MM-DD.", EN: "Date has wrong format. Use YYYY-MM-DD."}
	textOrder    = errs.Text{ES: "El mínimo es mayor que el máximo.", EN: "The minimum is greater than the maximum."}
	textRepeated = errs.Text{ES: "Está repetido.", EN: "It is repeated."}
)

func format(es, en string, args ...any) errs.Text {
	return errs.Text{ES: fmt.Sprintf(es, args...), EN: fmt.Sprintf(en, args...)}
}

func textChoice(value string) errs.Text {
	value = clip(value)
	return format("\"%s\" no es una elección válida.", "\"%s\" is not a valid choice.", value)
}

func textLong(most int) errs.Text {
	return format("Asegúrese de que este campo no tenga más de %d caracteres.", "Ensure this field has no more than %d characters.", most)
}

func textMany(most int) errs.Text {
	return format("Asegúrese de que este campo no tenga más de %d elementos.", "Ensure this field has no more than %d elements.", most)
}

func textLeast(limit string) errs.Text {
	return format("Asegúrese de que este valor es mayor o igual a %s.", "Ensure this value is greater than or equal to %s.", limit)
}

func textMost(limit string) errs.Text {
	return format("Asegúrese de que este valor es menor o igual a %s.", "Ensure this value is less than or equal to %s.", limit)
}

// clip keeps a client's text short enough to be shown back.
func clip(text string) string {
	runes := []rune(text)
	if len(runes) <= maxKey {
		return text
	}
	return string(runes[:maxKey]) + "…"
}

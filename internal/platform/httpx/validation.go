package httpx

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"agrovet/internal/platform/errs"
)

// The texts of failed validation: Django REST framework's, which the original's clients show
// (contract: rest.md §1.1). huma reports a text per failure; here those texts are made of a token
// and an argument, separated by a tab, and turned into people's words in both languages.
const (
	tokenRequired = "required"
	tokenOneOf    = "one_of"
	tokenMinLen   = "min_length"
	tokenMaxLen   = "max_length"
	tokenMin      = "min"
	tokenMax      = "max"
	tokenPattern  = "pattern"
	tokenMaxItems = "max_items"
	tokenMinItems = "min_items"
)

// installTokens replaces huma's texts by tokens. It must run before any route is registered, since
// huma prepares its texts then.
func installTokens() {
	validation.MsgExpectedRequiredProperty = tokenRequired + "\t%s"
	validation.MsgExpectedOneOf = tokenOneOf + "\t%s"
	validation.MsgExpectedMinLength = tokenMinLen + "\t%d"
	validation.MsgExpectedMaxLength = tokenMaxLen + "\t%d"
	validation.MsgExpectedMinimumNumber = tokenMin + "\t%v"
	validation.MsgExpectedMaximumNumber = tokenMax + "\t%v"
	validation.MsgExpectedMatchPattern = tokenPattern + "\t%s"
	validation.MsgExpectedBePattern = tokenPattern + "\t%s"
	validation.MsgExpectedMaxItems = tokenMaxItems + "\t%d"
	validation.MsgExpectedMinItems = tokenMinItems + "\t%d"
}

const wholeObject = "non_field_errors"

// pathParameter says whether a huma location is a path parameter, and which.
func pathParameter(location string) (string, bool) { return strings.CutPrefix(location, "path.") }

// validationField tells which field failed and why.
func validationField(d *huma.ErrorDetail) errs.Field {
	token, arg, _ := strings.Cut(d.Message, "\t")
	name := fieldName(d.Location)
	if token == tokenRequired { // reported at the parent
		return errs.Field{Name: arg, Text: errs.Text{ES: "Este campo es requerido.", EN: "This field is required."}}
	}
	if strings.HasPrefix(d.Message, "required ") { // a query parameter or header
		return errs.Field{Name: name, Text: errs.Text{ES: "Este campo es requerido.", EN: "This field is required."}}
	}
	return errs.Field{Name: name, Text: validationText(token, arg, d.Value)}
}

// fieldName is the outermost name below body, query or header.
func fieldName(location string) string {
	_, path, ok := strings.Cut(location, ".")
	if !ok || path == "" {
		return wholeObject
	}
	name, _, _ := strings.Cut(path, ".")
	name, _, _ = strings.Cut(name, "[")
	return name
}

// Texts that the shaper uses, too.
var (
	textNull    = errs.Text{ES: "Este campo no puede ser nulo.", EN: "This field may not be null."}
	textInteger = errs.Text{ES: "Introduzca un número entero válido.", EN: "A valid integer is required."}
	textNumber  = errs.Text{ES: "Se requiere un número válido.", EN: "A valid number is required."}
	textNUL     = errs.Text{ES: "No se permiten caracteres nulos.", EN: "Null characters are not allowed."}
	textTooDeep = errs.Text{ES: "Demasiados niveles anidados.", EN: "Too deeply nested."}
)

func validationText(token, arg string, value any) errs.Text {
	if value == nil {
		return textNull
	}
	switch token {
	case tokenOneOf:
		return errs.Text{ES: fmt.Sprintf("\"%v\" no es una elección válida.", value), EN: fmt.Sprintf("\"%v\" is not a valid choice.", value)}
	case tokenMinLen:
		if arg == "1" {
			return errs.Text{ES: "Este campo no puede estar en blanco.", EN: "This field may not be blank."}
		}
		return format("Asegúrese de que este campo tenga al menos %s caracteres.", "Ensure this field has at least %s characters.", arg)
	case tokenMaxLen:
		return format("Asegúrese de que este campo no tenga más de %s caracteres.", "Ensure this field has no more than %s characters.", arg)
	case tokenMin:
		return format("Asegúrese de que este valor es mayor o igual a %s.", "Ensure this value is greater than or equal to %s.", plain(arg))
	case tokenMax:
		return format("Asegúrese de que este valor es menor o igual a %s.", "Ensure this value is less than or equal to %s.", plain(arg))
	case tokenMaxItems:
		return format("Asegúrese de que este campo no tenga más de %s elementos.", "Ensure this field has no more than %s elements.", arg)
	case tokenMinItems:
		return format("Asegúrese de que este campo tenga al menos %s elementos.", "Ensure this field has at least %s elements.", arg)
	case tokenPattern:
		return errs.Text{ES: "Introduzca un valor válido.", EN: "Enter a valid value."}
	}
	return typeText(token)
}

// plain writes a bound without an exponent.
func plain(number string) string {
	f, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return number
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

func format(es, en, arg string) errs.Text {
	return errs.Text{ES: fmt.Sprintf(es, arg), EN: fmt.Sprintf(en, arg)}
}

// typeText is for values of the wrong type. huma's own texts for these stay as they are.
func typeText(msg string) errs.Text {
	switch msg {
	case validation.MsgExpectedInteger, "invalid integer":
		return textInteger
	case validation.MsgExpectedNumber, "invalid number", "invalid float":
		return textNumber
	case validation.MsgExpectedBoolean, "invalid boolean":
		return errs.Text{ES: "Debe ser un booleano válido.", EN: "Must be a valid boolean."}
	case validation.MsgExpectedString:
		return errs.Text{ES: "No es una cadena válida.", EN: "Not a valid string."}
	case validation.MsgExpectedArray:
		return errs.Text{ES: "Se esperaba una lista de elementos.", EN: "Expected a list of items."}
	case validation.MsgExpectedObject:
		return errs.Text{ES: "Datos inválidos. Se esperaba un diccionario.", EN: "Invalid data. Expected a dictionary."}
	case validation.MsgExpectedRFC3339DateTime:
		return errs.Text{ES: "Fecha/hora con formato erróneo. Use ISO 8601.", EN: "Datetime has wrong format. Use ISO 8601."}
	}
	if strings.HasPrefix(msg, "expected string to be RFC 3986") {
		return errs.Text{ES: "Introduzca una URL válida.", EN: "Enter a valid URL."}
	}
	return errs.Text{ES: "Valor inválido.", EN: "Invalid value."}
}

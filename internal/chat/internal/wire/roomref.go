package wire

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
)

// RoomRef is a room's id, as a number or as text; 0: not said.
type RoomRef int64

// UnmarshalJSON reads both forms.
func (r *RoomRef) UnmarshalJSON(b []byte) error {
	var text string
	if json.Unmarshal(b, &text) != nil {
		text = string(b)
	}
	if text == "null" || text == "" {
		*r = 0
		return nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 {
		return fmt.Errorf("%s is not a room's id", b)
	}
	*r = RoomRef(n)
	return nil
}

// Schema says that it is either.
func (RoomRef) Schema(r huma.Registry) *huma.Schema {
	return &huma.Schema{OneOf: []*huma.Schema{r.Schema(reflect.TypeFor[int64](), true, ""), r.Schema(reflect.TypeFor[string](), true, "")}}
}

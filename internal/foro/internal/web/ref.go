package web

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Ref is an id as clients send it: a number, or the object that has it, as in the answer that they send back. What
// is neither is -1.
type Ref int64

// UnmarshalJSON reads it.
func (r *Ref) UnmarshalJSON(b []byte) error {
	var whole struct {
		ID json.Number `json:"id"`
	}
	id := strings.Trim(string(b), `" `)
	if err := json.Unmarshal(b, &whole); err == nil {
		id = whole.ID.String()
	}
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		n = -1
	}
	*r = Ref(n)
	return nil
}

// Schema lets both through.
func (Ref) Schema(huma.Registry) *huma.Schema { return &huma.Schema{} }

package people

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"

	"agrovet/tools/split/patient"
)

// Person is somebody, and all that was acknowledged to them.
type Person struct {
	ID                       int64
	Phone, Name, Role, Token string

	Adverts, Posts     map[int64]string // their titles
	Files              map[int64]string // address by picture
	Pictures           map[int64]int64  // picture by advert
	Comments           map[int64]int64  // post by comment
	Reactions, Follows map[int64]bool   // posts, people
	Said               map[string]int64 // message by text
	Rooms              []int64

	community *Community
}

func newPerson(c *Community, role string) *Person {
	return &Person{Phone: fmt.Sprintf("+591%d", phones.Add(1)), Name: "Persona " + Word(), Role: role, Adverts: map[int64]string{}, Posts: map[int64]string{},
		Files: map[int64]string{}, Pictures: map[int64]int64{}, Comments: map[int64]int64{}, Reactions: map[int64]bool{}, Follows: map[int64]bool{}, Said: map[string]int64{}, community: c}
}

// String names them in errors.
func (p *Person) String() string { return fmt.Sprintf("user %d", p.ID) }

// Client is what they ask with.
func (p *Person) Client() *patient.Client { return p.community.Client }

// Post sends JSON and reads the answer into v, which may be nil.
func (p *Person) Post(ctx context.Context, module, path string, body, v any) error {
	return p.Client().Send(ctx, http.MethodPost, module, path, p.Token, body, v)
}

// Patch sends JSON.
func (p *Person) Patch(ctx context.Context, module, path string, body any) error {
	return p.Client().Send(ctx, http.MethodPatch, module, path, p.Token, body, nil)
}

// Get reads into v, which may be nil, and wants success.
func (p *Person) Get(ctx context.Context, module, path string, v any) error {
	return p.Client().Get(ctx, module, path, p.Token, v)
}

// Word is one that nobody else writes.
func Word() string {
	b := make([]byte, 11)
	for i := range b {
		b[i] = [...]string{"bcdfgklmnpr", "aeiou"}[i%2][rand.IntN([...]int{11, 5}[i%2])]
	}
	return string(b)
}

package foromod

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/foro/internal/core"
)

// Seed makes posts in Spanish of a demo community's people, who must exist in auth, with answers, reactions and
// follows. It may be run again: where one of them has written a post already nothing is made.
func (m *Module) Seed(ctx context.Context, users []auth.User) error {
	return m.core.Seed(ctx, users...)
}

// Fill is how a database for measuring is filled.
type Fill = core.Fill

// Fill makes posts by COPY, with what people make of them, until there are as many generated ones as are wanted, and
// returns how many it made. It is for measuring: indexes, foreign keys and triggers are not there meanwhile, and no
// event tells of the posts.
//
// Errors: also that there are posts which real people may have written.
func (m *Module) Fill(ctx context.Context, f Fill) (made int, err error) { return m.core.Fill(ctx, f) }

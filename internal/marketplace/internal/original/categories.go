package original

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/original"
	"agrovet/internal/platform/search"
)

// tree finds the original's categories in ours.
type tree struct{ *core.Core }

// category is one of the original's that was not looked for before.
type category struct {
	ID          int64
	Name        string
	Description *string
}

func (t tree) take(ctx context.Context, b original.Batch) error {
	rows, err := b.DB.Q(ctx).Query(ctx, `select s.id, coalesce(s.name, ''), s.description from add_category s
		where s.id > $1 and s.id <= $2 and not exists (select from original_category o where o.id = s.id) order by s.id`, b.Above, b.UpTo)
	if err != nil {
		return err
	}
	fresh, err := pgx.CollectRows(rows, pgx.RowToStructByPos[category])
	if err != nil {
		return err
	}
	names, err := t.names(ctx)
	if err != nil {
		return err
	}
	for _, one := range fresh {
		if err := t.one(ctx, b, names, one); err != nil {
			return err
		}
	}
	return nil
}

// names are the ids of all categories by what people call them. A name goes before another's alias.
func (t tree) names(ctx context.Context) (map[string]int64, error) {
	all, err := t.Categories(ctx)
	names := map[string]int64{}
	for _, one := range all {
		for _, alias := range one.Aliases {
			names[called(alias)] = one.ID
		}
	}
	for _, one := range all {
		names[called(one.Name)] = one.ID
	}
	return names, err
}

// called is a name without case and accents.
func called(name string) string { return search.Fold(name) }

// one finds a category, or makes it.
func (t tree) one(ctx context.Context, b original.Batch, names map[string]int64, one category) error {
	one.Name = cut(strings.TrimSpace(one.Name), 120)
	name := called(one.Name)
	if name == "" {
		_, err := b.DB.Q(ctx).Exec(ctx, original.Note("add_category", original.Rejected, "select $1::bigint, 'name_empty', ''"), one.ID)
		return err
	}
	kept, known := names[name]
	if !known {
		made, err := t.PutCategory(ctx, 0, func(c *store.Category) { c.Name, c.Description = one.Name, one.Description })
		if err != nil {
			return err
		}
		kept, names[name] = made.ID, made.ID
	}
	_, err := b.DB.Q(ctx).Exec(ctx, "insert into original_category (id, kept, made) values ($1, $2, $3)", one.ID, kept, !known)
	return err
}

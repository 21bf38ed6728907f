package verify

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// What rows may refer to in another module.
const (
	Users   = "users"   // auth's
	Objects = "objects" // media's
)

// Alive says which of some ids of another module are there.
type Alive func(ctx context.Context, ids []int64) (map[int64]bool, error)

// References are a column of ids that another module gives out; null and 0 refer to nothing. What is broken is known
// by row→id. There is no repair: what is gone over there cannot be made here, and what refers to it may be all that is
// left of it.
type References struct {
	Table  string // its rows are called r
	Key    string // a bigint that leads an index. Defaults to id
	Column string
	Where  string // which of r refer to something. Empty: all
	To     string // Users or Objects
}

// Refer is a References as an invariant.
func Refer(broken string, r References) Invariant { return Invariant{Broken: broken, Source: r} }

type reference struct{ Row, To int64 }

func (r reference) String() string { return fmt.Sprintf("%d→%d", r.Row, r.To) }

func (r References) key() string { return Rows{Key: r.Key}.key() }

func (r References) where() string {
	if r.Where == "" {
		return "true"
	}
	return r.Where
}

// Find walks the table and asks about each part of it.
func (r References) Find(ctx context.Context, g Ground, suspect func([]string) error) error {
	return Walk(ctx, g.DB, r.Table, r.key(), func(ctx context.Context, above, upTo int64) error {
		dead, err := r.dead(ctx, g, fmt.Sprintf("r.%[1]s > $1 and r.%[1]s <= $2", r.key()), above, upTo)
		if err != nil || len(dead) == 0 {
			return err
		}
		return suspect(dead)
	})
}

// Still asks about some rows once more.
func (r References) Still(ctx context.Context, g Ground, ids []string) ([]string, error) {
	var rows []int64
	for _, id := range ids {
		row, _, _ := strings.Cut(id, "→")
		n, err := strconv.ParseInt(row, 10, 64)
		if err != nil {
			return nil, err
		}
		rows = append(rows, n)
	}
	dead, err := r.dead(ctx, g, fmt.Sprintf("r.%s = any($1::bigint[])", r.key()), rows)
	return among(ids, dead), err
}

// dead are those of the chosen rows that refer to nothing.
func (r References) dead(ctx context.Context, g Ground, chosen string, args ...any) ([]string, error) {
	sql := fmt.Sprintf("select distinct r.%[2]s, r.%[3]s from %[1]s r where %[4]s and r.%[3]s is not null and r.%[3]s <> 0 and (%[5]s) order by 1, 2",
		r.Table, r.key(), r.Column, chosen, r.where())
	rows, err := g.DB.Q(ctx).Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[reference])
	if err != nil {
		return nil, err
	}
	alive, err := g.alive(ctx, r.To, all)
	var dead []string
	for _, one := range all {
		if !alive[one.To] {
			dead = append(dead, one.String())
		}
	}
	return dead, err
}

// asked is how many ids another module is asked about at a time.
const asked = 500

func (g Ground) alive(ctx context.Context, kind string, all []reference) (map[int64]bool, error) {
	ask, ok := g.Alive[kind]
	if !ok {
		return nil, fmt.Errorf("nobody here can be asked about %s", kind)
	}
	ids, alive := make([]int64, len(all)), map[int64]bool{}
	for i, one := range all {
		ids[i] = one.To
	}
	slices.Sort(ids)
	for part := range slices.Chunk(slices.Compact(ids), asked) {
		some, err := ask(ctx, part)
		if err != nil {
			return nil, err
		}
		for id, is := range some {
			alive[id] = is
		}
	}
	return alive, nil
}

package httpx

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
	"agrovet/sql"
)

// animal is what the sample module keeps: a small API on a real table, built as modules are.
type animal struct {
	ID     int64     `json:"id"`
	Name   string    `json:"name"`
	Kind   *string   `json:"kind" enum:"cow,hen"`
	Weight *float64  `json:"weight"`
	Tags   []string  `json:"tags"`
	Owner  *owner    `json:"owner"`
	Born   time.Time `json:"born"`
}

type owner struct {
	ID int64 `json:"id"`
}

type newAnimal struct {
	Name   string       `json:"name" minLength:"1" maxLength:"20"`
	Kind   *string      `json:"kind,omitempty" nullable:"true" enum:"cow,hen"`
	Weight Opt[float64] `json:"weight,omitempty" minimum:"0" maximum:"10000"`
	Tags   []string     `json:"tags,omitempty" maxItems:"5"`
}

type animalPatch struct {
	Name   Opt[string]  `json:"name,omitempty" minLength:"1" maxLength:"20"`
	Weight Opt[float64] `json:"weight,omitempty" minimum:"0" maximum:"10000"`
}

type AnimalID struct {
	ID int64 `path:"id"`
}

// zoo is the sample module.
type zoo struct {
	db     *pg.DB
	before func(ctx context.Context) error // runs in create after the insert, when set
}

var errNoAnimal = errs.New(errs.NotFound, "zoo.not_found", "No encontrado.", "Not found.")

const animalColumns = `id, name, kind, weight, tags, owner_id, born`

func scanAnimal(row pgx.CollectableRow) (a animal, err error) {
	var ownerID *int64
	err = row.Scan(&a.ID, &a.Name, &a.Kind, &a.Weight, &a.Tags, &ownerID, &a.Born)
	if ownerID != nil {
		a.Owner = &owner{*ownerID}
	}
	return a, err
}

func (z *zoo) one(ctx context.Context, sql string, args ...any) (*Body[animal], error) {
	rows, _ := z.db.Q(ctx).Query(ctx, sql+" returning "+animalColumns, args...)
	a, err := pgx.CollectExactlyOneRow(rows, scanAnimal)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, errNoAnimal
	}
	return OK(a), err
}

func (z *zoo) create(ctx context.Context, in *struct{ Body newAnimal }) (*Body[animal], error) {
	tags := in.Body.Tags
	if tags == nil {
		tags = []string{}
	}
	var by *int64
	if id := authn.UserID(ctx); id != 0 {
		by = &id
	}
	made, err := z.one(ctx, `insert into animal (name, kind, weight, tags, owner_id) values ($1, $2, $3, $4, $5)`,
		in.Body.Name, in.Body.Kind, in.Body.Weight.Ptr(), tags, by)
	if err == nil && z.before != nil {
		err = z.before(ctx)
	}
	return made, err
}

func (z *zoo) patch(ctx context.Context, in *struct {
	AnimalID
	Body animalPatch
}) (*Body[animal], error) {
	return z.one(ctx, `update animal set name = coalesce($2, name), weight = case when $3 then $4 else weight end where id = $1`,
		in.ID, in.Body.Name.Ptr(), in.Body.Weight.Sent, in.Body.Weight.Ptr())
}

func (z *zoo) remove(ctx context.Context, in *AnimalID) (*struct{}, error) {
	_, err := z.one(ctx, `delete from animal where id = $1`, in.ID)
	return nil, err
}

func (z *zoo) get(ctx context.Context, in *AnimalID) (*Body[animal], error) {
	rows, _ := z.db.Q(ctx).Query(ctx, `select `+animalColumns+` from animal where id = $1`, in.ID)
	a, err := pgx.CollectExactlyOneRow(rows, scanAnimal)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, errNoAnimal
	}
	return OK(a), err
}

func (z *zoo) list(ctx context.Context, in *struct {
	PageParams
	Search string `query:"search" maxLength:"100"`
}) (*Body[Page[animal]], error) {
	var after struct{ ID int64 }
	if in.ByCursor() {
		if err := in.Position(&after); err != nil {
			return nil, err
		}
	}
	var count int64
	err := z.db.Q(ctx).QueryRow(ctx, `select count(*) from animal where strpos(name, $1) > 0`, in.Search).Scan(&count)
	if err != nil {
		return nil, err
	}
	w := Window{Limit: in.Size()}
	if !in.ByCursor() {
		if w, err = in.Window(count); err != nil {
			return nil, err
		}
	}
	rows, _ := z.db.Q(ctx).Query(ctx, `select `+animalColumns+` from animal where strpos(name, $1) > 0 and id > $2
		order by id limit $3 offset $4`, in.Search, after.ID, w.Limit, w.Offset)
	list, err := pgx.CollectRows(rows, scanAnimal)
	if err != nil || !in.ByCursor() {
		return OK(NumberedPage(ctx, w, count, list)), err
	}
	end := ""
	if len(list) == w.Limit {
		end = EncodeCursor(struct{ ID int64 }{list[len(list)-1].ID})
	}
	return OK(CursorPage(ctx, end, list)), nil
}

// register adds the module's routes to a server.
func (z *zoo) register(s *Server) *Server {
	r := s.Module("zoo", z.db)
	route := func(method, path, id string, access Access, status int) Route {
		return Route{Method: method, Path: path, ID: "zoo." + id, Summary: id, Access: access, Status: status}
	}
	Handle(r, route("GET", "/zoo/", "list", Anyone, 0), z.list)
	Handle(r, route("POST", "/zoo/", "create", Anyone, 201), z.create)
	Handle(r, route("GET", "/zoo/{id}/", "get", Anyone, 0), z.get)
	Handle(r, route("PATCH", "/zoo/{id}/", "patch", Member, 0), z.patch)
	Handle(r, route("DELETE", "/zoo/{id}/", "delete", Member, 0), z.remove)
	return s
}

// openZoo makes a database with the sample's table and returns a way to open further pools on it.
func openZoo(t testing.TB) (open func(conns int) *zoo) {
	owner := pgtest.Database(t)
	require.NoError(t, pg.EnsureRole(t.Context(), owner, "zoo", "secret"))
	dsn, err := pg.ModuleDSN(owner, "zoo", "secret")
	require.NoError(t, err)
	open = func(conns int) *zoo {
		db, err := pg.Open(dsn, "zoo", pg.Options{MaxConns: conns})
		require.NoError(t, err)
		t.Cleanup(db.Close)
		return &zoo{db: db}
	}
	m := pg.Migrations{Schema: "zoo", Platform: sql.Migrations("platform"), Module: fstest.MapFS{
		"00001_animals.sql": {Data: []byte(`-- +goose Up
create table animal (id bigint generated always as identity primary key, name text not null, kind text,
	weight float8, tags text[] not null, owner_id bigint, born timestamptz not null default '2026-01-02T03:04:05Z');`)},
	}}
	require.NoError(t, m.Migrate(t.Context(), open(2).db))
	return open
}

func (z *zoo) count(t testing.TB, table string) (n int) {
	t.Helper()
	require.NoError(t, z.db.Q(t.Context()).QueryRow(context.Background(), "select count(*) from "+table).Scan(&n))
	return n
}

func TestTheSampleAPI(t *testing.T) {
	t.Parallel()
	s := openZoo(t)(4).register(newServer(t))
	got := post("/zoo/", `{"name":"Lola","kind":"cow","weight":"450.5","tags":["a"]}`).as("ana").to(t, s)
	got.is(201, `{"id":1,"name":"Lola","kind":"cow","weight":450.5,"tags":["a"],"owner":{"id":1},"born":"2026-01-02T03:04:05Z"}`)
	post("/zoo", `{"name":"Pía","kind":null}`).to(t, s).
		is(201, `{"id":2,"name":"Pía","kind":null,"weight":null,"tags":[],"owner":null,"born":"2026-01-02T03:04:05Z"}`)
	patch := func(id int, body string) call {
		return call{"PATCH", "/zoo/" + strconv.Itoa(id) + "/", body, map[string]string{"Content-Type": "application/json"}}.as("ana")
	}
	patch(1, `{"weight":null}`).to(t, s).is(200, `{"id":1,"name":"Lola","kind":"cow","weight":null,"tags":["a"],"owner":{"id":1},"born":"2026-01-02T03:04:05Z"}`)
	require.Equal(t, "Lola", patch(1, `{}`).to(t, s).decode()["name"])
	patch(7, `{}`).to(t, s).is(404, `{"detail":"No encontrado.","code":"zoo.not_found"}`)
	require.Equal(t, 1.0, get("/zoo/?search=ola").to(t, s).decode()["count"])
	call{method: "DELETE", path: "/zoo/1"}.as("ana").to(t, s).is(204, "")
	get("/zoo/1/").to(t, s).is(404, `{"detail":"No encontrado.","code":"zoo.not_found"}`)
}

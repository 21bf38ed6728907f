package original

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"agrovet/internal/platform/pg"
)

// Batch is a batch of a step: rows whose By is above one number, up to another. DB is the module's database;
// the transaction is in the context, unless the step is done apart.
type Batch struct {
	DB          *pg.DB
	Above, UpTo int64
	meter       *meter
}

// Tx runs do in a transaction like that of a step's SQL.
func (b Batch) Tx(ctx context.Context, do func(context.Context) error) error {
	return target{b.DB}.tx(ctx, do)
}

// Schema is where copies and notes are, quoted.
func (b Batch) Schema() string { return quote(target{b.DB}.schema()) }

// Begin says that a step done apart begins with one more thing, of total parts.
func (b Batch) Begin(doing string, total int64) { b.meter.begin(doing, total) }

// Tell says that n more parts are done. It is for one goroutine at a time.
func (b Batch) Tell(n int64) { b.meter.tell(n) }

// target is the database of a module.
type target struct{ db *pg.DB }

// schema is where copies and notes are.
func (t target) schema() string { return t.db.Schema + "_original" }

// tx runs do in a transaction that sees both schemas and takes as long as it needs. The copies come first: an index of
// a module may have the name of one of the original's tables.
func (t target) tx(ctx context.Context, do func(context.Context) error) error {
	return t.db.Tx(ctx, func(ctx context.Context) error {
		for _, set := range []string{"search_path = " + quote(t.schema()) + ", " + quote(t.db.Schema), "statement_timeout = 0",
			"idle_in_transaction_session_timeout = 0", "work_mem = '64MB'", "plan_cache_mode = force_custom_plan"} {
			if err := t.exec(ctx, "set local "+set); err != nil {
				return err
			}
		}
		return do(ctx)
	})
}

func (t target) exec(ctx context.Context, sql string, args ...any) error {
	if _, err := t.db.Q(ctx).Exec(ctx, sql, args...); err != nil {
		return fmt.Errorf("%w, in: %s", err, firstLines(sql))
	}
	return nil
}

// firstLines are the beginning of a statement, for errors.
func firstLines(sql string) string {
	if len(sql) > 300 {
		return sql[:300] + " …"
	}
	return sql
}

// pipe fills a table of ctx's transaction with what write writes, in COPY's text format.
func (t target) pipe(ctx context.Context, table, columns string, write func(context.Context, io.Writer) error) (int64, error) {
	r, w := io.Pipe()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	written := make(chan error, 1)
	go func() {
		err := write(ctx, w)
		_ = w.CloseWithError(err) // never fails
		written <- err
	}()
	tag, err := t.wire(ctx).CopyFrom(ctx, r, "copy "+table+" ("+columns+") from stdin")
	_ = r.CloseWithError(io.ErrClosedPipe) // so that write ends
	if first := <-written; first != nil && err == nil {
		err = first
	}
	if err != nil {
		return 0, fmt.Errorf("copy into %s: %w", table, err)
	}
	return tag.RowsAffected(), nil
}

// wire is the connection of ctx's transaction.
func (t target) wire(ctx context.Context) *pgconn.PgConn {
	return t.db.Q(ctx).(pgx.Tx).Conn().PgConn()
}

// setup makes the schema with what runs share. Counts and notes survive a crash of the server, copies
// need not: without them all is read again, and rows are found to be there.
func (t target) setup(ctx context.Context, p Part) error {
	make := append([]string{}, fmt.Sprintf("create schema if not exists %s", quote(t.schema())),
		`create unlogged table if not exists original_staged (table_name text primary key, last_id bigint not null, since timestamptz not null)`,
		`create unlogged table if not exists original_gap (table_name text, id bigint, since timestamptz not null, primary key (table_name, id))`,
		`create table if not exists original_tally (table_name text, what text, n bigint not null default 0, primary key (table_name, what))`,
		`create table if not exists original_note (table_name text, id bigint, fate text, rule text, detail text, primary key (table_name, id, rule))`,
		idsFunction)
	for _, table := range p.Tables {
		if table.Dropped == "" {
			make = append(make, copyOf(table)...)
		}
	}
	return t.tx(ctx, func(ctx context.Context) error {
		for _, sql := range append(make, p.Setup...) {
			if err := t.exec(ctx, inSchema(sql, t.schema())); err != nil {
				return err
			}
		}
		return nil
	})
}

// inSchema has a statement make a table or function in the staging schema.
func inSchema(sql, schema string) string {
	for _, head := range []string{"create unlogged table if not exists ", "create table if not exists ", "create or replace function "} {
		if rest, ok := strings.CutPrefix(sql, head); ok {
			return head + quote(schema) + "." + rest
		}
	}
	return sql
}

// copyOf is the statements that make a table's copy.
func copyOf(t Table) []string {
	columns := append([]string{"id bigint primary key"}, quoted(t.Columns)...)
	made := []string{fmt.Sprintf("create unlogged table if not exists %s (%s, again boolean not null default false)", quote(t.Name), strings.Join(columns, ", "))}
	for _, c := range t.Indexes {
		made = append(made, fmt.Sprintf("create index if not exists %s on %s (%s)", quote(t.Name+"_"+c), quote(t.Name), quote(c)))
	}
	return made
}

func quoted(columns []string) []string {
	all := make([]string, len(columns))
	for i, c := range columns {
		name, kind, _ := strings.Cut(c, " ")
		all[i] = quote(name) + " " + kind
	}
	return all
}

// idsFunction reads the original's lists of ids: numbers, numbers as texts, a list in a text. What is none is
// left out, and so is a list that cannot be read.
const idsFunction = `create or replace function original_ids(list text) returns bigint[] language plpgsql immutable as $$
declare
    j jsonb;
begin
    if list ~ '^\[\s*(\d{1,18}\s*(,\s*\d{1,18}\s*)*)?\]$' then
        return translate(list, '[]', '{}')::bigint[];
    end if;
    j := list::jsonb;
    if jsonb_typeof(j) = 'string' then
        return original_ids(j #>> '{}');
    end if;
    return array(select split_part(trim(e #>> '{}'), '.', 1)::bigint from jsonb_array_elements(j) with ordinality x (e, n)
        where trim(e #>> '{}') ~ '^\d{1,18}(\.0+)?$' order by n);
exception when others then
    return '{}';
end $$`

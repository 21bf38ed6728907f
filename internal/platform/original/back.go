package original

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/pg"
)

// Return is how what was written in a module since its import goes back into a table of the original. Its SQL sees
// what steps see.
type Return struct {
	Table   string   // the original's; its key is id
	Columns []string // the others that are written
	// Query gives id and the columns, as the original has them, of rows that were made or changed here. A row that
	// is as it was taken had better be left out: the original may have more of it than came.
	Query string
	// Same are columns by which a row of the original is known to be the one with the id here. Where they differ, somebody
	// has written to the original since the module moved; such a row stays as it is, and is told.
	Same []string
	// Unique are columns of which the original has no two alike: where it has such a row under another id, one is enough.
	Unique []string
	// Gone gives ids that were taken and deleted here. They are deleted there.
	Gone string
	// Stay gives, where nobody keeps what was taken, the ids that are here or were not taken: all others up to the last that
	// was read are deleted there.
	Stay string
	// Done notes that both are level now; it is committed after the original is.
	Done []string
	// Lost says what cannot go back, each with a query that counts it.
	Lost map[string]string
}

// Back is a way back.
type Back struct {
	Parts   []Part            // in this order
	Sources map[string]string // by module: URLs of the original's PostgreSQL databases, with the right to write
	Targets map[string]*pg.DB // by module
	Dry     bool              // nothing stays
}

// ErrNeverTaken says that nothing came from the original, so that ids here are not its own.
var ErrNeverTaken = errors.New("it was never imported, so its ids are others than the original's")

// Do writes back one module after another, each in one transaction of the original's: one that is ended leaves nothing.
// Doing it again is harmless.
func (b Back) Do(ctx context.Context) (report BackReport, err error) {
	report = BackReport{Begun: time.Now().UTC(), Dry: b.Dry}
	for _, p := range b.Parts {
		var tables []*BackTable
		if tables, err = b.part(ctx, p); err != nil {
			err = fmt.Errorf("%s: %w", p.Module, err)
			break
		}
		report.Tables = append(report.Tables, tables...)
	}
	report.Ended = time.Now().UTC()
	return report, err
}

func (b Back) part(ctx context.Context, p Part) (tables []*BackTable, err error) {
	if len(p.Returns) == 0 {
		return nil, errors.New("there is no way back for it")
	}
	conn, err := pgx.Connect(ctx, b.Sources[p.Module])
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	t := target{b.Targets[p.Module]}
	err = t.alone(ctx, func(ctx context.Context) error {
		return t.tx(ctx, func(ctx context.Context) error {
			tables, err = b.both(ctx, t, p, conn)
			if err == nil && b.Dry {
				err = errDry
			}
			return err
		})
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return tables, err
}

// both works within a transaction of the module's, which sees one moment, and one of the original's, which ends first.
func (b Back) both(ctx context.Context, t target, p Part, conn *pgx.Conn) (tables []*BackTable, err error) {
	if err := t.exec(ctx, "set transaction isolation level repeatable read"); err != nil {
		return nil, err
	}
	if err := t.setup(ctx, p); err != nil {
		return nil, err
	}
	var taken bool
	if err := t.db.Q(ctx).QueryRow(ctx, "select exists (select from original_tally)").Scan(&taken); err != nil {
		return nil, err
	}
	if !taken {
		return nil, ErrNeverTaken
	}
	tx, err := conn.Begin(ctx)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // harmless after the commit
	for _, r := range p.Returns {
		w := &backWork{target: t, Return: r, part: p, tx: tx, dry: b.Dry}
		table, err := w.do(ctx)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.Table, err)
		}
		tables = append(tables, table)
	}
	if b.Dry {
		return tables, nil
	}
	return tables, tx.Commit(ctx)
}

// backWork is what is being done with one table.
type backWork struct {
	target
	Return
	part Part
	tx   pgx.Tx // the original's
	dry  bool
}

func (w *backWork) do(ctx context.Context) (*BackTable, error) {
	report := &BackTable{Module: w.part.Module, Table: w.Table, Lost: map[string]int64{}}
	for _, do := range []func(context.Context, *BackTable) error{w.remove, w.removeOthers, w.bring, w.refuse, w.write, w.finish} {
		if err := do(ctx, report); err != nil {
			return nil, err
		}
	}
	return report, nil
}

// remove deletes what is gone, before something else takes its place.
func (w *backWork) remove(ctx context.Context, report *BackTable) error {
	if w.Gone == "" {
		return nil
	}
	rows, err := w.db.Q(ctx).Query(ctx, w.Gone)
	if err != nil {
		return err
	}
	gone, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return err
	}
	tag, err := w.tx.Exec(ctx, "delete from "+quote(w.Table)+" where id = any($1)", gone)
	report.Deleted += tag.RowsAffected()
	return err
}

// removeOthers deletes what does not stay.
func (w *backWork) removeOthers(ctx context.Context, report *BackTable) error {
	if w.Stay == "" {
		return nil
	}
	var last int64
	if err := w.db.Q(ctx).QueryRow(ctx, "select coalesce(max(last_id), 0) from original_staged where table_name = $1", w.Table).Scan(&last); err != nil {
		return err
	}
	if _, err := w.tx.Exec(ctx, "create temporary table back_stays (id bigint) on commit drop"); err != nil {
		return err
	}
	if _, err := w.pour(ctx, w.Stay, "back_stays"); err != nil {
		return err
	}
	tag, err := w.tx.Exec(ctx, fmt.Sprintf("delete from %s t where id <= $1 and not exists (select from back_stays s where s.id = t.id)", quote(w.Table)), last)
	if err != nil {
		return err
	}
	report.Deleted += tag.RowsAffected()
	_, err = w.tx.Exec(ctx, "drop table back_stays")
	return err
}

// bring copies the rows beside the table.
func (w *backWork) bring(ctx context.Context, report *BackTable) error {
	columns := w.columns("")
	_, err := w.tx.Exec(ctx, fmt.Sprintf("create temporary table %s on commit drop as select id, %s from %s with no data", w.copy(), columns, quote(w.Table)))
	if err != nil {
		return err
	}
	report.Rows, err = w.pour(ctx, w.Query, w.copy()+" (id, "+columns+")")
	return err
}

// pour copies what a query of the module's finds into a table of the original's transaction.
func (w *backWork) pour(ctx context.Context, query, into string) (rows int64, err error) {
	r, pipe := io.Pipe()
	written := make(chan error, 1)
	go func() {
		_, err := w.wire(ctx).CopyTo(ctx, pipe, "copy ("+query+") to stdout")
		_ = pipe.CloseWithError(err) // never fails
		written <- err
	}()
	tag, err := w.tx.Conn().PgConn().CopyFrom(ctx, r, "copy "+into+" from stdin")
	_ = r.CloseWithError(io.ErrClosedPipe) // so that the other side ends
	return tag.RowsAffected(), errors.Join(err, <-written)
}

// refuse leaves out rows whose ids are others' there, and twins.
func (w *backWork) refuse(ctx context.Context, report *BackTable) error {
	rows, err := w.tx.Query(ctx, fmt.Sprintf("delete from %s c using %s t where t.id = c.id and (%s) is distinct from (%s) returning c.id",
		w.copy(), quote(w.Table), list(w.Same, "t."), list(w.Same, "c.")))
	if err != nil {
		return err
	}
	if report.Others, err = pgx.CollectRows(rows, pgx.RowTo[int64]); err != nil || len(w.Unique) == 0 {
		return err
	}
	_, err = w.tx.Exec(ctx, fmt.Sprintf("delete from %s c using %s t where t.id <> c.id and (%s) = (%s)", w.copy(), quote(w.Table), list(w.Unique, "t."), list(w.Unique, "c.")))
	return err
}

// write brings the table up to date, and its sequence behind the ids given here.
func (w *backWork) write(ctx context.Context, report *BackTable) error {
	set := make([]string, len(w.Columns))
	for i, c := range w.Columns {
		set[i] = quote(c) + " = excluded." + quote(c)
	}
	err := w.tx.QueryRow(ctx, fmt.Sprintf(`with written as (
			insert into %[1]s as t (id, %[2]s) select id, %[2]s from %[3]s order by id
			on conflict (id) do update set %[4]s where (%[5]s) is distinct from (%[6]s) returning t.xmax = 0 as fresh)
		select count(*) filter (where fresh), count(*) filter (where not fresh) from written`,
		quote(w.Table), w.columns(""), w.copy(), strings.Join(set, ", "), w.columns("t."), w.columns("excluded."))).Scan(&report.New, &report.Changed)
	if err != nil || w.dry { // sequences are not rolled back
		return err
	}
	last, err := w.last(ctx)
	if err != nil {
		return err
	}
	_, err = w.tx.Exec(ctx, fmt.Sprintf("select setval(pg_get_serial_sequence('%s', 'id'), greatest((select max(id) from %[1]s), $1))", w.Table), last)
	return err
}

// last is the last id that was given here, also to what has no place there; 1: none was.
func (w *backWork) last(ctx context.Context) (id int64, err error) {
	for _, i := range w.part.Identities {
		if i.From == w.Table {
			err = w.db.Q(ctx).QueryRow(ctx, "select coalesce(pg_sequence_last_value(pg_get_serial_sequence($1, 'id')::regclass), 1)", quote(w.db.Schema)+"."+quote(i.Table)).Scan(&id)
		}
	}
	return max(id, 1), err
}

// finish counts what cannot go, and notes that the rest has gone.
func (w *backWork) finish(ctx context.Context, report *BackTable) error {
	for what, query := range w.Lost {
		var n int64
		if err := w.db.Q(ctx).QueryRow(ctx, query).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			report.Lost[what] = n
		}
	}
	for _, sql := range w.Done {
		if err := w.exec(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}

func (w *backWork) copy() string { return quote("back_" + w.Table) }

func (w *backWork) columns(of string) string { return list(w.Columns, of) }

func list(columns []string, of string) string {
	all := make([]string, len(columns))
	for i, c := range columns {
		all[i] = of + quote(c)
	}
	return strings.Join(all, ", ")
}

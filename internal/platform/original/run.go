package original

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"agrovet/internal/platform/pg"
)

// Run is an import.
type Run struct {
	Parts    []Part             // what is to be moved, in this order: those who give lists before those who need them
	Givers   []Part             // all that give lists, also when they are not to be moved now
	Foreign  map[string]Foreign // lists that no part gives yet
	Sources  map[string]Source  // by module
	Targets  map[string]*pg.DB  // by module
	Dry      bool               // nothing stays
	Progress func(p Progress)   // may be nil
}

// Foreign is a list that is read from the original itself: ids of rows that keep them.
type Foreign struct {
	Module string
	Table  Table
}

// ErrBusy says that another import works on the same database.
var ErrBusy = errors.New("another import is at work on this database")

var errDry = errors.New("dry run")

// Do moves everything, and tells what became of it, also when it fails in the middle.
func (r Run) Do(ctx context.Context) (report Report, err error) {
	report = Report{Begun: time.Now().UTC(), Dry: r.Dry}
	err = r.parts(ctx, r.Parts, nil, &report)
	if errors.Is(err, errDry) {
		err = nil
	}
	report.Ended = time.Now().UTC()
	return report, err
}

// parts does one part after another; in a dry run, each within the transactions of those before it, so that it
// sees what they did.
func (r Run) parts(ctx context.Context, parts []Part, done []*work, report *Report) error {
	if len(parts) == 0 {
		return r.finish(ctx, done)
	}
	p := parts[0]
	next := func(ctx context.Context) error {
		w, err := r.part(ctx, p, report)
		if err != nil {
			return fmt.Errorf("%s: %w", p.Module, err)
		}
		return r.parts(ctx, parts[1:], append(done[:len(done):len(done)], w), report)
	}
	t := target{r.Targets[p.Module]}
	return t.alone(ctx, func(ctx context.Context) error {
		if r.Dry {
			return t.tx(ctx, next)
		}
		return next(ctx)
	})
}

// finish does what is late.
func (r Run) finish(ctx context.Context, done []*work) error {
	for _, w := range slices.Backward(done) {
		if len(w.part.Late) == 0 {
			continue
		}
		if err := r.late(ctx, w); err != nil {
			return fmt.Errorf("%s: %w", w.part.Module, err)
		}
	}
	if r.Dry {
		return errDry
	}
	return nil
}

// alone does something while no other import works on the database.
func (t target) alone(ctx context.Context, do func(context.Context) error) error {
	conn, err := t.db.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	var mine bool
	if err := conn.QueryRow(ctx, "select pg_try_advisory_lock(hashtext($1))", t.schema()).Scan(&mine); err != nil {
		return err
	}
	if !mine {
		return ErrBusy
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if _, err := conn.Exec(ctx, "select pg_advisory_unlock(hashtext($1))", t.schema()); err != nil {
			_ = conn.Conn().Close(ctx) // the lock goes with it
		}
	}()
	return do(ctx)
}

// work is what is being done with one part.
type work struct {
	target
	part   Part
	source Source
	report *ModuleReport
	meter  *meter
	dry    bool
}

func (r Run) part(ctx context.Context, p Part, report *Report) (w *work, err error) {
	source := r.Sources[p.Module]
	if source == nil {
		return nil, errors.New("no database of the original is given")
	}
	w = &work{target: target{r.Targets[p.Module]}, part: p, source: source, meter: &meter{module: p.Module, say: r.Progress},
		report: &ModuleReport{Module: p.Module, Source: source.Name()}, dry: r.Dry}
	report.Modules = append(report.Modules, w.report)
	return w, w.timed(ctx, func() error {
		if err := w.setup(ctx, p); err != nil {
			return err
		}
		if err := w.look(ctx); err != nil {
			return err
		}
		if err := r.lists(ctx, w, p.Needs); err != nil {
			return err
		}
		return w.do(ctx)
	})
}

// late does a part's late steps.
func (r Run) late(ctx context.Context, w *work) error {
	return w.timed(ctx, func() error {
		if err := r.lists(ctx, w, w.part.Asks); err != nil {
			return err
		}
		return w.steps(ctx, w.part.Late)
	})
}

// timed measures a part's work and tells what has become of its rows.
func (w *work) timed(ctx context.Context, do func() error) error {
	begun := time.Now()
	defer func() { w.report.Seconds += time.Since(begun).Seconds() }()
	err := do()
	if err != nil && w.dry {
		return err // the transaction tells nothing any more
	}
	return errors.Join(err, w.tellAll(ctx))
}

// do stages and takes.
func (w *work) do(ctx context.Context) error {
	for _, t := range w.part.Tables {
		if !w.now(t.Name).Absent && t.Dropped == "" {
			w.staging(t)
			if err := w.stage(ctx, t); err != nil {
				return err
			}
			if err := w.tx(ctx, func(ctx context.Context) error { return w.exec(ctx, "analyze "+quote(t.Name)) }); err != nil {
				return err
			}
		}
	}
	if err := w.steps(ctx, w.part.Steps); err != nil {
		return err
	}
	if w.dry {
		return nil // sequences are not rolled back
	}
	return w.tx(ctx, w.identities)
}

func (w *work) steps(ctx context.Context, steps []Step) error {
	for _, s := range steps {
		if err := w.step(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// look counts what there is.
func (w *work) look(ctx context.Context) error {
	absent := 0
	for _, t := range w.part.Tables {
		r := w.now(t.Name)
		has, err := w.source.Has(ctx, t)
		if err == nil && has {
			r.Source, err = w.source.Count(ctx, t)
		}
		if err != nil {
			return fmt.Errorf("look at %s: %w", t.Name, err)
		}
		if r.Absent = !has; r.Absent {
			absent++
		}
		if t.Dropped != "" {
			r.Rejected, r.Rules = r.Source, []RuleReport{{Fate: Rejected, Rule: t.Dropped, Rows: r.Source}}
		}
	}
	if absent == len(w.part.Tables) {
		return fmt.Errorf("%s has none of the original's tables, such as %s", w.source.Name(), w.part.Tables[0].Name)
	}
	return nil
}

// identities sets sequences behind the ids that came, and behind those that did not: links to them find nothing.
func (w *work) identities(ctx context.Context) error {
	for _, i := range w.part.Identities {
		err := w.exec(ctx, fmt.Sprintf(`select setval(seq::regclass, greatest(1, (select coalesce(max(id), 0) from %s),
				(select coalesce(max(last_id), 0) from original_staged where table_name = $2), pg_sequence_last_value(seq::regclass)))
			from pg_get_serial_sequence($1, 'id') seq`, quote(i.Table)), quote(w.db.Schema)+"."+quote(i.Table), i.From)
		if err != nil {
			return err
		}
	}
	return nil
}

// lists makes those that a part refers to.
func (r Run) lists(ctx context.Context, w *work, names []string) error {
	for _, name := range names {
		if err := r.list(ctx, w, name); err != nil {
			return fmt.Errorf("list %s: %w", name, err)
		}
	}
	return nil
}

func (r Run) list(ctx context.Context, w *work, name string) error {
	l, write, err := r.giver(name)
	if err != nil {
		return err
	}
	return w.tx(ctx, func(ctx context.Context) error {
		for _, sql := range []string{"drop table if exists " + quote(name), "create unlogged table " + quote(name) + " (" + strings.Join(quoted(l.columns()), ", ") + ")"} {
			if err := w.exec(ctx, sql); err != nil {
				return err
			}
		}
		if _, err := w.pipe(ctx, quote(name), strings.Join(names(Table{Columns: l.columns()}), ", "), write); err != nil {
			return err
		}
		return w.exec(ctx, "analyze "+quote(name))
	})
}

// giver finds who writes a list.
func (r Run) giver(name string) (List, func(context.Context, io.Writer) error, error) {
	for _, p := range r.Givers {
		i := slices.IndexFunc(p.Gives, func(l List) bool { return l.Name == name })
		if db := r.Targets[p.Module]; i >= 0 && db != nil {
			return p.Gives[i], target{db}.writer(p, p.Gives[i].Query), nil
		}
	}
	f, ok := r.Foreign[name]
	if !ok || r.Sources[f.Module] == nil {
		return List{}, nil, fmt.Errorf("nobody gives it: the original's database of %s is needed", f.Module)
	}
	t := f.Table
	t.Columns = []string{t.key() + " bigint"}
	return List{}, func(ctx context.Context, w io.Writer) error {
		return r.Sources[f.Module].Copy(ctx, w, t, Span{Above: 0, UpTo: 1<<63 - 1})
	}, nil
}

// writer writes what a query of a giver's finds.
func (t target) writer(p Part, query string) func(context.Context, io.Writer) error {
	return func(ctx context.Context, out io.Writer) error {
		if err := t.setup(ctx, p); err != nil {
			return err
		}
		return t.tx(ctx, func(ctx context.Context) error {
			_, err := t.wire(ctx).CopyTo(ctx, out, "copy ("+query+") to stdout")
			return err
		})
	}
}

// Forget removes copies, counts and notes of a module: afterwards an import begins anew.
func Forget(ctx context.Context, db *pg.DB) error {
	t := target{db}
	return t.alone(ctx, func(ctx context.Context) error {
		return t.exec(ctx, "drop schema if exists "+quote(t.schema())+" cascade")
	})
}

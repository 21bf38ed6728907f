package original

import "context"

// Part is what a module takes from the original.
type Part struct {
	Module string
	Tables []Table
	Setup  []string // SQL: what the steps need in the module's staging schema, "if not exists"; it stays until Forget
	Needs  []string // names of lists that steps refer to as tables
	Gives  []List   // made from the module's database when its steps are done
	Steps  []Step
	// Late steps are done when all parts' steps are, in the opposite order of parts: what they ask for is known
	// when everything stands in its place.
	Asks []string // names of lists that late steps refer to
	Late []Step
	// Identities are the module's tables whose ids are the original's.
	Identities []Identity
	// Returns are the way back, in this order; none: the module has none.
	Returns []Return
}

// Identity is a module's table with ids of a table of the original.
type Identity struct{ Table, From string }

// Table is a table of the original, and its copy.
type Table struct {
	Name    string
	Key     string   // the column, of numbers, by which it is read; "id" in the copy. Defaults to id
	Columns []string // the others, each "name type"; JSON is text, see original_ids
	Indexes []string // columns of the copy that steps look for
	Whole   bool     // read whole by every run, since its rows change without saying so
	Changed string   // for others: a column, or expression, that says when a row changed last
	Dropped string   // a rule by which none of its rows is taken; they are counted, not read
}

// List is what modules ask each other for. As a table it has two columns unless it says others: id, an id of the
// original, and kept, which stands for it in agrovet.
type List struct {
	Name    string
	Columns []string // each "name type"
	Query   string
}

// Step is a part of a module's work. Its SQL sees the module's tables, the copies, lists, and original_note.
//
// A step without Table is done once in a run. With one, it is done for batches of its copy, in the order of
// By; statements are called with the bounds: By above $1, up to $2.
type Step struct {
	Name  string
	Table string
	By    string // a column of the copy, of numbers. Defaults to id
	Size  int    // rows of a batch, about: what has the same By stays together. Defaults to 10,000
	SQL   []string
	Do    func(ctx context.Context, b Batch) error // before the SQL
	// Apart is all of a step that cannot be in one transaction, nor be rolled back: it makes its own, and is left
	// out of a dry run.
	Apart func(ctx context.Context, b Batch) error
	// Here says by a condition on a row of the copy, s, that what it says stands in the module's tables. A step
	// with it is the last one with its table: each row of the batch is counted, and leaves the copy.
	Here string
	// Absorbs says that rows leave nothing of their own, so that Here cannot tell whether they came before: those
	// that are not noted count as taken.
	Absorbs bool
}

// What became of rows, in original_note.
const (
	Rejected = "rejected"
	Merged   = "merged"  // stands for by another row
	Changed  = "changed" // taken, though not as it was
)

// columns are a list's, as a table has them.
func (l List) columns() []string {
	if len(l.Columns) == 0 {
		return []string{"id bigint primary key", "kept bigint not null"}
	}
	return l.Columns
}

func (t Table) key() string {
	if t.Key == "" {
		return "id"
	}
	return t.Key
}

func (s Step) by() string {
	if s.By == "" {
		return "id"
	}
	return s.By
}

func (s Step) size() int {
	if s.Size == 0 {
		return 10_000
	}
	return s.Size
}

// NoteSQL begins a statement that notes what became of rows: "select id, rule, detail …" follows.
func NoteSQL(table, fate string) string {
	return "insert into original_note (table_name, fate, id, rule, detail) select '" + table + "', '" + fate + "', x.* from ("
}

// NoteEnd ends it. A note that is there already stays.
const NoteEnd = ") x on conflict do nothing"

// Note is the statement that notes what a query of id, rule and detail finds.
func Note(table, fate, query string) string { return NoteSQL(table, fate) + query + NoteEnd }

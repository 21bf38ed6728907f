package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pg/rows"
)

// upgradeData has a file for each version of each schema: <module>-<version>-<version of platform>.sql. It has all
// rows as that version held them, in words that psql reads: copy … from stdin, and where sequences stood; or \ir and another file. Files are
// written once, when their version is the newest, and never changed.
const upgradeData = "testdata/upgrade"

// dataset is one of the files.
type dataset struct {
	path             string
	module, platform int64
}

// datasets are those of a module, the oldest first.
func datasets(t *testing.T, module string) (all []dataset) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(upgradeData, module+"-*.sql"))
	require.NoError(t, err)
	for _, path := range paths {
		d := dataset{path: path}
		_, err := fmt.Sscanf(filepath.Base(path), module+"-%d-%d.sql", &d.module, &d.platform)
		require.NoError(t, err, path)
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b dataset) int { return int(1000*(a.module-b.module) + a.platform - b.platform) })
	return all
}

// neverInUpgradeData are tables that are empty in a sound installation at rest: what went wrong, and queues that are
// worked off within seconds.
var neverInUpgradeData = []string{"parked", "rejected", "due", "listing_before"}

var (
	copyLine   = regexp.MustCompile(`^copy (\w+) \((.*)\) from stdin;$`)
	setvalLine = regexp.MustCompile(`^select setval\('(\w+)', (\d+), (true|false)\);$`)
)

// load puts the rows into the tables of their version, and wants every table to have some.
func (d dataset) load(ctx context.Context, tx pgx.Tx) error {
	file, err := os.ReadFile(d.path)
	if same, found := strings.CutPrefix(string(file), `\ir `); found { // of a version with the same tables and columns
		file, err = os.ReadFile(filepath.Join(upgradeData, strings.TrimSpace(same)))
	}
	if err != nil {
		return err
	}
	into, err := rows.NewLoad(ctx, tx)
	if err != nil {
		return err
	}
	loaded, sequences := map[string]int64{}, []rows.Sequence{}
	for in := bufio.NewReader(bytes.NewReader(file)); ; {
		line, err := in.ReadString('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		line = strings.TrimSuffix(line, "\n")
		if m := copyLine.FindStringSubmatch(line); m != nil {
			table := rows.Table{Name: m[1], Columns: strings.Split(m[2], ", ")}
			if loaded[m[1]], err = into.Copy(ctx, table, copied(in)); err != nil {
				return err
			}
		} else if m := setvalLine.FindStringSubmatch(line); m != nil {
			s := rows.Sequence{Name: m[1], Called: m[3] == "true"}
			_, _ = fmt.Sscan(m[2], &s.Last) // digits
			sequences = append(sequences, s)
		} else if line != "" && !strings.HasPrefix(line, "--") {
			return fmt.Errorf("what is %q?", line)
		}
	}
	if err := into.Finish(ctx, sequences); err != nil {
		return err
	}
	return everyTable(ctx, tx, loaded)
}

// copied are the lines up to the end of the copy.
func copied(in *bufio.Reader) io.Reader {
	var b bytes.Buffer
	for {
		line, err := in.ReadString('\n')
		if err != nil || line == "\\.\n" {
			return &b
		}
		b.WriteString(line)
	}
}

func everyTable(ctx context.Context, tx pgx.Tx, loaded map[string]int64) error {
	tables, err := rows.Tables(ctx, tx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if loaded[t.Name] == 0 && !slices.Contains(neverInUpgradeData, t.Name) {
			return fmt.Errorf("there are no rows of %s: put some into testdata/upgrade/world", t.Name)
		}
	}
	return nil
}

// TestWriteUpgradeData is `make testdata-upgrade`: it writes the rows of the newest version of each schema, where they
// are not there yet. They are those of the demo community and of testdata/upgrade/world.
func TestWriteUpgradeData(t *testing.T) {
	if os.Getenv("UPGRADE_DATA") == "" {
		t.Skip("UPGRADE_DATA is not set: make testdata-upgrade")
	}
	a := worldly(t)
	for _, name := range moduleNames {
		m := migrations(name)
		path := filepath.Join(upgradeData, fmt.Sprintf("%s-%d-%d.sql", name, m.Latest("module"), m.Latest("platform")))
		if _, err := os.Stat(path); err == nil {
			continue
		}
		require.NoError(t, os.WriteFile(path, dumped(t, a.db.module[name]), 0o644))
		t.Log("wrote", path)
	}
}

// worldly is the demo community, with rows in every table, and sound.
func worldly(t *testing.T) *app {
	a := seeded(t)
	for _, name := range moduleNames {
		db := a.db.module[name]
		if name == "chat" {
			execute(t, t.Context(), db, talk...)
		}
		for _, file := range []string{"platform", name} {
			world, err := os.ReadFile(filepath.Join(upgradeData, "world", file+".sql"))
			require.NoError(t, err)
			require.NoError(t, db.Tx(t.Context(), func(ctx context.Context) error {
				_, err := db.Q(ctx).(pgx.Tx).Conn().PgConn().Exec(ctx, string(world)).ReadAll()
				return err
			}), name)
		}
	}
	settle(t, a)
	for _, name := range moduleNames {
		thin(t, a.db.module[name])
	}
	var out bytes.Buffer
	l := everything
	l.files = false
	require.NoError(t, a.verify(t.Context(), &out, l), "%s", &out)
	return a
}

// thin leaves some of those rows of which there are many.
func thin(t *testing.T, db *pg.DB) {
	t.Helper()
	_, err := db.Q(t.Context()).Exec(t.Context(), "insert into outbox_cursor (destination, position) select 'kafka', max(position) from outbox")
	require.NoError(t, err)
	if db.Schema == "marketplace" {
		execute(t, t.Context(), db, "delete from add where id not in (select id from add order by id limit 12) and id not in (select add_id from add_case)")
	}
	for table, order := range map[string]string{"outbox": "position desc", "inbox": "event_id desc", "word": "n desc, word", "term": "n desc, term"} {
		var there bool
		require.NoError(t, db.Q(t.Context()).QueryRow(t.Context(), "select to_regclass($1) is not null", table).Scan(&there))
		if there {
			_, err := db.Q(t.Context()).Exec(t.Context(), "delete from "+table+" where ctid not in (select ctid from "+table+" order by "+order+" limit 20)")
			require.NoError(t, err)
		}
	}
}

// dumped are all rows of a schema.
func dumped(t *testing.T, db *pg.DB) []byte {
	t.Helper()
	all, err := rows.Snapshots(t.Context(), []*pg.DB{db})
	require.NoError(t, err)
	s := all[0]
	defer s.Close()
	tables, err := rows.Tables(t.Context(), s.Tx)
	require.NoError(t, err)
	sequences, err := rows.Sequences(t.Context(), s.Tx)
	require.NoError(t, err)
	var b bytes.Buffer
	for _, table := range tables {
		fmt.Fprintf(&b, "copy %s (%s) from stdin;\n", table.Name, strings.Join(table.Columns, ", "))
		n, err := s.Copy(t.Context(), table, &b)
		require.NoError(t, err)
		if n == 0 && !slices.Contains(neverInUpgradeData, table.Name) {
			t.Fatalf("there are no rows of %s.%s: put some into testdata/upgrade/world, or try again when a job makes them", db.Schema, table.Name)
		}
		b.WriteString("\\.\n\n")
	}
	for _, s := range sequences {
		fmt.Fprintf(&b, "select setval('%s', %d, %t);\n", s.Name, s.Last, s.Called)
	}
	return b.Bytes()
}

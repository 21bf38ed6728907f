package pgtest

import "testing"

func TestCopiesAreFilledOnceAndApart(t *testing.T) {
	filled := 0
	fill := func(owner string) {
		filled++
		if err := execute(owner, "CREATE TABLE cow AS SELECT 'Rosa' AS name"); err != nil {
			t.Fatal(err)
		}
	}
	one, other := Copy(t, "a cow", fill), Copy(t, "a cow", fill)
	if err := execute(one, "DELETE FROM cow"); err != nil {
		t.Fatal(err)
	}
	if n := ask(t, other, "SELECT count(*)::text FROM cow"); n != "1" || filled != 1 {
		t.Errorf("the other copy has %s rows after %d fillings, want 1 and 1", n, filled)
	}
}

func TestTemplatesCanBeDropped(t *testing.T) {
	Copy(t, "nothing", func(string) {})
	name := templates.databases["nothing"]
	if err := dropTemplates(Server(t)); err != nil {
		t.Fatal(err)
	}
	if n := ask(t, Server(t), "SELECT count(*)::text FROM pg_database WHERE datname = '"+name+"'"); n != "0" {
		t.Errorf("%s templates %s are left, want 0", n, name)
	}
}

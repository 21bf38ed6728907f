package pgtest

import (
	"errors"
	"sync"
	"testing"
)

// templates are the databases that tests copy, by the name of what is in them. They live as long as
// the test binary.
var templates struct {
	sync.Mutex
	databases map[string]string
}

// Copy is Database with something in it: fill is called with a new database for the first test of
// the binary that asks for this name, and every test gets a copy of what it left there. fill closes
// its connections, because PostgreSQL copies no database that somebody is in.
func Copy(t testing.TB, name string, fill func(owner string)) string {
	t.Helper()
	made, dsn := create(t, template(t, name, fill))
	t.Cleanup(func() { drop(t, made) })
	return dsn
}

// template returns the name of the database; when fill fails the test, the next one tries again.
func template(t testing.TB, name string, fill func(owner string)) string {
	t.Helper()
	templates.Lock()
	defer templates.Unlock()
	if made, ok := templates.databases[name]; ok {
		return made
	}
	made, dsn := create(t, "template1")
	fill(dsn)
	if templates.databases == nil {
		templates.databases = map[string]string{}
	}
	templates.databases[name] = made
	return made
}

// dropTemplates leaves nothing on a server that stays.
func dropTemplates(server string) error {
	templates.Lock()
	defer templates.Unlock()
	var failed error
	for _, made := range templates.databases {
		failed = errors.Join(failed, execute(server, dropping(made)))
	}
	clear(templates.databases)
	return failed
}

package bus_test

import (
	"testing"

	"agrovet/internal/platform/bus/bustest"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"

	"go.uber.org/goleak"
)

// databases are those of a source and of a subscriber, in one PostgreSQL database. At the end no
// goroutine may be left.
func databases(t testing.TB) (source, subscriber *pg.DB) {
	dsn := pgtest.Database(t)
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) })
	return pgtest.SchemaIn(t, dsn, "source"), pgtest.SchemaIn(t, dsn, "subscriber")
}

func TestRoadInProcess(t *testing.T) {
	bustest.TestRoad(t, func(t *testing.T) bustest.Road {
		source, subscriber := databases(t)
		return bustest.InProcess(source, subscriber)
	})
}

package main

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/pgtest"
)

// brokenRoles are installations in which the role of a module may too little or too much.
var brokenRoles = map[string]broken{
	"ARoleMayNotSignIn": {wide: true, says: `WRONG +foro +its role agrovet_foro may not sign in\n.*alter role agrovet_foro login`, args: onServer("alter role agrovet_foro nologin", "alter role agrovet_foro login")},
	"ARoleMayDoAnything": {wide: true, says: `WRONG +chat +its role agrovet_chat may do more than a module needs.*\n.*nosuperuser`,
		args: onServer("alter role agrovet_chat createdb", "alter role agrovet_chat nocreatedb")},
	"ARoleMayNotConnect": {says: `WRONG +media +its role agrovet_media may not connect.*\n.*grant connect`, args: inDatabase(`revoke connect on database DATABASE from public;
			grant connect on database DATABASE to agrovet_auth, agrovet_profiles, agrovet_marketplace, agrovet_chat, agrovet_foro`)},
	"ASchemaIsSomebodyElses": {says: `WRONG +auth +its role agrovet_auth does not own its schema, which is agrovet_chat's\n.*alter schema auth owner`,
		args: inDatabase("alter schema auth owner to agrovet_chat")},
	"ATableIsSomebodyElses": {says: `WRONG +foro +its role agrovet_foro does not own the table tag, which is .*\n.*alter table foro.tag owner`,
		args: inDatabase("alter table foro.tag owner to current_user")},
	"ATableMayNotBeRead": {says: `WRONG +foro +its role agrovet_foro may not read and write the table tag\n.*grant all on foro.tag`,
		args: inDatabase("revoke select on foro.tag from agrovet_foro")},
	"ARoleMayUseAnothersSchema": {says: `WRONG +marketplace +its role agrovet_marketplace may use the schema of another module, auth\n.*revoke all`,
		args: inDatabase("grant usage on schema auth to agrovet_marketplace")},
	"ARoleOwnsWhatIsNotItsOwn": {says: `WRONG +profiles +its role agrovet_profiles owns public.spare, which is not its own`,
		args: inDatabase("create table public.spare (v int); alter table public.spare owner to agrovet_profiles")},
	"TheOwnerMayNotMakeRoles": {says: `WRONG +auth +its role or its schema is not there, and the user of database.url may not make roles\n.*createrole`, args: tame},
	"AModulesOwnDatabaseRefusesIt": {says: `(?s)WRONG +chat .*→ check user and password in chat.dsn`, args: func(t *testing.T, dsn string) []string {
		return []string{"--chat-dsn", withUser(t, dsn, url.UserPassword("agrovet_chat", "wrong"))}
	}},
}

// inDatabase breaks a sound database of its own, whose name is where DATABASE stands.
func inDatabase(sql string) func(t *testing.T, dsn string) []string {
	return func(t *testing.T, _ string) []string {
		dsn := soundDatabase(t)
		u, err := url.Parse(dsn)
		require.NoError(t, err)
		asOwner(t, dsn, strings.ReplaceAll(sql, "DATABASE", strings.TrimPrefix(u.Path, "/")))
		return []string{"--database-url", dsn}
	}
}

// onServer breaks what all databases share, and mends it after the test.
func onServer(sql, mended string) func(t *testing.T, dsn string) []string {
	return func(t *testing.T, dsn string) []string {
		asOwner(t, dsn, sql)
		t.Cleanup(func() { mend(t, mended) })
		return nil
	}
}

func mend(t *testing.T, sql string) {
	conn, err := pgx.Connect(context.Background(), pgtest.Server(t))
	require.NoError(t, err)
	defer conn.Close(context.Background())
	_, err = conn.Exec(context.Background(), sql)
	require.NoError(t, err)
}

// tame is an empty database and a user who may do nothing there but sign in.
func tame(t *testing.T, _ string) []string {
	dsn := pgtest.Database(t)
	asOwner(t, dsn, "create role tame_in_doctor_test login password 'tame'")
	t.Cleanup(func() { mend(t, "drop role tame_in_doctor_test") })
	return []string{"--database-url", withUser(t, dsn, url.UserPassword("tame_in_doctor_test", "tame"))}
}

func TestFreeSpace(t *testing.T) {
	for free, want := range map[uint64]string{2 << 30: "ok", 500 << 20: "warning", 50 << 20: "WRONG"} {
		require.Regexp(t, "^"+want, examineSpace(finding{part: "data-dir"}, "/data", free).String())
	}
}

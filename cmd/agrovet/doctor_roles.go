package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/pg"
)

// lookAtRole says what is wrong with a module's role ($1) and what to do. It wants that the role may sign in, that it
// owns its schema ($2) and all that is in it, and that it has no more: neither the schemas of other modules ($3) nor,
// when agrovet has made it, rights over the server. The cause stands first.
const lookAtRole = `with me as (select * from pg_roles where rolname = $1),
	mine as (select n.oid, n.nspname, n.nspowner from pg_namespace n where n.nspname = $2),
	tables as (select c.oid, c.relname, c.relowner from pg_class c join mine on mine.oid = c.relnamespace where c.relkind in ('r', 'p')),
	others as (select n.oid, n.nspname from pg_namespace n where n.nspname = any($3) and n.nspname <> $2)
	select says, advice from (
		select 1 as n, 'may not sign in' as says, format('alter role %I login', $1::text) as advice from me where not rolcanlogin
		union all select 2, 'may do more than a module needs on the whole server', format('alter role %I nosuperuser nocreaterole nocreatedb nobypassrls', $1::text)
			from me where rolname = 'agrovet_' || $2 and (rolsuper or rolcreaterole or rolcreatedb or rolbypassrls)
		union all select 3, 'may not connect to the database', format('grant connect, create, temporary on database %I to %I', current_database(), $1::text)
			from me where not has_database_privilege(me.oid, current_database(), 'connect')
		union all select 4, format('does not own its schema, which is %s''s', pg_get_userbyid(nspowner)), format('alter schema %I owner to %I', nspname, $1::text)
			from me, mine where nspowner <> me.oid
		union all select 5, format('does not own the table %s, which is %s''s', relname, pg_get_userbyid(relowner)), format('alter table %I.%I owner to %I', $2::text, relname, $1::text)
			from me, tables where relowner <> me.oid
		union all select 6, format('may not read and write the table %s', relname), format('grant all on %I.%I to %I', $2::text, relname, $1::text)
			from me, tables where not (has_table_privilege(me.oid, tables.oid, 'select') and has_table_privilege(me.oid, tables.oid, 'insert')
				and has_table_privilege(me.oid, tables.oid, 'update') and has_table_privilege(me.oid, tables.oid, 'delete'))
		union all select 7, format('may use the schema of another module, %s', nspname), format('revoke all on schema %I from %I, and all that it may do there', nspname, $1::text)
			from me, others where has_schema_privilege(me.oid, others.oid, 'usage')
		union all select 8, format('owns %s.%s, which is not its own', n.nspname, c.relname), format('alter table %I.%I owner to whose it is', n.nspname, c.relname)
			from me join pg_class c on c.relowner = me.oid join pg_namespace n on n.oid = c.relnamespace
			where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> $2 and n.nspname <> $2 || '_original'
	) found order by n limit 1`

// examineRole looks at the role with which a module signs in. A module that is not well is not asked more.
func examineRole(ctx context.Context, q pg.Querier, role, module string) (f finding, well bool) {
	f = finding{part: module}
	err := q.QueryRow(ctx, lookAtRole, role, module, moduleNames).Scan(&f.says, &f.advice)
	if errors.Is(err, pgx.ErrNoRows) {
		return f, true
	}
	f.wrong, f.says, f.advice = true, fmt.Sprintf("its role %s %s", role, f.says), "as the database's owner: "+f.advice
	if err != nil {
		f.says, f.advice = err.Error(), ""
	}
	return f, false
}

// examineMadeRole is examineRole where agrovet makes roles and schemas by itself, at its first start.
func examineMadeRole(ctx context.Context, owner *pgx.Conn, module string) (finding, bool) {
	var there, may bool
	err := owner.QueryRow(ctx, `select exists (select from pg_roles where rolname = $1) and exists (select from pg_namespace where nspname = $2),
		(select rolsuper or rolcreaterole from pg_roles where rolname = current_user)`, pg.Role(module), module).Scan(&there, &may)
	f := finding{part: module}
	switch {
	case err != nil:
		f.wrong, f.says = true, err.Error()
	case there:
		return examineRole(ctx, owner, pg.Role(module), module)
	case may:
		f.says = "its role or its schema is not there yet; the first start makes them"
	default:
		f.wrong, f.says = true, "its role or its schema is not there, and the user of database.url may not make roles"
		f.advice = "alter role … createrole, or give every module a database by its key dsn"
	}
	return f, false
}

// examineOwnRole is examineRole of a module with a database of its own, asked by its own role.
func examineOwnRole(ctx context.Context, db *pg.DB) (finding, bool) {
	var role string
	if err := db.Q(ctx).QueryRow(ctx, "select current_user").Scan(&role); err != nil {
		return finding{part: db.Schema, wrong: true, says: err.Error(), advice: dsnAdvice(db.Schema, err)}, false
	}
	return examineRole(ctx, db.Q(ctx), role, db.Schema)
}

func dsnAdvice(module string, err error) string {
	if pg.SignInRefused(err) {
		return fmt.Sprintf("check user and password in %s.dsn", module)
	}
	return fmt.Sprintf("start that PostgreSQL, or correct host and port in %s.dsn", module)
}

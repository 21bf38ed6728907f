#!/bin/sh
# Makes a role and a schema of its own for each module, as agrovet itself does when it is given the owner's DSN: a
# module's rights end at its schema. PostgreSQL's image runs this once, on an empty volume; elsewhere run it with
# psql's variables (PGHOST, PGUSER, PGPASSWORD, PGDATABASE). It reads AUTH_DB_PASSWORD, MEDIA_DB_PASSWORD and so on;
# run anew, it changes passwords.
set -eu
: "${PGUSER:=${POSTGRES_USER:?set PGUSER}}" "${PGDATABASE:=${POSTGRES_DB:?set PGDATABASE}}"
export PGUSER PGDATABASE MODULE_PASSWORD

for module in auth media profiles marketplace chat foro; do
	variable=$(echo "$module" | tr '[:lower:]' '[:upper:]')_DB_PASSWORD
	eval "MODULE_PASSWORD=\${$variable:?set $variable}"
	psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 -v schema="$module" -v role="agrovet_$module" <<-'SQL'
		\getenv password MODULE_PASSWORD
		begin;
		select format('create role %I', :'role') where not exists (select from pg_roles where rolname = :'role') \gexec
		alter role :"role" with login nosuperuser nocreatedb nocreaterole password :'password';
		alter role :"role" set search_path = :"schema";
		grant :"role" to current_user;
		create schema if not exists :"schema" authorization :"role";
		revoke all on schema :"schema" from public;
		revoke create on schema public from public;
		select format('revoke all on database %I from public', current_database()),
		       format('grant connect, create, temporary on database %I to %I', current_database(), :'role') \gexec
		commit;
	SQL
done

package pg

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Role is the name of a module's login role.
func Role(schema string) string { return "agrovet_" + schema }

// ModuleDSN is the DSN with which a module's role signs in to the database of the owner's DSN, and
// else the same: hosts, TLS, timeouts. The role's password is derived (HMAC-SHA-256) from the
// secret, so that every replica with the same secret arrives at the same one and none has to be
// kept.
func ModuleDSN(owner, schema, secret string) (string, error) {
	cfg, err := pgx.ParseConfig(owner)
	if err != nil {
		return "", fmt.Errorf("database.url: %w", err)
	}
	password, database := rolePassword(schema, secret), cmp.Or(cfg.Database, cfg.User)
	if !strings.HasPrefix(owner, "postgres://") && !strings.HasPrefix(owner, "postgresql://") {
		// Of a keyword that comes twice, the last one counts.
		return fmt.Sprintf("%s dbname=%s user=%s password=%s", owner, keywordValue(database), Role(schema), password), nil
	}
	u, err := url.Parse(owner)
	if err != nil {
		return "", fmt.Errorf("database.url: %w", err)
	}
	u.User = url.UserPassword(Role(schema), password)
	u.Path = "/" + database // may come from the owner's name or the environment
	q := u.Query()
	for _, k := range []string{"user", "password", "dbname", "database"} {
		q.Del(k)
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// keywordValue quotes a value of a keyword DSN.
func keywordValue(v string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(v) + "'"
}

func rolePassword(schema, secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("agrovet role " + schema))
	return hex.EncodeToString(mac.Sum(nil))
}

// rolesLock serialises processes that prepare one database at the same time.
const rolesLock = 0x61677276 // "agrv"

// roleAttempts bounds how often EnsureRole gives way to another database's: roles belong to the
// whole server, but locks to one database.
const roleAttempts = 50

// EnsureRole makes the module's role and schema, or sets the role's password anew. It needs an
// owner who may create roles. Nobody but the role may use the schema.
func EnsureRole(ctx context.Context, owner, schema, secret string) error {
	conn, err := pgx.Connect(ctx, owner)
	if err != nil {
		return fmt.Errorf("connect as the database's owner: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for range roleAttempts {
		if err = prepareRole(ctx, conn, schema, secret); !changedMeanwhile(err) {
			return err
		}
		if !pause(ctx, 40*time.Millisecond) {
			break
		}
	}
	return err
}

func prepareRole(ctx context.Context, conn *pgx.Conn, schema, secret string) error {
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "select pg_advisory_xact_lock($1)", rolesLock); err != nil {
			return err
		}
		return createRole(ctx, tx, schema, rolePassword(schema, secret))
	})
}

// changedMeanwhile says that somebody else made or changed the same role at the same moment: a
// unique violation, or "tuple concurrently updated", which has no code of its own.
func changedMeanwhile(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "23505" || e.Code == "XX000" || e.Code == "42710" || Retryable(err))
}

func createRole(ctx context.Context, tx pgx.Tx, schema, password string) error {
	role, sch := pgx.Identifier{Role(schema)}.Sanitize(), pgx.Identifier{schema}.Sanitize()
	var exists bool
	if err := tx.QueryRow(ctx, "select exists (select from pg_roles where rolname = $1)", Role(schema)).Scan(&exists); err != nil {
		return err
	}
	verb := "create"
	if exists {
		verb = "alter"
	}
	var db string
	if err := tx.QueryRow(ctx, "select quote_ident(current_database())").Scan(&db); err != nil {
		return err
	}
	for _, sql := range []string{
		// The password is hexadecimal, so quoting it needs no escaping.
		fmt.Sprintf("%s role %s with login nosuperuser nocreatedb nocreaterole password '%s'", verb, role, password),
		fmt.Sprintf("alter role %s set search_path = %s", role, sch),
		fmt.Sprintf("grant %s to current_user", role), // so that an owner who is no superuser may give it the schema
		fmt.Sprintf("create schema if not exists %s authorization %s", sch, role),
		fmt.Sprintf("revoke all on schema %s from public", sch),
		"revoke create on schema public from public",
		fmt.Sprintf("revoke all on database %s from public", db),
		fmt.Sprintf("grant connect, create, temporary on database %s to %s", db, role),
	} {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("prepare role %s: %w", Role(schema), err)
		}
	}
	return nil
}

// SignInRefused says that the server is there but does not let this role in: its password is
// another one, or the role or its database does not exist yet.
func SignInRefused(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "28P01" || e.Code == "28000" || e.Code == "3D000" || e.Code == "42501")
}

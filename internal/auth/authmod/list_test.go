package authmod_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/auth/authtest"
)

// names are the full names on a page, in order.
func names(o object) (all []string) {
	for _, r := range o["results"].([]any) {
		all = append(all, r.(object)["full_name"].(string))
	}
	return all
}

func TestListing(t *testing.T) {
	w := setup(t)
	var p person
	for i := range 25 {
		p = w.join(fmt.Sprint(70010000 + i))
	}
	get := func(query string) answer { return p.as(http.MethodGet, "users/?"+query, nil) }

	first := get("").json(200)
	require.EqualValues(t, 25, first["count"])
	require.Len(t, names(first), 20)
	require.Nil(t, first["previous"])
	require.Equal(t, "http://auth.localhost/api/auth/users/?page=2", first["next"])
	last := get("page=last").json(200)
	require.Equal(t, []string{"Persona 70010020", "Persona 70010021", "Persona 70010022", "Persona 70010023", "Persona 70010024"}, names(last))
	get("page=3").says(404, `{"detail":"Página inválida.","code":"invalid_page"}`)

	var walked []string
	for next := "cursor=*&page_size=10"; next != ""; {
		page := get(next).json(200)
		walked = append(walked, names(page)...)
		next = ""
		if link, ok := page["next"].(string); ok {
			_, next, _ = strings.Cut(link, "?")
		}
	}
	require.Len(t, walked, 25)
	require.IsIncreasing(t, walked)
}

func TestSearching(t *testing.T) {
	w := setup(t)
	rosa := w.join("70010001", "full_name", "Rosa María", "last_name", "Mamani")
	w.join("70010002", "full_name", "José 100% Peña", "role", "businessman")
	w.join("70010003", "full_name", "Ana_Luz", "role", "consumer")
	boss := w.boss()
	for search, want := range map[string][]string{
		"rosa":                      {"Rosa María"},
		"MAM, ros":                  {"Rosa María"},
		"rosa peña":                 nil,
		"businessman":               {"José 100% Peña"},
		"100%":                      {"José 100% Peña"},
		"%":                         {"José 100% Peña"},
		"_":                         {"Ana_Luz"},
		"a":                         {"Rosa María", "José 100% Peña", "Ana_Luz"},
		"70010002":                  nil, // numbers are nobody's business
		strings.Repeat("rosa ", 99): {"Rosa María"},
	} {
		got := names(rosa.as(http.MethodGet, "users/?search="+url.QueryEscape(search), nil).json(200))
		require.Equal(t, want, without(got, ""), search)
	}
	require.Equal(t, []string{"José 100% Peña"}, names(boss.as(http.MethodGet, "users/?search=70010002", nil).json(200)))
}

// without leaves out a name: the boss has none.
func without(all []string, name string) (rest []string) {
	for _, n := range all {
		if n != name {
			rest = append(rest, n)
		}
	}
	return rest
}

// TestListsUseIndexes reads the plans of the very queries that the lists run, on 50,000 users.
func TestListsUseIndexes(t *testing.T) {
	w := setup(t)
	w.exec(`insert into users (phone, phone_typed, password, role, full_name, searchable)
		select '+5916' || n, n::text, '', 'consumer', 'Persona ' || n, 'persona ' || n || ' consumer'
		from generate_series(1000001, 1050000) n`)
	w.exec("analyze users")
	p := w.join("70012345")
	for name, path := range map[string]string{
		"Page": "users/?cursor=*", "Search": "users/?search=persona+1049321", "Rare": "users/?search=zzz",
	} {
		t.Run(name, func(t *testing.T) {
			before := w.scans(t)
			p.as(http.MethodGet, path, nil).is(200)
			require.Equal(t, before, w.scans(t), "a sequential scan of users")
		})
	}
}

// scans counts the rows that sequential scans of users have read, as the server's statistics tell.
func (w *world) scans(t *testing.T) (rows int64) {
	ctx := context.Background()
	err := w.db.Tx(ctx, func(ctx context.Context) error {
		_, err := w.db.Q(ctx).Exec(ctx, "select pg_stat_force_next_flush(), pg_stat_clear_snapshot()")
		return err
	})
	require.NoError(t, err)
	row := w.db.Q(ctx).QueryRow(ctx, "select coalesce(seq_tup_read, 0) from pg_stat_user_tables where relname = 'users' and schemaname = 'auth'")
	if err := row.Scan(&rows); !errors.Is(err, pgx.ErrNoRows) {
		require.NoError(t, err)
	}
	return rows
}

func TestOperators(t *testing.T) {
	ctx := context.Background()
	w := setup(t)
	p := w.join("70012345")
	id, err := w.module.CreateSuperuser(ctx, "70012345", fresh)
	require.NoError(t, err)
	require.Equal(t, p.ID, id, "an existing user gets the rights")
	p.as(http.MethodGet, "users/me/", nil).is(401)
	w.login("70012345", fresh).is(200)
	_, err = w.module.CreateSuperuser(ctx, "70012346", "corta")
	require.Error(t, err)

	first, err := w.module.Seed(ctx, password, demoPicture)
	require.NoError(t, err)
	events := len(w.published())
	second, err := w.module.Seed(ctx, password, demoPicture)
	require.NoError(t, err)
	require.Equal(t, first, second)
	require.Len(t, w.published(), events, "seeding again changes nothing")
	require.GreaterOrEqual(t, len(first), 30)
	require.NotEmpty(t, first[0].Picture)
}

// TestService runs the checks that every auth.Service passes on the local one.
func TestService(t *testing.T) {
	authtest.TestService(t, func(t *testing.T) authtest.Subject {
		w := setup(t)
		return authtest.Subject{Service: w.module.Service(), Join: func(digits string) (int64, string) {
			p := w.join(digits)
			return p.ID, p.Token
		}, Leave: func(token string) {
			w.call(http.MethodPost, "logout/", nil, "Authorization", "Token "+token).is(204)
		}}
	})
}

// TestOddValuesAreNeverOurFault sends every field of every write values that nobody expects.
func TestOddValuesAreNeverOurFault(t *testing.T) {
	w := setup(t)
	fields := []string{"phone_number", "phone", "password", "current_password", "new_password", "code", "role", "full_name",
		"last_name", "bio", "latitude", "longitude", "device", "is_active", "profile_picture"}
	values := []string{`null`, `true`, `-1`, `1e400`, `12345678901234567890123`, `[]`, `["a"]`, `{}`, `{"a":{"b":[1]}}`, `""`, `" "`,
		`"\u0000"`, `"\ud800"`, `"🐄🌽"`, `"' or 1=1 --"`, `"` + strings.Repeat("x", 20_000) + `"`}
	p := w.join("70012345")
	for _, route := range []string{"POST register/", "POST login/", "PATCH " + p.path(), "PUT " + p.path(), "POST users/",
		"POST password-reset/request/", "POST password-reset/verify/", "POST phone/change/", "POST phone/confirm/", "POST password/change/",
		"POST upload-profile-picture/"} {
		method, path, _ := strings.Cut(route, " ")
		for _, field := range fields {
			for _, value := range values {
				a := w.raw(method, path, []byte(`{"`+field+`":`+value+`}`), "Content-Type", "application/json", "Authorization", "Token "+p.Token)
				if a.Status >= 500 && a.Status != http.StatusServiceUnavailable {
					t.Errorf("%s %s=%.60s: %d %s", route, field, value, a.Status, a.Raw)
				}
			}
		}
	}
}

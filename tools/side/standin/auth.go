package standin

import (
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

var authRoutes = map[string]handler{
	"POST /api/auth/register/":    register,
	"POST /api/auth/login/":       login,
	"GET /api/auth/users/me/":     func(a *ask) (int, any, error) { return a.as(func(me user) (int, any, error) { return a.user(me.ID) }) },
	"GET /api/auth/users/":        func(a *ask) (int, any, error) { return a.page(users, "id") },
	"GET /api/auth/users/{id}/":   func(a *ask) (int, any, error) { return a.as(func(user) (int, any, error) { return a.user(a.id()) }) },
	"PATCH /api/auth/users/{id}/": patchUser,
}

const users = `select id, full_name, last_name, phone_number, role, bio, profile_picture, latitude::text, longitude::text, date_joined, is_active,
	null as specialist_profile, null as businessman_profile, null as consumer_profile from auth_app_user`

func (a *ask) user(id int64) (int, any, error) { return found(a.row(users+" where id = $1", id)) }

// user is whose token it is.
type user struct {
	ID       int64
	FullName string `json:"full_name"`
	Role     *string
}

// publishes says whether the role may publish adverts.
func (u user) publishes() bool {
	return u.Role != nil && (strings.EqualFold(*u.Role, "Specialist") || strings.EqualFold(*u.Role, "businessman"))
}

// as has somebody do something: whose token the request has. The auth service looks into its table; others ask it.
func (a *ask) as(do func(me user) (int, any, error)) (int, any, error) {
	_, key, _ := strings.Cut(a.Header.Get("Authorization"), " ")
	if key == "" {
		return 0, nil, errNobody
	}
	look := a.asked
	if strings.HasPrefix(a.URL.Path, "/api/auth/") {
		look = a.known
	}
	me, err := look(key)
	if err != nil {
		return 0, nil, err
	}
	return do(me)
}

func (a *ask) known(key string) (me user, err error) {
	err = a.pool.QueryRow(a.Context(), "select u.id, u.full_name, u.role from authtoken_token t join auth_app_user u on u.id = t.user_id where t.key = $1 and u.is_active", key).
		Scan(&me.ID, &me.FullName, &me.Role)
	if errors.Is(err, pgx.ErrNoRows) {
		err = errToken
	}
	return me, err
}

func (a *ask) asked(key string) (me user, err error) {
	req, err := http.NewRequestWithContext(a.Context(), http.MethodGet, a.Auth+"/api/auth/users/me/", nil)
	if err != nil {
		return me, err
	}
	req.Header.Set("Authorization", "Token "+key)
	res, err := a.http.Do(req)
	if err != nil {
		return me, errAuthAway
	}
	defer res.Body.Close()
	switch res.StatusCode {
	case http.StatusOK:
		return me, json.NewDecoder(res.Body).Decode(&me)
	case http.StatusUnauthorized:
		return me, errToken
	}
	return me, errAuthAway
}

// iterations are few: it is a test's.
const iterations = 1_000

func hash(password, salt string) (string, error) {
	key, err := pbkdf2.Key(sha256.New, password, []byte(salt), iterations, sha256.Size)
	return "pbkdf2_sha256$1000$" + salt + "$" + base64.StdEncoding.EncodeToString(key), err
}

func register(a *ask) (int, any, error) {
	phone, err := a.need("phone_number")
	if err != nil {
		return 0, nil, err
	}
	password, err := a.need("password")
	if err != nil {
		return 0, nil, err
	}
	stored, err := hash(password, rand.Text()[:12])
	if err != nil {
		return 0, nil, err
	}
	var id int64
	err = a.pool.QueryRow(a.Context(), `insert into auth_app_user (phone_number, password, full_name, last_name, role, bio)
		values ($1, $2, coalesce($3, ''), coalesce($4, ''), $5, $6) returning id`,
		phone, stored, a.text("full_name"), a.text("last_name"), a.text("role"), a.text("bio")).Scan(&id)
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "23505" {
		return 0, nil, &refusal{http.StatusBadRequest, object{"phone_number": []string{"Ya existe Usuario con este phone number."}}}
	}
	if err != nil {
		return 0, nil, err
	}
	return a.signedIn(http.StatusCreated, id)
}

func login(a *ask) (int, any, error) {
	phone, err := a.need("phone_number")
	if err != nil {
		return 0, nil, err
	}
	var id int64
	var stored string
	err = a.pool.QueryRow(a.Context(), "select id, password from auth_app_user where phone_number = $1 and is_active", phone).Scan(&id, &stored)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return 0, nil, err
	}
	parts := strings.Split(stored, "$")
	if password := a.text("password"); len(parts) == 4 && password != nil {
		typed, err := hash(*password, parts[2])
		if err == nil && subtle.ConstantTimeCompare([]byte(typed), []byte(stored)) == 1 {
			return a.signedIn(http.StatusOK, id)
		}
	}
	return 0, nil, &refusal{http.StatusUnauthorized, object{"error": "Credenciales inválidas"}}
}

// signedIn answers with the user's one token.
func (a *ask) signedIn(status int, id int64) (int, any, error) {
	fresh := make([]byte, 20)
	_, _ = rand.Read(fresh) // never fails
	if _, err := a.exec("insert into authtoken_token (key, user_id) values ($1, $2) on conflict (user_id) do nothing", hex.EncodeToString(fresh), id); err != nil {
		return 0, nil, err
	}
	var token string
	if err := a.pool.QueryRow(a.Context(), "select key from authtoken_token where user_id = $1", id).Scan(&token); err != nil {
		return 0, nil, err
	}
	_, me, err := a.user(id)
	return status, object{"user": me, "token": token}, err
}

func patchUser(a *ask) (int, any, error) {
	return a.as(func(user) (int, any, error) { // anybody, anybody else: as the original
		if _, err := a.exec(`update auth_app_user set full_name = coalesce($2, full_name), last_name = coalesce($3, last_name), bio = coalesce($4, bio) where id = $1`,
			a.id(), a.text("full_name"), a.text("last_name"), a.text("bio")); err != nil {
			return 0, nil, err
		}
		return a.user(a.id())
	})
}

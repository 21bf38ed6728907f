package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/alexedwards/argon2id"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"agrovet/internal/auth"
)

const (
	insertUser = `insert into users (phone, phone_typed, password, role, full_name, last_name, is_active, searchable)
		values ($1, $2, $3, $4, $5, $6, true, $7) returning ` + userColumns
	insertSession = `insert into sessions (user_id, token_hash, device) values ($1, $2, $3) returning id`
	insertEvent   = `insert into outbox (id, topic, type, key, data) values ($1, $2, $3, $4, $5)`
)

// bareRegistration is the body of a registration.
type bareRegistration struct {
	Phone    string `json:"phone_number"`
	Password string `json:"password"`
	FullName string `json:"full_name"`
	LastName string `json:"last_name"`
	Role     string `json:"role"`
}

// register does what no registration can do without: one hash, and a user, a session and an event in
// one durable transaction. It does not ask whether the number is taken; the table would refuse it.
func (p *peer) register(w http.ResponseWriter, r *http.Request) {
	var in bareRegistration
	err := json.NewDecoder(r.Body).Decode(&in)
	var hash string
	if err == nil {
		hash, err = p.hash(in.Password)
	}
	var u bareRow
	var token string
	if err == nil {
		u, token, err = p.insert(r.Context(), in, hash)
	}
	var body []byte
	if err == nil {
		user := bareUser{ID: u.id, FullName: u.fullName, LastName: u.lastName, PhoneNumber: u.typed, Role: u.role, IsActive: true}
		body, err = json.Marshal(map[string]any{"user": user, "token": token})
	}
	reply(w, http.StatusCreated, body, err)
}

// hash waits until one of the workers is free.
func (p *peer) hash(password string) (string, error) {
	p.hashing <- struct{}{}
	defer func() { <-p.hashing }()
	return argon2id.CreateHash(password, argon)
}

func (p *peer) insert(ctx context.Context, in bareRegistration, hash string) (u bareRow, token string, err error) {
	var random [20]byte
	_, _ = rand.Read(random[:]) // never fails
	token = hex.EncodeToString(random[:])
	digest := sha256.Sum256([]byte(token))
	err = pgx.BeginFunc(ctx, p.pools["auth"], func(tx pgx.Tx) error {
		searchable := strings.ToLower(in.FullName + " " + in.LastName + " " + in.Role)
		if err := tx.QueryRow(ctx, insertUser, in.Phone, in.Phone, hash, in.Role, in.FullName, in.LastName, searchable).Scan(u.columns()...); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, insertSession, u.id, digest[:], ""); err != nil {
			return err
		}
		return insertCreated(ctx, tx, u)
	})
	return u, token, err
}

func insertCreated(ctx context.Context, tx pgx.Tx, u bareRow) error {
	e := auth.UserCreated{UserID: u.id, PhoneNumber: u.phone, FullName: u.fullName, Role: auth.Role(u.role)}
	data, err := json.Marshal(e)
	if err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, insertEvent, id, e.Kind().Topic, e.Kind().Type, strconv.FormatInt(u.id, 10), data)
	return err
}

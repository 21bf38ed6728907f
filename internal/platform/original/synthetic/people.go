package synthetic

import (
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"time"
)

// Password is what everybody signs in with whose password the original did not spoil.
const Password = "mazorca-y-papa"

// ClearText is the password of those whose it stored in clear text.
const ClearText = "en-claro-123"

// Token is the token of a user. One in five has none.
func Token(userID int) string {
	sum := sha1.Sum(fmt.Appendf(nil, "token of %d", userID))
	return hex.EncodeToString(sum[:])
}

// Phone is the number of a user as they signed up with; see generator.users for those who spell it otherwise.
func Phone(userID int) string { return fmt.Sprintf("5917%07d", userID) }

// generator makes rows. Who is not there, though others refer to them, is in deleted.
type generator struct {
	size    Size
	users   []int // who are there
	deleted map[int]bool
}

// begun is when the original began.
var begun = time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)

// at is a moment that lies n steps after that.
func at(n int) time.Time { return begun.Add(time.Duration(n) * 41 * time.Second) }

// or is nil in one of n cases.
func unless(is bool, v any) any {
	if is {
		return nil
	}
	return v
}

func hash() string {
	key, err := pbkdf2.Key(sha256.New, Password, []byte("semilla8"), 1_000, sha256.Size)
	if err != nil {
		panic(err) // fails only for bad parameters
	}
	return "pbkdf2_sha256$1000$semilla8$" + base64.StdEncoding.EncodeToString(key)
}

// user picks somebody, the same for the same n; one in 60 is not there any more.
func (g *generator) user(n int) int {
	if n%60 == 59 {
		return 7 + 40*(n%(g.size.Users/40))
	}
	return g.users[(n*7919)%len(g.users)]
}

func (g *generator) tables() []table {
	for id := 1; len(g.users) < g.size.Users; id++ {
		if g.deleted[id] = id%40 == 7; !g.deleted[id] {
			g.users = append(g.users, id)
		}
	}
	all := []table{
		{"auth_app_user", "id, password, last_login, is_superuser, is_staff, is_active, phone_number, role, full_name, last_name, profile_picture, bio, latitude, longitude, date_joined", g.accounts},
		{"authtoken_token", "key, user_id, created", g.tokens},
		{"auth_app_phoneresetcode", "id, user_id, code, created_at", g.codes},
		{"django_content_type", "id, app_label, model", func(put func(...any)) {
			for i, model := range []string{"post", "comment", "reaction", "notification", "community"} {
				put(11+i, "foro", model)
			}
		}},
		{"media_media", "id, name, description, price, url, created_at", g.media},
	}
	all = append(all, g.profiles()...)
	all = append(all, g.marketplace()...)
	all = append(all, g.chat()...)
	return append(all, g.foro()...)
}

func (g *generator) accounts(put func(...any)) {
	good := hash()
	roles := []string{"Specialist", "businessman", "consumer"}
	for _, id := range g.users {
		phone, password, role := Phone(id), good, any(roles[id%3])
		switch { // one line, several spellings: each is unique as a text
		case id%50 == 0:
			phone = "+" + Phone(id-1)
		case id%75 == 1 && id > 1:
			phone = Phone(id - 1)[3:]
		case id%97 == 0:
			phone = fmt.Sprintf("000%09d", id) // no telephone number
		}
		switch {
		case id%31 == 0:
			password = ClearText
		case id%43 == 0:
			password = "bcrypt_sha256$$2b$12$KIXaaaaaaaaaaaaaaaaaaO"
		case id%61 == 0:
			password = "!sin-clave"
		}
		switch {
		case id%17 == 0:
			role = ""
		case id%19 == 0:
			role = nil
		case id%113 == 0:
			role = "veterinaria"
		}
		lat, lon := any(fmt.Sprintf("-17.%04d", id%10000)), any(fmt.Sprintf("-63.%04d", id%10000))
		switch {
		case id%23 == 0:
			lat, lon = "999.0", "200.5"
		case id%29 == 0:
			lon = nil
		}
		put(id, password, unless(id%4 != 0, at(id)), id == 1, id == 1 || id%1000 == 0, id%71 != 0, phone, role,
			fmt.Sprintf("José %d", id), "Núñez\\Peña", unless(id%3 != 0, fmt.Sprintf(Host+"profile/%d.jpg", id)),
			unless(id%5 != 0, "Cría\tganado\nnelore"), lat, lon, at(id))
	}
}

func (g *generator) tokens(put func(...any)) {
	for _, id := range g.users {
		if id%5 != 0 {
			put(Token(id), id, at(id+1))
		}
	}
}

func (g *generator) codes(put func(...any)) {
	for i := range len(g.users) / 10 {
		put(i+1, g.users[i], fmt.Sprint(100000+i), at(i))
	}
}

// medium is a file's id; one in 50 is not there any more.
func (g *generator) medium(n int) int { return 1 + (n*104729)%(2*g.size.Users+g.size.Users/25) }

func (g *generator) media(put func(...any)) {
	for id := 1; id <= 2*g.size.Users; id++ {
		name := any(fmt.Sprintf("foto-%d.jpg", id))
		switch {
		case id%6 == 0:
			name = "0"
		case id%17 == 0:
			name = nil
		}
		put(id, name, "0", "0.00", unless(id%41 == 0, fmt.Sprintf(Host+"media/%d.jpg", id)), at(id))
	}
}

package stories

import (
	"sync"
)

// password is everybody's.
const password = "trigo-y-quinua"

// person is somebody who is signed in, or, without a token, anybody.
type person struct {
	s     *story
	id    int64
	phone string
	name  string
	token string
}

// nobody is not signed in.
func (s *story) nobody() *person { return &person{s: s} }

// member registers somebody; role may be empty.
func (s *story) member(role string) *person {
	s.Helper()
	p := &person{s: s, phone: s.phone(), name: "Persona " + s.word()}
	got := s.nobody().post(201, "/api/auth/register/", j{"phone_number": p.phone, "password": password, "full_name": p.name, "role": role})
	p.id, p.token = got.id("user.id"), got.text("token")
	return p
}

// someone is somebody of the role whom stories share that change nothing of theirs.
func (s *story) someone(role string) *person {
	s.Helper()
	return s.shared(role, func() *person { return s.member(role) })
}

// shared makes somebody when first asked for.
func (s *story) shared(key any, make func() *person) *person {
	s.Helper()
	made, _ := s.known.LoadOrStore(key, sync.OnceValue(func() person { return *make() }))
	p := made.(func() person)()
	p.s = s
	return &p
}

// signIn is another session of somebody.
func (s *story) signIn(phone, password string) *person {
	s.Helper()
	got := s.nobody().post(200, "/api/auth/login/", j{"phone_number": phone, "password": password})
	return &person{s: s, id: got.id("user.id"), phone: phone, name: got.text("user.full_name"), token: got.text("token")}
}

// staff is the first, second, … member of staff of this run, made when first asked for.
func (s *story) staff(number int) *person {
	s.Helper()
	return s.shared(number, func() *person {
		phone := s.phone()
		s.tool("createsuperuser", "--phone", phone, "--password", password)
		return s.signIn(phone, password)
	})
}

// profile is the address of the profile that was made of somebody's registration, when it is there.
func (p *person) profile(kind string) string {
	p.s.Helper()
	path := at("/api/profiles/%s/%d/", kind, p.id)
	p.s.until("the profile is there", func() bool { a := p.try("GET", path, nil); return a.status == 200 && a.id("id") > 0 })
	return path
}

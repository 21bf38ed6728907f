package password

import "github.com/alexedwards/argon2id"

// request asks for one computation. It goes to a helper process as gob, which carries strings byte
// by byte; JSON would replace what is not UTF-8, and hash another password.
type request struct {
	Password string
	Encoded  string          // the hash to compare with; empty: make one
	Params   argon2id.Params // of the one to be made
}

// answer is what came of it.
type answer struct {
	Encoded string // the hash that was made
	OK      bool   // Password is what Encoded was made from
}

// compute does what r asks for, in this process.
func (r request) compute() (a answer, err error) {
	if r.Encoded == "" {
		a.Encoded, err = argon2id.CreateHash(r.Password, &r.Params)
		return a, err
	}
	if d, ok := parseDjango(r.Encoded); ok {
		return answer{OK: d.matches(r.Password)}, nil
	}
	ok, err := argon2id.ComparePasswordAndHash(r.Password, r.Encoded)
	return answer{OK: ok && err == nil}, err
}

// computer does the work of one worker, one request at a time.
type computer interface {
	compute(request) (answer, error)
	rest() // gives back what is not needed until the next request
}

// local computes in this process.
type local struct{}

func (local) compute(r request) (answer, error) { return r.compute() }
func (local) rest()                             {}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// community is the product with some members, and its peer on the same database.
type community struct {
	product, bare *process
	members       []member
}

// member is a registered user.
type member struct {
	id    int64
	phone string
	token string
}

// reader is the member who reads the others; not on the first page, and nobody logs in as them.
func (c *community) reader() member { return c.members[len(c.members)-1] }

const (
	registerPath = "/api/auth/register/"
	loginPath    = "/api/auth/login/"

	residents = 300 // members before anything is measured
	password  = "vacas-y-maiz-7"
)

func (c *community) close() {
	if c != nil {
		c.bare.stop()
		c.product.stop()
	}
}

// settle has the community be there.
func (h *house) settle(ctx context.Context) (err error) {
	if h.community != nil {
		return nil
	}
	c := &community{}
	defer func() {
		if err != nil {
			c.close()
			err = fmt.Errorf("%w\n%s", err, c.product.words())
		}
	}()
	if c.product, err = h.serve(ctx); err != nil {
		return err
	}
	if c.members, err = register(ctx, c.product.address); err != nil {
		return err
	}
	if err = h.awaitProfiles(ctx); err != nil {
		return err
	}
	if c.bare, err = h.serveBare(ctx); err != nil {
		return err
	}
	h.community = c
	return h.asOwner(ctx, "vacuum analyze", "checkpoint")
}

// register signs the residents up over HTTP.
func register(ctx context.Context, address string) ([]member, error) {
	members := make([]member, residents)
	const conns = 4
	var next atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for range conns {
		g.Go(func() error {
			c, err := dial(ctx, address, 5*time.Minute)
			if err != nil {
				return err
			}
			defer c.close()
			for i := next.Add(1) - 1; i < residents && err == nil && ctx.Err() == nil; i = next.Add(1) - 1 {
				members[i], err = registerOne(c)
			}
			return errors.Join(err, ctx.Err())
		})
	}
	return members, g.Wait()
}

func registerOne(c *client) (member, error) {
	phone := newPhone()
	return signOne(c, phone, registration(phone))
}

// signOne sends a registration or login.
func signOne(c *client, phone string, request []byte) (member, error) {
	status, err := c.do(request)
	if err == nil && status > 299 {
		err = fmt.Errorf("sign %s in: status %d: %.300s", phone, status, c.body)
	}
	if err != nil {
		return member{}, err
	}
	var answer struct {
		User struct {
			ID int64 `json:"id"`
		} `json:"user"`
		Token string `json:"token"`
	}
	err = json.Unmarshal(c.body, &answer)
	return member{answer.User.ID, phone, answer.Token}, err
}

// phones counts the numbers that were given out.
var phones atomic.Int64

// newPhone is a Bolivian mobile number that nobody has yet.
func newPhone() string { return fmt.Sprintf("+5917%07d", phones.Add(1)) }

// roles that the community's members have, by turns.
var roles = []string{"specialist", "businessman", "consumer"}

func registration(phone string) []byte {
	return post(registerPath, map[string]string{"phone_number": phone, "password": password,
		"full_name": "Rosa Mamani", "last_name": "Quispe", "role": roles[phones.Load()%3]})
}

// awaitProfiles waits until profiles has dealt with every registration.
func (h *house) awaitProfiles(ctx context.Context) error {
	conn, err := h.owner(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for range 300 {
		var profiles int
		if err := conn.QueryRow(ctx, "select count(*) from profiles.inbox").Scan(&profiles); err != nil {
			return err
		}
		if profiles >= residents {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return errors.New("profiles did not receive all registrations within 30 s")
}

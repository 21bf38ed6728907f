package living

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

const root = "/api/auth/"

// Token says whether a text can be a token of the original: 40 hexadecimal characters.
func Token(s string) bool {
	if len(s) != 40 {
		return false
	}
	for _, c := range s {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// Me says whose the token is. Errors: ErrNobody, ErrAway.
func (s *Service) Me(ctx context.Context, token string) (Person, error) {
	var t told
	err := s.ask(ctx, "me", &t, func(ctx context.Context) (*http.Request, error) {
		return s.get(ctx, root+"users/me/", token)
	})
	return t.person(), err
}

// Login says whose number, in the very spelling that the original has, and password these are, and their token.
// Errors: ErrNobody, ErrAway.
func (s *Service) Login(ctx context.Context, number, password string) (p Person, token string, err error) {
	body, err := json.Marshal(map[string]string{"phone_number": number, "password": password})
	if err != nil {
		return p, "", err
	}
	var in struct {
		User  told   `json:"user"`
		Token string `json:"token"`
	}
	err = s.ask(ctx, "login", &in, func(ctx context.Context) (*http.Request, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.cfg.URL+root+"login/", bytes.NewReader(body))
		if err == nil {
			req.Header.Set("Content-Type", "application/json")
		}
		return req, err
	})
	return in.User.person(), in.Token, err
}

// ending is how much of a number is the same however it is spelled.
const ending = 6

// Find looks for whoever has the number, which is in E.164, in any spelling. The original finds parts of numbers, 20
// people at once: of a hundred thousand, hardly one ends in the same six digits. Errors: ErrNobody, also without a
// token to ask with; ErrAway, also when the original refuses that token.
func (s *Service) Find(ctx context.Context, number, country string) (Person, error) {
	if s.cfg.Token == "" || len(number) < ending {
		return Person{}, ErrNobody
	}
	var page struct {
		Results []told `json:"results"`
	}
	err := s.ask(ctx, "search", &page, func(ctx context.Context) (*http.Request, error) {
		return s.get(ctx, root+"users/?search="+url.QueryEscape(number[len(number)-ending:]), s.cfg.Token)
	})
	switch {
	case errors.Is(err, ErrNobody):
		return Person{}, away(ErrToken)
	case err != nil:
		return Person{}, err
	}
	for _, t := range page.Results {
		if Phone(t.Phone, country) == number {
			return t.person(), nil
		}
	}
	return Person{}, ErrNobody
}

func (s *Service) get(ctx context.Context, path, token string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.cfg.URL+path, nil)
	if err == nil {
		req.Header.Set("Authorization", "Token "+token)
	}
	return req, err
}

// ask puts a question and reads the answer into it. Errors: ErrNobody, ErrAway.
func (s *Service) ask(ctx context.Context, question string, into any, request func(context.Context) (*http.Request, error)) (err error) {
	defer func() { s.count(question, err) }()
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	defer cancel()
	body, err := s.breaker.Execute(func() ([]byte, error) {
		req, err := request(ctx)
		if err != nil {
			return nil, err
		}
		return s.exchange(req)
	})
	switch {
	case errors.Is(err, ErrNobody):
		return err
	case err != nil:
		return away(err)
	}
	if err := json.Unmarshal(body, into); err != nil {
		return away(err)
	}
	return nil
}

// exchange sends a request. What is neither an answer nor a refusal, such as the 404 of a wrong URL, is no answer.
func (s *Service) exchange(req *http.Request) ([]byte, error) {
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "agrovet")
	res, err := s.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxTold))
	if err != nil {
		return nil, err
	}
	switch res.StatusCode {
	case http.StatusOK:
		return body, nil
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden:
		return nil, ErrNobody
	}
	return nil, fmt.Errorf("answered %s", res.Status)
}

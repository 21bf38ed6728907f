package web

import (
	"context"

	"agrovet/internal/auth/internal/core"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/httpx"
)

// signedIn is the answer to registration and login.
type signedIn struct {
	User  User   `json:"user"`
	Token string `json:"token" doc:"For the Authorization header: Token <token>. 40 hexadecimal characters."`
}

// detail is an answer in words.
type detail struct {
	Detail string `json:"detail"`
}

// say answers in the reader's language.
func say(ctx context.Context, es, en string) *httpx.Body[detail] {
	if httpx.Lang(ctx) == "en" {
		return httpx.OK(detail{en})
	}
	return httpx.OK(detail{es})
}

type registerInput struct {
	UserAgent string `header:"User-Agent"`
	Body      registration
}

func (h *handlers) register(ctx context.Context, in *registerInput) (*httpx.Body[signedIn], error) {
	picture, err := h.uploaded(ctx, "profile_picture", 0)
	if err != nil {
		return nil, err
	}
	registration := in.Body.core(in.UserAgent)
	registration.Picture = picture
	s, err := h.core.Register(ctx, registration)
	if err != nil {
		return nil, err
	}
	return httpx.OK(signedIn{h.self(ctx, s.User), s.Token}), nil
}

type loginInput struct {
	UserAgent string `header:"User-Agent"`
	Body      struct {
		PhoneNumber string            `json:"phone_number" minLength:"1" maxLength:"64"`
		Password    string            `json:"password" minLength:"1" maxLength:"1024"`
		Device      httpx.Opt[string] `json:"device" maxLength:"200" required:"false" doc:"What to call this session; else the User-Agent."`
	}
}

func (h *handlers) login(ctx context.Context, in *loginInput) (*httpx.Body[signedIn], error) {
	s, err := h.core.Login(ctx, in.Body.PhoneNumber, in.Body.Password, in.Body.Device.Or(in.UserAgent))
	if err != nil {
		return nil, err
	}
	return httpx.OK(signedIn{h.self(ctx, s.User), s.Token}), nil
}

func (h *handlers) logout(ctx context.Context, _ *struct{}) (*struct{}, error) {
	p, _ := authn.From(ctx)
	return nil, h.core.EndSession(ctx, p.UserID, p.SessionID)
}

type passwordInput struct {
	Body struct {
		Current string `json:"current_password" minLength:"1" maxLength:"1024"`
		New     string `json:"new_password" minLength:"1" maxLength:"1024"`
	}
}

func (h *handlers) changePassword(ctx context.Context, in *passwordInput) (*httpx.Body[detail], error) {
	p, _ := authn.From(ctx)
	err := h.core.ChangePassword(ctx, p, core.NewPassword{Current: in.Body.Current, Fresh: in.Body.New, Field: "new_password"})
	if err != nil {
		return nil, err
	}
	return say(ctx, "Contraseña actualizada correctamente.", "Password updated."), nil
}

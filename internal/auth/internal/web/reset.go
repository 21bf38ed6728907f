package web

import (
	"context"
	"errors"

	"agrovet/internal/auth"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/httpx"
)

type requestResetInput struct {
	Body struct {
		Phone string `json:"phone" minLength:"1" maxLength:"64"`
	}
}

func (h *handlers) requestReset(ctx context.Context, in *requestResetInput) (*httpx.Body[detail], error) {
	if err := h.core.RequestReset(ctx, in.Body.Phone, httpx.Address(ctx)); err != nil {
		return nil, err
	}
	return say(ctx, "Código enviado al número registrado.", "Code sent to the registered number."), nil
}

type verifyResetInput struct {
	Body struct {
		Phone       string `json:"phone" minLength:"1" maxLength:"64"`
		Code        string `json:"code" minLength:"1" maxLength:"16"`
		NewPassword string `json:"new_password" minLength:"1" maxLength:"1024"`
	}
}

func (h *handlers) verifyReset(ctx context.Context, in *verifyResetInput) (*httpx.Body[detail], error) {
	if err := h.core.Reset(ctx, in.Body.Phone, in.Body.Code, in.Body.NewPassword); err != nil {
		return nil, guessed(ctx, err)
	}
	return say(ctx, "Contraseña actualizada correctamente.", "Password updated."), nil
}

// guessed makes a wrong guess count, also under an idempotency key.
func guessed(ctx context.Context, err error) error {
	if errors.Is(err, auth.ErrCodeInvalid) {
		httpx.KeepChanges(ctx)
	}
	return err
}

type requestPhoneInput struct {
	Body struct {
		Phone    string `json:"phone" minLength:"1" maxLength:"32"`
		Password string `json:"password" minLength:"1" maxLength:"1024"`
	}
}

func (h *handlers) requestPhone(ctx context.Context, in *requestPhoneInput) (*httpx.Body[detail], error) {
	if err := h.core.RequestPhone(ctx, authn.UserID(ctx), in.Body.Phone, in.Body.Password, httpx.Address(ctx)); err != nil {
		return nil, err
	}
	return say(ctx, "Código enviado al nuevo número.", "Code sent to the new number."), nil
}

type confirmPhoneInput struct {
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"16"`
	}
}

func (h *handlers) confirmPhone(ctx context.Context, in *confirmPhoneInput) (*userBody, error) {
	u, err := h.core.ConfirmPhone(ctx, authn.UserID(ctx), in.Body.Code)
	if err != nil {
		return nil, guessed(ctx, err)
	}
	return httpx.OK(h.one(ctx, u)), nil
}

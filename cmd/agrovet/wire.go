package main

import (
	"fmt"
	"log/slog"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/auth/authmod"
	"agrovet/internal/platform/kv"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/profilesmod"
)

// hosted are the modules that run in this process; nil for those that do not.
type hosted struct {
	auth     *authmod.Module
	profiles *profilesmod.Module
}

// wire builds the hosted modules: their services first, then who listens to whom, and routes last,
// so that handlers may ask each other although no module is built from another.
func (a *app) wire() error {
	authService, err := a.wireAuth()
	if err != nil {
		return fmt.Errorf("auth: %w", err)
	}
	profilesService, err := a.wireProfiles(authService)
	if err != nil {
		return fmt.Errorf("profiles: %w", err)
	}

	for name, m := range a.modules {
		a.bus.Subscribe(a.db.module[name], m.Subscriptions()...)
	}

	a.server.UseAuthenticator(authService)
	if a.auth != nil {
		a.auth.Routes(a.server.Module("auth", a.db.module["auth"]), authmod.Web{Profiles: profilesService})
		a.server.Check("sms", a.auth.Check)
	}
	if a.profiles != nil {
		a.profiles.Routes(a.server.Module("profiles", a.db.module["profiles"]))
	}
	return nil
}

func (a *app) wireAuth() (auth.Service, error) {
	if !a.cfg.Hosts("auth") {
		return nil, nil // Config.validate has refused this: other processes come with the event road
	}
	db := a.db.module["auth"]
	sender, err := smsSender(a.cfg)
	if err != nil {
		return nil, err
	}
	per := func(n int, d time.Duration) kv.Limit { return kv.Limit{Events: n, Period: d} }
	c := a.cfg.Auth
	m, err := authmod.New(authmod.Config{
		TokenIdle: c.TokenIdle, Country: c.Country, HashWorkers: c.HashWorkers,
		LoginPerPhone: per(c.LoginPerPhone, 5*time.Minute), LoginPerAddress: per(c.LoginPerAddress, 5*time.Minute),
		RegisterPerAddress: per(c.RegisterPerAddress, time.Hour),
		CodesPerPhone:      c.CodesPerPhone, CodesPerAddress: c.CodesPerAddress, CodesTotal: c.CodesTotal,
	}, authmod.Deps{DB: db, Outbox: a.bus.Source(db, auth.Topic, auth.InternalTopic), KV: a.kv, SMS: sender,
		Registerer: a.registry, Log: slog.Default()})
	if err != nil {
		return nil, err
	}
	a.auth, a.modules["auth"] = m, m
	return m.Service(), nil
}

func smsSender(cfg Config) (authmod.SMS, error) {
	switch cfg.SMS.Sender {
	case "webhook":
		return authmod.WebhookSMS(cfg.SMS.Webhook.URL, cfg.SMS.Webhook.Secret)
	case "twilio":
		t := cfg.SMS.Twilio
		return authmod.TwilioSMS(t.AccountSID, t.AuthToken, t.From, t.WhatsAppFrom)
	}
	return authmod.LogSMS(slog.Default()), nil
}

func (a *app) wireProfiles(users auth.Service) (profiles.Service, error) {
	if !a.cfg.Hosts("profiles") {
		return nil, nil // see wireAuth
	}
	db := a.db.module["profiles"]
	m, err := profilesmod.New(profilesmod.Config{}, profilesmod.Deps{
		DB: db, Outbox: a.bus.Source(db, profiles.Topic), Users: users, Log: slog.Default()})
	if err != nil {
		return nil, err
	}
	a.profiles, a.modules["profiles"] = m, m
	return m.Service(), nil
}

package main

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/auth/authclient"
	"agrovet/internal/auth/authmod"
	"agrovet/internal/chat"
	"agrovet/internal/chat/chatclient"
	"agrovet/internal/chat/chatmod"
	"agrovet/internal/foro/foromod"
	"agrovet/internal/marketplace/marketplacemod"
	"agrovet/internal/media"
	"agrovet/internal/media/mediaclient"
	"agrovet/internal/media/mediamod"
	"agrovet/internal/platform/kv"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/profilesclient"
	"agrovet/internal/profiles/profilesmod"
)

// hosted are the modules that run in this process; nil for those that do not.
type hosted struct {
	auth        *authmod.Module
	media       *mediamod.Module
	profiles    *profilesmod.Module
	marketplace *marketplacemod.Module
	chat        *chatmod.Module
	foro        *foromod.Module
}

// wire builds the hosted modules: their services first, then who listens to whom, and routes last,
// so that handlers may ask each other although no module is built from another.
func (a *app) wire() error {
	mediaService, err := a.wireMedia()
	if err != nil {
		return fmt.Errorf("media: %w", err)
	}
	authService, err := a.wireAuth(mediaService)
	if err != nil {
		return fmt.Errorf("auth: %w", err)
	}
	profilesService, err := a.wireProfiles(authService, mediaService)
	if err != nil {
		return fmt.Errorf("profiles: %w", err)
	}
	chats, err := a.wireChat(authService, mediaService)
	if err != nil {
		return fmt.Errorf("chat: %w", err)
	}
	if err := a.wireMarketplace(authService, mediaService, chats); err != nil {
		return fmt.Errorf("marketplace: %w", err)
	}

	if err := a.wireForo(authService, profilesService, mediaService); err != nil {
		return fmt.Errorf("foro: %w", err)
	}

	for name, m := range a.modules {
		a.bus.Subscribe(a.db.module[name], m.Subscriptions()...)
	}

	a.alive = aliveBy(authService, mediaService)
	a.server.UseAuthenticator(authService)
	if a.auth != nil {
		a.auth.RPC(a.server)
		a.auth.Routes(a.server.Module("auth", a.db.module["auth"]), authmod.Web{Profiles: profilesService, Media: mediaService})
		a.server.Check("sms", a.auth.Check)
		if a.cfg.Auth.Original.URL != "" {
			a.server.Check("original", a.auth.CheckOriginal)
		}
	}
	if a.media != nil {
		a.media.RPC(a.server)
		a.media.Routes(a.server.Module("media", a.db.module["media"]), a.server)
		a.server.Check("files", a.media.Check)
	}
	if a.profiles != nil {
		a.profiles.RPC(a.server)
		a.profiles.Routes(a.server.Module("profiles", a.db.module["profiles"]))
	}
	if a.marketplace != nil {
		a.marketplace.Routes(a.server.Module("marketplace", a.db.module["marketplace"]))
	}
	if a.chat != nil {
		a.chat.RPC(a.server)
		a.chat.Routes(a.server.Module("chat", a.db.module["chat"]))
		a.chat.Pages(a.server)
	}
	if a.foro != nil {
		a.foro.Routes(a.server.Module("foro", a.db.module["foro"]))
	}
	a.server.Document("/asyncapi.json", "Sockets and events", func() ([]byte, error) { return chatmod.AsyncAPI(version, events) })
	return nil
}

func (a *app) wireAuth(files media.Service) (auth.Service, error) {
	if !a.cfg.Hosts("auth") {
		c := authclient.New(a.others, a.cfg.Auth.URL, a.kv, slog.Default())
		a.server.Check("auth", c.Check)
		return c, nil
	}
	db := a.db.module["auth"]
	sender, err := smsSender(a.cfg)
	if err != nil {
		return nil, err
	}
	per := func(n int, d time.Duration) kv.Limit { return kv.Limit{Events: n, Period: d} }
	c := a.cfg.Auth
	m, err := authmod.New(authmod.Config{
		TokenIdle: c.TokenIdle, Country: c.Country, HashWorkers: c.HashWorkers, HashCommand: hashCommand,
		LoginPerPhone: per(c.LoginPerPhone, 5*time.Minute), LoginPerAddress: per(c.LoginPerAddress, 5*time.Minute),
		RegisterPerAddress: per(c.RegisterPerAddress, time.Hour),
		CodesPerPhone:      c.CodesPerPhone, CodesPerAddress: c.CodesPerAddress, CodesTotal: c.CodesTotal,
		Asked:    a.cfg.Service.Secret != "", // without it nobody can
		Original: c.Original.config(),
	}, authmod.Deps{DB: db, Outbox: a.bus.Source(db, auth.Topic, auth.InternalTopic, media.ShownTopic("auth")), KV: a.kv, SMS: sender, Media: files,
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

func (a *app) wireProfiles(users auth.Service, files media.Service) (profiles.Service, error) {
	if !a.cfg.Hosts("profiles") {
		if a.cfg.Profiles.URL == "" {
			return nil, nil // nobody here asks it
		}
		c := profilesclient.New(a.others, a.cfg.Profiles.URL)
		a.server.Check("profiles", c.Check)
		return c, nil
	}
	db := a.db.module["profiles"]
	m, err := profilesmod.New(profilesmod.Config{}, profilesmod.Deps{
		DB: db, Outbox: a.bus.Source(db, profilesmod.Topics...), Users: users, Media: files, Log: slog.Default()})
	if err != nil {
		return nil, err
	}
	a.profiles, a.modules["profiles"] = m, m
	return m.Service(), nil
}

func (a *app) wireMarketplace(users auth.Service, files media.Service, chats chat.Service) error {
	if !a.cfg.Hosts("marketplace") {
		return nil // nobody asks it anything
	}
	db, c := a.db.module["marketplace"], a.cfg.Marketplace
	cfg := marketplacemod.Config{UnitsFile: c.UnitsFile, SynonymsFile: c.SynonymsFile}
	cfg.Country, cfg.Currency, cfg.Lifetime, cfg.Warning = c.Country, c.Currency, c.Lifetime, c.Warning
	cfg.Newcomer, cfg.PerDay, cfg.Everyone = c.NewcomerPeriod, c.NewcomerAdds, slices.Contains(c.Publishers, "all")
	for _, name := range c.Publishers {
		if role, ok := auth.ParseRole(name); ok {
			cfg.Roles = append(cfg.Roles, role)
		}
	}
	m, err := marketplacemod.New(cfg, marketplacemod.Deps{
		DB: db, Outbox: a.bus.Source(db, marketplacemod.Topics...), Users: users, Media: files, Chats: chats, Log: slog.Default()})
	if err != nil {
		return err
	}
	a.marketplace, a.modules["marketplace"] = m, m
	return nil
}

// wireChat returns nil where chat neither runs nor has an address: the marketplace then refuses what needs it.
func (a *app) wireChat(users auth.Service, files media.Service) (chat.Service, error) {
	switch {
	case !a.cfg.Hosts("chat") && (a.cfg.Chat.URL == "" || !a.cfg.Hosts("marketplace")):
		return nil, nil
	case !a.cfg.Hosts("chat"):
		c := chatclient.New(a.others, a.cfg.Chat.URL)
		a.server.Check("chat", c.Check)
		return c, nil
	}
	db, c := a.db.module["chat"], a.cfg.Chat
	cfg := chatmod.Config{}
	cfg.Country, cfg.PerSender = a.cfg.Marketplace.Country, kv.Limit{Events: c.Messages, Period: 30 * time.Second}
	cfg.Live.Connections, cfg.Live.PerPerson, cfg.Live.Frames = c.Connections, c.PerPerson, c.Frames
	if a.redis != nil {
		cfg.Live.Broker = chatmod.RedisBroker(a.redis, slog.Default())
	}
	m, err := chatmod.New(cfg, chatmod.Deps{
		DB: db, Outbox: a.bus.Source(db, chatmod.Topics...), Users: users, Media: files, KV: a.kv, Registerer: a.registry, Log: slog.Default()})
	if err != nil {
		return nil, err
	}
	a.chat, a.modules["chat"] = m, m
	return m.Service(), nil
}

func (a *app) wireForo(users auth.Service, cards profiles.Service, files media.Service) error {
	if !a.cfg.Hosts("foro") {
		return nil // nobody asks it anything
	}
	db := a.db.module["foro"]
	cfg := foromod.Config{}
	cfg.Country, cfg.InternalSecret = a.cfg.Marketplace.Country, a.cfg.Foro.InternalSecret
	cfg.DeletedUsers, cfg.UnansweredAfter = a.cfg.Foro.DeletedUsers, a.cfg.Foro.UnansweredAfter
	cfg.HideAfter, cfg.NewcomerPeriod = a.cfg.Foro.HideAfterReports, a.cfg.Foro.NewcomerPeriod
	cfg.NewcomerPosts, cfg.NewcomerComments = a.cfg.Foro.NewcomerPosts, a.cfg.Foro.NewcomerComments
	cfg.KeepNotices = a.cfg.Foro.KeepNotifications
	m, err := foromod.New(cfg, foromod.Deps{
		DB: db, Outbox: a.bus.Source(db, foromod.Topics...), Users: users, Profiles: cards, Media: files, Log: slog.Default()})
	if err != nil {
		return err
	}
	a.foro, a.modules["foro"] = m, m
	return nil
}

func (a *app) wireMedia() (media.Service, error) {
	if !a.cfg.Hosts("media") {
		c := mediaclient.New(a.others, a.cfg.Media.URL)
		a.server.Check("media", c.Check)
		return c, nil
	}
	store, err := mediaStore(a.cfg)
	if err != nil {
		return nil, err
	}
	db, c := a.db.module["media"], a.cfg.Media
	m, err := mediamod.New(mediamod.Config{
		PublicURL: c.PublicURL, Anonymous: c.Anonymous, Limits: mediaLimits(c),
		KeepUnshown: c.KeepUnshown, KeepUnclaimed: c.KeepUnclaimed, KeepUpload: c.KeepUpload, LinkLife: c.LinkLife,
	}, mediamod.Deps{DB: db, Outbox: a.bus.Source(db, media.Topic, media.InternalTopic), Store: store, Log: slog.Default()})
	if err != nil {
		return nil, err
	}
	a.media, a.modules["media"] = m, m
	return m.Service(), nil
}

func mediaLimits(c mediaConfig) mediamod.Limits {
	const mib = 1 << 20
	return mediamod.Limits{
		Bytes:    map[media.Kind]int64{media.Image: c.MaxImage * mib, media.Video: c.MaxVideo * mib, media.Audio: c.MaxAudio * mib, media.Document: c.MaxDocument * mib},
		Pixels:   c.MaxPixels * 1_000_000,
		Side:     30_000,
		Duration: map[media.Kind]time.Duration{media.Video: c.MaxVideoTime, media.Audio: c.MaxAudioTime},
	}
}

func mediaStore(cfg Config) (mediamod.Store, error) {
	c := cfg.Media
	if c.Store == "s3" {
		return mediamod.S3Store(mediamod.S3Config{Endpoint: c.S3.Endpoint, Region: c.S3.Region, Bucket: c.S3.Bucket,
			Prefix: c.S3.Prefix, AccessKey: c.S3.AccessKey, SecretKey: c.S3.SecretKey, PathStyle: c.S3.PathStyle})
	}
	return mediamod.DiskStore(mediaDir(cfg))
}

// mediaDir is the directory of files that are kept on disk.
func mediaDir(cfg Config) string {
	if cfg.Media.Dir != "" {
		return cfg.Media.Dir
	}
	return filepath.Join(cfg.DataDir, "media")
}

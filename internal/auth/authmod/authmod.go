// Package authmod is auth in this process: the module behind the face auth.
package authmod

import (
	"context"
	"io"
	"log/slog"

	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/core"
	"agrovet/internal/auth/internal/invariants"
	"agrovet/internal/auth/internal/living"
	"agrovet/internal/auth/internal/original"
	"agrovet/internal/auth/internal/password"
	"agrovet/internal/auth/internal/rpc"
	"agrovet/internal/auth/internal/sms"
	"agrovet/internal/auth/internal/web"
	"agrovet/internal/media"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/httpx"
	platform "agrovet/internal/platform/original"
	"agrovet/internal/platform/sched"
	"agrovet/internal/platform/verify"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/profilesjson"
)

// The subscriptions.
const (
	SMSGroup   = "auth-service-sms"            // makes codes and sends them
	MediaGroup = "auth-service-media-consumer" // follows what becomes of pictures
	CacheGroup = "auth-service-cache"          // removes what other processes keep of users
	// OriginalGroup takes in whoever registers in the original, while that runs beside agrovet.
	OriginalGroup = "auth-service-original"
)

// Config of auth; see core.
type Config = core.Config

// Original says where the original's auth is, while it runs beside agrovet; see living.
type Original = living.Config

// Deps is what auth stands on: DB is schema auth, migrated; Outbox is the schema's, with topics
// auth.Topic, auth.InternalTopic and media.ShownTopic("auth").
type Deps = core.Deps

// Web is what auth's answers are composed with.
type Web struct {
	Profiles profiles.Service   // nil: users are shown without profiles
	Media    profilesjson.Media // nil: those have no pictures
}

// Module is auth.
type Module struct{ core *core.Core }

// New makes the module. Its hashing workers run until Run's context ends or Close is called.
func New(cfg Config, d Deps) (*Module, error) {
	c, err := core.New(cfg, d)
	if err != nil {
		return nil, err
	}
	return &Module{c}, nil
}

// HashPasswords is a process that Config.HashCommand starts; see password.Serve.
func HashPasswords(in io.Reader, out io.Writer) error { return password.Serve(in, out) }

// Close ends the hashing workers.
func (m *Module) Close() { m.core.Close() }

// Service answers the other modules.
func (m *Module) Service() auth.Service { return m.core }

// Routes adds the module's routes under /api/auth/.
func (m *Module) Routes(r *httpx.Router, w Web) { web.Register(r, m.core, w.Profiles, w.Media) }

// RPC answers modules in other processes.
func (m *Module) RPC(s *httpx.Server) { rpc.Register(s, m.core) }

// Subscriptions are the events that the module wants. Each message is sent in a transaction of its
// own, since it cannot be taken back.
func (m *Module) Subscriptions() []bus.Subscription {
	all := []bus.Subscription{
		{Name: SMSGroup, Batch: 1, Routes: []bus.Route{bus.On(m.core.SendCode)}},
		{Name: MediaGroup, Routes: []bus.Route{bus.On(m.core.MediaDeleted)}},
	}
	if m.core.Config().Asked {
		all = append(all, bus.Subscription{Name: CacheGroup, Routes: []bus.Route{
			bus.On(m.core.ForgetCreated), bus.On(m.core.ForgetUpdated), bus.On(m.core.ForgetRole), bus.On(m.core.ForgetDeleted)}})
	}
	if m.core.Config().Original.URL != "" {
		all = append(all, bus.Subscription{Name: OriginalGroup, Original: true, Routes: []bus.Route{
			{Kind: auth.UserCreated{}.Kind(), Handle: m.core.OriginalCreated}}})
	}
	return all
}

// Invariants are what always holds of the module's rows.
func (m *Module) Invariants() []verify.Invariant { return invariants.All() }

// References are the invariants of what rows refer to in other modules.
func (m *Module) References() []verify.Invariant { return invariants.References() }

// Jobs keep ended sessions and old codes from piling up.
func (m *Module) Jobs() []sched.Job { return m.core.Jobs() }

// Run notes the use of sessions until ctx ends.
func (m *Module) Run(ctx context.Context) error { return m.core.Run(ctx) }

// Check says whether codes can be sent, for /health/detailed/.
func (m *Module) Check(ctx context.Context) (map[string]any, error) { return m.core.Check(ctx) }

// CheckOriginal says whether the original's auth is where Config.Original says, for /health/detailed/. It needs one.
func (m *Module) CheckOriginal(ctx context.Context) (map[string]any, error) {
	return m.core.CheckOriginal(ctx)
}

// VisitOriginal looks whether the original's auth is where it is said to be; see living.
func VisitOriginal(ctx context.Context, o Original) error {
	s := living.New(o.WithDefaults(), nil)
	defer s.Close()
	return s.Visit(ctx)
}

// CreateSuperuser makes a user who may do everything, or gives an existing one those rights and this
// password; it returns the user's id.
func (m *Module) CreateSuperuser(ctx context.Context, phone, password string) (int64, error) {
	return m.core.CreateSuperuser(ctx, phone, password)
}

// Seed makes the demo community, whose members all have the password and a picture, and returns it.
// Who is there already stays as they are.
func (m *Module) Seed(ctx context.Context, password string, picture func(int64) media.Upload) ([]auth.User, error) {
	return m.core.Seed(ctx, password, picture)
}

// Original is what the module takes from the original.
func (m *Module) Original() platform.Part { return original.Part(m.core.Config().Country) }

// SMS sends text messages.
type SMS = sms.Sender

// LogSMS writes messages to the log: for development only, and it says so.
func LogSMS(log *slog.Logger) SMS { return sms.NewLog(log) }

// WebhookSMS posts messages, signed, to an URL.
func WebhookSMS(url, secret string) (SMS, error) {
	return sms.NewWebhook(sms.WebhookConfig{URL: url, Secret: sms.Secret(secret)})
}

// TwilioSMS sends by Twilio, from a number or a messaging service (MG…), or by WhatsApp when that
// sender is given.
func TwilioSMS(account, token, from, whatsApp string) (SMS, error) {
	cfg := sms.TwilioConfig{AccountSID: account, AuthToken: sms.Secret(token)}
	switch {
	case whatsApp != "":
		cfg.WhatsAppFrom = whatsApp
	case len(from) > 2 && from[:2] == "MG":
		cfg.MessagingServiceSID = from
	default:
		cfg.From = from
	}
	return sms.NewTwilio(cfg)
}

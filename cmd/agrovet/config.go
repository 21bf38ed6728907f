package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cast"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"agrovet/internal/auth"
	"agrovet/internal/platform/redisx"
)

// moduleNames are all modules of this binary, in the order in which they start.
var moduleNames = []string{"media", "auth", "profiles", "marketplace", "chat", "foro"}

// Config is what is in force. The tags are the keys of options.go.
type Config struct {
	Listen  string   `mapstructure:"listen"`
	Modules []string `mapstructure:"modules"`
	DataDir string   `mapstructure:"data-dir"`
	Log     struct {
		Level  string `mapstructure:"level"`
		Format string `mapstructure:"format"`
	} `mapstructure:"log"`
	Tracing struct {
		Endpoint string `mapstructure:"endpoint"`
	} `mapstructure:"tracing"`
	HTTP struct {
		Timeout        time.Duration `mapstructure:"timeout"`
		Drain          time.Duration `mapstructure:"drain"`
		CORSOrigins    []string      `mapstructure:"cors-origins"`
		TrustedProxies []string      `mapstructure:"trusted-proxies"`
	} `mapstructure:"http"`
	Database struct {
		URL      string `mapstructure:"url"`
		MaxConns int    `mapstructure:"max-conns"`
		Migrate  bool   `mapstructure:"migrate"`
	} `mapstructure:"database"`
	Postgres struct {
		BinDir   string `mapstructure:"bin-dir"`
		Fetch    bool   `mapstructure:"fetch"`
		CacheDir string `mapstructure:"cache-dir"`
	} `mapstructure:"postgres"`
	Cache struct {
		Size int `mapstructure:"size"`
	} `mapstructure:"cache"`
	Events struct {
		Retention time.Duration `mapstructure:"retention"`
	} `mapstructure:"events"`
	Redis struct {
		URL string `mapstructure:"url"`
	} `mapstructure:"redis"`
	Backup  backupConfig  `mapstructure:"backup"`
	Kafka   kafkaConfig   `mapstructure:"kafka"`
	Service serviceConfig `mapstructure:"service"`
	Auth    struct {
		moduleConfig       `mapstructure:",squash"`
		TokenIdle          time.Duration `mapstructure:"token-idle"`
		Country            string        `mapstructure:"country"`
		HashWorkers        int           `mapstructure:"hash-workers"`
		LoginPerPhone      int           `mapstructure:"login-per-phone"`
		LoginPerAddress    int           `mapstructure:"login-per-address"`
		RegisterPerAddress int           `mapstructure:"register-per-address"`
		CodesPerPhone      int           `mapstructure:"codes-per-phone"`
		CodesPerAddress    int           `mapstructure:"codes-per-address"`
		CodesTotal         int           `mapstructure:"codes-total"`
		Original           originalAuth  `mapstructure:"original"`
	} `mapstructure:"auth"`
	Media mediaConfig `mapstructure:"media"`
	SMS   struct {
		Sender  string `mapstructure:"sender"`
		Webhook struct {
			URL    string `mapstructure:"url"`
			Secret string `mapstructure:"secret"`
		} `mapstructure:"webhook"`
		Twilio struct {
			AccountSID   string `mapstructure:"account-sid"`
			AuthToken    string `mapstructure:"auth-token"`
			From         string `mapstructure:"from"`
			WhatsAppFrom string `mapstructure:"whatsapp-from"`
		} `mapstructure:"twilio"`
	} `mapstructure:"sms"`
	Profiles struct {
		moduleConfig `mapstructure:",squash"`
	} `mapstructure:"profiles"`
	Marketplace marketplaceConfig `mapstructure:"marketplace"`
	Chat        chatConfig        `mapstructure:"chat"`
	Foro        foroConfig        `mapstructure:"foro"`
}

// originalAuth are the keys of the original's auth, beside which agrovet's runs.
type originalAuth struct {
	URL     string        `mapstructure:"url"`
	Token   string        `mapstructure:"token"`
	Timeout time.Duration `mapstructure:"timeout"`
	IDsFrom int           `mapstructure:"ids-from"`
}

func (c originalAuth) validate() error {
	if c.URL == "" {
		return nil
	}
	u, err := url.Parse(c.URL)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return fmt.Errorf("auth.original.url: %q is no http(s) URL", c.URL)
	case c.Timeout <= 0 || c.IDsFrom < 1:
		return errors.New("auth.original.timeout must be above 0, and auth.original.ids-from at least 1")
	}
	return nil
}

// kafkaConfig are the keys of the road between processes.
type kafkaConfig struct {
	Brokers      []string `mapstructure:"brokers"`
	TLS          bool     `mapstructure:"tls"`
	User         string   `mapstructure:"user"`
	Password     string   `mapstructure:"password"`
	Mechanism    string   `mapstructure:"mechanism"`
	CreateTopics bool     `mapstructure:"create-topics"`
	Partitions   int      `mapstructure:"partitions"`
	Replication  int      `mapstructure:"replication"`
}

func (c kafkaConfig) validate() error {
	switch {
	case !slices.Contains([]string{"plain", "scram-sha-256", "scram-sha-512"}, c.Mechanism):
		return fmt.Errorf("kafka.mechanism: %q is not one of plain, scram-sha-256, scram-sha-512", c.Mechanism)
	case c.Partitions < 1 || c.Replication < 1:
		return errors.New("kafka.partitions and kafka.replication must be at least 1")
	case (c.User == "") != (c.Password == ""):
		return errors.New("kafka.user and kafka.password: set both or neither")
	}
	return nil
}

// serviceConfig is how modules in different processes ask each other.
type serviceConfig struct {
	Secret  string        `mapstructure:"secret"`
	Timeout time.Duration `mapstructure:"timeout"`
}

func (c serviceConfig) validate() error {
	switch {
	case c.Secret != "" && len(c.Secret) < 16:
		return errors.New("service.secret must have 16 characters or more")
	case c.Timeout <= 0:
		return errors.New("service.timeout must be above 0")
	}
	return nil
}

// foroConfig are the forum's keys.
type foroConfig struct {
	moduleConfig      `mapstructure:",squash"`
	DeletedUsers      string        `mapstructure:"deleted-users"`
	UnansweredAfter   time.Duration `mapstructure:"unanswered-after"`
	InternalSecret    string        `mapstructure:"internal-secret"`
	HideAfterReports  int           `mapstructure:"hide-after-reports"`
	NewcomerPeriod    time.Duration `mapstructure:"newcomer-period"`
	NewcomerPosts     int           `mapstructure:"newcomer-posts"`
	NewcomerComments  int           `mapstructure:"newcomer-comments"`
	KeepNotifications time.Duration `mapstructure:"keep-notifications"`
}

func (c foroConfig) validate() error {
	if c.DeletedUsers != "anonymise" && c.DeletedUsers != "remove" {
		return fmt.Errorf("foro.deleted-users must be anonymise or remove, not %q", c.DeletedUsers)
	}
	if c.UnansweredAfter <= 0 {
		return errors.New("foro.unanswered-after must be above 0")
	}
	if c.InternalSecret != "" && len(c.InternalSecret) < 16 {
		return errors.New("foro.internal-secret must have 16 characters or more")
	}
	if c.HideAfterReports < 0 || c.NewcomerPeriod < 0 || c.NewcomerPosts < 0 || c.NewcomerComments < 0 {
		return errors.New("foro.hide-after-reports and foro.newcomer-…: none may be below 0")
	}
	if c.KeepNotifications <= 0 {
		return errors.New("foro.keep-notifications must be longer than 0")
	}
	return nil
}

// chatConfig are the chat's keys.
type chatConfig struct {
	moduleConfig `mapstructure:",squash"`
	Messages     int `mapstructure:"messages"`
	Connections  int `mapstructure:"connections"`
	PerPerson    int `mapstructure:"connections-per-person"`
	Frames       int `mapstructure:"frames"`
}

func (c chatConfig) validate() error {
	if c.Messages < 0 {
		return errors.New("chat.messages may not be below 0")
	}
	if c.Connections < 1 || c.PerPerson < 1 || c.Frames < 0 {
		return errors.New("chat.connections and chat.connections-per-person must be at least 1, and chat.frames not below 0")
	}
	return nil
}

// marketplaceConfig are the marketplace's keys.
type marketplaceConfig struct {
	moduleConfig   `mapstructure:",squash"`
	Publishers     []string      `mapstructure:"publishers"`
	Country        string        `mapstructure:"country"`
	Currency       string        `mapstructure:"currency"`
	Lifetime       time.Duration `mapstructure:"lifetime"`
	Warning        time.Duration `mapstructure:"warning"`
	NewcomerPeriod time.Duration `mapstructure:"newcomer-period"`
	NewcomerAdds   int           `mapstructure:"newcomer-adds"`
	UnitsFile      string        `mapstructure:"units-file"`
	SynonymsFile   string        `mapstructure:"synonyms-file"`
}

func (c marketplaceConfig) validate() error {
	for _, role := range c.Publishers {
		if _, ok := auth.ParseRole(role); !ok && role != "all" {
			return fmt.Errorf("marketplace.publishers: %q is not one of specialist, businessman, consumer, all", role)
		}
	}
	switch {
	case len(c.Publishers) == 0:
		return errors.New("marketplace.publishers: name at least one role, or all")
	case c.Lifetime <= 0 || c.Warning < 0 || c.Warning >= c.Lifetime:
		return errors.New("marketplace.lifetime must be longer than marketplace.warning, and neither below 0")
	case c.NewcomerAdds < 0 || c.NewcomerPeriod < 0:
		return errors.New("marketplace.newcomer-…: neither may be below 0")
	}
	return nil
}

// mediaConfig are media's keys. Sizes are in MiB, pixels in millions.
type mediaConfig struct {
	moduleConfig  `mapstructure:",squash"`
	Store         string        `mapstructure:"store"`
	Dir           string        `mapstructure:"dir"`
	PublicURL     string        `mapstructure:"public-url"`
	Anonymous     bool          `mapstructure:"anonymous"`
	MaxImage      int64         `mapstructure:"max-image"`
	MaxVideo      int64         `mapstructure:"max-video"`
	MaxAudio      int64         `mapstructure:"max-audio"`
	MaxDocument   int64         `mapstructure:"max-document"`
	MaxPixels     int64         `mapstructure:"max-pixels"`
	MaxVideoTime  time.Duration `mapstructure:"max-video-time"`
	MaxAudioTime  time.Duration `mapstructure:"max-audio-time"`
	KeepUnshown   time.Duration `mapstructure:"keep-unshown"`
	KeepUnclaimed time.Duration `mapstructure:"keep-unclaimed"`
	KeepUpload    time.Duration `mapstructure:"keep-upload"`
	LinkLife      time.Duration `mapstructure:"link-life"`
	S3            struct {
		Endpoint  string `mapstructure:"endpoint"`
		Region    string `mapstructure:"region"`
		Bucket    string `mapstructure:"bucket"`
		Prefix    string `mapstructure:"prefix"`
		AccessKey string `mapstructure:"access-key"`
		SecretKey string `mapstructure:"secret-key"`
		PathStyle bool   `mapstructure:"path-style"`
	} `mapstructure:"s3"`
}

// moduleConfig are the keys that every module has.
type moduleConfig struct {
	DSN string `mapstructure:"dsn"`
	URL string `mapstructure:"url"`
}

// Hosts says whether the module runs in this process.
func (c Config) Hosts(module string) bool {
	return slices.Contains(c.Modules, "all") || slices.Contains(c.Modules, module)
}

// module returns the keys that every module has.
func (c Config) module(name string) moduleConfig {
	return map[string]moduleConfig{"auth": c.Auth.moduleConfig, "media": c.Media.moduleConfig, "profiles": c.Profiles.moduleConfig,
		"marketplace": c.Marketplace.moduleConfig, "chat": c.Chat.moduleConfig, "foro": c.Foro.moduleConfig}[name]
}

const envPrefix = "AGROVET"

func flagName(key string) string { return strings.ReplaceAll(key, ".", "-") }

func envName(key string) string {
	return envPrefix + "_" + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(key))
}

// addFlags gives every option its flag, and the file its own.
func addFlags(f *pflag.FlagSet) {
	f.String("config", "", "configuration file (YAML, TOML or JSON); agrovet.yaml in the working directory when it is there")
	for _, o := range options {
		switch def := o.def.(type) {
		case string:
			f.String(flagName(o.key), def, o.doc)
		case int:
			f.Int(flagName(o.key), def, o.doc)
		case bool:
			f.Bool(flagName(o.key), def, o.doc)
		case time.Duration:
			f.Duration(flagName(o.key), def, o.doc)
		case []string:
			f.StringSlice(flagName(o.key), def, o.doc)
		}
	}
}

// settings are the loaded configuration and where each value came from.
type settings struct {
	Config
	v     *viper.Viper
	flags *pflag.FlagSet
}

// load reads flags > AGROVET_* > file > defaults. What is wrong is told by key and place.
func load(flags *pflag.FlagSet) (*settings, error) {
	s := &settings{v: viper.New(), flags: flags}
	for _, o := range options {
		s.v.SetDefault(o.key, o.def)
		if err := s.v.BindPFlag(o.key, flags.Lookup(flagName(o.key))); err != nil {
			return nil, err
		}
		if err := s.v.BindEnv(o.key, envName(o.key)); err != nil {
			return nil, err
		}
	}
	if err := s.readFile(); err != nil {
		return nil, err
	}
	if err := errors.Join(s.unknownKeys(), s.unknownVariables(), s.wrongTypes()); err != nil {
		return nil, err
	}
	if err := s.v.Unmarshal(&s.Config); err != nil {
		return nil, err
	}
	if s.DataDir == "" {
		s.DataDir = defaultDataDir()
	}
	return s, s.validate()
}

func (s *settings) readFile() error {
	path, _ := s.flags.GetString("config")
	if path == "" {
		path = os.Getenv(envPrefix + "_CONFIG")
	}
	if path == "" {
		if _, err := os.Stat("agrovet.yaml"); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		path = "agrovet.yaml"
	}
	s.v.SetConfigFile(path)
	if err := s.v.ReadInConfig(); err != nil {
		return fmt.Errorf("configuration file %s: %w", path, err)
	}
	return nil
}

func known(key string) bool {
	return slices.ContainsFunc(options, func(o option) bool { return o.key == key })
}

func (s *settings) unknownKeys() error {
	var all []error
	for _, key := range s.v.AllKeys() {
		if !known(key) {
			all = append(all, fmt.Errorf("%s: there is no key %q%s", s.v.ConfigFileUsed(), key, suggestion(key)))
		}
	}
	return errors.Join(all...)
}

func (s *settings) unknownVariables() error {
	var all []error
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, envPrefix+"_") || name == envPrefix+"_CONFIG" {
			continue
		}
		if !slices.ContainsFunc(options, func(o option) bool { return envName(o.key) == name }) {
			all = append(all, fmt.Errorf("environment: there is no variable %s%s", name, suggestion(name)))
		}
	}
	return errors.Join(all...)
}

// suggestion names the option that was probably meant.
func suggestion(wrong string) string {
	last := wrong[strings.LastIndexAny(wrong, "._")+1:]
	for _, o := range options {
		if strings.HasSuffix(o.key, strings.ToLower(last)) {
			return fmt.Sprintf(" (did you mean %s?)", o.key)
		}
	}
	return " (`agrovet config` lists all keys)"
}

func (s *settings) wrongTypes() error {
	var all []error
	for _, o := range options {
		if err := castable(s.v.Get(o.key), o.def); err != nil {
			all = append(all, fmt.Errorf("%s: %w (%s)", o.key, err, s.origin(o.key)))
		}
	}
	return errors.Join(all...)
}

func castable(value, def any) error {
	var err error
	kind := "a text"
	switch def.(type) {
	case int:
		kind, _, err = castAs("a whole number", cast.ToIntE, value)
	case bool:
		kind, _, err = castAs("true or false", cast.ToBoolE, value)
	case time.Duration:
		kind, _, err = castAs("a duration such as 30s, 10m or 24h", cast.ToDurationE, value)
	case []string:
		kind, _, err = castAs("a list", cast.ToStringSliceE, value)
	case string:
		if reflect.ValueOf(value).Kind() == reflect.Map {
			err = errors.New("a map")
		}
	}
	if err != nil {
		return fmt.Errorf("%q is not %s", fmt.Sprint(value), kind)
	}
	return nil
}

func castAs[T any](kind string, to func(any) (T, error), value any) (string, T, error) {
	v, err := to(value)
	return kind, v, err
}

// origin says where the value in force comes from.
func (s *settings) origin(key string) string {
	if f := s.flags.Lookup(flagName(key)); f != nil && f.Changed {
		return "flag --" + f.Name
	}
	if _, ok := os.LookupEnv(envName(key)); ok {
		return "environment " + envName(key)
	}
	if s.v.InConfig(key) {
		return "file " + s.v.ConfigFileUsed()
	}
	return "default"
}

func defaultDataDir() string {
	if os.Geteuid() == 0 {
		return "/var/lib/agrovet"
	}
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "agrovet")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "agrovet-data"
	}
	return filepath.Join(home, ".local", "share", "agrovet")
}

// validate checks what goes beyond types, and what modules need of each other.
func (c Config) validate() error {
	var all []error
	for _, m := range c.Modules {
		if m != "all" && !slices.Contains(moduleNames, m) {
			all = append(all, fmt.Errorf("modules: there is no module %q; there are %s", m, strings.Join(moduleNames, ", ")))
		}
	}
	if len(c.Modules) == 0 {
		all = append(all, errors.New("modules: name at least one, or all"))
	}
	all = append(append(all, c.wrongURLs()...), c.missing()...)
	if !slices.Contains([]string{"log", "webhook", "twilio"}, c.SMS.Sender) {
		all = append(all, fmt.Errorf("sms.sender: %q is not one of log, webhook, twilio", c.SMS.Sender))
	}
	if c.Redis.URL != "" {
		if err := redisx.Valid(c.Redis.URL); err != nil {
			all = append(all, fmt.Errorf("redis.url: %w", err))
		}
	}
	return errors.Join(append(all, c.Kafka.validate(), c.Auth.Original.validate(), c.validateBackup(), c.Service.validate(), c.Media.validate(), c.Marketplace.validate(), c.Chat.validate(), c.Foro.validate())...)
}

func (c mediaConfig) validate() error {
	switch {
	case c.Store != "disk" && c.Store != "s3":
		return fmt.Errorf("media.store: %q is not one of disk, s3", c.Store)
	case c.Store == "s3" && (c.S3.Endpoint == "" || c.S3.Bucket == ""):
		return errors.New("media.store is s3: set media.s3.endpoint and media.s3.bucket")
	case c.PublicURL != "" && !strings.HasSuffix(c.PublicURL, "/"):
		return fmt.Errorf("media.public-url: %q does not end in a slash", c.PublicURL)
	case min(c.MaxImage, c.MaxVideo, c.MaxAudio, c.MaxDocument, c.MaxPixels) < 1 || c.MaxPixels > 64:
		return errors.New("media.max-…: sizes must be at least 1, and media.max-pixels at most 64")
	}
	return nil
}

// wrongURLs are addresses of modules that are none.
func (c Config) wrongURLs() (all []error) {
	for _, m := range moduleNames {
		text := c.module(m).URL
		if text == "" {
			continue
		}
		u, err := url.Parse(text)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
			all = append(all, fmt.Errorf("%s.url: %q is not an address such as http://%s:8000", m, text, m))
		}
	}
	return all
}

// needs are what a module asks others. Everybody asks auth who somebody is.
var needs = []struct{ who, whom string }{
	{"media", "auth"},
	{"auth", "media"}, {"auth", "profiles"},
	{"profiles", "auth"}, {"profiles", "media"},
	{"marketplace", "auth"}, {"marketplace", "media"}, // chat as well, but it works without
	{"chat", "auth"}, {"chat", "media"},
	{"foro", "auth"}, {"foro", "profiles"}, {"foro", "media"},
}

// service is what this process calls itself in traces: agrovet, or agrovet-foro and the like where it has some of the
// modules.
func (c Config) service() string {
	if len(c.hosted()) == len(moduleNames) {
		return "agrovet"
	}
	return "agrovet-" + strings.Join(c.hosted(), "-")
}

// missing is what this process needs and neither hosts nor is told where to find.
func (c Config) missing() (all []error) {
	for _, n := range needs {
		if c.Hosts(n.who) && !c.Hosts(n.whom) && c.module(n.whom).URL == "" {
			all = append(all, fmt.Errorf("%s needs %s: add it to --modules or set --%s-url", n.who, n.whom, n.whom))
		}
	}
	if len(c.hosted()) == len(moduleNames) || len(c.hosted()) == 0 {
		return all
	}
	if len(c.Kafka.Brokers) == 0 {
		all = append(all, errors.New("modules in different processes tell each other by Kafka: set --kafka-brokers"))
	}
	if c.Redis.URL == "" {
		all = append(all, errors.New("modules in different processes share sessions in Redis: set --redis-url"))
	}
	if c.Service.Secret == "" {
		all = append(all, errors.New("modules in different processes know each other by a secret: set --service-secret"))
	}
	return all
}

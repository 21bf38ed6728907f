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

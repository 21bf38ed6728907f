package main

// What the keys of single modules, of Kafka and of the services' credential hold, and what can be wrong with them.

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/auth/authmod"
)

// originalAuth are the keys of the original's auth, beside which agrovet's runs.
type originalAuth struct {
	URL     string        `mapstructure:"url"`
	Token   string        `mapstructure:"token"`
	Timeout time.Duration `mapstructure:"timeout"`
	IDsFrom int           `mapstructure:"ids-from"`
}

func (c originalAuth) config() authmod.Original {
	return authmod.Original{URL: c.URL, Token: c.Token, Timeout: c.Timeout, IDsFrom: int64(c.IDsFrom)}
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

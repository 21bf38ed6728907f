package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"
)

// configure loads the configuration from these flags, in a directory of its own.
func configure(t *testing.T, args ...string) (*settings, error) {
	t.Helper()
	t.Chdir(t.TempDir())
	flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
	addFlags(flags)
	require.NoError(t, flags.Parse(args))
	return load(flags)
}

func writeConfig(t *testing.T, text string) string {
	path := filepath.Join(t.TempDir(), "agrovet.yaml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestConfigPrecedence(t *testing.T) {
	file := writeConfig(t, "http:\n  timeout: 11s\n  drain: 12s\nauth:\n  country: AR\nlog:\n  level: debug\n")
	t.Setenv("AGROVET_HTTP_DRAIN", "22s")
	t.Setenv("AGROVET_AUTH_COUNTRY", "MX")
	s, err := configure(t, "--config", file, "--auth-country", "PE")
	require.NoError(t, err)

	require.Equal(t, "PE", s.Auth.Country)
	require.Equal(t, "flag --auth-country", s.origin("auth.country"))
	require.Equal(t, 22*time.Second, s.HTTP.Drain)
	require.Equal(t, "environment AGROVET_HTTP_DRAIN", s.origin("http.drain"))
	require.Equal(t, 11*time.Second, s.HTTP.Timeout)
	require.Equal(t, "file "+file, s.origin("http.timeout"))
	require.Equal(t, ":8000", s.Listen)
	require.Equal(t, "default", s.origin("listen"))
	require.Equal(t, 90*24*time.Hour, s.Auth.TokenIdle)
}

// TestConfigOptionsReachTheStruct shows that no option is only documented.
func TestConfigOptionsReachTheStruct(t *testing.T) {
	for _, o := range options {
		value := map[string]string{"listen": ":1", "log.level": "debug", "sms.sender": "twilio"}[o.key]
		switch o.def.(type) {
		case int:
			value = "77"
		case bool:
			value = map[bool]string{true: "false", false: "true"}[o.def.(bool)]
		case time.Duration:
			value = "77s"
		case []string:
			value = "10.0.0.0/8"
		case string:
			if value == "" {
				value = "something"
			}
			if module, ok := strings.CutSuffix(o.key, ".url"); ok && slices.Contains(moduleNames, module) {
				value = "http://" + module + ":8000"
			}
		}
		special := map[string][]string{
			"modules":    {"auth,profiles,media", "--kafka-brokers=k:9092", "--redis-url=redis://r:6379/0", "--service-secret=sixteen letters."},
			"kafka.user": {"agrovet", "--kafka-password=x"}, "kafka.password": {"x", "--kafka-user=agrovet"}, "kafka.mechanism": {"plain"},
			"redis.url": {"redis://r:6379/0"}, "service.secret": {"sixteen letters."},
			"media.max-pixels": {"7"}, "media.public-url": {"https://cdn.example/"},
			"media.store":            {"s3", "--media-s3-endpoint=https://s3.example", "--media-s3-bucket=b"},
			"marketplace.publishers": {"all"}, "marketplace.lifetime": {"777h"}, "foro.internal-secret": {"sixteen letters."},
			"foro.deleted-users": {"remove"}, "backup.media": {"reference"},
			"auth.original.url": {"http://auth:8002"}, "auth.original.token": {"x", "--auth-original-url=http://auth:8002"},
		}[o.key]
		args := []string{"--" + flagName(o.key) + "=" + value}
		if special != nil {
			args = append([]string{"--" + flagName(o.key) + "=" + special[0]}, special[1:]...)
		}
		plain, err := configure(t)
		require.NoError(t, err)
		changed, err := configure(t, args...)
		require.NoError(t, err, o.key)
		require.NotEqual(t, plain.Config, changed.Config, "%s changes nothing", o.key)
	}
}

func TestConfigMistakesAreNamed(t *testing.T) {
	for name, c := range map[string]struct {
		env  [2]string
		file string
		args []string
		want []string
	}{
		"UnknownKey":      {file: "http:\n  timeuot: 3s\n", want: []string{"http.timeuot", "agrovet.yaml"}},
		"UnknownSection":  {file: "sms:\n  webhook:\n    adress: x\n", want: []string{"sms.webhook.adress"}},
		"UnknownVariable": {env: [2]string{"AGROVET_AUTH_CONTRY", "BO"}, want: []string{"AGROVET_AUTH_CONTRY"}},
		"WrongDuration":   {env: [2]string{"AGROVET_HTTP_TIMEOUT", "soon"}, want: []string{"http.timeout", "soon", "AGROVET_HTTP_TIMEOUT"}},
		"WrongNumber":     {file: "cache:\n  size: many\n", want: []string{"cache.size", "many", "whole number"}},
		"WrongBool":       {file: "database:\n  migrate: perhaps\n", want: []string{"database.migrate", "perhaps"}},
		"MediaStore":      {args: []string{"--media-store", "tape"}, want: []string{"media.store", "tape"}},
		"MediaS3":         {args: []string{"--media-store", "s3"}, want: []string{"media.s3.endpoint"}},
		"MediaURL":        {args: []string{"--media-public-url", "https://x"}, want: []string{"media.public-url", "slash"}},
		"UnknownModule":   {args: []string{"--modules", "auth,profiles,weather"}, want: []string{"modules", "weather"}},
		"UnknownRole":     {args: []string{"--marketplace-publishers", "specialist,herder"}, want: []string{"marketplace.publishers", "herder"}},
		"ShortSecret":     {args: []string{"--foro-internal-secret", "secreto"}, want: []string{"foro.internal-secret", "16"}},
		"LongWarning":     {args: []string{"--marketplace-lifetime", "24h"}, want: []string{"marketplace.lifetime", "marketplace.warning"}},
		"MissingNeed":     {args: []string{"--modules", "profiles"}, want: []string{"profiles needs auth", "--auth-url"}},
		"MissingSecret":   {args: []string{"--modules", "media", "--auth-url", "http://auth:8002"}, want: []string{"--kafka-brokers", "--redis-url", "--service-secret"}},
		"NoURL":           {args: []string{"--chat-url", "chat:8000"}, want: []string{"chat.url", "chat:8000", "http://"}},
		"FTP":             {args: []string{"--auth-url", "ftp://auth"}, want: []string{"auth.url", "ftp://auth"}},
		"ShortCredential": {args: []string{"--service-secret", "secreto"}, want: []string{"service.secret", "16"}},
		"RedisURL":        {args: []string{"--redis-url", "http://r:6379/0"}, want: []string{"redis.url", "scheme"}},
		"KafkaMechanism":  {args: []string{"--kafka-mechanism", "magic"}, want: []string{"kafka.mechanism", "magic"}},
		"DeletedUsers":    {args: []string{"--foro-deleted-users", "keep"}, want: []string{"foro.deleted-users", "keep"}},
		"UnansweredAfter": {args: []string{"--foro-unanswered-after", "0s"}, want: []string{"foro.unanswered-after"}},
		"WrongSender":     {args: []string{"--sms-sender", "pigeon"}, want: []string{"sms.sender", "pigeon"}},
		"NoFile":          {args: []string{"--config", "/nowhere/agrovet.yaml"}, want: []string{"/nowhere/agrovet.yaml"}},
	} {
		t.Run(name, func(t *testing.T) {
			args := c.args
			if c.env[0] != "" {
				t.Setenv(c.env[0], c.env[1])
			}
			if c.file != "" {
				args = append(args, "--config", writeConfig(t, c.file))
			}
			_, err := configure(t, args...)
			require.Error(t, err)
			for _, want := range c.want {
				require.ErrorContains(t, err, want)
			}
		})
	}
}

func TestConfigHidesSecrets(t *testing.T) {
	s, err := configure(t, "--database-url", "postgres://u:hunter2@db/agrovet")
	require.NoError(t, err)
	for _, o := range options {
		require.NotContains(t, shown(o, s.v.Get(o.key)), "hunter2", o.key)
	}
}

package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"agrovet/internal/auth/authmod"
)

// examineRedis asks the Redis that processes share, when there is to be one.
func examineRedis(ctx context.Context, cfg Config) []finding {
	if cfg.Redis.URL == "" {
		return nil
	}
	f := finding{part: "redis"}
	o, err := redis.ParseURL(cfg.Redis.URL)
	if err != nil {
		f.wrong, f.says, f.advice = true, "redis.url cannot be read", "write it as redis://user:password@host:6379/0"
		return []finding{f}
	}
	ctx, cancel := context.WithTimeout(ctx, examineTime)
	defer cancel()
	c := redis.NewClient(o)
	defer c.Close()
	before := time.Now()
	now, err := c.Time(ctx).Result()
	if err != nil {
		f.wrong, f.says = true, fmt.Sprintf("does not answer at %s: %v", o.Addr, err)
		f.advice = "start Redis, or correct redis.url; meanwhile each process remembers by itself and chats only within itself"
		return []finding{f}
	}
	f.says = "answers at " + o.Addr
	return []finding{f, examineClock("Redis", before, now, time.Now())}
}

// examineKafka asks the brokers, when there are to be some.
func examineKafka(ctx context.Context, cfg Config) []finding {
	if len(cfg.Kafka.Brokers) == 0 {
		return nil
	}
	f := finding{part: "kafka"}
	road, err := openKafka(cfg, nil)
	if err != nil {
		f.wrong, f.says, f.advice = true, err.Error(), "see the keys kafka…"
		return []finding{f}
	}
	defer road.Close()
	ctx, cancel := context.WithTimeout(ctx, examineTime)
	defer cancel()
	topics, err := road.Topics(ctx, slices.Sorted(maps.Keys(topicOwner)))
	if err != nil {
		f.wrong, f.says = true, fmt.Sprintf("does not answer at %s: %v", strings.Join(cfg.Kafka.Brokers, ", "), err)
		f.advice = "start Kafka, or correct kafka.brokers and how it is signed in to; until then events wait in the database, and nothing is lost"
		return []finding{f}
	}
	f.says = fmt.Sprintf("answers, and has the %d topics of these modules", len(topics))
	for _, t := range topics {
		switch {
		case !cfg.Hosts(ownerOf(t.Name)):
		case t.Partitions == 0:
			f.wrong = !cfg.Kafka.CreateTopics
			f.says, f.advice = "has no topic "+t.Name, "run `agrovet topics`; with kafka.create-topics the next start makes it"
		case t.Partitions != cfg.Kafka.Partitions && f.advice == "":
			f.advice = fmt.Sprintf("topic %s has %d partitions and kafka.partitions is %d: change the key, or the topic while nothing is published", t.Name, t.Partitions, cfg.Kafka.Partitions)
		}
		for group, behind := range t.Groups {
			if behind > groupBehind && readsByKafka(cfg, group, t.Name) {
				f.says, f.advice = fmt.Sprintf("group %s is %d records of %s behind", group, behind, t.Name), "start the processes of that module, or see their logs"
			}
		}
	}
	return []finding{f}
}

// groupBehind is how many records a group may be behind before the doctor warns.
const groupBehind = 1000

// readsByKafka says whether a group of a module that is hosted here reads a topic of one that is not. Groups of modules
// that are together read nothing from Kafka and stay behind.
func readsByKafka(cfg Config, group, topic string) bool {
	module, _, _ := strings.Cut(group, "-")
	return slices.Contains(moduleNames, module) && cfg.Hosts(module) && !cfg.Hosts(ownerOf(topic))
}

// examineOriginal asks the auth of the original, when auth runs beside it.
func examineOriginal(ctx context.Context, cfg Config) []finding {
	if cfg.Auth.Original.URL == "" || !cfg.Hosts("auth") {
		return nil
	}
	f := finding{part: "original", says: "answers at " + cfg.Auth.Original.URL}
	ctx, cancel := context.WithTimeout(ctx, examineTime)
	defer cancel()
	if err := authmod.VisitOriginal(ctx, cfg.Auth.Original.config()); err != nil {
		f.wrong, f.says, f.advice = true, err.Error(), "see auth.original.url and auth.original.token: where the original's auth itself answers, behind no proxy that leads here, and the token of any user there"
	}
	return []finding{f}
}

// The days that a certificate may have left before the doctor warns, and before it calls it wrong.
const (
	certificateSoon = 21
	certificateNow  = 2
)

// examineAddress asks the address at which others reach agrovet; an empty one is not asked.
func examineAddress(ctx context.Context, address string) []finding {
	if address == "" {
		return nil
	}
	f := finding{part: "address"}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		f.wrong, f.says, f.advice = true, fmt.Sprintf("%q is no address", address), "write it as https://agro.example"
		return []finding{f}
	}
	ctx, cancel := context.WithTimeout(ctx, examineTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.JoinPath("/health/").String(), nil)
	if err != nil {
		f.wrong, f.says = true, err.Error()
		return []finding{f}
	}
	before := time.Now()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		f.wrong, f.says, f.advice = true, err.Error(), addressAdvice(err)
		return []finding{f}
	}
	defer res.Body.Close()
	f.says = "agrovet answers at " + address
	if res.StatusCode != http.StatusOK || res.Header.Get("X-Request-Id") == "" {
		f.wrong, f.says, f.advice = true, fmt.Sprintf("something answers %s at %s, and not as agrovet", res.Status, address), "have the proxy in front send requests to listen"
	}
	all := append([]finding{f}, examineCertificate(res.TLS)...)
	if date, err := http.ParseTime(res.Header.Get("Date")); err == nil {
		all = append(all, examineClock(u.Host, before, date, time.Now()))
	}
	return all
}

func addressAdvice(err error) string {
	if strings.Contains(err.Error(), "x509") || strings.Contains(err.Error(), "certificate") {
		return "renew the certificate of the proxy in front, for this name, with its whole chain"
	}
	return "see that the name leads to the proxy in front, that it runs, and that firewalls let 80 and 443 through"
}

// examineCertificate looks at a certificate that was good; nil: there is none.
func examineCertificate(state *tls.ConnectionState) []finding {
	if state == nil || len(state.PeerCertificates) == 0 {
		return []finding{{part: "certificate", says: "none: what people write and their passwords travel readable", advice: "put a proxy with TLS in front, and use its https:// address"}}
	}
	until := state.PeerCertificates[0].NotAfter
	days := int(time.Until(until).Hours() / 24)
	f := finding{part: "certificate", says: fmt.Sprintf("good until %s, %d days", until.UTC().Format(time.DateOnly), days)}
	if days < certificateSoon {
		f.wrong, f.advice = days < certificateNow, "renew it; see why the proxy in front did not"
	}
	return []finding{f}
}

// examineBackups looks at those that serve makes by itself.
func examineBackups(cfg Config) []finding {
	f := finding{part: "backups"}
	if cfg.Backup.Dir == "" {
		f.says, f.advice = "serve makes none", "set backup.dir to a place on another disk, or run `agrovet backup` by another schedule"
		return []finding{f}
	}
	name, at, err := (&backups{backup: backup{cfg: cfg}}).newest()
	switch {
	case err != nil:
		f.wrong, f.says, f.advice = true, err.Error(), "set backup.dir to a directory that agrovet may write to"
	case name == "":
		f.says, f.advice = "there is none yet in "+cfg.Backup.Dir, "the first one is made soon after agrovet starts"
	case time.Since(at) > 2*cfg.Backup.Every:
		f.wrong, f.says, f.advice = true, fmt.Sprintf("the newest, %s, is %s old", name, time.Since(at).Round(time.Minute)), "see the log of serve for why later ones failed"
	default:
		f.says = fmt.Sprintf("the newest is %s", name)
	}
	return []finding{f}
}

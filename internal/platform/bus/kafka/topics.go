package kafka

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
)

// maxMessage is what topics that agrovet makes take at most, in bytes: Kafka's own default, and several times
// bus.MaxEvent.
const maxMessage = 1 << 20

// adminTimeout bounds each question about the cluster.
const adminTimeout = 15 * time.Second

// Ensure makes the topics that are missing. Those that exist are left as they are; what does not fit is
// logged. Several processes may do this at once.
func (r *Road) Ensure(ctx context.Context, topics []string) error {
	if len(topics) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, adminTimeout)
	defer cancel()
	admin := kadm.NewClient(r.producer)
	there, err := admin.ListTopics(ctx, topics...)
	if err != nil {
		return fmt.Errorf("kafka: list topics: %w", err)
	}
	var missing, existing []string
	for _, t := range topics {
		if there.Has(t) {
			existing = append(existing, t)
			r.compare(t, len(there[t].Partitions))
		} else {
			missing = append(missing, t)
		}
	}
	r.compareRetention(ctx, admin, existing)
	return r.create(ctx, admin, missing)
}

func (r *Road) create(ctx context.Context, admin *kadm.Client, topics []string) error {
	if len(topics) == 0 {
		return nil
	}
	text := func(n int64) *string { s := strconv.FormatInt(n, 10); return &s }
	made, err := admin.CreateTopics(ctx, int32(r.Partitions), int16(r.Replication), map[string]*string{
		"retention.ms":        text(r.Retention.Milliseconds()),
		"max.message.bytes":   text(maxMessage),
		"min.insync.replicas": text(int64(r.Replication+1) / 2), // one of three may be away
	}, topics...)
	if err != nil {
		return fmt.Errorf("kafka: make topics: %w", err)
	}
	var all []error
	for _, t := range made.Sorted() {
		switch {
		case t.Err == nil:
			r.Log.Info("made topic", "topic", t.Topic, "partitions", r.Partitions, "replication", r.Replication)
		case !errors.Is(t.Err, kerr.TopicAlreadyExists):
			all = append(all, fmt.Errorf("kafka: make topic %s: %w %s", t.Topic, t.Err, t.ErrMessage))
		}
	}
	return errors.Join(all...)
}

func (r *Road) compare(topic string, partitions int) {
	if partitions != r.Partitions {
		r.Log.Warn("topic has another number of partitions than configured, and keeps it", "topic", topic,
			"partitions", partitions, "configured", r.Partitions)
	}
}

// compareRetention warns of topics that remember longer than inboxes may, see doc.go.
func (r *Road) compareRetention(ctx context.Context, admin *kadm.Client, topics []string) {
	configs, err := admin.DescribeTopicConfigs(ctx, topics...)
	if err != nil {
		r.Log.Warn("cannot read the topics' configuration", "error", err)
		return
	}
	for _, topic := range configs {
		for _, c := range topic.Configs {
			if c.Key != "retention.ms" || c.Value == nil {
				continue
			}
			if ms, err := strconv.ParseInt(*c.Value, 10, 64); err == nil && (ms < 0 || ms > r.Retention.Milliseconds()) {
				r.Log.Warn("topic keeps records longer than it should: a group that begins anew would be told of events that are forgotten",
					"topic", topic.Name, "retention_ms", ms, "should_be", r.Retention.Milliseconds())
			}
		}
	}
}

// Topic is one of the cluster's topics, as far as agrovet cares.
type Topic struct {
	Name                    string
	Partitions, Replication int              // 0 when the topic does not exist
	Groups                  map[string]int64 // records that each group that reads it has yet to deal with
}

// Topics tells about these topics, in the order of their names.
func (r *Road) Topics(ctx context.Context, names []string) ([]Topic, error) {
	ctx, cancel := context.WithTimeout(ctx, adminTimeout)
	defer cancel()
	admin := kadm.NewClient(r.producer)
	details, err := admin.ListTopics(kadm.WithAuthorizedOps(ctx), names...) // only so are the brokers asked, and not the client's memory
	if err != nil {
		return nil, fmt.Errorf("kafka: list topics: %w", err)
	}
	groups, err := groupLags(ctx, admin)
	if err != nil {
		return nil, err
	}
	var all []Topic
	for _, name := range slices.Sorted(slices.Values(names)) {
		t := Topic{Name: name, Groups: groups[name]}
		if details.Has(name) {
			t.Partitions, t.Replication = len(details[name].Partitions), details[name].Partitions.NumReplicas()
		}
		all = append(all, t)
	}
	return all, nil
}

// groupLags are the lags of all groups by topic.
func groupLags(ctx context.Context, admin *kadm.Client) (map[string]map[string]int64, error) {
	listed, err := admin.ListGroups(ctx)
	if err != nil {
		return nil, fmt.Errorf("kafka: list groups: %w", err)
	}
	all := map[string]map[string]int64{}
	if len(listed) == 0 {
		return all, nil
	}
	lags, err := admin.Lag(ctx, slices.Collect(maps.Keys(listed))...)
	if err != nil {
		return nil, fmt.Errorf("kafka: lag of groups: %w", err)
	}
	for group, described := range lags {
		for topic, partitions := range described.Lag {
			if all[topic] == nil {
				all[topic] = map[string]int64{}
			}
			for _, p := range partitions {
				all[topic][group] += max(0, p.Lag)
			}
		}
	}
	return all, nil
}

// Check looks whether Kafka is there, and tells how far this process's groups are.
func (r *Road) Check(ctx context.Context) (map[string]any, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	lag := map[string]any{}
	for at, n := range r.metrics.lag.sums() {
		lag[at.group+" ← "+at.topic] = n
	}
	details := map[string]any{"lag": lag}
	if err := r.producer.Ping(ctx); err != nil {
		return details, fmt.Errorf("kafka: %w", err)
	}
	details["brokers"] = len(r.producer.DiscoveredBrokers())
	return details, nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/spf13/cobra"

	"agrovet/internal/platform/bus/kafka"
)

// mirrorName keys the cursors of what Kafka has been told; see bus.Mirror.
const mirrorName = "kafka"

// wireKafka makes Kafka one more road of the bus, when it is configured.
func (a *app) wireKafka() (err error) {
	if len(a.cfg.Kafka.Brokers) == 0 {
		return nil
	}
	if a.kafka, err = openKafka(a.cfg, a.registry); err != nil {
		return err
	}
	a.bus.Mirror(mirrorName, a.kafka)
	a.server.Check("kafka", a.kafka.Check)
	return nil
}

func openKafka(cfg Config, metrics prometheus.Registerer) (*kafka.Road, error) {
	c := cfg.Kafka
	return kafka.New(kafka.Config{
		Brokers: c.Brokers, TLS: c.TLS, User: c.User, Password: c.Password, Mechanism: c.Mechanism,
		CreateTopics: c.CreateTopics, Partitions: c.Partitions, Replication: c.Replication,
		Retention: 2 * cfg.Events.Retention, // longer than any outbox keeps, shorter than an inbox remembers
		Metrics:   metrics,
	})
}

// kafkaTopics are those that this process writes or reads.
func (a *app) kafkaTopics() []string {
	topics := slices.DeleteFunc(a.bus.Topics(), func(t string) bool { return ownerOf(t) == "" })
	for _, in := range a.bus.Inlets() {
		topics = append(topics, in.Topics...)
	}
	slices.Sort(topics)
	return slices.Compact(topics)
}

// topicOwner is which module owns each topic on Kafka. Every module has one for its events and one that
// tells media what it shows.
var topicOwner = func() map[string]string {
	owner := map[string]string{"user.events": "auth"}
	for _, m := range moduleNames {
		for _, e := range events {
			if k := e.Payload.Kind(); !k.Internal && strings.HasPrefix(k.Topic, m+".") {
				owner[k.Topic] = m
			}
		}
	}
	return owner
}()

// ownerOf is the module that owns a topic; empty for one that is not on Kafka.
func ownerOf(topic string) string { return topicOwner[topic] }

func topicsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "topics",
		Short: "Make the Kafka topics that are missing, and list them with the groups that read them",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, args []string) error {
			return withSettings(func(ctx context.Context, s *settings) error {
				return listTopics(ctx, c.OutOrStdout(), s.Config)
			})(c, args)
		},
	}
}

// listTopics makes the topics of the hosted modules, and lists those of all.
func listTopics(ctx context.Context, out io.Writer, cfg Config) error {
	if len(cfg.Kafka.Brokers) == 0 {
		return errors.New("there is no Kafka: set kafka.brokers")
	}
	road, err := openKafka(cfg, nil)
	if err != nil {
		return err
	}
	defer road.Close()
	all := slices.Sorted(maps.Keys(topicOwner))
	hosted := slices.DeleteFunc(slices.Clone(all), func(t string) bool { return !cfg.Hosts(ownerOf(t)) })
	if err := road.Ensure(ctx, hosted); err != nil {
		return err
	}
	topics, err := road.Topics(ctx, all)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "TOPIC\tMODULE\tPARTITIONS\tREPLICATION\tGROUPS (RECORDS BEHIND)")
	for _, t := range topics {
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%s\n", t.Name, ownerOf(t.Name), t.Partitions, t.Replication, groupList(t.Groups))
	}
	return w.Flush()
}

func groupList(groups map[string]int64) string {
	var all []string
	for _, g := range slices.Sorted(maps.Keys(groups)) {
		all = append(all, fmt.Sprintf("%s (%d)", g, groups[g]))
	}
	return strings.Join(all, ", ")
}

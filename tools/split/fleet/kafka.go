package fleet

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"agrovet/internal/platform/bus/kafka/standin"
	"agrovet/internal/platform/sources"

	"github.com/twmb/franz-go/pkg/kfake"
)

// StandIn is a Kafka in this process, which keeps what it is told in a directory.
func StandIn(port int, dir string) (*kfake.Cluster, error) {
	return standin.New(kfake.Ports(port), kfake.DataDir(dir))
}

// StandIn starts one that ends with the fleet, and returns its address.
func (f *Fleet) StandIn(port int) (broker string, err error) {
	c, err := StandIn(port, filepath.Join(f.Dir, "kafka"))
	if err != nil {
		return "", fmt.Errorf("kafka: %w", err)
	}
	f.OnClose(func() error { c.Close(); return nil })
	return c.ListenAddrs()[0], nil
}

// KafkaFlag describes the flag that Broker is told of.
const KafkaFlag = "real: Apache Kafka, which needs Java and Maven; else a stand-in"

// Broker starts a process that is a Kafka, and returns its address. Kind "real" is Apache's; "" a stand-in, which is this
// program: its main function asks IsKafka.
func (f *Fleet) Broker(ctx context.Context, kind string, port, controller int) (broker string, err error) {
	switch kind {
	case "real":
		return f.Kafka(ctx, port, controller)
	case "":
		self, err := os.Executable()
		if err != nil {
			return "", err
		}
		broker = "127.0.0.1:" + strconv.Itoa(port)
		return broker, f.Start(ctx, Spec{Name: "kafka", Path: self, Args: []string{beKafka, strconv.Itoa(port), filepath.Join(f.Dir, "kafka")}, Ready: listens(broker)})
	}
	return "", errors.New("-kafka: real, or nothing")
}

// beKafka is the argument with which a program is a Kafka; a port and a directory follow.
const beKafka = "kafka-stand-in"

// IsKafka says whether these are the arguments of a program that is to be one.
func IsKafka(args []string) bool { return len(args) == 3 && args[0] == beKafka }

// BeKafka is the main function of such a process, until ctx ends.
func BeKafka(ctx context.Context, args []string) error {
	port, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	c, err := StandIn(port, args[2])
	if err != nil {
		return err
	}
	defer c.Close()
	<-ctx.Done()
	return nil
}

// properties are those of a single node in KRaft mode.
const properties = `process.roles=broker,controller
node.id=1
controller.quorum.bootstrap.servers=127.0.0.1:%[2]d
listeners=PLAINTEXT://127.0.0.1:%[1]d,CONTROLLER://127.0.0.1:%[2]d
advertised.listeners=PLAINTEXT://127.0.0.1:%[1]d,CONTROLLER://127.0.0.1:%[2]d
controller.listener.names=CONTROLLER
log.dirs=%[3]s
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=5
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
`

// Kafka starts a real Apache Kafka of one node on a port of this machine and returns its address: tools/kafka brings it.
func (f *Fleet) Kafka(ctx context.Context, port, controller int) (broker string, err error) {
	jars, err := sources.Found(ctx, "kafka")
	if err != nil {
		return "", err
	}
	dir := filepath.Join(f.Dir, "kafka")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	config := filepath.Join(dir, "server.properties")
	if err := os.WriteFile(config, fmt.Appendf(nil, properties, port, controller, filepath.Join(dir, "data")), 0o644); err != nil {
		return "", err
	}
	java := []string{"-Xms256m", "-Xmx512m", "-cp", filepath.Join(jars, "*")}
	format := exec.CommandContext(ctx, "java", append(java, "kafka.tools.StorageTool", "format", "--standalone", "--ignore-formatted", "-t", clusterID, "-c", config)...)
	if out, err := format.CombinedOutput(); err != nil {
		return "", fmt.Errorf("format Kafka's directory: %w\n%s", err, out)
	}
	broker = "127.0.0.1:" + strconv.Itoa(port)
	return broker, f.Start(ctx, Spec{Name: "kafka", Path: "java", Args: append(java, "kafka.Kafka", config), Ready: listens(broker)})
}

// clusterID is any: sixteen bytes in URL-safe base 64.
const clusterID = "YWdyb3ZldC1zcGxpdC0wMQ"

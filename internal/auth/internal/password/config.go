package password

import (
	"fmt"
	"log/slog"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// Config says how much a Hasher may use. Zero fields take their defaults.
type Config struct {
	Workers int    // hashes computed at once; defaults to half the CPUs, at least 1
	Queue   int    // callers that may wait for a worker; defaults to 64
	Params  Params // cost of new hashes

	// Command makes a command that calls Serve with its standard input and output. It is called for
	// each process that is started, the first when there is something to hash. It inherits no
	// environment. Nil: hash in this process.
	Command func() *exec.Cmd
	Idle    time.Duration // a process that has not worked for so long is ended; defaults to a minute
	Log     *slog.Logger  // warned once when no process can be started; defaults to slog.Default()
}

// Params is the cost of an argon2id hash. Zero fields take the least that OWASP's password storage
// cheat sheet recommends: 19456 KiB, 2 iterations, 1 lane.
type Params struct {
	Memory      uint32 // KiB, from 8 per lane to 262144
	Iterations  uint32 // 1 to 16
	Parallelism uint8  // 1 to 8
}

// withDefaults fills what is zero.
func (c Config) withDefaults() Config {
	if c.Workers == 0 {
		c.Workers = max(1, runtime.NumCPU()/2)
	}
	if c.Queue == 0 {
		c.Queue = 64
	}
	if c.Idle == 0 {
		c.Idle = time.Minute
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	c.Params = c.Params.withDefaults()
	return c
}

func (p Params) withDefaults() Params {
	if p.Memory == 0 {
		p.Memory = 19 * 1024
	}
	if p.Iterations == 0 {
		p.Iterations = 2
	}
	if p.Parallelism == 0 {
		p.Parallelism = 1
	}
	return p
}

// validate names the field that is out of bounds.
func (c Config) validate() error {
	switch {
	case c.Workers < 0:
		return fmt.Errorf("password: Workers is %d, must not be negative", c.Workers)
	case c.Queue < 0:
		return fmt.Errorf("password: Queue is %d, must not be negative", c.Queue)
	case !bounded(c.Params.full()):
		return fmt.Errorf("password: Params %+v out of bounds", c.Params)
	}
	return nil
}

// computers makes what each worker computes with. All of them warn once together.
func (c Config) computers() func() computer {
	if c.Command == nil {
		return func() computer { return local{} }
	}
	var once sync.Once
	warn := func(err error) {
		once.Do(func() { c.Log.Warn("passwords are hashed in the server itself, at the cost of others", "error", err) })
	}
	return func() computer { return &helper{command: c.Command, warn: warn} }
}

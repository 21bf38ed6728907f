package fleet

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Fleet is processes that belong together. Its directory has their logs, in log/, and what they keep.
type Fleet struct {
	Dir      string
	mu       sync.Mutex
	started  []*Process
	closers  []func() error
	postgres *database // nil: it has none
}

// New makes the directory.
func New(dir string) (*Fleet, error) {
	return &Fleet{Dir: dir}, os.MkdirAll(filepath.Join(dir, "log"), 0o755)
}

// Temporary runs something with a fleet in a new directory, which is removed when all went well; else its logs stay.
func Temporary(name string, do func(*Fleet) error) error {
	dir, err := os.MkdirTemp("", "agrovet-"+name+"-")
	if err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o755); err != nil { // root's PostgreSQL account enters it
		return err
	}
	f, err := New(dir)
	if err != nil {
		return err
	}
	if err := errors.Join(do(f), f.Close()); err != nil {
		fmt.Println("logs are in", filepath.Join(dir, "log"))
		return err
	}
	return os.RemoveAll(dir)
}

// Start starts processes at the same time and waits until all are ready.
func (f *Fleet) Start(ctx context.Context, specs ...Spec) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, spec := range specs {
		if spec.Dir == "" {
			spec.Dir = f.Dir
		}
		p := &Process{Spec: spec, log: logFile(f.Dir, spec.Name)}
		g.Go(func() error {
			defer f.know(p)
			return p.launch(ctx)
		})
	}
	return g.Wait()
}

func (f *Fleet) know(p *Process) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if p.done != nil { // it was started, whatever became of it
		f.started = append(f.started, p)
	}
}

// OnClose has something end with the fleet, after its processes and after what is given later.
func (f *Fleet) OnClose(end func() error) { f.closers = append(f.closers, end) }

// Process is the one of the name; nil when there is none.
func (f *Fleet) Process(name string) *Process {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := slices.IndexFunc(f.started, func(p *Process) bool { return p.Name == name })
	if i < 0 {
		return nil
	}
	return f.started[i]
}

// Names are all processes, in the order in which they became ready.
func (f *Fleet) Names() (all []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, p := range f.started {
		all = append(all, p.Name)
	}
	return all
}

// Close ends all processes, the last started first, and then what else the fleet has.
func (f *Fleet) Close() (err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, p := range slices.Backward(f.started) {
		err = errors.Join(err, p.Stop())
	}
	for _, end := range slices.Backward(f.closers) {
		err = errors.Join(err, end())
	}
	f.started, f.closers = nil, nil
	return err
}

// FreePorts are ports of this machine that nothing listens on.
func FreePorts(n int) (ports []int, err error) {
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("find a free port: %w", err)
		}
		defer l.Close() // all together, so that they differ
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}

// listens is ready when a connection can be made.
func listens(address string) func(context.Context) error {
	return func(ctx context.Context) error {
		c, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
		if err != nil {
			return err
		}
		return c.Close()
	}
}

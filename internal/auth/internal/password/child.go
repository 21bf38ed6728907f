package password

import (
	"encoding/gob"
	"errors"
	"io"
	"os/exec"
	"runtime"
	"time"
)

// child is a process that runs Serve. Its parent asks one thing at a time.
type child struct {
	cmd      *exec.Cmd
	stdin    io.Closer
	requests *gob.Encoder
	answers  *gob.Decoder
	ended    chan struct{}
}

// patience is how long a child may take for anything. The longest work within the bounds of this
// package takes seconds, and some times that where the machine is busy.
const patience = 2 * time.Minute

// start runs cmd without the parent's environment, in a session of its own, so that Ctrl-C in a
// terminal reaches the parent alone, and waits until it is ready.
func start(cmd *exec.Cmd) (*child, error) {
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Env = append([]string{}, cmd.Env...) // nil would be the parent's
	cmd.SysProcAttr = attributes()
	c := &child{cmd, stdin, gob.NewEncoder(stdin), gob.NewDecoder(stdout), make(chan struct{})}
	if err := c.launch(); err != nil {
		return nil, err
	}
	if err := c.greeted(); err != nil {
		c.end()
		return nil, err
	}
	return c, nil
}

// launch starts the process from a goroutine that keeps its thread until the process is gone: the
// signal that the kernel sends at the parent's death is bound to that thread.
func (c *child) launch() error {
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
		err := c.cmd.Start()
		started <- err
		if err == nil {
			_ = c.cmd.Wait() // however it ended, whoever waits for an answer learns it
			close(c.ended)
		}
	}()
	return <-started
}

// greeted tells whether the process is one that hashes, and not some other program.
func (c *child) greeted() error {
	defer time.AfterFunc(patience, c.kill).Stop()
	var said string
	if err := c.answers.Decode(&said); err != nil {
		return err
	}
	if said != greeting {
		return errors.New("another program answered")
	}
	return nil
}

// ask has the child compute. After an error the child is of no use any more.
func (c *child) ask(r request) (a answer, err error) {
	defer time.AfterFunc(patience, c.kill).Stop()
	if err = c.requests.Encode(r); err == nil {
		err = c.answers.Decode(&a)
	}
	return a, err
}

// end waits for the end of the process, which has nothing to do when its input is closed.
func (c *child) end() {
	defer time.AfterFunc(5*time.Second, c.kill).Stop()
	c.stdin.Close()
	<-c.ended
}

func (c *child) kill() { _ = c.cmd.Process.Kill() } // it may be gone already

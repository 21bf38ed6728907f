// Command insert writes standard input between the markers <!-- NAME --> and <!-- /NAME --> of a
// file, or with -check fails when it is not there already.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	check := flag.Bool("check", false, "only compare")
	flag.Parse()
	if err := run(flag.Arg(0), flag.Arg(1), *check); err != nil {
		fmt.Fprintln(os.Stderr, "insert:", err)
		os.Exit(1)
	}
}

func run(path, name string, check bool) error {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	open, end := []byte("<!-- "+name+" -->\n"), []byte("<!-- /"+name+" -->")
	before, rest, ok := bytes.Cut(old, open)
	_, after, ok2 := bytes.Cut(rest, end)
	if !ok || !ok2 {
		return fmt.Errorf("%s has no markers %q", path, name)
	}
	made := bytes.Join([][]byte{before, open, text, end, after}, nil)
	switch {
	case bytes.Equal(made, old):
		return nil
	case check:
		return fmt.Errorf("%s: the part %q is not up to date: run `make generate`", path, name)
	}
	return os.WriteFile(path, made, 0o644)
}

package pgserver

import (
	"os"
	"strings"
	"testing"
)

func TestLargeLogIsRotatedAtStart(t *testing.T) {
	cfg := testConfig(t, clusterHome(t))
	s := start(t, cfg)
	path := s.home.logPath()
	stop(t, s)
	rewrite(t, path, strings.Repeat("old\n", maxLog/4+1))
	stop(t, start(t, cfg))
	for name, want := range map[string]bool{path: false, path + ".1": true} {
		text, err := os.ReadFile(name)
		if err != nil || strings.HasPrefix(string(text), "old\n") != want || len(text) == 0 {
			t.Errorf("%s: %d bytes, %v; want the old text: %t", name, len(text), err, want)
		}
	}
}

func TestTailQuotesThisRunAlone(t *testing.T) {
	dir := t.TempDir()
	h := &home{root: dir}
	rewrite(t, h.logPath(), "an earlier run\n")
	l, err := h.openLog()
	if err != nil {
		t.Fatal(err)
	}
	defer l.file.Close()
	if _, err := l.file.WriteString(strings.Repeat("noise\n", 50) + "last\n"); err != nil {
		t.Fatal(err)
	}
	got := l.tail()
	if want := strings.Repeat("noise\n", tailLines-1) + "last"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

package chatbrowser_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// browser starts a headless Chromium, the one that $CHROMIUM names.
func browser(t testing.TB) context.Context {
	t.Helper()
	path := os.Getenv("CHROMIUM")
	if path == "" {
		t.Skip("make test-browser fetches a browser and runs this")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("lang", "es"), chromedp.Flag("accept-lang", "es"))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	require.NoError(t, chromedp.Do(ctx))
	return ctx
}

// window is a window of somebody who shares nothing with the others.
type window struct {
	t    testing.TB
	name string
	ctx  context.Context
	dir  string // of screenshots

	mu    sync.Mutex
	wrong []string // exceptions, and what the page's policy refused
}

// open opens a window of this size.
func open(t testing.TB, browser context.Context, name string, width, height int64) *window {
	t.Helper()
	w := &window{t: t, name: name, dir: os.Getenv("SCREENSHOTS")}
	if w.dir == "" {
		w.dir = t.TempDir()
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext(), chromedp.WithListener(w.listen))
	w.ctx = ctx
	t.Cleanup(cancel)
	require.NoError(t, chromedp.Do(ctx)) // the window lives as long as the context of its first step
	w.do(chromedp.EmulateViewport(width, height), func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		// Each window is looked at, as two people's are.
		_, err := cdp.Call(ctx, target, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return chromedp.Void{}, err
	})
	return w
}

func (w *window) listen(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		w.wrong = append(w.wrong, e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		if strings.Contains(e.Entry.Text, "Content Security Policy") {
			w.wrong = append(w.wrong, e.Entry.Text)
		}
	}
}

func (w *window) do(steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		w.shot("failed")
		w.t.Fatalf("%s: %v", w.name, err)
	}
}

// until waits until a JavaScript expression holds.
func (w *window) until(expression string) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 40*time.Second)
	defer cancel()
	_, err := chromedp.Run(ctx, chromedp.Poll[bool]("Boolean("+expression+")", chromedp.WithPollingInterval(50*time.Millisecond), chromedp.WithPollingTimeout(20*time.Second)))
	if err != nil {
		w.t.Fatalf("%s never saw %s (%v); picture: %s", w.name, expression, err, w.shot("failed"))
	}
}

// value is what an expression says now.
func value[T any](w *window, expression string) T {
	w.t.Helper()
	v, err := chromedp.Run(w.ctx, chromedp.Evaluate[T](expression))
	require.NoError(w.t, err, "%s: %s", w.name, expression)
	return v
}

func (w *window) visit(url string) { w.do(chromedp.Navigate(url)) }

func (w *window) click(selector string) {
	w.t.Helper()
	w.until(fmt.Sprintf("document.querySelector(%q)", selector))
	value[bool](w, fmt.Sprintf("(document.querySelector(%q).click(), true)", selector))
}

// write types into a field, key by key.
func (w *window) write(selector, text string) {
	w.t.Helper()
	w.until(fmt.Sprintf("document.querySelector(%q)", selector))
	w.do(chromedp.SendKeys(chromedp.CSS(selector), text))
}

// say types a message and presses Enter.
func (w *window) say(text string) {
	w.t.Helper()
	w.write("textarea", text+"\r")
}

// sees waits for a message's text; texts are all there are, in order.
func (w *window) sees(text string) {
	w.t.Helper()
	w.until(fmt.Sprintf("[...document.querySelectorAll('.message p')].some((p) => p.textContent === %q)", text))
}

func (w *window) texts() []string {
	w.t.Helper()
	return value[[]string](w, "[...document.querySelectorAll('.message p')].map((p) => p.textContent)")
}

// ticked waits until one's newest message has these ticks.
func (w *window) ticked(state string) {
	w.t.Helper()
	w.until(fmt.Sprintf("[...document.querySelectorAll('.message.mine')].at(-1)?.querySelector('.ticks.%s')", state))
}

// shot keeps a picture, and says where.
func (w *window) shot(name string) string {
	ctx, cancel := context.WithTimeout(w.ctx, 10*time.Second)
	defer cancel()
	b, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	path := filepath.Join(w.dir, w.name+"-"+name+".png")
	if err == nil {
		err = os.WriteFile(path, b, 0o644)
	}
	if err != nil {
		return err.Error()
	}
	return path
}

// clean fails when a script threw, or the page's policy refused something.
func (w *window) clean() {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	require.Empty(w.t, w.wrong, w.name)
}

// Package chatbrowser has the demo page played in a real browser: make test-browser.
package chatbrowser_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

const page = "/demo/chat/"

func (w *window) signIn(p person) {
	w.t.Helper()
	w.write("input[name=phone]", p.Phone)
	w.write("input[name=password]", p.Password+"\r")
	w.until("document.querySelector('.state.live, .state.stream')")
}

// TestTwoPeopleTalk is the story of two windows, one of a phone's size.
func TestTwoPeopleTalk(t *testing.T) {
	b := browser(t)
	net, rosa, luis := stage(t)
	r, l := open(t, b, "rosa", 390, 780), open(t, b, "luis", 1100, 720)
	for _, w := range []*window{r, l} {
		w.visit(net.url() + page)
	}
	r.shot("0-sign-in")
	r.signIn(rosa)
	l.signIn(luis)

	t.Log("Rosa finds Luis and writes; his list shows it, her ticks that his device has it")
	r.click("#new")
	r.write("dialog input", luis.Name)
	r.click(fmt.Sprintf("[data-user='%d']", luis.ID))
	r.until("document.querySelector('.chat .title small')?.textContent === 'en línea'")
	r.say("Buenos días, Luis. ¿Llegó la vacuna contra la aftosa?")
	l.until("document.querySelector('.room .badge')?.textContent === '1'")
	r.ticked("delivered")
	require.Zero(t, value[int](r, "document.querySelectorAll('.ticks.read').length"))
	l.shot("1-unread")
	atBottom := "innerHeight - document.querySelector('.chat textarea').getBoundingClientRect().bottom"
	require.Less(t, value[float64](r, atBottom), 40.0, "one writes at the bottom of the phone")

	t.Log("he opens the room, and she sees that he has read it, and that he writes")
	l.click(".room")
	l.sees("Buenos días, Luis. ¿Llegó la vacuna contra la aftosa?")
	r.ticked("read")
	l.until("!document.querySelector('.room .badge')")
	l.write("textarea", "Sí, ")
	r.until("document.querySelector('.chat .title small').textContent.includes('está escribiendo')")
	l.say("llegaron 40 dosis. Guárdelas en frío, entre 2 y 8 °C.")
	r.sees("Sí, llegaron 40 dosis. Guárdelas en frío, entre 2 y 8 °C.")
	l.ticked("read")

	t.Log("markup that people write is text")
	attack := `<img src=x onerror="document.title='roto'"><b>hola</b>`
	l.say(attack)
	r.sees(attack)
	require.Zero(t, value[int](r, "document.querySelectorAll('.log img, .log b, .rooms img, .rooms b').length"))
	require.NotEqual(t, "roto", value[string](r, "document.title"))

	t.Log("she changes a message, and takes another back")
	r.say("Paso a las tres")
	l.sees("Paso a las tres")
	r.click(".message.mine:last-of-type .bubble")
	r.click(".actions .edit")
	r.until("document.querySelector('textarea').value === 'Paso a las tres'")
	r.say(" y media")
	l.sees("Paso a las tres y media")
	r.say("Me equivoqué de chat")
	l.sees("Me equivoqué de chat")
	r.click(".message.mine:last-of-type .bubble")
	r.click(".actions .remove")
	l.sees("Mensaje eliminado")
	r.shot("2-talking")
	l.shot("2-talking")

	interrupted(t, net, r, l)

	t.Log("a reload brings everything back")
	want := l.texts()
	l.do(chromedp.Reload())
	l.until(fmt.Sprintf("document.querySelectorAll('.message p').length === %d", len(want)))
	require.Equal(t, want, l.texts())
	require.Equal(t, want, r.texts())
	l.say("¿Sigue ahí?")
	r.sees("¿Sigue ahí?")
	net.set(true)
	l.until("document.querySelector('.state.offline')")
	l.say("Ya vuelvo")
	net.set(false)
	l.do(chromedp.Reload())
	r.sees("Ya vuelvo")
	l.sees("Ya vuelvo")
	l.ticked("read")
	require.Equal(t, l.texts(), r.texts(), "what was not acknowledged before the reload is there, once")
	r.shot("4-end")
	l.shot("4-end")

	t.Log("he goes, and she sees it")
	l.visit("about:blank")
	r.until("document.querySelector('.chat .title small').textContent === 'desconectado'")
	r.clean()
	l.clean()
}

// interrupted takes the network away while she writes.
func interrupted(t *testing.T, net *network, r, l *window) {
	t.Helper()
	t.Log("the network goes; what she writes waits, and arrives once and in order")
	net.set(true)
	r.until("document.querySelector('.state.offline')")
	l.until("document.querySelector('.state.offline')")
	for _, text := range []string{"uno", "dos", "tres"} {
		r.say(text)
	}
	r.until("document.querySelectorAll('.message.waiting .ticks.pending').length === 3")
	r.shot("3-offline")
	net.set(false)
	for _, w := range []*window{r, l} {
		w.until("document.querySelector('.state.live')")
		w.sees("tres")
	}
	r.ticked("read")
	got := l.texts()
	require.Equal(t, []string{"uno", "dos", "tres"}, got[len(got)-3:])
	require.Equal(t, got, r.texts())
}

// TestWhereSocketsDoNotPass talks by server-sent events and requests.
func TestWhereSocketsDoNotPass(t *testing.T) {
	b := browser(t)
	net, rosa, luis := stage(t)
	r, l := open(t, b, "rosa-sse", 390, 780), open(t, b, "luis", 390, 780)
	r.visit(net.url() + page + "?sse=1")
	l.visit(net.url() + page)
	r.signIn(rosa)
	l.signIn(luis)
	r.until("document.querySelector('.state.stream')")
	r.click("#new")
	r.write("dialog input", luis.Name)
	r.click(fmt.Sprintf("[data-user='%d']", luis.ID))
	r.say("¿Me lee?")
	l.click(".room")
	l.sees("¿Me lee?")
	l.say("Sí, la leo.")
	r.sees("Sí, la leo.")
	l.ticked("read")
	net.set(true)
	r.until("document.querySelector('.state.offline')")
	r.say("Se fue la señal")
	net.set(false)
	l.sees("Se fue la señal")
	require.Equal(t, []string{"¿Me lee?", "Sí, la leo.", "Se fue la señal"}, l.texts())
	r.clean()
	l.clean()
}

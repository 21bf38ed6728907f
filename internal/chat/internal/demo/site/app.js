// The page: signing in, the list of rooms, one open room.
import { api, results, session, signIn, whenSessionEnds } from './api.js';
import { Line } from './line.js';
import { Rooms } from './rooms.js';
import { day, t } from './text.js';
import { avatar, bubble, button, h, happened, icon, roomRow, separator, waiting } from './view.js';

const page = document.body;

whenSessionEnds(end);

function end() {
  app?.line.close();
  app = null;
  session.end();
  login();
}

function login() {
  const wrong = h('p', { className: 'wrong', role: 'alert' });
  const phone = h('input', { name: 'phone', type: 'tel', autocomplete: 'username', required: true, inputMode: 'tel' });
  const password = h('input', { name: 'password', type: 'password', autocomplete: 'current-password', required: true });
  const go = h('button', { className: 'primary' }, t.signIn);
  page.replaceChildren(h('form', {
    className: 'login', onsubmit: async (e) => {
      e.preventDefault();
      go.disabled = true;
      try {
        await signIn(phone.value, password.value);
        start();
      } catch (x) { wrong.textContent = x.message; } finally { go.disabled = false; }
    },
  }, h('img', { src: '/demo/chat/icon.svg', alt: '', width: 64, height: 64 }), h('h1', {}, 'agrovet'), h('p', {}, t.intro),
  h('label', {}, t.phone, phone), h('label', {}, t.password, password), wrong, go));
  phone.focus();
}

let app = null;

class App {
  constructor() {
    this.me = session.get();
    this.online = new Set();
    this.open = null;
    this.rooms = new Rooms(this.me.id, {
      changed: () => this.soon(),
      resume: (rooms) => this.line.resume(rooms),
      delivered: (rooms) => this.line.say({ type: 'delivered', rooms }),
      read: (room, seq) => this.line.read(room, seq),
      met: () => { clearTimeout(this.meeting); this.meeting = setTimeout(() => this.line?.say({ type: 'get_online_users' }), 100); },
    });
    this.build();
  }

  build() {
    this.state = h('p', { className: 'state', role: 'status' });
    this.list = h('ul', { className: 'rooms' });
    this.chat = h('section', { className: 'chat' });
    this.side = h('section', { className: 'side' },
      h('header', {}, avatar(this.me.name || '?', this.me.id, false), h('h1', {}, t.chats),
        button('plus', t.fresh, () => this.search(), { id: 'new' }), button('out', t.out, () => { api('POST', 'auth/logout/').catch(() => {}); end(); })),
      this.list);
    page.replaceChildren(h('main', { id: 'app' }, this.state, this.side, this.chat));
    this.empty();
    addEventListener('focus', () => this.read());
    document.addEventListener('visibilitychange', () => this.read());
  }

  async run() {
    try { await this.rooms.load(); } catch { /* the list comes with the connection */ }
    if (!app) return;
    this.line = new Line({
      frame: (f) => this.frame(f), have: () => this.rooms.have(), ended: end,
      acknowledged: () => this.soon(), state: (s) => this.connection(s),
    });
    const last = this.rooms.all.get(Number(location.hash.slice(1)));
    if (last) this.show(last);
    this.soon();
  }

  connection(s) {
    this.state.className = 'state ' + s;
    this.state.textContent = t[s];
    if (s === 'live') this.line.say({ type: 'get_online_users' });
    else this.online.clear();
    if (s === 'live' || s === 'stream') this.read();
    this.soon();
  }

  frame(f) {
    if (f.type === 'online_users_list') this.online = new Set(f.users);
    else if (f.type === 'presence.online') this.online.add(f.user_id);
    else if (f.type === 'presence.offline') this.online.delete(f.user_id);
    else this.rooms.frame(f);
    this.soon();
  }

  // soon draws once for all that happens in one frame of the screen.
  soon() { this.drawing ||= setTimeout(() => { this.drawing = null; this.draw(); }, 16); }

  draw() {
    const rows = this.rooms.sorted().map((r) => roomRow(this.rooms, r, { open: r === this.open, online: this.online, mine: () => this.show(r) }));
    this.list.replaceChildren(...(rows.length ? rows : [h('li', { className: 'hint' }, t.none)]));
    if (this.open && !this.rooms.all.has(this.open.id)) this.hide();
    if (this.open) { this.head(); this.messages(); this.read(); }
  }

  empty() { this.chat.replaceChildren(h('p', { className: 'hint' }, t.pick)); }

  hide() {
    this.open = null;
    history.replaceState(null, '', location.pathname + location.search);
    page.querySelector('#app').classList.remove('talking');
    this.empty();
    this.soon();
  }

  show(r) {
    this.open = r;
    history.replaceState(null, '', '#' + r.id);
    this.chosen = this.edited = null;
    this.title = h('div', { className: 'title' });
    this.log = h('div', { className: 'log', role: 'log', 'aria-live': 'polite', onscroll: () => this.log.scrollTop < 80 && this.earlier() });
    this.text = h('textarea', { rows: 1, placeholder: t.write, 'aria-label': t.write, maxLength: 4000, oninput: () => this.typing(), onkeydown: (e) => this.key(e), onbeforeinput: (e) => this.enter(e) });
    this.note = h('div', { className: 'note', hidden: true }, h('span', {}, t.editing), button('close', t.close, () => this.edit(null)));
    this.chat.replaceChildren(h('header', {}, button('back', t.back, () => this.hide(), { className: 'icon back' }), this.title), this.log, this.note,
      h('form', { className: 'composer', onsubmit: (e) => { e.preventDefault(); this.send(); } }, this.text,
        h('button', { className: 'icon send', title: t.send, 'aria-label': t.send }, icon('send'))));
    page.querySelector('#app').classList.add('talking');
    this.rooms.open(r);
    this.bottom = true;
    if (matchMedia('(hover: hover)').matches) this.text.focus();
    this.soon();
  }

  head() {
    const r = this.open;
    const other = this.rooms.other(r);
    const typing = Object.keys(r.typing).map(Number);
    const names = r.json.participants.filter((p) => typing.includes(p.id)).map((p) => p.full_name);
    const online = other && this.online.has(other.id);
    const known = this.line?.ready && this.line.how === 'live'; // else nobody tells who is online
    const below = typing.length ? (other ? t.typing : `${names.join(', ')} ${t.typing}`) : other ? (online ? t.online : known ? t.away : '\u00a0') : `${r.json.participants_count || r.json.participants.length} ${t.people}`;
    this.title.replaceChildren(avatar(this.rooms.title(r), other?.id || r.id, online), h('div', {}, h('h2', {}, this.rooms.title(r)), h('small', {}, below)));
  }

  messages() {
    const r = this.open;
    const atEnd = this.bottom || this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
    const fromEnd = this.log.scrollHeight - this.log.scrollTop;
    const nodes = [];
    if (r.opened && !r.complete) nodes.push(h('button', { type: 'button', className: 'earlier', onclick: () => this.earlier() }, t.earlier));
    let last = null;
    for (const f of [...r.items.values()].sort((a, b) => a.seq - b.seq)) {
      if (day(f.timestamp) !== last) nodes.push(separator(f.timestamp));
      last = day(f.timestamp);
      nodes.push(f.type === 'chat_message' || f.type === 'chat.message' ? this.bubble(r, f) : happened(f));
    }
    const stored = new Set([...r.items.values()].map((f) => f.client_msg_id).filter(Boolean));
    for (const m of this.line?.outbox || []) if (m.room === r.id && !stored.has(m.key)) nodes.push(waiting(m, () => this.line.retry(m.key)));
    this.log.replaceChildren(...nodes);
    this.log.scrollTop = atEnd ? this.log.scrollHeight : this.log.scrollHeight - fromEnd;
    if (r.items.size) this.bottom = false;
  }

  bubble(r, m) {
    return bubble(this.rooms, r, m, {
      chosen: this.chosen === m.id, choose: () => { this.chosen = this.chosen === m.id ? null : m.id; this.soon(); },
      edit: () => this.edit(m), remove: () => { this.chosen = null; api('DELETE', `chat/messages/${m.id}/`).catch((e) => this.complain(e)); },
    });
  }

  edit(m) {
    this.edited = m;
    this.chosen = null;
    this.note.hidden = !m;
    this.text.value = m ? m.content : '';
    this.text.focus();
    this.soon();
  }

  earlier() { if (this.open.opened) this.rooms.earlier(this.open); }

  // enter sends; with shift it begins a line. Keyboards of phones tell of no keys, only of what they change.
  enter(e) {
    if (e.inputType !== 'insertLineBreak' || this.shift || e.isComposing) return;
    e.preventDefault();
    this.send();
  }

  key(e) {
    this.shift = e.shiftKey;
    if (e.key === 'Escape' && this.edited) this.edit(null);
  }

  typing() {
    this.text.rows = Math.min(5, this.text.value.split('\n').length);
    if (Date.now() - (this.typed || 0) < 3000) return;
    this.typed = Date.now();
    this.line?.say({ type: 'typing', room_id: this.open.id });
  }

  send() {
    const text = this.text.value.trim();
    if (!text) return;
    const m = this.edited;
    this.text.value = '';
    this.text.rows = 1;
    this.typed = 0;
    if (m) {
      this.edit(null);
      if (text !== m.content) api('PATCH', `chat/messages/${m.id}/`, { content: text }).catch((e) => this.complain(e));
      return;
    }
    const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
    this.bottom = true;
    this.line?.send({ key, room: this.open.id, text });
    this.soon();
  }

  // read tells what is on the screen, once somebody looks at it.
  read() {
    const r = this.open;
    if (!r || !this.line?.ready || !r.opened || document.hidden || !document.hasFocus() || r.have <= r.read) return;
    r.read = r.have;
    r.unread = 0;
    this.line.read(r.id, r.have);
    this.soon();
  }

  complain(e) {
    this.state.textContent = e.message;
    setTimeout(() => { this.state.textContent = t[this.state.className.split(' ')[1]] || ''; }, 4000);
  }

  search() {
    const found = h('ul', { className: 'rooms' });
    const field = h('input', { type: 'search', placeholder: t.find, 'aria-label': t.find, oninput: () => { clearTimeout(this.looking); this.looking = setTimeout(() => this.look(field.value.trim(), found), 250); } });
    this.dialog = h('dialog', {}, h('header', {}, h('h2', {}, t.fresh), button('close', t.close, () => this.dialog.close())), field, found);
    this.dialog.addEventListener('close', () => this.dialog.remove());
    page.append(this.dialog);
    this.dialog.showModal();
  }

  async look(words, found) {
    let people = [];
    try {
      if (/^\d{1,9}$/.test(words)) people = [await api('GET', `auth/users/${words}/`)];
      else if (words) people = results(await api('GET', 'auth/users/?search=' + encodeURIComponent(words)));
    } catch { /* nobody */ }
    people = people.filter((u) => u && u.id !== this.me.id);
    found.replaceChildren(...people.map((u) => {
      const name = [u.full_name, u.last_name].filter(Boolean).join(' ') || `#${u.id}`;
      return h('li', {}, h('button', { type: 'button', className: 'room', 'data-user': u.id, onclick: () => this.talk(u.id) }, avatar(name, u.id, this.online.has(u.id)), h('strong', {}, name)));
    }));
    if (!people.length && words) found.append(h('li', { className: 'hint' }, t.nobody));
  }

  async talk(user) {
    try {
      const r = this.rooms.put(await api('POST', 'chat/rooms/get_or_create_private/', { participants_ids: [this.me.id, user] }));
      this.dialog.close();
      this.show(r);
    } catch (e) { this.dialog.querySelector('ul').replaceChildren(h('li', { className: 'hint wrong' }, e.message)); }
  }
}

function start() {
  app = new App();
  app.run();
}

if (session.get()) start();
else login();

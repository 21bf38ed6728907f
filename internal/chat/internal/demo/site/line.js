// The connection: a WebSocket, or server-sent events where that does not pass. It comes back by itself, tells the server
// what this device has, and keeps what was not acknowledged until it is, also over a reload.
import { api, session } from './api.js';

const forced = new URLSearchParams(location.search).has('sse');

// wait is the pause before a try, never the same for all.
const wait = (tries) => { const most = Math.min(500 * 2 ** tries, 20000); return most / 2 + Math.random() * most / 2; };

export class Line {
  // on: frame(f), state('connecting' | 'live' | 'stream' | 'offline'), ended(), have() → {room: seq}, failed(key, text)
  constructor(on) {
    Object.assign(this, { on, tries: 0, early: 0, ready: false, closed: false, asked: 0 });
    this.outbox = JSON.parse(sessionStorage.getItem('outbox') || '[]');
    this.connect();
    addEventListener('online', () => this.now());
    document.addEventListener('visibilitychange', () => document.hidden || this.now());
  }

  connect() {
    if (this.closed) return;
    this.on.state(this.tries ? 'offline' : 'connecting');
    if (forced || this.early >= 2) this.stream();
    else this.socket();
  }

  now() {
    if (this.timer) { clearTimeout(this.timer); this.timer = null; this.connect(); }
  }

  again() {
    this.ready = false;
    clearInterval(this.beat);
    if (this.closed || this.timer) return;
    this.on.state('offline');
    this.timer = setTimeout(() => { this.timer = null; this.connect(); }, this.asked || wait(this.tries++));
    this.asked = 0;
  }

  socket() {
    const ws = new WebSocket(location.origin.replace('http', 'ws') + '/ws/', ['agrovet', 'token.' + session.get().token]);
    let heard = Date.now();
    let welcomed = false;
    this.ws = ws;
    ws.onmessage = (e) => {
      heard = Date.now();
      const f = JSON.parse(e.data);
      if (f.type === 'welcome') {
        welcomed = true;
        this.early = 0;
        this.welcome(f, 'live');
        clearInterval(this.beat);
        // A browser does not show the server's pings: ask, and leave a line that does not answer.
        this.beat = setInterval(() => (Date.now() - heard > 45000 ? this.drop(ws) : this.say({ type: 'ping' })), 15000);
      } else this.take(f);
    };
    ws.onclose = (e) => {
      if (this.ws !== ws) return;
      if (e.code === 4401) return this.on.ended();
      if (!welcomed) this.early++;
      this.again();
    };
  }

  // drop leaves a line that may take minutes to notice that it is dead.
  drop(ws) {
    this.ws = null;
    ws.close();
    this.again();
  }

  async stream() {
    this.ws = null;
    const rooms = Object.entries(this.on.have()).map(([id, seq]) => `${id}:${seq}`).join(',');
    this.abort = new AbortController();
    this.early = 0; // until the stream has shown that only sockets do not pass
    try {
      const answer = await fetch('/api/chat/stream/?rooms=' + rooms, { headers: { Authorization: 'Token ' + session.get().token }, signal: this.abort.signal });
      if (answer.status === 401) return this.on.ended();
      if (!answer.ok) throw new Error(answer.status);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ''; ;) {
        const { value, done } = await reader.read();
        if (done) break;
        const parts = (rest + value).replaceAll('\r\n', '\n').split('\n\n');
        rest = parts.pop();
        for (const part of parts) this.event(part);
      }
    } catch { /* the line is gone: come back */ }
    this.again();
  }

  event(text) {
    const data = text.split('\n').filter((l) => l.startsWith('data:')).map((l) => l.slice(5).trimStart()).join('\n');
    if (!data) return;
    const f = JSON.parse(data);
    if (f.type === 'welcome') {
      this.early = 2;
      this.welcome(f, 'stream');
    } else this.take(f);
  }

  welcome(f, how) {
    this.tries = 0;
    this.how = how;
    this.on.frame(f); // which learns of rooms that are new
    if (how === 'live') this.resume(this.on.have());
    this.ready = true;
    for (const m of this.outbox) if (!m.failed) this.push(m);
    this.on.state(how);
  }

  resume(rooms) {
    const all = Object.entries(rooms);
    for (let i = 0; i < all.length; i += 1000) this.say({ type: 'resume', rooms: Object.fromEntries(all.slice(i, i + 1000)) });
  }

  take(f) {
    if (f.type === 'reconnect') this.asked = f.after * 1000;
    if (f.type === 'ack') this.acknowledged(f.client_msg_id);
    if (f.type === 'error' && f.client_msg_id) {
      if (f.retry_after) setTimeout(() => this.retry(f.client_msg_id), f.retry_after * 1000);
      else this.refused(f.client_msg_id, f.detail);
    }
    this.on.frame(f);
  }

  say(frame) {
    if (this.ws?.readyState === 1) this.ws.send(JSON.stringify(frame));
  }

  // send keeps a message until it is acknowledged; the key makes sending it again harmless.
  send(message) {
    this.outbox.push(message);
    this.keep();
    if (this.ready) this.push(message);
  }

  async push(m) {
    if (this.how === 'live') return this.say({ type: 'chat_message', room_id: m.room, text: m.text, client_msg_id: m.key });
    try {
      await api('POST', 'chat/messages/', { room: m.room, content: m.text, client_msg_id: m.key });
      this.acknowledged(m.key);
    } catch (e) {
      if (e.status >= 400 && e.status < 500 && e.status !== 429) this.refused(m.key, e.message);
      else setTimeout(() => this.retry(m.key), 3000);
    }
  }

  retry(key) {
    const m = this.outbox.find((o) => o.key === key);
    if (!m) return;
    delete m.failed;
    this.keep();
    if (this.ready) this.push(m);
  }

  acknowledged(key) {
    this.outbox = this.outbox.filter((m) => m.key !== key);
    this.keep();
    this.on.acknowledged(key);
  }

  refused(key, why) {
    const m = this.outbox.find((o) => o.key === key);
    if (!m) return;
    m.failed = why;
    this.keep();
    this.on.acknowledged(key);
  }

  keep() { sessionStorage.setItem('outbox', JSON.stringify(this.outbox)); }

  read(room, seq) {
    if (this.how === 'live') this.say({ type: 'mark_read', room_id: room, seq });
    else api('POST', 'chat/messages/mark_read/', { room, seq }).catch(() => {});
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    clearInterval(this.beat);
    this.abort?.abort();
    this.ws?.close();
  }
}

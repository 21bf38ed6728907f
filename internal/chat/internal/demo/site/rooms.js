// What this device knows of rooms: entries in order, who has got and read what.
import { api, log, results } from './api.js';

const entries = ['chat_message', 'message_edited', 'message_deleted', 'room_created', 'member_joined', 'member_left', 'role_changed', 'room_renamed'];

export class Rooms {
  // on: changed(room), resume({room: seq}), delivered({room: seq}), read(room, seq), met(): there are new people
  constructor(me, on) {
    Object.assign(this, { me, on, all: new Map(), got: {} });
  }

  async load() {
    for (let path = 'chat/rooms/?page_size=100&cursor=*', n = 0; path && n < 5; n++) {
      const page = await api('GET', path);
      results(page).forEach((j) => this.put(j));
      path = page.next ? new URL(page.next, location).pathname.replace('/api/', '') + new URL(page.next, location).search : null;
    }
  }

  put(j) {
    const r = this.all.get(j.id) || { id: j.id, items: new Map(), held: new Map(), marks: {}, typing: {}, have: j.last_seq || 0, first: 0 };
    Object.assign(r, { json: j, last: j.last_message, unread: j.unread_count || 0, counted: j.last_seq || 0, read: Math.max(r.read || 0, j.read_seq || 0), at: j.last_activity || j.created_at });
    if (!this.all.has(j.id)) this.on.met();
    this.all.set(j.id, r);
    this.on.changed(r);
    return r;
  }

  async fetch(id) {
    try { return this.put(await api('GET', `chat/rooms/${id}/`)); } catch { return null; }
  }

  have() { return Object.fromEntries([...this.all.values()].map((r) => [r.id, r.have])); }

  sorted() { return [...this.all.values()].sort((a, b) => (b.at || '').localeCompare(a.at || '') || b.id - a.id); }

  title(r) {
    const other = this.other(r);
    return other ? other.full_name || `#${other.id}` : r.json.name || `#${r.id}`;
  }

  other(r) { return r.json.is_private ? r.json.participants.find((p) => p.id !== this.me) : null; }

  // open shows the newest page of a room.
  async open(r) {
    if (r.opened) return;
    r.opened = true;
    await this.earlier(r);
  }

  async earlier(r) {
    if (r.loading || r.complete) return;
    r.loading = true;
    try {
      const page = await log(r.id, `before=${r.first || r.have + 1}&limit=40`);
      for (const f of page) this.keep(r, f);
      r.first = page.length ? page[0].seq : r.first;
      r.complete = page.length < 40;
    } catch { r.opened = r.first > 0; } finally { r.loading = false; }
    this.on.changed(r);
  }

  frame(f) {
    const r = this.all.get(f.room);
    if (f.type === 'welcome') return this.welcome(f);
    if (f.type === 'room_added') return r || this.fetch(f.room);
    if (f.type === 'room_gone') { this.all.delete(f.room); return this.on.changed(null); }
    if (!r) return entries.includes(f.type) ? this.fetch(f.room) : null;
    if (entries.includes(f.type)) this.entry(r, f);
    else if (f.type === 'message_delivered') this.mark(r, f.user_ids || [f.user_id], f.seq, 0);
    else if (f.type === 'messages_read') this.mark(r, f.user_ids || [f.user_id], f.seq, f.seq);
    else if (f.type === 'too_far') this.reload(r, f.seq);
    else if (f.type === 'resumed' && r.have < f.seq) this.reload(r, f.seq);
    else if (f.type === 'typing') this.typing(r, f.user_id);
  }

  welcome(f) {
    const mine = new Set(f.rooms.map((s) => s.room));
    for (const id of this.all.keys()) if (!mine.has(id)) this.all.delete(id);
    for (const s of f.rooms) {
      const r = this.all.get(s.room);
      if (!r) {
        if (s.last_seq > s.from_seq) this.fetch(s.room);
        continue;
      }
      r.have = Math.min(Math.max(r.have, s.from_seq), s.last_seq); // a server that was set back has less
      if (r.have > s.delivered_seq) this.tell(r.id, r.have);
      if (r.read > s.read_seq) this.on.read(r.id, r.read);
    }
    this.on.changed(null);
  }

  // entry takes entries once and in order; it asks for what is missing between.
  entry(r, f) {
    if (f.seq <= r.have) return;
    r.held.set(f.seq, f);
    if (f.seq > r.have + 1) {
      if (Date.now() - (r.asked || 0) > 5000) { r.asked = Date.now(); this.on.resume({ [r.id]: r.have }); }
      return;
    }
    for (let next; (next = r.held.get(r.have + 1));) {
      r.held.delete(next.seq);
      r.have = next.seq;
      this.keep(r, next);
      this.arrived(r, next);
    }
    if (!r.held.size) r.asked = 0;
    this.on.changed(r);
  }

  arrived(r, f) {
    r.at = f.timestamp;
    if (f.type === 'room_renamed') r.json.name = f.name;
    if (f.type === 'member_joined' || f.type === 'member_left') this.fetch(r.id);
    if (f.type === 'chat_message') {
      r.last = f;
      delete r.typing[f.sender_id];
      if (f.sender_id !== this.me && f.seq > r.counted) r.unread++;
    }
    if ((f.sender_id || f.user_id) !== this.me) this.tell(r.id, f.seq);
  }

  // tell that entries are here, for all rooms together.
  tell(room, seq) {
    this.got[room] = seq;
    this.telling ||= setTimeout(() => { this.on.delivered(this.got); this.got = {}; this.telling = null; }, 200);
  }

  // keep puts an entry where it is shown.
  keep(r, f) {
    if (f.type === 'message_edited' || f.type === 'message_deleted') {
      const change = { content: f.content, edited_at: f.edited_at, deleted_at: f.deleted_at };
      for (const m of [r.items.get(f.message_seq), r.last]) {
        if (m && m.id === f.message_id && !m.deleted_at) Object.assign(m, change, f.deleted_at && { media: null });
      }
      return;
    }
    r.items.set(f.seq, f);
  }

  mark(r, users, delivered, read) {
    for (const user of users) {
      const m = (r.marks[user] ||= { delivered: 0, read: 0 });
      m.delivered = Math.max(m.delivered, delivered);
      m.read = Math.max(m.read, read);
      if (user === this.me && read >= r.have) r.unread = 0; // on another device
    }
    this.on.changed(r);
  }

  typing(r, user) {
    clearTimeout(r.typing[user]);
    r.typing[user] = setTimeout(() => { delete r.typing[user]; this.on.changed(r); }, 6000);
    this.on.changed(r);
  }

  // reload begins a room anew at its newest page: too much happened meanwhile.
  async reload(r, seq) {
    Object.assign(r, { have: Math.max(r.have, seq), first: 0, complete: false, asked: 0 });
    r.items.clear();
    if (r.opened) await this.earlier(r);
    await this.fetch(r.id);
  }

  // ticks of one's own message: sent, delivered to all, read by all.
  ticks(r, m) {
    const users = m.receipts?.length ? m.receipts : r.json.participants.filter((p) => p.id !== this.me).map((p) => ({ user_id: p.id }));
    if (!users.length || (r.json.participants_count || 0) > 32) return m.read ? 'read' : m.delivered ? 'delivered' : 'sent';
    const has = (what) => users.every((u) => u[what] || (r.marks[u.user_id]?.[what] || 0) >= m.seq);
    return has('read') ? 'read' : has('delivered') ? 'delivered' : 'sent';
  }
}

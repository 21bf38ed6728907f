// Elements of the page. Everything that people wrote goes in as text, never as markup.
import { day, t, time } from './text.js';

export function h(tag, props = {}, ...children) {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(props)) {
    if (v === null || v === undefined || v === false) continue;
    if (k.startsWith('on')) e.addEventListener(k.slice(2), v);
    else if (k in e && k !== 'list') e[k] = v;
    else e.setAttribute(k, v === true ? '' : v);
  }
  e.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return e;
}

const icons = { back: 'M15 5l-7 7 7 7', send: 'M4 12l16-8-6 16-3-7z', plus: 'M12 5v14M5 12h14', out: 'M14 4h5v16h-5M4 12h10m-4-4l4 4-4 4', close: 'M6 6l12 12M18 6L6 18' };

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', icons[name]);
  svg.append(path);
  return svg;
}

export const button = (name, label, onclick, more = {}) => h('button', { type: 'button', className: 'icon', title: label, 'aria-label': label, onclick, ...more }, icon(name));

export function avatar(name, id, online) {
  const initials = name.split(/\s+/).slice(0, 2).map((w) => [...w][0] || '').join('').toUpperCase() || '?';
  return h('span', { className: `avatar tone${id % 6}${online ? ' online' : ''}`, 'aria-hidden': 'true' }, initials);
}

const marks = { pending: '◷', sent: '✓', delivered: '✓✓', read: '✓✓', failed: '!' };

export const ticks = (state) => h('span', { className: 'ticks ' + state, title: t[state], 'aria-label': t[state] }, marks[state]);

export function roomRow(rooms, r, { open, online, mine }) {
  const other = rooms.other(r);
  const name = rooms.title(r);
  const m = r.last;
  const said = !m ? '' : m.deleted_at ? t.deleted : m.content || (m.media ? t.file : '');
  const someoneTypes = Object.keys(r.typing).length > 0;
  return h('li', {}, h('button', { type: 'button', className: 'room' + (open ? ' open' : ''), 'data-room': r.id, onclick: mine },
    avatar(name, other?.id || r.id, other && online.has(other.id)),
    h('span', { className: 'what' },
      h('span', { className: 'line' }, h('strong', {}, name), m && h('time', {}, time(m.created_at || m.timestamp))),
      h('span', { className: 'line' },
        h('span', { className: 'said' + (someoneTypes ? ' typing' : '') }, someoneTypes ? t.typing : [m && m.sender_id === rooms.me && ticks(rooms.ticks(r, m)), said]),
        r.unread > 0 && h('span', { className: 'badge', 'aria-label': `${r.unread} ${t.unread}` }, r.unread > 99 ? '99+' : r.unread)))));
}

function attachment(media) {
  if (!media) return null;
  if (media.kind === 'image') return h('a', { href: media.url, target: '_blank', rel: 'noopener' }, h('img', { src: media.url, alt: media.name || t.file, loading: 'lazy' }));
  if (media.kind === 'audio') return h('audio', { src: media.url, controls: true, preload: 'none' });
  return h('a', { href: media.url, target: '_blank', rel: 'noopener' }, media.name || t.file);
}

export function bubble(rooms, r, m, { choose, chosen, edit, remove }) {
  const mine = m.sender_id === rooms.me;
  const gone = Boolean(m.deleted_at);
  return h('div', { className: `message ${mine ? 'mine' : 'theirs'}${gone ? ' gone' : ''}`, 'data-id': m.id, 'data-seq': m.seq },
    h('div', { className: 'bubble', onclick: mine && !gone ? choose : null },
      !mine && !r.json.is_private && h('strong', {}, m.sender?.full_name || '—'),
      m.reply_to && h('blockquote', {}, m.reply_to.content || t.deleted),
      attachment(m.media),
      h('p', {}, gone ? t.deleted : m.content),
      h('span', { className: 'meta' }, m.edited_at && !gone && `${t.edited} · `, time(m.created_at || m.timestamp), mine && !gone && ticks(rooms.ticks(r, m)))),
    mine && chosen && !gone && h('div', { className: 'actions' },
      h('button', { type: 'button', className: 'edit', onclick: edit }, t.edit), h('button', { type: 'button', className: 'remove', onclick: remove }, t.remove)));
}

export function waiting(m, retry) {
  return h('div', { className: 'message mine waiting', 'data-key': m.key },
    h('div', { className: 'bubble' }, h('p', {}, m.text), h('span', { className: 'meta' }, m.failed || '', ticks(m.failed ? 'failed' : 'pending'))),
    m.failed && h('div', { className: 'actions' }, h('button', { type: 'button', onclick: retry }, t.again)));
}

export function happened(f) {
  const who = f.member || f.user;
  return h('div', { className: 'happened' }, `${who?.full_name || '—'} ${t[f.type] || ''}${f.name ? ': ' + f.name : ''}`);
}

export const separator = (iso) => h('div', { className: 'day' }, h('span', {}, day(iso)));

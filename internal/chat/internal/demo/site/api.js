// Requests to the server. The token lives as long as the tab.
import { t } from './text.js';

export const session = {
  get: () => JSON.parse(sessionStorage.getItem('session') || 'null'),
  set: (s) => sessionStorage.setItem('session', JSON.stringify(s)),
  end: () => sessionStorage.clear(),
};

export class ApiError extends Error {
  constructor(status, body) {
    const first = Object.values(body || {}).flat().find((v) => typeof v === 'string');
    super(body?.detail || body?.error || first || t.broken);
    this.status = status;
  }
}

let onEnded = () => {};
export const whenSessionEnds = (f) => { onEnded = f; };

export async function api(method, path, body) {
  const headers = { Accept: 'application/json' };
  const s = session.get();
  if (s) headers.Authorization = 'Token ' + s.token;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const answer = await fetch('/api/' + path, { method, headers, body: body && JSON.stringify(body) });
  const json = await answer.json().catch(() => null);
  if (answer.status === 401 && s) onEnded();
  if (!answer.ok) throw new ApiError(answer.status, json);
  return json;
}

export const results = (page) => (Array.isArray(page) ? page : page?.results || []);

export async function signIn(phone, password) {
  const { user, token } = await api('POST', 'auth/login/', { phone_number: phone, password });
  session.set({ id: user.id, name: user.full_name, token });
}

// log is a page of a room's log, oldest first: the frames that a socket would have sent.
export async function log(room, query) {
  const page = await api('GET', `chat/rooms/${room}/log/?${query}`);
  return page.entries || results(page);
}

// Everything the page asks of the server. An answer that says no becomes Refused, a session that is over SignedOut,
// a server that cannot be reached Unreachable; nothing else is thrown.

const root = '/api/v1';
let language = 'zh';
let offset_ms = 0;

export class SignedOut extends Error {}
export class Unreachable extends Error {}
export class Refused extends Error {
  /** @param {object} problem application/problem+json */
  constructor(problem) {
    super(problem.detail || problem.title || '');
    this.status = problem.status;
    this.code = problem.code;
    this.errors = problem.errors?.length ? problem.errors : [{ detail: this.message }];
  }
}

export function speak(lang) {
  language = lang;
}

/** The time by the server's clock, in milliseconds; the computer's own may be hours off. */
export function server_now() {
  return Date.now() + offset_ms;
}

function learn_time(answer, asked_at) {
  const told = Date.parse(answer.headers.get('Date') ?? '');
  if (Number.isNaN(told)) return;
  const fresh = told + 500 - (asked_at + Date.now()) / 2;
  // The header has whole seconds: only a difference above that is news.
  if (Math.abs(fresh - offset_ms) > 1000) offset_ms = fresh;
}

async function ask(method, path, { body, headers = {}, query } = {}) {
  const url = root + path + (query ? `?${new URLSearchParams(query)}` : '');
  const sent = { 'Accept-Language': language, Accept: 'application/json', ...headers };
  if (body) sent['Content-Type'] = 'application/json';
  const asked_at = Date.now();
  let answer;
  try {
    answer = await fetch(url, { method, headers: sent, body: body && JSON.stringify(body), credentials: 'same-origin' });
  } catch {
    throw new Unreachable();
  }
  learn_time(answer, asked_at);
  const is_json = (answer.headers.get('Content-Type') ?? '').includes('json');
  const content = is_json ? await answer.json() : {};
  if (answer.status === 401 && path !== '/sign-in') throw new SignedOut();
  if (!answer.ok) throw new Refused({ status: answer.status, ...content });
  return content;
}

/** Told with what the page asks by itself, so that a screen left open does not keep a session alive. */
const unasked = { 'Redress-Background': '1' };

export const catalogue = (lang) => ask('GET', '/catalogue', { query: { lang } });
export const me = () => ask('GET', '/me');
export const sign_in = (credentials) => ask('POST', '/sign-in', { body: credentials });
export const change_password = (passwords) => ask('PUT', '/me/password', { body: passwords });
export const sign_out = () => ask('POST', '/sign-out');

/** {items, unread} */
export function notifications({ limit, is_unasked }) {
  return ask('GET', '/notifications', { query: { limit: String(limit) }, headers: is_unasked ? unasked : {} });
}

/** Everything up to this one has been seen. */
export const read_notifications = (upto) => ask('POST', '/notifications/read-all', { body: { upto } });

/** {views, items, next_cursor} */
export function read_queue(view, { cursor, is_unasked } = {}) {
  const query = { view, limit: '50', ...(cursor && { cursor }) };
  return ask('GET', '/queue', { query, headers: is_unasked ? unasked : {} });
}

/** {items, next_cursor} */
export function search(question, { cursor, is_unasked } = {}) {
  const query = { q: question, limit: '50', ...(cursor && { cursor }) };
  return ask('GET', '/search', { query, headers: is_unasked ? unasked : {} });
}

/** The page of a case, with the commands that may be given now. */
export async function read_case(id, { is_unasked } = {}) {
  const headers = is_unasked ? unasked : {};
  const [page, commands] = await Promise.all([ask('GET', `/cases/${id}`, { headers }), ask('GET', `/cases/${id}/commands`, { headers })]);
  return { ...page, commands: commands.items };
}

/** Who works here now. */
export const colleagues = async () => (await ask('GET', '/staff', { query: { active: 'true', limit: '100' } })).items;

/** Every clock with its explanation. */
export const read_deadlines = async (id) => (await ask('GET', `/cases/${id}/deadlines`)).items;

/** Whoever takes a complaint down keeps it: the first to hear it is responsible. */
export function receive(inputs, key) {
  return ask('POST', '/cases', { body: { inputs, keep: true }, headers: { 'Idempotency-Key': key } });
}

/** `version` is the one the reader has seen: a case that moved on meanwhile refuses. */
export function command(id, verb, inputs, { version, key }) {
  const headers = { 'Idempotency-Key': key, 'If-Match': `"${version}"` };
  return ask('POST', `/cases/${id}/commands/${verb}`, { body: { inputs }, headers });
}

/** What the coach says to a draft; nothing is stored. */
export const review = (id, text) => ask('POST', `/cases/${id}/review`, { body: { text } });

/** Forgets a customer in everything that is stored; their complaints must be closed. */
export function erase_customer(id, reason, key) {
  return ask('POST', `/customers/${id}/erase`, { body: { reason }, headers: { 'Idempotency-Key': key } });
}

/** What soon makes time limits wrong, for those who administer the rules. */
export const policy_warnings = async () => (await ask('GET', '/policies/warnings')).items;

/** Calls `on.change({case_id, …})` for every change, and `on.line(is_up)` when the connection comes or goes. */
export function follow(on) {
  const source = new EventSource(`${root}/events`);
  source.addEventListener('case', (event) => on.change(JSON.parse(event.data)));
  source.addEventListener('open', () => on.line(true));
  source.addEventListener('error', () => on.line(false));
  return () => source.close();
}

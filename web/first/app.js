// Signing in, finding one's way by the address (#/queue/mine, #/case/12), and keeping the page true while others work.

import * as api from './api.js';
import { show_case, show_nothing } from './case.js';
import * as clocks from './clock.js';
import { announce, el, find } from './dom.js';
import { refresh_news, show_news } from './news.js';
import { mark_open, show_rows, show_views } from './queue.js';
import { choose_password } from './password.js';
import { receive_complaint } from './receive.js';
import * as search from './search.js';
import * as texts from './texts.js';

const { t } = texts;
const state = { view: 'mine', question: null, cursor: null, case_id: null, seen: null, queue_timer: 0, stop_following: null, person: null, permissions: [] };

function route() {
  const [, kind, which] = /^#\/(queue|case)\/([\w-]+)$/.exec(location.hash) ?? [];
  if (kind === 'case') return { view: state.view, question: state.question, case_id: Number(which) };
  return { view: kind === 'queue' ? which : 'mine', question: search.question_of(location.hash), case_id: null };
}

async function load_found({ is_more, is_unasked }) {
  const { question } = state;
  try {
    const answer = await api.search(question, { cursor: is_more ? state.cursor : null, is_unasked });
    if (question !== state.question) return;
    state.cursor = answer.next_cursor ?? null;
    search.show_question(question);
    show_rows(answer.items, { open_id: state.case_id, is_more: Boolean(state.cursor), is_appended: is_more, empty: 'page.search.nothing' });
  } catch (error) {
    if (!(error instanceof api.Refused)) throw error;
    search.show_question(question, error.errors.map(({ detail }) => detail).join(' '));
  }
}

async function load_queue({ is_more = false, is_unasked = false } = {}) {
  if (state.question) return load_found({ is_more, is_unasked });
  const view = state.view;
  const answer = await api.read_queue(view, { cursor: is_more ? state.cursor : null, is_unasked });
  if (view !== state.view || state.question) return undefined;
  state.cursor = answer.next_cursor ?? null;
  if (answer.views) show_views(answer.views, view);
  search.show_question(null);
  return show_rows(answer.items, { open_id: state.case_id, is_more: Boolean(state.cursor), is_appended: is_more });
}

async function load_case({ is_unasked = false } = {}) {
  const id = state.case_id;
  const page = await api.read_case(id, { is_unasked });
  if (id !== state.case_id) return;
  state.seen = page;
  show_case(page, {
    may: (permission) => state.permissions.includes(permission),
    changed: async (command) => {
      announce(t('page.done', { what: command.title }));
      await Promise.all([load_case(), load_queue()]);
    },
  });
}

async function go() {
  const wanted = route();
  const is_new_view = wanted.view !== state.view || wanted.question !== state.question;
  const is_new_case = wanted.case_id !== state.case_id;
  Object.assign(state, wanted);
  find('desk').dataset.showing = state.case_id ? 'case' : 'queue';
  mark_open(state.case_id);
  if (is_new_view) await load_queue();
  if (!state.case_id) return show_nothing();
  if (!is_new_case) return undefined;
  await load_case();
  find('case').focus({ preventScroll: true });
  return scrollTo({ top: 0 });
}

/** Many changes at once are one look at the list and the notices. */
function queue_changed() {
  clearTimeout(state.queue_timer);
  state.queue_timer = setTimeout(() => Promise.all([load_queue({ is_unasked: true }), refresh_news()]), 400);
}

function follow() {
  state.stop_following?.();
  let was_down = false;
  state.stop_following = api.follow({
    change: ({ case_id, version }) => {
      queue_changed();
      if (case_id === state.case_id && version !== state.seen?.version) load_case({ is_unasked: true });
    },
    line: (is_up) => {
      find('connection').textContent = is_up ? '' : t('page.offline');
      if (is_up && was_down) {
        load_queue({ is_unasked: true });
        if (state.case_id) load_case({ is_unasked: true });
      }
      was_down = !is_up;
    },
  });
}

function show_person() {
  const name = state.person?.display_name ?? '';
  find('who').textContent = name;
  find('sign-out').hidden = !state.person;
  find('sign-in').hidden = Boolean(state.person);
  find('desk').hidden = !state.person;
  find('language').textContent = t('page.language.other');
  find('language').lang = texts.html_lang(texts.other());
}

/** What the rules need from whoever administers them. */
async function show_warnings() {
  const warnings = state.permissions.includes('policy_admin') ? await api.policy_warnings() : [];
  find('warnings').replaceChildren(...warnings.map(({ detail }) => el('li', {}, detail)));
  find('warnings').hidden = warnings.length === 0;
}

async function start_work({ staff, permissions, must_change_password }) {
  if (must_change_password) {
    const renewed = await choose_password();
    return renewed ? start_work(renewed) : end_work();
  }
  state.person = staff;
  state.permissions = permissions;
  show_person();
  await show_warnings();
  if (!permissions.includes('case_read')) {
    find('desk').hidden = true;
    find('connection').textContent = t('page.no_cases');
    return undefined;
  }
  Object.assign(state, route());
  find('desk').dataset.showing = state.case_id ? 'case' : 'queue';
  await load_queue();
  if (state.case_id) await load_case();
  else show_nothing();
  follow();
  return refresh_news();
}

function end_work() {
  state.stop_following?.();
  state.stop_following = null;
  state.person = null;
  state.permissions = [];
  state.seen = null;
  find('warnings').hidden = true;
  find('connection').textContent = '';
  for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
  show_person();
  find('login').focus();
}

async function sign_in(event) {
  event.preventDefault();
  const said = Object.fromEntries(new FormData(event.target));
  const refusal = find('sign-in-refusal');
  refusal.replaceChildren();
  try {
    const me = await api.sign_in(said);
    event.target.reset();
    await start_work(me);
  } catch (error) {
    if (!(error instanceof api.Refused) && !(error instanceof api.Unreachable)) throw error;
    refusal.textContent = error instanceof api.Refused ? error.errors.map(({ detail }) => detail).join(' ') : t('page.unreachable');
    find('login').focus();
  }
}

async function switch_language() {
  await texts.load(texts.other());
  show_person();
  if (!state.person) return;
  const desk = state.permissions.includes('case_read') ? [load_queue(), state.case_id ? load_case() : show_nothing(), refresh_news()] : [];
  await Promise.all([...desk, show_warnings()]);
}

async function file_complaint() {
  const answer = await receive_complaint();
  if (answer) location.hash = `#/case/${answer.id}`;
}

/** What a click started and nobody caught: a session that is over, a refusal, a server that is away. */
function on_lost(event) {
  const error = event.reason;
  if (error instanceof api.SignedOut) end_work();
  else if (error instanceof api.Refused || error instanceof api.Unreachable) find('connection').textContent = error.message || t('page.unreachable');
  else return;
  event.preventDefault();
}

async function boot() {
  window.addEventListener('unhandledrejection', on_lost);
  window.addEventListener('hashchange', go);
  find('sign-in-form').addEventListener('submit', sign_in);
  find('sign-out').addEventListener('click', async () => {
    await api.sign_out();
    end_work();
  });
  find('language').addEventListener('click', switch_language);
  find('receive').addEventListener('click', file_complaint);
  search.listen((question) => {
    location.hash = question ? search.address_of(question) : '#/queue/mine';
  });
  find('news').addEventListener('click', show_news);
  find('more').addEventListener('click', () => load_queue({ is_more: true }));
  await texts.load();
  clocks.run();
  try {
    await start_work(await api.me());
  } catch (error) {
    if (!(error instanceof api.SignedOut)) throw error;
    end_work();
  }
}

boot();

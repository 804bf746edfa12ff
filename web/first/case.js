// One case on one screen: the feeling first, then the clocks, what may be done next, and the whole story.

import * as api from './api.js';
import { clock } from './clock.js';
import { el, find } from './dom.js';
import { ask_inputs } from './form.js';
import { with_letter } from './letter.js';
import { escalation_mark, mood_pill } from './queue.js';
import { html_lang, moment, t, units_of } from './texts.js';

/** What is done every day stands in the open, in the order in which a complaint is handled; everything else under "more". */
const everyday = ['register', 'respond_first', 'send_message', 'take_emotion_step', 'assess', 'resolve_on_the_spot',
  'start_investigation', 'conclude_investigation', 'decide', 'send_letter', 'communicate_decision', 'accept_offer', 'promise',
  'keep_promise', 'settle_remedy', 'fulfil', 'close', 'accept_handover'];
const next_steps = new Set(['register', 'respond_first', 'assess', 'start_investigation', 'conclude_investigation', 'decide',
  'communicate_decision', 'accept_offer', 'fulfil', 'close']);

/** What the customer will read, word for word. */
const replies = new Set(['respond_first', 'send_message']);

/** Where an entry's words stand, whatever kind of entry it is; the first that is there counts. */
const words = ['text', 'raw_content', 'info_text', 'new_facts', 'counter_text', 'dissatisfaction_text', 'promise_text', 'promise_evidence',
  'progress_text', 'action_text', 'restated', 'quote', 'findings_plain', 'findings', 'decision_plain', 'acceptance_evidence',
  'settlement_evidence', 'withdrawal_evidence', 'external_decision_text', 'callback_note', 'handover_note', 'reopen_reason', 'remedy_note',
  'question_list', 'note', 'reason', 'description'];

function words_of(entry) {
  const said = {};
  for (const half of [entry.payload, entry.personal]) Object.assign(said, half?.set, half?.with);
  const found = words.map((name) => said[name]).find(Boolean);
  return Array.isArray(found) ? found.join('\n') : found;
}

function title_of({ case: one }) {
  const { subject, description } = one.personal ?? {};
  return subject ?? description?.slice(0, 60) ?? t('page.case.untitled');
}

function head(page) {
  const { case: one } = page;
  const owner = one.owner?.name && t('page.case.owner', { name: one.owner.name });
  const facts = [one.ref_no, one.customer_name || t('page.case.anonymous'), one.state_title, owner];
  return el('header', { class: 'case-head' },
    el('a', { class: 'back', href: '#/queue/mine' }, t('page.case.back')),
    el('p', { class: 'feeling' }, mood_pill(one.anger), escalation_mark(one.escalation)),
    el('h2', { lang: html_lang(one.language) }, title_of(page)),
    el('p', { class: 'row-facts' }, facts.filter(Boolean).map((fact) => el('span', {}, fact))));
}

const key_of = ({ id, pack, subject, instance }) => [pack, id, subject, instance].join('/');

/** The explanation is fetched when somebody asks for it. */
function why(one, case_id) {
  const place = el('div', {});
  const tell = async () => {
    if (!details.open || place.childElementCount > 0) return;
    const all = await api.read_deadlines(case_id);
    const same = all.find((other) => key_of(other) === key_of(one));
    const { rule, reasons = [], ref } = same?.explanation ?? {};
    place.replaceChildren(...[rule, ...reasons.map(({ text }) => text), ref].filter(Boolean).map((line) => el('p', {}, line)));
  };
  const details = el('details', { class: 'why', on: { toggle: tell } }, el('summary', {}, t('page.clock.why')), place);
  return details;
}

/** A word where a clock would be: it has ended, or does not count now. */
function ended(word, kind = '') {
  return el('span', { class: `clock none ${kind}` }, word);
}

function clock_item(one, case_id) {
  const state = one.state === 'late' && !one.is_open ? 'stopped_late' : one.state;
  const is_running = one.is_open && state !== 'paused';
  const name = one.subject ? `${one.title} · ${t('page.promise.number', { number: one.subject })}` : one.title;
  const time = is_running ? clock({ due_at: one.due_at, from: one.started_at, name }) : ended(t(`page.clock.state.${state}`));
  const due = el('span', { class: 'when' }, t('page.clock.due', { time: moment(one.due_at) }));
  return el('li', {}, el('span', { class: 'name' }, name), time, due, why(one, case_id));
}

function clocks({ case: { id }, clocks: all }) {
  const open = all.filter((one) => one.is_open).sort((a, b) => Date.parse(a.due_at) - Date.parse(b.due_at));
  const ended = all.filter((one) => !one.is_open);
  const list = (some) => el('ul', { class: 'clocks' }, some.map((one) => clock_item(one, id)));
  return section('page.case.clocks', [
    open.length ? list(open) : el('p', { class: 'empty' }, t('page.case.no_clocks')),
    ended.length > 0 && el('details', {}, el('summary', {}, t('page.case.ended_clocks', { count: ended.length })), list(ended)),
  ]);
}

function section(key, children, attributes = {}) {
  return el('section', { class: 'card', ...attributes }, el('h3', {}, t(key)), children);
}

function promise_item(promise) {
  const name = promise.text || t('page.promise.number', { number: promise.number });
  const is_open = promise.state === 'open' || promise.state === 'renegotiated';
  const words = t(`page.promise.${promise.state}`);
  const mark = is_open ? clock({ due_at: promise.due_at, from: promise.made_at, name }) : ended(words, promise.state);
  return el('li', {}, el('span', { class: 'name' }, name), mark);
}

function promises({ promises: all }) {
  if (!all.length) return null;
  return section('page.case.promises', el('ul', { class: 'clocks' }, all.map(promise_item)));
}

function money({ minor, currency }) {
  if (!minor) return '';
  return new Intl.NumberFormat(html_lang(), { style: 'currency', currency }).format(minor / units_of(currency));
}

function remedies({ remedies: all }) {
  if (!all.length) return null;
  return section('page.case.remedies', el('ul', { class: 'clocks' }, all.map((one) => el('li', {},
    el('span', { class: 'name' }, `${t(`page.remedy_kind.${one.kind}`)} ${money(one.amount)}`),
    ended(t(`page.remedy.${one.state}`))))));
}

const from_customer = new Set(['received', 'message_received', 'info_received', 'customer_countered', 'new_facts_received', 'not_satisfied']);
const to_customer = new Set(['message_sent', 'acknowledged', 'first_responded', 'letter_sent', 'progress_update_sent']);

/** Who speaks decides how an entry looks: the customer, we to the customer, or we among ourselves. */
function voice_of({ kind }) {
  if (from_customer.has(kind)) return 'customer';
  if (to_customer.has(kind)) return 'reply';
  return kind === 'note_added' ? 'note' : 'act';
}

function actor_of(entry, one) {
  if (entry.actor.startsWith('customer')) return one.customer_name || t('page.case.anonymous');
  return entry.actor === 'system' ? t('page.case.system') : entry.actor_name;
}

function entry_item(entry, one) {
  const when = el('time', { datetime: entry.at }, moment(entry.at));
  const meta = el('p', { class: 'meta' }, el('strong', {}, entry.title), el('span', {}, actor_of(entry, one)), when);
  const said = words_of(entry);
  return el('li', { class: voice_of(entry) }, meta, said && el('p', { class: 'said', lang: html_lang(one.language) }, said));
}

/** What the clocks do by themselves stands among the time limits; the story is what people did. */
function story_of({ case: one, story }) {
  const newest_first = story.filter(({ kind }) => kind !== 'clocks_moved').sort((a, b) => b.version - a.version);
  return section('page.case.story', el('ol', { class: 'story' }, newest_first.map((entry) => entry_item(entry, one))));
}

function command_button(command, give, is_primary) {
  const looks = { class: is_primary ? 'primary' : 'plain', 'data-verb': command.verb };
  return el('button', { type: 'button', ...looks, on: { click: () => give(command) } }, command.title);
}

/** Everyday commands that only make sense while there is something to do them to. */
const only_while = {
  respond_first: ({ clocks: all }) => !all.some(({ id, is_open }) => id === 'first_response' && !is_open),
  keep_promise: ({ promises: all }) => all.some(({ state }) => ['open', 'renegotiated', 'broken'].includes(state)),
  settle_remedy: ({ remedies: all }) => all.some(({ state }) => state === 'approved'),
  accept_handover: ({ case: { offered_to } }) => Boolean(offered_to),
};

const is_at_hand = ({ verb }, page) => everyday.includes(verb) && (only_while[verb]?.(page) ?? true);

function commands(page, give) {
  const all = page.commands;
  if (!all.length) return null;
  const rank = ({ verb }) => everyday.indexOf(verb);
  const daily = all.filter((command) => is_at_hand(command, page)).sort((a, b) => rank(a) - rank(b));
  const others = all.filter((command) => !daily.includes(command));
  const primary = daily.find((command) => next_steps.has(command.verb));
  return section('page.case.next', [
    el('div', { class: 'buttons' }, daily.map((command) => command_button(command, give, command === primary))),
    others.length > 0 && el('details', {}, el('summary', {}, t('page.case.more', { count: others.length })),
      el('div', { class: 'buttons' }, others.map((command) => command_button(command, give, false)))),
  ], { class: 'card next' });
}

function customers_words({ case: one, story }) {
  const received = story.find(({ kind }) => kind === 'received');
  const said = (received && words_of(received)) || one.personal?.description;
  const lines = [['page.case.said', said], ['page.case.asked', one.personal?.remedy_asked]].filter(([, text]) => text);
  if (!lines.length) return null;
  const said_so = (text) => el('p', { class: 'said', lang: html_lang(one.language) }, text);
  return el('section', { class: 'card words' }, lines.map(([key, text]) => [el('h3', {}, t(key)), said_so(text)]));
}

/** Fields that name a person get the people to choose from. */
async function with_people(inputs) {
  if (!inputs.some(({ type }) => type === 'staff')) return inputs;
  const people = (await api.colleagues()).map(({ id, display_name }) => ({ value: id, label: display_name }));
  return inputs.map((input) => (input.type === 'staff' ? { ...input, choices: people } : input));
}

/** Asks for the command's inputs and gives it; true when the case has changed. */
async function give_command(page, command) {
  const answer = await ask_inputs({
    title: command.title,
    inputs: await with_people(with_letter(command.inputs)),
    missing: command.missing,
    send: (inputs, key) => api.command(page.case.id, command.verb, inputs, { version: page.version, key }),
    review: replies.has(command.verb) ? (text) => api.review(page.case.id, text) : undefined,
  });
  return answer !== null;
}

/** Forgets the person behind the case, in all of their complaints; true when it was done. */
async function erase_customer({ customer_id }) {
  const answer = await ask_inputs({
    title: t('page.erase.title'),
    lead: t('page.erase.lead'),
    inputs: [{ field: 'reason', type: 'prose', label: t('page.erase.reason'), is_required: true }],
    send: ({ reason = '' }, key) => api.erase_customer(customer_id, reason, key),
  });
  return answer !== null;
}

/** What stands apart from the handling of the case. */
function apart({ case: one }, { may, changed }) {
  if (!may('customer_erase') || !one.customer_id || one.is_open) return null;
  const title = t('page.erase.title');
  const erase = async () => {
    if (await erase_customer(one)) changed({ title });
  };
  return el('p', { class: 'apart' }, el('button', { type: 'button', class: 'plain', 'data-verb': 'erase_customer', on: { click: erase } }, title));
}

function remembered(place) {
  const open = [...place.querySelectorAll('details[open] > summary')].map((summary) => summary.textContent);
  return (summary) => open.includes(summary.textContent);
}

/** Shows the case; `changed` is called after a command went through, `may(permission)` tells what the reader may do. */
export function show_case(page, { changed, may }) {
  const place = find('case');
  const was_open = remembered(place);
  const give = async (command) => {
    if (await give_command(page, command)) changed(command);
  };
  place.replaceChildren(head(page), el('div', { class: 'case-body' }, customers_words(page),
    el('div', { class: 'case-side' }, clocks(page), promises(page), remedies(page)),
    el('div', { class: 'case-main' }, commands(page, give), story_of(page), apart(page, { may, changed }))));
  for (const summary of place.querySelectorAll('details > summary')) if (was_open(summary)) summary.parentElement.open = true;
}

export function show_nothing() {
  find('case').replaceChildren(el('p', { class: 'placeholder' }, t('page.case.choose')));
}

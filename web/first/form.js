// A form made of a command's inputs, in a dialog. Refusals appear beside the field they speak of.

import * as api from './api.js';
import { coach } from './coach.js';
import { el, fresh_id } from './dom.js';
import { t, units_of } from './texts.js';

const split_lines = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);

function to_map(text) {
  const pairs = split_lines(text).map((line) => /^([^:：=]+)[:：=](.*)$/.exec(line)).filter(Boolean);
  return Object.fromEntries(pairs.map(([, key, value]) => [key.trim(), value.trim()]));
}

function options(input, attributes) {
  const none = el('option', { value: '' }, t('page.form.choose'));
  return el('select', attributes, none, (input.choices ?? []).map((one) => el('option', { value: one.value }, one.label)));
}

const boxes = (choices) => choices.map((one) =>
  el('label', { class: 'check' }, el('input', { type: 'checkbox', value: one.value }), el('span', {}, one.label)));

/** One text each; what is there already only has to be seen. */
const texts_by_key = (choices) => choices.map((one) => (one.is_there
  ? el('p', { class: 'there' }, el('strong', {}, one.label), one.words)
  : el('label', {}, el('span', {}, one.label), el('textarea', { rows: 2, 'data-key': one.value }))));

const group = (look, rows, input, { id }) => el('span', { class: look, id }, rows(input.choices ?? []));

const yes_or_no = () => [{ value: 'yes', label: t('page.form.yes') }, { value: 'no', label: t('page.form.no') }];
const at_least_one = (list) => (list.length ? list : undefined);
const number_of = (text, factor) => Math.round(Number(text) * factor);
const ticked = (node) => [...node.querySelectorAll('input:checked')].map((box) => box.value);
const filled = (node) => Object.fromEntries([...node.querySelectorAll('textarea')]
  .map((area) => [area.dataset.key, area.value.trim()]).filter(([, text]) => text));

/** How each type of policies/fields.toml is typed in, and read back; `read` gives undefined for "not said". */
const kinds = {
  text: { make: (_, a) => el('input', { ...a, type: 'text', maxlength: 500 }), read: (n) => n.value.trim() || undefined },
  password: { make: (_, a) => el('input', { ...a, type: 'password', autocomplete: 'new-password' }), read: (n) => n.value || undefined },
  prose: { make: (_, a) => el('textarea', { ...a, rows: 4 }), read: (n) => n.value.trim() || undefined },
  // A "no" is an answer too, and different from not having been asked.
  bool: { make: (_, a) => options({ choices: yes_or_no() }, a), read: (n) => (n.value ? n.value === 'yes' : undefined) },
  whole: {
    make: (i, a) => el('input', { ...a, type: 'number', step: 1, min: i.min, max: i.max }),
    read: (n) => (n.value ? number_of(n.value, 1) : undefined),
  },
  number: { make: (_, a) => el('input', { ...a, type: 'number', step: 'any' }), read: (n) => (n.value ? Number(n.value) : undefined) },
  money_minor: {
    make: (_, a) => el('input', { ...a, type: 'number', step: '0.01', min: 0 }),
    read: (n, currency) => (n.value ? number_of(n.value, units_of(currency)) : undefined),
    hint: 'page.form.major_units',
  },
  instant: {
    make: (_, a) => el('input', { ...a, type: 'datetime-local' }),
    read: (n) => (n.value ? new Date(n.value).toISOString() : undefined),
  },
  choice: { make: options, read: (n) => n.value || undefined },
  staff: {
    make: (i, a) => (i.choices?.length ? options(i, a) : el('input', { ...a, type: 'number', min: 1, step: 1 })),
    read: (n) => (n.value ? Number(n.value) : undefined),
  },
  case: { make: (_, a) => el('input', { ...a, type: 'number', min: 1, step: 1 }), read: (n) => (n.value ? Number(n.value) : undefined) },
  choices: { make: (i, a) => group('choices', boxes, i, a), read: (n) => at_least_one(ticked(n)), rows: boxes, is_group: true },
  list: {
    make: (_, a) => el('textarea', { ...a, rows: 3 }),
    read: (n) => at_least_one(split_lines(n.value)),
    hint: 'page.form.one_per_line',
  },
  map: {
    make: (_, a) => el('textarea', { ...a, rows: 3 }),
    read: (n) => (n.value.trim() ? to_map(n.value) : undefined),
    hint: 'page.form.pairs',
  },
  keyed_map: {
    make: (i, a) => group('keyed', texts_by_key, i, a),
    read: (n) => (Object.keys(filled(n)).length ? filled(n) : undefined),
    rows: texts_by_key,
    is_group: true,
  },
};

function kind_of(input) {
  if (input.type === 'map' && (input.choices?.length || input.follows)) return kinds.keyed_map;
  if (input.type === 'text' && input.choices?.length) return kinds.choice;
  return kinds[input.type] ?? kinds.text;
}

function field_of(input) {
  const kind = kind_of(input);
  const id = fresh_id(input.field);
  const error = el('p', { class: 'error', id: `${id}-error` });
  const hint = kind.hint && el('p', { class: 'hint', id: `${id}-hint` }, t(kind.hint));
  const described = [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(' ');
  const control = kind.make(input, { id, name: input.field, 'aria-describedby': described, 'aria-required': input.is_required && 'true' });
  const words = [input.label, input.is_required && el('span', { class: 'must' }, t('page.form.must'))];
  const label = kind.is_group ? el('legend', {}, words) : el('label', { for: id }, words);
  const wrap = el(kind.is_group ? 'fieldset' : 'div', { class: 'field' }, label, hint, control, error);
  return { input, wrap, control, error, read: (currency) => kind.read(control, currency) };
}

/** Some inputs are about what was chosen in another one, and change with it; what was typed into them stays. */
function follow_others(fields) {
  for (const { input, control, wrap } of fields.filter((field) => field.input.follows)) {
    const leader = fields.find((field) => field.input.field === input.follows);
    const refresh = () => {
      const choices = input.choices_for(leader.read());
      const typed = filled(control);
      wrap.hidden = choices.length === 0;
      control.replaceChildren(...kind_of(input).rows(choices));
      for (const area of control.querySelectorAll('textarea')) area.value = typed[area.dataset.key] ?? '';
    };
    leader.control.addEventListener('change', refresh);
    refresh();
  }
}

function values_of(fields) {
  const currency = fields.find(({ input }) => input.field === 'currency')?.read();
  const said = fields.map(({ input, read }) => [input.field, read(currency?.toUpperCase())]);
  return Object.fromEntries(said.filter(([, value]) => value !== undefined));
}

function target_of(fields, error) {
  const name = (error.field ?? '').split('.')[0];
  return fields.find(({ input }) => input.field === name);
}

function show_refusal(fields, summary, errors) {
  for (const field of fields) {
    field.error.textContent = '';
    field.control.removeAttribute('aria-invalid');
  }
  const elsewhere = [];
  for (const error of errors) {
    const field = target_of(fields, error);
    if (!field) elsewhere.push(error);
    else {
      field.error.textContent = [field.error.textContent, error.detail].filter(Boolean).join(' ');
      field.control.setAttribute('aria-invalid', 'true');
      field.wrap.closest('details')?.setAttribute('open', '');
    }
  }
  const items = elsewhere.map((error) => el('li', {}, error.detail));
  summary.replaceChildren(el('p', {}, t('page.form.refused')), items.length ? el('ul', {}, items) : '');
  const first = fields.find(({ control }) => control.getAttribute('aria-invalid') === 'true');
  (first?.control ?? summary).focus();
}

function body_of(fields) {
  const must = fields.filter(({ input }) => input.is_required || input.follows);
  const may = fields.filter((field) => !must.includes(field)).map(({ wrap }) => wrap);
  if (!must.length || may.length <= 2) return [...must.map(({ wrap }) => wrap), ...may];
  const rest = el('details', {}, el('summary', {}, t('page.form.more', { count: may.length })), may);
  return [...must.map(({ wrap }) => wrap), rest];
}

/**
 * Asks for the inputs and sends them; resolves to the answer, or to null when the person thinks better of it.
 * `review(text)` asks the coach about the field `text`. `send(values, key)` may throw Refused or Unreachable; both are shown, and what was typed stays.
 */
export function ask_inputs({ title, lead, inputs, missing = [], submit, send, review }) {
  const fields = inputs.map(field_of);
  const reply = review && fields.find(({ input }) => input.field === 'text');
  if (reply) coach(reply.control, review);
  follow_others(fields);
  const summary = el('div', { class: 'refusals', role: 'alert', tabindex: '-1' });
  const waiting = missing.filter((one) => !inputs.some(({ field }) => field === one.field));
  const before = waiting.length > 0 && el('div', { class: 'before' }, el('p', {}, t('page.form.before')),
    el('ul', {}, waiting.map((one) => el('li', {}, one.detail))));
  const ok = el('button', { type: 'submit', class: 'primary' }, submit ?? title);
  const cancel = el('button', { type: 'button', class: 'quiet' }, t('page.form.cancel'));
  const heading = el('h2', { id: fresh_id('dialog-title') }, title);
  const form = el('form', { novalidate: true }, heading, lead && el('p', { class: 'lead' }, lead), before, summary,
    body_of(fields), el('div', { class: 'actions' }, cancel, ok));
  const dialog = el('dialog', { 'aria-labelledby': heading.id }, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => run({ dialog, form, fields, summary, ok, cancel, send, resolve }));
}

function run({ dialog, form, fields, summary, ok, cancel, send, resolve }) {
  let answer = null;
  let key = crypto.randomUUID();
  let sent = '';
  cancel.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(answer);
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (ok.disabled) return;
    const values = values_of(fields);
    // The same words sent again are the same wish, whatever became of the first try.
    if (JSON.stringify(values) !== sent) key = crypto.randomUUID();
    sent = JSON.stringify(values);
    ok.disabled = true;
    try {
      answer = await send(values, key);
      dialog.close();
    } catch (error) {
      if (error instanceof api.Refused) {
        sent = '';
        show_refusal(fields, summary, error.errors);
      } else if (error instanceof api.Unreachable) show_refusal(fields, summary, [{ detail: t('page.unreachable') }]);
      else throw error;
    } finally {
      ok.disabled = false;
    }
  });
}

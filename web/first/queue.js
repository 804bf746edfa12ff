// The list that says what to do next: views with their counts, and rows by what is due first.

import { clock } from './clock.js';
import { el, find } from './dom.js';
import { excerpt } from './search.js';
import { t } from './texts.js';

const moods = ['calm', 'upset', 'angry', 'furious'];

/** The feeling in words; colour only repeats it. */
export function mood_pill(anger) {
  const mood = moods[anger] ?? 'calm';
  return el('span', { class: `mood ${mood}` }, t(`page.mood.${mood}`));
}

/** How far up the case has gone; nothing while it is with its owner. */
export function escalation_mark(level) {
  return level > 0 && el('span', { class: 'raised' }, t('page.case.escalated', { level }));
}

function view_link(view, current) {
  const count = view.is_capped ? `${view.count}+` : String(view.count);
  const link = { href: `#/queue/${view.id}`, 'aria-current': view.id === current && 'page' };
  return el('li', {}, el('a', link, el('span', {}, view.title), el('span', { class: 'count' }, count)));
}

export function show_views(views, current) {
  find('views').setAttribute('aria-label', t('page.queue.views'));
  find('views').replaceChildren(el('ul', {}, views.map((view) => view_link(view, current))));
  find('queue-title').textContent = views.find((view) => view.id === current)?.title ?? t('page.queue.title');
}

function facts_of(item) {
  const facts = [item.ref_no, item.customer_name || t('page.case.anonymous'), item.state_title, item.owner?.name];
  return facts.filter(Boolean).map((fact, at) => el('span', { class: at === 0 ? 'ref' : '' }, fact));
}

function row_of(item, open_id) {
  const is_open = item.id === open_id;
  return el(
    'li',
    { 'data-case': item.id },
    el(
      'a',
      { href: `#/case/${item.id}`, 'aria-current': is_open && 'true' },
      el('span', { class: 'row-title' }, mood_pill(item.anger), el('strong', {}, item.title || t('page.case.untitled'))),
      el('span', { class: 'row-facts' }, facts_of(item), escalation_mark(item.escalation)),
      excerpt(item),
      el('span', { class: 'row-clock' }, clock({ due_at: item.next_due_at, from: item.received_at, name: item.ref_no })),
    ),
  );
}

export function show_rows(items, { open_id, is_more, is_appended, empty = 'page.queue.empty' }) {
  const rows = items.map((item) => row_of(item, open_id));
  if (is_appended) find('rows').append(...rows);
  else find('rows').replaceChildren(...rows);
  find('queue-empty').textContent = t(empty);
  find('queue-empty').hidden = find('rows').childElementCount > 0;
  find('more').hidden = !is_more;
}

export function mark_open(id) {
  for (const link of document.querySelectorAll('#rows > li > a')) {
    if (Number(link.parentElement.dataset.case) === id) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

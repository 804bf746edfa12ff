// Clocks as text. Every <time class="clock"> on the page counts against the server's clock, once a second, together.

import { server_now } from './api.js';
import { announce, el } from './dom.js';
import { moment, remaining, t } from './texts.js';

const soon_share = 0.25;

/** @param {{due_at: string, from?: string, name?: string}} clock `from`: when it began, for "a quarter is left" */
export function clock({ due_at, from, name }) {
  if (!due_at) return el('span', { class: 'clock none' }, t('page.clock.none'));
  const node = el('time', { class: 'clock', datetime: due_at, title: moment(due_at), 'data-from': from, 'data-name': name });
  tell(node);
  return node;
}

function tell(node) {
  const now = server_now();
  const due = Date.parse(node.dateTime);
  const began = Date.parse(node.dataset.from ?? '');
  const was_running = node.dataset.state === 'running' || node.dataset.state === 'soon';
  const is_soon = due - now < (due - (Number.isNaN(began) ? now : began)) * soon_share;
  const state = due <= now ? 'late' : is_soon ? 'soon' : 'running';
  const words = remaining(due, now);
  if (node.textContent !== words) node.textContent = words;
  if (node.dataset.state === state) return;
  node.dataset.state = state;
  if (was_running && state === 'late' && node.dataset.name) announce(t('page.clock.now_late', { name: node.dataset.name }));
}

export function tell_all() {
  for (const node of document.querySelectorAll('time.clock')) tell(node);
}

export function run() {
  setInterval(tell_all, 1000);
}

// What happened meanwhile: how many notices are unread, and the newest of them in a dialog.

import * as api from './api.js';
import { el, find, fresh_id } from './dom.js';
import { moment, t } from './texts.js';

export async function refresh_news() {
  const { unread } = await api.notifications({ limit: 1, is_unasked: true });
  find('news').hidden = unread === 0;
  find('news').textContent = t('page.news', { count: unread });
}

function item_of(notice, close) {
  const words = notice.case_id ? el('a', { href: `#/case/${notice.case_id}`, on: { click: close } }, notice.text) : notice.text;
  const when = el('time', { class: 'when', datetime: notice.created_at }, moment(notice.created_at));
  return el('li', { class: notice.read_at ? '' : 'fresh' }, words, when);
}

/** Shows the newest notices; those that were on the screen are read afterwards. */
export async function show_news() {
  const { items } = await api.notifications({ limit: 30 });
  const heading = el('h2', { id: fresh_id('news-title') }, t('page.news.title'));
  const dialog = el('dialog', { 'aria-labelledby': heading.id });
  const close = () => dialog.close();
  const done = el('button', { type: 'button', class: 'primary', on: { click: close } }, t('page.news.close'));
  dialog.append(heading, el('ul', { class: 'notices' }, items.map((notice) => item_of(notice, close))), el('div', { class: 'actions' }, done));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  if (items.length) await api.read_notifications(items[0].id);
  await refresh_news();
}

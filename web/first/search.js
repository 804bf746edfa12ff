// Looking for what was written: the question stands in the address (#/search/…), the answer in the list.

import { el, find } from './dom.js';
import { t } from './texts.js';

export const address_of = (question) => `#/search/${encodeURIComponent(question)}`;

/** The question of an address, or null. */
export function question_of(hash) {
  const [, question] = /^#\/search\/(.+)$/.exec(hash) ?? [];
  try {
    return question === undefined ? null : decodeURIComponent(question);
  } catch {
    return null;
  }
}

/** What was written, with what was looked for marked. Marks count characters, not UTF-16 units. */
export function excerpt(item) {
  if (!item.excerpt) return null;
  const characters = [...item.excerpt];
  const parts = [];
  let from = 0;
  for (const [begin, end] of item.marks) {
    if (begin < from) continue;
    parts.push(characters.slice(from, begin).join(''), el('mark', {}, characters.slice(begin, end).join('')));
    from = end;
  }
  return el('span', { class: 'excerpt' }, el('strong', {}, item.found_title), ' ', ...parts, characters.slice(from).join(''));
}

/** `ask(question)` is called with what was typed; an empty question goes back to the list. */
export function listen(ask) {
  find('search').addEventListener('submit', (event) => {
    event.preventDefault();
    ask(find('search-text').value.trim());
  });
}

/** Shows what is looked for, or that nothing is. `refusal` says what is wrong with it. */
export function show_question(question, refusal = '') {
  if (document.activeElement !== find('search-text')) find('search-text').value = question ?? '';
  find('search-refusal').textContent = refusal;
  find('search-text').setAttribute('aria-label', t('page.search.label'));
  find('search-text').setAttribute('placeholder', t('page.search.example'));
  if (!question) return;
  find('queue-title').textContent = t('page.search.title', { question });
  document.querySelector('#views [aria-current]')?.removeAttribute('aria-current');
}

// What the coach says to a reply while it is written: what to do better and why, what is good, and which promise it makes.

import { el } from './dom.js';
import { moment, t } from './texts.js';

const pause_ms = 500;
const most_shown = 6;

/** The words a hint speaks of; places count characters, not UTF-16 units. */
const words_of = (text, { begin, end }) => [...text].slice(begin, end).join('');

function hint_item(text, hint) {
  const words = words_of(text, hint);
  return el('li', {}, el('strong', {}, hint.title), words && el('q', {}, words), el('span', {}, hint.why),
    hint.better && el('span', { class: 'better' }, t('page.coach.better', { words: hint.better })));
}

const promise_item = (promise) => el('li', {}, t('page.coach.promise', { what: promise.what, when: moment(promise.due_at) }));

function show(panel, text, review) {
  const hints = review.hints.slice(0, most_shown).map((hint) => hint_item(text, hint));
  const good = review.strengths.map(({ title }) => title).join(' · ');
  panel.replaceChildren(
    el('p', { class: 'coach-head' }, t(hints.length ? 'page.coach.title' : 'page.coach.fine')),
    hints.length ? el('ul', {}, hints) : '',
    good ? el('p', { class: 'good' }, t('page.coach.good', { what: good })) : '',
    review.promises.length ? el('ul', { class: 'promises' }, review.promises.map(promise_item)) : '',
  );
}

/** Coaches what is typed into `area`; `ask(text)` gives the review. What cannot be asked just now is not said. */
export function coach(area, ask) {
  const panel = el('div', { class: 'coach', 'aria-live': 'polite', hidden: true });
  let waiting = 0;
  area.after(panel);
  area.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const text = area.value;
      panel.hidden = !text.trim();
      if (panel.hidden) return;
      try {
        const review = await ask(text);
        if (text === area.value) show(panel, text, review);
      } catch {
        panel.hidden = true;
      }
    }, pause_ms);
  });
}

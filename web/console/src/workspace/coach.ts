// The coach looks over the shoulder: shortly after each pause in typing, and never at words that are no longer there.

import { onScopeDispose, shallowRef, watch } from 'vue';
import { review, type Hint, type Review } from './api';

const pauseMs = 250;

export function useCoach(id: number, text: () => string, isWanted: () => boolean) {
  const said = shallowRef<{ about: string; review: Review } | null>(null);
  let timer = 0;
  let under: AbortController | undefined;

  async function look(about: string) {
    under = new AbortController();
    try {
      said.value = { about, review: await review(id, about, under.signal) };
    } catch {
      // Advice that cannot be had just now is not missed.
    }
  }
  watch([text, isWanted], ([about, wanted]) => {
    clearTimeout(timer);
    under?.abort();
    if (!wanted || !about.trim()) said.value = null;
    else timer = window.setTimeout(look, pauseMs, about);
  }, { immediate: true });
  onScopeDispose(() => {
    clearTimeout(timer);
    under?.abort();
  });
  return said;
}

/** What to write instead: what stands between quotation marks, otherwise nothing to put in. */
export const wordingOf = ({ better }: Hint) => /[“"「](.+?)[”"」]/s.exec(better)?.[1] ?? '';

/** Something is missing, rather than wrong where it stands. */
const isMissing = ({ rule }: Hint) => /_missing$|_first$|^no_/.test(rule);

/** The text with the better wording: in place of the words, at the beginning, or at the end. */
export function improved(text: string, hint: Hint): string {
  const wording = wordingOf(hint);
  const letters = [...text];
  if (/_first$/.test(hint.rule)) return `${wording}\n${text}`;
  if (isMissing(hint) || hint.begin === hint.end) return `${text.trimEnd()}\n${wording}`;
  return letters.slice(0, hint.begin).join('') + wording + letters.slice(hint.end).join('');
}

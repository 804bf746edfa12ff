// What is being written for a case. It is kept in the browser with every key, so that neither a killed tab nor a session that
// ends loses a word, and it carries the key under which it is sent.

import { reactive, watch } from 'vue';
import { freshKey } from '@/api/client';
import { keep, kept } from '@/kept';

export type Mode = 'reply' | 'note' | 'letter' | 'said';
export const modes: Mode[] = ['reply', 'note', 'letter', 'said'];

export interface Draft {
  mode: Mode;
  /** One text for each mode: a note never becomes a reply by a wrong click. */
  texts: Record<Mode, string>;
  restated: string;
  nextStep: string;
  nextStepAt: string;
  letter: string;
  letterFields: Record<string, string>;
  enclosures: string[];
  channel: string;
  files: string[];
  /** Ends of promises in the text that were taken up, by what they say. */
  promised: Record<string, string>;
  /** The same words are sent under the same key, whatever became of the first try. */
  key: string;
  sent: string;
}

const empty = (): Draft => ({
  mode: 'reply', texts: { reply: '', note: '', letter: '', said: '' }, restated: '', nextStep: '', nextStepAt: '', letter: '', letterFields: {},
  enclosures: [], channel: '', files: [], promised: {}, key: freshKey(), sent: '',
});

const most = 40;
const nameOf = (id: number) => `draft.${id}`;

/** Drafts of cases that nobody came back to make room for newer ones. */
function noteUse(id: number, isUsed: boolean) {
  const known = kept<number[]>('drafts', []).filter((other) => other !== id);
  const all = isUsed ? [...known, id] : known;
  for (const old of all.slice(0, Math.max(0, all.length - most))) keep(nameOf(old), undefined);
  keep('drafts', all.slice(-most));
}

const isEmpty = ({ texts, files, restated, nextStep }: Draft) => !Object.values(texts).some((text) => text.trim()) && !files.length && !restated && !nextStep;

/** The drafts of cases that were open in this tab, so that what is taken back finds its way to them. */
const live = new Map<number, Draft>();

function draftOf(id: number): Draft {
  const found = live.get(id) ?? reactive<Draft>({ ...empty(), ...kept<Partial<Draft>>(nameOf(id), {}) });
  live.set(id, found);
  return found;
}
function save(id: number) {
  const draft = draftOf(id);
  keep(nameOf(id), isEmpty(draft) ? undefined : draft);
  noteUse(id, !isEmpty(draft));
}

/** What was on its way and did not leave is a draft again, in front of what has been written since. */
export function putBack(id: number, verb: string, inputs: Record<string, unknown>) {
  const draft = draftOf(id);
  const said = (name: string) => String(inputs[name] ?? '');
  const mode: Mode = verb === 'send_letter' ? 'letter' : 'reply';
  const since = draft.texts[mode].trim();
  draft.mode = mode;
  draft.texts[mode] = since ? `${said('text')}\n${since}` : said('text');
  draft.restated ||= said('restated');
  draft.nextStep ||= said('next_step');
  draft.nextStepAt ||= said('next_step_at');
  draft.letter ||= said('letter');
  draft.sent = '';
  save(id);
}

export function useDraft(id: number) {
  const draft = draftOf(id);
  watch(draft, () => save(id), { flush: 'sync' });

  /** The key for sending `wanted`: the same as last time when it is the same. */
  function keyFor(wanted: unknown): string {
    const text = JSON.stringify(wanted);
    if (draft.sent !== text) Object.assign(draft, { sent: text, key: freshKey() });
    return draft.key;
  }
  /** Nothing is left of what was sent in this mode; the other modes keep theirs. */
  function clear() {
    const { texts, mode } = draft;
    Object.assign(draft, empty(), { mode, texts: { ...texts, [mode]: '' } });
  }
  return { draft, keyFor, clear, forgetKey: () => (draft.sent = '') };
}

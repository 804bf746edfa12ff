// What an entry of the story says, in whose voice, and which of its words are marked.

import type { StoryEntry } from '@/api/types';
import type { Reading, Says, Span } from './api';

/** Who speaks: the customer, we to the customer, we among ourselves, or nobody (what was done). */
export type Voice = 'customer' | 'reply' | 'note' | 'act';

const fromCustomer = new Set(['received', 'message_received', 'info_received', 'customer_countered', 'new_facts_received', 'not_satisfied']);
const toCustomer = new Set(['message_sent', 'acknowledged', 'first_responded', 'letter_sent', 'progress_update_sent', 'info_requested']);

export function voiceOf({ kind }: StoryEntry): Voice {
  if (fromCustomer.has(kind)) return 'customer';
  if (toCustomer.has(kind)) return 'reply';
  return kind === 'note_added' ? 'note' : 'act';
}

/** Where an entry's words may stand, whatever its kind; the first that is there counts. */
const places = ['text', 'raw_content', 'info_text', 'new_facts', 'counter_text', 'dissatisfaction_text', 'progress_text', 'promise_text',
  'promise_evidence', 'action_text', 'restated', 'quote', 'findings_plain', 'findings', 'decision_plain', 'acceptance_evidence', 'settlement_evidence',
  'withdrawal_evidence', 'external_decision_text', 'callback_note', 'handover_note', 'reopen_reason', 'remedy_note', 'question_list', 'note', 'reason',
  'description'];

type Half = Record<string, unknown> | undefined;

function saidIn(entry: StoryEntry): Record<string, unknown> {
  const halves = [entry.payload, entry.personal].flatMap((half) => [half?.set as Half, half?.with as Half]);
  return Object.assign({}, ...halves);
}

export interface Words {
  place: string;
  text: string;
}

export function wordsOf(entry: StoryEntry): Words | null {
  const said = saidIn(entry);
  const place = places.find((name) => said[name]);
  if (!place) return null;
  const found = said[place];
  return { place, text: Array.isArray(found) ? found.join('\n') : String(found) };
}

export const filesOf = (entry: StoryEntry) => (saidIn(entry).attachments as string[] | undefined) ?? [];
export const letterOf = (entry: StoryEntry) => saidIn(entry).letter as string | undefined;
export const readingOf = (entry: StoryEntry) => entry.payload.read as Reading | undefined;

/** What was read in these very words; the same words may stand in two places. */
export function readingIn(entry: StoryEntry, words: Words | null): Reading | undefined {
  const reading = readingOf(entry);
  return reading && words && saidIn(entry)[reading.of] === words.text ? reading : undefined;
}

/** The characters of a span. */
export const cut = (text: string, { begin = 0, end }: Partial<Span>) => [...text].slice(begin, end).join('');

export interface Piece {
  text: string;
  mark?: { kind: 'feeling' | 'risk'; says: string };
}

/** The text in pieces, those with a feeling or a risk marked. Where marks overlap, the earlier one stands. */
export function piecesOf(text: string, reading: Reading | undefined): Piece[] {
  if (!reading) return [{ text }];
  const letters = [...text];
  const kinds = [[reading.risks ?? [], 'risk'], [reading.words ?? [], 'feeling']] as const;
  const marks = kinds.flatMap(([some, kind]) => some.map((span: Says) => ({ ...span, begin: span.begin ?? 0, kind }))).sort((a, b) => a.begin - b.begin);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { begin, end, kind, says } of marks) {
    if (begin < at || end > letters.length) continue;
    if (begin > at) pieces.push({ text: letters.slice(at, begin).join('') });
    pieces.push({ text: letters.slice(begin, end).join(''), mark: { kind, says } });
    at = end;
  }
  if (at < letters.length) pieces.push({ text: letters.slice(at).join('') });
  return pieces;
}

export interface Run {
  key: number;
  entries: StoryEntry[];
  isTalk: boolean;
}

/** What clocks do by themselves stands among the time limits. */
const silent = new Set(['clocks_moved', 'clock_moved']);

/** What was said stands alone; what was done between two sayings is one run. */
export function runsOf(story: StoryEntry[]): Run[] {
  const runs: Run[] = [];
  for (const entry of story) {
    if (silent.has(entry.kind)) continue;
    const isTalk = voiceOf(entry) !== 'act';
    const last = runs.at(-1);
    if (last && !isTalk && !last.isTalk) last.entries.push(entry);
    else runs.push({ key: entry.version, entries: [entry], isTalk });
  }
  return runs;
}

/** The customer's latest words that were read, for the feeling in the header. */
export function lastRead(story: StoryEntry[]): { reading: Reading; said: string[] } | null {
  for (const entry of story.toReversed()) {
    const reading = readingOf(entry);
    if (!reading) continue;
    const text = String(saidIn(entry)[reading.of] ?? '');
    return { reading, said: [...new Set((reading.words ?? []).map((span) => cut(text, span)))].filter((words) => [...words].length > 1) };
  }
  return null;
}

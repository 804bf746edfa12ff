// The connection to the server: changes as they happen, and whether anybody answers at all. One tab listens and tells the
// others; where tabs cannot agree on one (a page without TLS), each listens for itself.

import { readonly, ref } from 'vue';
import type { CaseChange, Presence } from '@/api/types';

type Told = { kind: 'case'; change: CaseChange } | { kind: 'presence'; presence: Presence } | { kind: 'line'; isUp: boolean };

const up = ref(true);
/** False as soon as nobody answers. */
export const isUp = readonly(up);

const listeners = new Set<(change: CaseChange) => void>();
const returns = new Set<() => void>();
const watchers = new Set<(presence: Presence) => void>();
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('redress-line') : null;
const retryMs = 2_000;
let lastSeq = 0;
let isLeading = false;

/** Called for every change of a case, on whichever tab it was heard; returns how to stop. */
export function onChange(listener: (change: CaseChange) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Called when the line is there again: what was missed is to be read anew. */
export function onReturn(listener: () => void): () => void {
  returns.add(listener);
  return () => returns.delete(listener);
}

/** Called when somebody comes to a case, goes, begins or stops to write; returns how to stop. */
export function onPresence(watcher: (presence: Presence) => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function setUp(isNowUp: boolean) {
  if (isNowUp === up.value) return;
  up.value = isNowUp;
  if (isNowUp) for (const listener of returns) listener();
}

/** A call that nobody answered says so at once, before the stream notices. */
export function callFailed() {
  setUp(false);
  if (isLeading || !channel) listenAgain();
}

function take(told: Told) {
  if (told.kind === 'line') return setUp(told.isUp && navigator.onLine);
  if (told.kind === 'presence') return watchers.forEach((watcher) => watcher(told.presence));
  if (told.change.seq <= lastSeq) return;
  lastSeq = told.change.seq;
  for (const listener of listeners) listener(told.change);
}

function tell(told: Told) {
  take(told);
  channel?.postMessage(told);
}

let source: EventSource | undefined;
let timer = 0;

function listenAgain() {
  clearTimeout(timer);
  timer = window.setTimeout(listen, retryMs);
}

function listen() {
  source?.close();
  clearTimeout(timer);
  source = new EventSource(lastSeq ? `/api/v1/events?after=${lastSeq}` : '/api/v1/events');
  source.addEventListener('case', (event) => tell({ kind: 'case', change: JSON.parse(event.data) }));
  source.addEventListener('presence', (event) => tell({ kind: 'presence', presence: JSON.parse(event.data) }));
  source.addEventListener('open', () => tell({ kind: 'line', isUp: true }));
  source.addEventListener('error', () => {
    tell({ kind: 'line', isUp: false });
    // The browser gives up on anything but a broken line, such as a session that is over.
    if (source?.readyState === EventSource.CLOSED) listenAgain();
  });
}

function lead() {
  isLeading = true;
  listen();
  return new Promise<never>(() => {});
}

/** From now on, until the page is closed. */
export function follow() {
  channel?.addEventListener('message', ({ data }: MessageEvent<Told>) => take(data));
  window.addEventListener('offline', () => setUp(false));
  window.addEventListener('online', () => (isLeading ? listen() : setUp(true)));
  if (channel && navigator.locks) void navigator.locks.request('redress-line', lead);
  else lead();
}

/** Carries out `send` and, when nobody answers, again as soon as somebody does. `send` must use one and the same key. */
export async function patiently<T>(send: () => Promise<T>, isUnanswered: (error: unknown) => boolean): Promise<T> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!isUnanswered(error)) throw error;
      callFailed();
      await new Promise<void>((resolve) => {
        const stop = onReturn(() => {
          stop();
          resolve();
        });
      });
    }
  }
}

// What is said to those who listen instead of looking, politely and once; and what is shown to everybody for a moment.

import { reactive, ref } from 'vue';

export const spoken = ref('');
let turn = false;

/** The same words twice in a row are said twice. */
export function announce(text: string) {
  turn = !turn;
  spoken.value = turn ? text : `${text}\u00a0`;
}

export interface Toast {
  id: number;
  text: string;
  tone: 'done' | 'refused';
  action?: { label: string; run: () => void };
}

export const toasts = reactive<Toast[]>([]);
const shortMs = 5_000;
const longMs = 12_000;
let nextId = 1;

export function dismiss(id: number) {
  const at = toasts.findIndex((one) => one.id === id);
  if (at >= 0) toasts.splice(at, 1);
}

/** Stays longer when there is something to press or to read. */
export function toast(text: string, more: Partial<Pick<Toast, 'tone' | 'action'>> = {}) {
  const id = nextId++;
  toasts.push({ id, text, tone: 'done', ...more });
  setTimeout(() => dismiss(id), more.action || more.tone === 'refused' ? longMs : shortMs);
  return id;
}

// What is on its way to the customer: it waits on the server for ten seconds, or until the time that was chosen, and can be
// taken back as long as it waits.

import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import { get, post, remove, Unreachable, type Answer } from '@/api/client';
import { onReturn, patiently } from '@/line';
import { serverNow } from '@/time';
import type { Inputs, Workplace } from './workplace';

export type Pending = Answer<'/cases/{case_id}/outbox'>['items'][number];

export interface Letter {
  verb: string;
  inputs: Inputs;
  promises: { text: string; due_at: string }[];
  /** When it is to be sent; without it, in ten seconds. */
  send_at?: string;
  /** Somebody else's reply is on its way too, and this one is wanted all the same. */
  is_beside_others?: boolean;
}

export function useOutbox({ id, page, reload }: Workplace) {
  const items = shallowRef<Pending[]>([]);
  const path = { case_id: id };
  let timer = 0;

  async function refresh() {
    items.value = (await get('/cases/{case_id}/outbox', { path, isUnasked: true })).items;
    clearTimeout(timer);
    const next = Math.min(...items.value.filter(({ state }) => state === 'waiting').map(({ send_at }) => Date.parse(send_at)));
    const longestMs = 3_600_000;
    if (Number.isFinite(next)) timer = window.setTimeout(arrived, Math.min(longestMs, Math.max(600, next - serverNow() + 600)));
  }
  async function arrived() {
    await refresh();
    if (!items.value.some(({ state }) => state === 'waiting')) await reload();
  }

  watch(() => page.value.version, refresh, { immediate: true });
  onScopeDispose(onReturn(refresh));
  onScopeDispose(() => clearTimeout(timer));

  /** Sends once, whatever the line does meanwhile. */
  async function schedule(letter: Letter, key: string) {
    const send = () => post('/cases/{case_id}/outbox', letter, { path, key, version: page.value.version });
    const pending = await patiently(send, (error) => error instanceof Unreachable);
    await refresh();
    return pending;
  }
  async function takeBack(one: Pending) {
    await remove('/cases/{case_id}/outbox/{send_id}', undefined, { path: { ...path, send_id: one.id } });
    await refresh();
  }
  return { items, waiting: computed(() => items.value.filter(({ state }) => state === 'waiting')), schedule, takeBack, refresh };
}

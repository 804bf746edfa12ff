// The rows of one list, a view or a search, read page by page and kept true while others work.

import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import { readQueue, search } from '@/api/calls';
import { Refused } from '@/api/client';
import type { Found, Row, View } from '@/api/types';
import { onChange, onReturn } from '@/line';
import { lang } from '@/texts';
import type { Filter } from './filters';

export interface Source {
  view: string;
  filter: Filter;
  /** Set for a search; then `view` and `filter` do not count. */
  question?: string;
}

interface Page {
  items: (Row | Found)[];
  views?: View[];
  next_cursor?: string;
}

/** Of the views, as they were seen last: a list that opens shows them at once. */
const views = shallowRef<View[]>([]);
const pageSize = 50;
/** Rows that are read anew when something changes; below them, only when they are reached again. */
const mostRenewed = 100;
const calmMs = 500;

function ask({ view, filter, question }: Source, paging: { cursor?: string; limit: number }, isUnasked: boolean, signal: AbortSignal): Promise<Page> {
  if (question === undefined) return readQueue(view, { ...paging, filter }, { isUnasked, signal });
  return search(question, paging, { isUnasked, signal });
}

export function useList(source: Ref<Source>) {
  const rows = shallowRef<readonly (Row | Found)[]>([]);
  const cursor = shallowRef<string>();
  const error = shallowRef<unknown>(null);
  const isLoading = shallowRef(true);
  let going = new AbortController();
  let timer = 0;

  async function load(isUnasked: boolean) {
    going.abort();
    going = new AbortController();
    const { signal } = going;
    const known = isUnasked ? rows.value.length : 0;
    const limit = Math.min(mostRenewed, Math.max(pageSize, known));
    isLoading.value = !isUnasked;
    try {
      const page = await ask(source.value, { limit }, isUnasked, signal);
      if (page.views) views.value = page.views;
      const fresh = new Set(page.items.map(({ id }) => id));
      const below = page.next_cursor && known > limit ? rows.value.slice(limit).filter(({ id }) => !fresh.has(id)) : [];
      rows.value = [...page.items, ...below];
      if (!below.length) cursor.value = page.next_cursor;
      error.value = null;
    } catch (refused) {
      if (signal.aborted) return;
      if (!(refused instanceof Refused)) throw refused;
      error.value = refused;
      rows.value = [];
      cursor.value = undefined;
    } finally {
      if (!signal.aborted) isLoading.value = false;
    }
  }

  async function more() {
    if (!cursor.value || isLoading.value) return;
    const { signal } = going;
    isLoading.value = true;
    try {
      const page = await ask(source.value, { limit: pageSize, cursor: cursor.value }, false, signal);
      const known = new Set(rows.value.map(({ id }) => id));
      rows.value = [...rows.value, ...page.items.filter(({ id }) => !known.has(id))];
      cursor.value = page.next_cursor;
    } catch (stopped) {
      if (!signal.aborted) throw stopped;
    } finally {
      if (!signal.aborted) isLoading.value = false;
    }
  }

  /** A search that is opened first does not know them. */
  async function readViews() {
    if (!views.value.length) views.value = (await readQueue('mine', { limit: 1 })).views;
  }

  /** Many changes at once are one look. */
  function renewSoon() {
    timer ||= window.setTimeout(() => {
      timer = 0;
      void load(true);
    }, calmMs);
  }

  watch([source, lang], () => load(false), { immediate: true });
  if (source.value.question !== undefined) void readViews();
  onScopeDispose(onChange(renewSoon));
  onScopeDispose(onReturn(() => load(true)));
  onScopeDispose(() => {
    clearTimeout(timer);
    going.abort();
  });
  return { rows, views, error, isLoading, hasMore: computed(() => Boolean(cursor.value)), more, renew: () => load(true) };
}

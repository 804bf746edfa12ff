// What a page shows, from asking to answer: loading, an error with another try, or what came.

import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue';

export interface Loaded<T> {
  value: ShallowRef<T | undefined>;
  error: ShallowRef<unknown>;
  isLoading: Ref<boolean>;
  load: () => Promise<void>;
}

/** Asks at once; an answer that comes after a later question is dropped. */
export function useLoaded<T>(ask: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const value = shallowRef<T>();
  const error = shallowRef<unknown>(null);
  const isLoading = ref(false);
  let asking: AbortController | undefined;

  async function load() {
    asking?.abort();
    const mine = (asking = new AbortController());
    isLoading.value = true;
    try {
      const answer = await ask(mine.signal);
      if (mine === asking) [value.value, error.value] = [answer, null];
    } catch (failure) {
      if (mine === asking && !mine.signal.aborted) error.value = failure;
    }
    if (mine === asking) isLoading.value = false;
  }
  onScopeDispose(() => asking?.abort());
  void load();
  return { value, error, isLoading, load };
}

interface Page<T> {
  items: T[];
  next_cursor?: string;
}

/** Every page of a list that a house keeps short, such as its people. */
export async function all<T>(ask: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(cursor);
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
}

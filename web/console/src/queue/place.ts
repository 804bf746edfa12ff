// Where in the queue the reader is, for going on from a case: back to the same list, and to the next one in it.

import { shallowReactive } from 'vue';
import { readQueue } from '@/api/calls';
import type { Row } from '@/api/types';
import { filterOfQuery } from './filters';
import { router } from '@/router';

interface Place {
  /** Address of the list that was looked at last. */
  path: string;
  view: string;
  rows: readonly Row[];
  /** The case the reader stands on. */
  current?: number;
}

export const place = shallowReactive<Place>({ path: '/queue/mine', view: 'mine', rows: [] });

/** The case after `id` among those that are still waiting; the first when `id` is not among them or was the last. */
export function followerOf(id: number | undefined, before: readonly Row[], now: readonly Row[]): number | undefined {
  const at = before.findIndex((row) => row.id === id);
  const waiting = new Set(now.map((row) => row.id));
  const later = before.slice(at + 1).find((row) => waiting.has(row.id) && row.id !== id);
  return (at >= 0 ? later?.id : undefined) ?? now.find((row) => row.id !== id)?.id;
}

/** The case to take after `id`, as the queue is now; undefined when nobody else is waiting. */
export async function findNext(id?: number): Promise<number | undefined> {
  const filter = filterOfQuery(router.resolve(place.path).query);
  const { items } = await readQueue(place.view, { limit: 50, filter });
  const next = followerOf(id, place.rows, items);
  place.rows = items;
  return next;
}

/** Opens the next case; false when there is none. */
export async function goNext(id?: number): Promise<boolean> {
  const next = await findNext(id);
  if (next === undefined) return false;
  place.current = next;
  await router.push({ name: 'case', params: { id: next } });
  return true;
}

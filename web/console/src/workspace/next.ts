// Which case comes next: the most urgent of one's queue that was not just looked at.

import type { Router } from 'vue-router';
import { readQueue } from '@/api/calls';

const looked: number[] = [];
const mostLooked = 20;
/** The view of the queue from which the reader came. */
let view = 'mine';

/** Notes that the case was on the screen. */
export function lookedAt(id: number) {
  const at = looked.indexOf(id);
  if (at >= 0) looked.splice(at, 1);
  looked.push(id);
  looked.splice(0, looked.length - mostLooked);
  const { back } = (history.state ?? {}) as { back?: string };
  view = /^\/queue\/(\w+)/.exec(back ?? '')?.[1] ?? view;
}

/** Goes to the next case, or to the queue when there is none. */
export async function goToNext(router: Router, id: number) {
  const { items } = await readQueue(view, { limit: 50 });
  const others = items.filter((row) => row.id !== id);
  const fresh = others.find((row) => !looked.includes(row.id)) ?? others.toSorted((a, b) => looked.indexOf(a.id) - looked.indexOf(b.id))[0];
  await router.push(fresh ? `/case/${fresh.id}` : '/');
}

// Who else is in which case, as far as it was heard since the list was opened.

import { onScopeDispose, shallowReactive } from 'vue';
import type { Presence } from '@/api/types';
import { onPresence } from '@/line';
import { me } from '@/session';

export type People = Presence['people'];

export function usePeople(): ReadonlyMap<number, People> {
  const people = shallowReactive(new Map<number, People>());
  onScopeDispose(onPresence(({ case_id, people: now }) => {
    const others = now.filter(({ id }) => id !== me.value?.staff.id);
    if (others.length) people.set(case_id, others);
    else people.delete(case_id);
  }));
  return people;
}

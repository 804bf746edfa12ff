// Who else is looking at this case or writing in it. We say every fifteen seconds that we are here, at once when we begin or
// stop to write, and hear of the others as it happens.

import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { post, remove, Unreachable, Refused } from '@/api/client';
import { onPresence } from '@/line';
import { me } from '@/session';
import type { Present } from './api';

const beatMs = 15_000;
const stillMs = 6_000;

export function usePresence(id: number) {
  const people = shallowRef<Present[]>([]);
  const isTyping = ref(false);
  const path = { case_id: id };
  let still = 0;

  async function beat() {
    if (document.hidden && !isTyping.value) return;
    try {
      people.value = (await post('/cases/{case_id}/presence', { is_typing: isTyping.value }, { path, isUnasked: true })).people;
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
    }
  }
  function typed() {
    isTyping.value = true;
    clearTimeout(still);
    still = window.setTimeout(() => (isTyping.value = false), stillMs);
  }
  function stopped() {
    clearTimeout(still);
    isTyping.value = false;
  }

  const timer = window.setInterval(beat, beatMs);
  watch(isTyping, beat);
  document.addEventListener('visibilitychange', beat);
  void beat();
  onScopeDispose(onPresence((told) => {
    if (told.case_id === id) people.value = told.people;
  }));
  onScopeDispose(() => {
    clearInterval(timer);
    clearTimeout(still);
    document.removeEventListener('visibilitychange', beat);
    void remove('/cases/{case_id}/presence', undefined, { path, isUnasked: true }).catch(() => {});
  });

  const others = computed(() => people.value.filter((one) => one.id !== me.value?.staff.id));
  return { others, typed, stopped };
}

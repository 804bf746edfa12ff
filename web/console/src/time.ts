// The time by the server's clock. The computer's own may be hours off; it is only trusted to run evenly.

import { computed, readonly, ref, type Ref } from 'vue';

let offsetMs = 0;
const tick = ref(Date.now());

/** Learns from a Date header; the answer came between `askedAt` (computer's time) and now. */
export function learnTime(date: string | null, askedAt: number) {
  const told = Date.parse(date ?? '');
  if (Number.isNaN(told)) return;
  const fresh = told + 500 - (askedAt + Date.now()) / 2;
  // The header has whole seconds: only a difference above that is news.
  if (Math.abs(fresh - offsetMs) <= 1000) return;
  offsetMs = fresh;
  tick.value = serverNow();
}

/** Milliseconds since 1970 by the server's clock. */
export const serverNow = () => Date.now() + offsetMs;

/** The same as something to watch; moves on every second while the page is seen. */
export const now: Readonly<Ref<number>> = readonly(tick);

const move = () => (tick.value = serverNow());
setInterval(move, 1000);
document.addEventListener('visibilitychange', move);

/** The same, moving on only every minute: for what is told in days and minutes. */
export const minute = computed(() => Math.floor(tick.value / 60_000) * 60_000);

/** True once `at` (ISO) has passed. */
export const isPast = (at: () => string | undefined) => computed(() => at() !== undefined && Date.parse(at()!) <= now.value);

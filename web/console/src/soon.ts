// What will be needed next is fetched while nothing else happens, so that it opens at once, and also while the line is cut.

import { defineAsyncComponent, type Component } from 'vue';

const calmMs = 1_200;
const waiting: (() => Promise<unknown>)[] = [];
let timer = 0;

async function fetchAll() {
  timer = 0;
  for (let load = waiting.shift(); load; load = waiting.shift()) await load().catch(() => {});
}

const savesData = () => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData ?? false;

export function fetchSoon(load: () => Promise<unknown>) {
  if (savesData()) return;
  waiting.push(load);
  timer ||= window.setTimeout(fetchAll, calmMs);
}

/** A component in a file of its own, fetched soon. */
export function lazily<C extends Component>(load: () => Promise<{ default: C }>): C {
  fetchSoon(load);
  return defineAsyncComponent(load) as C;
}

// Of a long table only what can be seen is in the page. Rows have one height.

import { computed, onBeforeUnmount, onMounted, shallowRef, type Ref } from 'vue';

const margin = 12;

export function useWindowing(body: Readonly<Ref<HTMLElement | null>>, count: () => number, rowHeight: () => number) {
  const first = shallowRef(0);
  const shown = shallowRef(60);

  function look() {
    if (!body.value) return;
    const above = Math.max(0, -body.value.getBoundingClientRect().top);
    first.value = Math.max(0, Math.floor(above / rowHeight()) - margin);
    shown.value = Math.ceil(window.innerHeight / rowHeight()) + 2 * margin;
  }
  onMounted(() => {
    look();
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('scroll', look);
    window.removeEventListener('resize', look);
  });

  const from = computed(() => Math.min(first.value, Math.max(0, count() - shown.value)));
  const to = computed(() => Math.min(count(), from.value + shown.value));
  return { from, to, look };
}

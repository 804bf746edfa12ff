// "auto" follows the system; the style sheets know only light and dark.

import { computed, ref, watchEffect } from 'vue';
import { settings } from '@/settings';

const wanted = matchMedia('(prefers-color-scheme: dark)');
const isSystemDark = ref(wanted.matches);
wanted.addEventListener('change', ({ matches }) => (isSystemDark.value = matches));

export const theme = computed(() => (settings.theme === 'auto' ? (isSystemDark.value ? 'dark' : 'light') : settings.theme));
watchEffect(() => (document.documentElement.dataset.theme = theme.value));

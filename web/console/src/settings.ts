// How this reader wants the console to look and to listen; kept in the browser.

import { reactive, watchEffect } from 'vue';
import { keep, kept } from '@/kept';

export interface Settings {
  theme: 'auto' | 'light' | 'dark';
  density: 'compact' | 'roomy';
  /** Single keys such as N and J; the ones with Ctrl stay. */
  singleKeys: boolean;
}

export const settings = reactive<Settings>({ theme: 'auto', density: 'compact', singleKeys: true, ...kept<Partial<Settings>>('settings', {}) });

watchEffect(() => {
  const { dataset } = document.documentElement;
  dataset.density = settings.density;
  keep('settings', { ...settings });
});

// Texts in the reader's language. They are the program's catalogue (catalogue/<part>.<language>.json), built in, and each
// part is loaded when a route needs it. Keys are checked by the compiler, completeness by tests/tidy.

import { computed, ref, shallowRef } from 'vue';
import type administration from '../../../catalogue/administration.en.json';
import type console_ from '../../../catalogue/console.en.json';
import type customer from '../../../catalogue/customer.en.json';
import type welcome from '../../../catalogue/welcome.en.json';
import type workspace from '../../../catalogue/workspace.en.json';
import { speak } from '@/api/client';
import { keep, kept } from '@/kept';

export type Lang = 'zh' | 'en';
export type Part = 'console' | 'customer' | 'welcome' | 'workspace' | 'administration';
export type Key = keyof typeof console_ | keyof typeof customer | keyof typeof welcome | keyof typeof workspace | keyof typeof administration;
type Texts = Record<string, string>;

const files = import.meta.glob<Texts>('../../../catalogue/{console,customer,welcome,workspace,administration}.*.json', { import: 'default' });
const needed = new Set<Part>(['console']);
const texts = shallowRef<Texts>({});
const current = ref<Lang>(kept('language', navigator.language.startsWith('zh') ? 'zh' : 'en'));

export const lang = computed(() => current.value);
/** As the `lang` attribute and Intl want it. */
export const locale = computed(() => (current.value === 'zh' ? 'zh-CN' : 'en-GB'));
export const htmlLang = (of: string) => (of === 'zh' ? 'zh-CN' : of);

const read = async (part: Part, of: Lang) => (await files[`../../../catalogue/${part}.${of}.json`]?.()) ?? {};

/** Loads a part for good; routes say it in `meta.texts`. */
export async function need(part: Part) {
  if (needed.has(part) && part !== 'console') return;
  needed.add(part);
  texts.value = { ...texts.value, ...(await read(part, current.value)) };
}

/** Speaks it without remembering: what the browser asks for, or what the person has in their profile. */
export async function loadLanguage(to: Lang) {
  const all = await Promise.all([...needed].map((part) => read(part, to)));
  speak(to);
  texts.value = Object.assign({}, ...all);
  current.value = to;
  document.documentElement.lang = htmlLang(to);
}

/** Chosen in this browser. */
export async function setLanguage(to: Lang) {
  await loadLanguage(to);
  keep('language', to);
}
export const isLanguageChosen = () => kept<Lang | ''>('language', '') !== '';

/** So that switching the language waits for nothing. */
export const fetchOther = () => Promise.all([...needed].map((part) => read(part, current.value === 'zh' ? 'en' : 'zh')));

/** The text of a key with its {params}; the key itself when there is none, so that a gap is seen. */
export function t(key: Key, params: Record<string, string | number> = {}): string {
  return (texts.value[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

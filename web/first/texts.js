// Words in the reader's language: the catalogue, and times as people say them.

import * as api from './api.js';

const kept = 'redress.language';
const locales = { zh: 'zh-CN', en: 'en-GB' };
let lang = first_choice();
let texts = {};

function first_choice() {
  const wanted = localStorage.getItem(kept) ?? navigator.language;
  return wanted.startsWith('zh') ? 'zh' : 'en';
}

export const current = () => lang;
export const other = () => (lang === 'zh' ? 'en' : 'zh');
export const html_lang = (of = lang) => (of === 'zh' ? 'zh-CN' : of);

export async function load(wanted = lang) {
  api.speak(wanted);
  texts = await api.catalogue(wanted);
  lang = wanted;
  localStorage.setItem(kept, wanted);
  document.documentElement.lang = html_lang();
  document.title = t('page.title');
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = t(node.dataset.text);
}

/** The text of a key with its {params}; the key itself when there is none, so that a gap is seen. */
export function t(key, params = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole));
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function length_of(ms) {
  if (ms >= day) return t('page.length.days', { d: Math.floor(ms / day), h: Math.floor((ms % day) / hour) });
  if (ms >= hour) return t('page.length.hours', { h: Math.floor(ms / hour), m: Math.floor((ms % hour) / minute) });
  if (ms >= 10 * minute) return t('page.length.minutes', { m: Math.floor(ms / minute) });
  const seconds = String(Math.floor((ms % minute) / 1000)).padStart(2, '0');
  return t('page.length.seconds', { m: Math.floor(ms / minute), s: seconds });
}

/** How long until `due_ms`, in words: what is left, or how late. */
export function remaining(due_ms, now_ms) {
  const left = due_ms - now_ms;
  return left > 0 ? t('page.clock.left', { length: length_of(left) }) : t('page.clock.late', { length: length_of(-left) });
}

/** A point in time as the reader would write it. */
export function moment(iso) {
  return new Intl.DateTimeFormat(locales[lang], { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}

/** How many of its smallest units make one of a currency: 100 fen a yuan, 1 yen a yen. What is no currency counts as 100. */
export function units_of(currency) {
  try {
    return 10 ** new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
  } catch {
    return 100;
  }
}

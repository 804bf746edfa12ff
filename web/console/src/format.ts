// Times, lengths and money as the reader writes them.

import { locale, t } from '@/texts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(options: Intl.DateTimeFormatOptions) {
  const name = locale.value + JSON.stringify(options);
  let found = formats.get(name);
  if (!found) formats.set(name, (found = new Intl.DateTimeFormat(locale.value, options)));
  return found;
}

/** "21 Nov 2026, 14:05" */
export const moment = (at: string | number) => format({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
/** "21 Nov 2026" */
export const date = (at: string | number) => format({ dateStyle: 'medium' }).format(new Date(at));

/** "14:05" today, "21 Nov, 14:05" this year, the whole date otherwise. */
export function shortMoment(at: string | number, now: number) {
  const [then, today] = [new Date(at), new Date(now)];
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  if (then.toDateString() === today.toDateString()) return format(time).format(then);
  if (then.getFullYear() === today.getFullYear()) return format({ month: 'short', day: 'numeric', ...time }).format(then);
  return date(at);
}

/** "14:05" today, "21 Nov" this year, the whole date otherwise. */
export function shortDay(at: string | number, now: number) {
  const [then, today] = [new Date(at), new Date(now)];
  if (then.getFullYear() !== today.getFullYear()) return date(at);
  return then.toDateString() === today.toDateString() ? shortMoment(at, now) : format({ month: 'short', day: 'numeric' }).format(then);
}

/** "1 d 4 h", "3 h 20 min", "14 min", "9 min 05 s" */
export function lengthOf(ms: number) {
  if (ms >= day) return t('console.length.days', { d: Math.floor(ms / day), h: Math.floor((ms % day) / hour) });
  if (ms >= hour) return t('console.length.hours', { h: Math.floor(ms / hour), m: Math.floor((ms % hour) / minute) });
  if (ms >= 10 * minute) return t('console.length.minutes', { m: Math.floor(ms / minute) });
  return t('console.length.seconds', { m: Math.floor(ms / minute), s: String(Math.floor((ms % minute) / 1000)).padStart(2, '0') });
}

/** How many of its smallest units make one of a currency: 100 fen a yuan, 1 yen a yen. What is no currency counts as 100. */
export function unitsOf(currency: string) {
  try {
    return 10 ** (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2);
  } catch {
    return 100;
  }
}

export function money(minor: number, currency: string) {
  const amount = minor / unitsOf(currency);
  try {
    return new Intl.NumberFormat(locale.value, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(amount);
  } catch {
    return `${amount} ${currency}`;
  }
}

export const number = (value: number, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale.value, options).format(value);

// The inputs of commands (policies/fields.toml): how each type is typed in, and what is made of it.

import type { Choice, CommandInput } from '@/api/types';
import { unitsOf } from '@/format';

/** Something a letter must say or enclose. */
export interface LetterPart {
  value: string;
  label: string;
  words: string;
  is_enclosure: boolean;
  is_there: boolean;
}

/** As typed: text, ticked values, or one text for each key. */
export type Typed = string | string[] | Record<string, string>;

export type Look = 'line' | 'prose' | 'choice' | 'boxes' | 'number' | 'instant' | 'keyed' | 'password';

export function lookOf({ type, choices }: CommandInput): Look {
  if (type === 'choices') return 'boxes';
  if (type === 'map') return choices?.length ? 'keyed' : 'prose';
  if (type === 'choice' || type === 'bool' || (choices?.length && ['text', 'staff'].includes(type))) return 'choice';
  if (type === 'prose' || type === 'list') return 'prose';
  if (['whole', 'number', 'money_minor', 'staff'].includes(type)) return 'number';
  return type === 'instant' ? 'instant' : 'line';
}

export function emptyOf(input: CommandInput): Typed {
  const look = lookOf(input);
  if (look === 'boxes') return [];
  return look === 'keyed' ? {} : '';
}

const linesOf = (text: string) => text.split('\n').map((line) => line.trim()).filter(Boolean);

function pairsOf(text: string) {
  const pairs = linesOf(text).map((line) => /^([^:：=]+)[:：=](.*)$/.exec(line)).filter((match) => match !== null);
  return Object.fromEntries(pairs.map(([, key, value]) => [key!.trim(), value!.trim()]));
}

function ofText(type: string, text: string, currency: string): unknown {
  switch (type) {
    case 'bool': return text === 'yes';
    case 'whole': case 'staff': return Math.round(Number(text));
    case 'case': return Number(text) || text;
    case 'number': return Number(text);
    case 'money_minor': return Math.round(Number(text) * unitsOf(currency));
    case 'instant': return new Date(text).toISOString();
    case 'list': return linesOf(text);
    case 'map': return pairsOf(text);
    default: return text;
  }
}

/** What the server is told, or undefined for what was not said. */
export function valueOf({ type }: CommandInput, typed: Typed, currency: string): unknown {
  if (Array.isArray(typed)) return typed.length ? typed : undefined;
  if (typeof typed === 'object') {
    const filled = Object.entries(typed).filter(([, text]) => text.trim());
    return filled.length ? Object.fromEntries(filled) : undefined;
  }
  return typed.trim() ? ofText(type, typed.trim(), currency) : undefined;
}

/** The parts of each letter, from the command's description. */
export function partsOf(inputs: CommandInput[]): Record<string, LetterPart[]> {
  return (inputs.find(({ field }) => field === 'letter')?.parts ?? {}) as Record<string, LetterPart[]>;
}

export const asChoices = (parts: LetterPart[]): Choice[] => parts.map(({ value, label }) => ({ value, label }));

/** What a datetime-local field shows for a moment, in the reader's own zone. */
export function toLocal(at: number | string): string {
  const moment = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

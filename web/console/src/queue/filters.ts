// What of a view is shown. On a view the filters stand in the address (?anger=2&channel=phone), in a search they are words
// of the question (emotion:angry channel:phone), so that either can be sent to a colleague.

import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { components } from '../../generated/schema';
import { moods, type Mood } from '@/ui/mood';

export type Channel = components['schemas']['input.channel'];
export type Kind = components['schemas']['input.kind'];

export const channels: readonly Channel[] = ['phone', 'wechat', 'app', 'web', 'chat', 'email', 'sms', 'in_person', 'letter', 'social',
  'review', 'hotline_12345', 'platform_12315', 'regulator', 'partner', 'survey', 'mystery_shopper', 'staff', 'api', 'import'];
export const kinds: readonly Kind[] = ['complaint', 'suggestion', 'question', 'praise'];

export interface Filter {
  /** At least so angry, 0 is any. */
  anger: number;
  channel?: Channel;
  kind?: Kind;
}

const oneOf = <T extends string>(all: readonly T[], value: unknown) => all.find((one) => one === value);

export function filterOfQuery(query: LocationQuery): Filter {
  const anger = Number(query.anger);
  return { anger: anger >= 1 && anger <= 3 ? Math.floor(anger) : 0, channel: oneOf(channels, query.channel), kind: oneOf(kinds, query.kind) };
}

export const queryOfFilter = ({ anger, channel, kind }: Filter): LocationQueryRaw => ({ anger: anger || undefined, channel, kind });

const words = { emotion: /(?:^|\s)(?:emotion|情绪)[:：](\S+)/i, channel: /(?:^|\s)(?:channel|渠道)[:：](\S+)/i, kind: /(?:^|\s)(?:kind|类型)[:：](\S+)/i };
const chineseMoods: Record<string, Mood> = { 平静: 'calm', 不快: 'upset', 生气: 'angry', 愤怒: 'furious' };

export function filterOfQuestion(question: string): Filter {
  const said = words.emotion.exec(question)?.[1] ?? '';
  const anger = moods.indexOf(chineseMoods[said] ?? (said as Mood));
  return { anger: Math.max(0, anger), channel: oneOf(channels, words.channel.exec(question)?.[1]), kind: oneOf(kinds, words.kind.exec(question)?.[1]) };
}

/** The question with exactly these filters in it. */
export function questionWith(question: string, { anger, channel, kind }: Filter): string {
  const bare = Object.values(words).reduce((text, word) => text.replace(word, ' '), question);
  const added = [anger && `emotion:${moods[anger]}`, channel && `channel:${channel}`, kind && `kind:${kind}`];
  return [bare.trim().replace(/\s+/g, ' '), ...added].filter(Boolean).join(' ');
}

export const isFiltering = ({ anger, channel, kind }: Filter) => Boolean(anger || channel || kind);

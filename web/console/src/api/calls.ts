// Calls whose answers the OpenAPI document does not describe; everything else goes through get, post, put, patch and remove.

import { ask, freshKey, type Asking } from './client';
import type { Filter } from '@/queue/filters';
import type { CasePage, Command, Found, QueuePage, Receipt, Row, StoryEntry, Clock } from './types';

interface Paging {
  cursor?: string;
  limit?: number;
}

export const readQueue = (view: string, { cursor, limit = 50, filter }: Paging & { filter?: Filter }, more?: Asking) => {
  const only = filter && { least_anger: filter.anger || undefined, channel: filter.channel, kind: filter.kind };
  return ask('get', '/queue', { ...more, query: { view, cursor, limit, ...only } }) as Promise<QueuePage>;
};

export const search = (q: string, { cursor, limit = 50 }: Paging, more?: Asking) =>
  ask('get', '/search', { ...more, query: { q, cursor, limit } }) as Promise<{ items: Found[]; next_cursor?: string }>;

export const findCase = (refNo: string) =>
  ask('get', '/cases', { query: { ref_no: refNo } }) as Promise<{ items: Pick<Row, 'id' | 'ref_no' | 'state' | 'version'>[] }>;

export const readCase = (id: number, more?: Asking) => ask('get', '/cases/{id}', { ...more, path: { id } }) as Promise<CasePage>;

/** Entries earlier than the one of version `before`, newest first. */
export const readStory = (id: number, before: number, limit = 30) =>
  ask('get', '/cases/{id}/story', { path: { id }, query: { before, limit } }) as Promise<{ items: StoryEntry[] }>;

export const readCommands = async (id: number, more?: Asking) =>
  ((await ask('get', '/cases/{id}/commands', { ...more, path: { id } })) as { items: Command[] }).items;

export const readDeadlines = async (id: number) =>
  ((await ask('get', '/cases/{id}/deadlines', { path: { id } })) as { items: (Clock & { explanation: unknown })[] }).items;

/** Gives a command. `version` is the one the reader has seen: a case that moved on meanwhile refuses. */
export const giveCommand = (id: number, verb: string, inputs: object, asking: { version: number; key?: string }) =>
  ask('post', `/cases/${id}/commands/${verb}`, { key: freshKey(), ...asking }, JSON.stringify({ inputs })) as Promise<Receipt>;

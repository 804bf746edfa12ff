// People, teams and roles, as several pages name them.

import { get, type Answer } from '@/api/client';
import type { Staff } from '@/api/types';
import { lang } from '@/texts';
import { all } from './loaded';

export type Team = Answer<'/teams'>['items'][number];
export type RoleRow = Answer<'/roles'>['items'][number];
export type Role = Staff['roles'][number];

export const everybody = (signal?: AbortSignal) => all((cursor) => get('/staff', { query: { cursor, limit: 200 }, signal }));
export const everyTeam = (signal?: AbortSignal) => all((cursor) => get('/teams', { query: { cursor, limit: 200 }, signal }));
export const roleTable = (signal?: AbortSignal) => get('/roles', { signal });

export const inLang = (text: { en?: string; zh?: string }) => (lang.value === 'zh' ? text.zh || text.en : text.en || text.zh) ?? '';
export const titlesOf = (roles: readonly string[], table: readonly RoleRow[]) => roles.map((role) => inLang(table.find((row) => row.role === role)?.title ?? { en: role }));

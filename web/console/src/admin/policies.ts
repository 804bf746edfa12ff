// Policy packs as the server tells them; the OpenAPI document does not describe these answers.

import { ask, type Answer, type Asking } from '@/api/client';

export interface PackHead {
  id: string;
  version: string;
  title: string;
  jurisdiction: string;
  deadlines: number;
}
export interface Rule {
  id: string;
  title: string;
  sentence: string;
  ref: string;
}
export type Pack = PackHead & { rules: Rule[] };
export type DryRun = Answer<'/policies/dry-run', 'post'>;

export const readPacks = async (more?: Asking) => ((await ask('get', '/policies', more)) as { items: PackHead[] }).items;
export const readPack = (pack: string, version: string, more?: Asking) => ask('get', '/policies/{pack}/{version}', { ...more, path: { pack, version } }) as Promise<Pack>;
export const readWarnings = async (more?: Asking) => ((await ask('get', '/policies/warnings', more)) as { items: { code: string; file: string; detail: string }[] }).items;

export interface Difference {
  kind: 'same' | 'changed' | 'added' | 'gone';
  rule: Rule;
  was?: string;
}
/** Rule by rule, in the order of the newer text; what is gone comes last. */
export function differences(before: readonly Rule[], after: readonly Rule[]): Difference[] {
  const old = new Map(before.map((rule) => [rule.id, rule]));
  const now = after.map((rule): Difference => {
    const was = old.get(rule.id);
    old.delete(rule.id);
    if (!was) return { kind: 'added', rule };
    return was.sentence === rule.sentence ? { kind: 'same', rule } : { kind: 'changed', rule, was: was.sentence };
  });
  return [...now, ...[...old.values()].map((rule): Difference => ({ kind: 'gone', rule }))];
}

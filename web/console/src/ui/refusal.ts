// What an error says to its reader, beside a field or above the form.

import { Refused, Unreachable } from '@/api/client';
import { t } from '@/texts';

/** What was refused about a field ("inputs.text" is about "text"), or undefined. */
export function refusalOf(error: unknown, field: string): string | undefined {
  if (!(error instanceof Refused)) return undefined;
  const about = error.errors.filter((one) => one.field === field || one.field?.endsWith(`.${field}`) || one.field?.startsWith(`${field}.`));
  return about.map(({ detail }) => detail).join(' ') || undefined;
}

/** What was refused about none of the `fields`. */
export function reasonsElsewhere(error: unknown, fields: readonly string[]): string[] {
  if (!(error instanceof Refused)) return [];
  const isBeside = (one: Refused['errors'][number]) => fields.some((field) => refusalOf(new Refused({ status: 422, errors: [{ params: {}, ...one }] }), field));
  return error.errors.filter((one) => !isBeside(one)).map(({ detail }) => detail);
}

/** What is to be said above the form: everything but what stands beside one of the `fields`. */
export function reasonsOf(error: unknown, fields: readonly string[] = []): string[] {
  if (error instanceof Unreachable) return [t('console.unreachable')];
  if (!(error instanceof Refused)) throw error;
  const elsewhere = reasonsElsewhere(error, fields);
  return elsewhere.length ? elsewhere : [t('console.form.refused')];
}

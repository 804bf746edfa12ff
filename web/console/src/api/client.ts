// Everything the console asks of the server, typed by the OpenAPI document. What a call may throw, and nothing else:
// Refused (the server says no, in the reader's language) and Unreachable (nobody answered). A session that is over is no
// error: the call waits while the person signs in again, and then goes on.

import type { paths } from '../../generated/schema';
import { learnTime } from '@/time';
import type { Problem } from './types';

const root = '/api/v1';

export class Unreachable extends Error {}

export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  /** Each with the field it speaks of, if any; never empty. */
  readonly errors: { code: string; field?: string; detail: string }[];

  constructor(problem: Partial<Problem> & { status: number }) {
    super(problem.detail || problem.title || String(problem.status));
    this.status = problem.status;
    this.code = problem.code ?? '';
    this.errors = problem.errors?.length ? problem.errors : [{ code: this.code, detail: this.message }];
  }
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Short<P> = P extends `/api/v1${infer Rest}` ? Rest : never;
/** Paths without /api/v1 that know a method. */
export type PathOf<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, object> ? Short<P> : never }[keyof paths];
type Operation<P extends string, M extends Method> = `/api/v1${P}` extends keyof paths
  ? paths[`/api/v1${P}`] extends Record<M, infer O> ? O : never
  : never;
type Content<R> = R extends { content: { 'application/json': infer C } } ? C : undefined;
type Success<R> = R extends { 200: infer A } ? A : R extends { 201: infer A } ? A : R extends { 202: infer A } ? A : undefined;
/** What a route answers. */
export type Answer<P extends string, M extends Method = 'get'> = Operation<P, M> extends { responses: infer R } ? Content<Success<R>> : never;
/** What a route takes. */
export type Body<P extends string, M extends Method> = Operation<P, M> extends { requestBody: { content: { 'application/json': infer B } } } ? B : undefined;

export interface Asking {
  /** Values of the {names} in the path. */
  path?: Record<string, string | number>;
  query?: Record<string, string | number | boolean | undefined>;
  /** The version the reader has seen; a case that moved on meanwhile refuses. */
  version?: number;
  /** Sent again with the same key, a wish is carried out once. */
  key?: string;
  /** What the page asks by itself, so that a screen left open does not keep a session alive. */
  isUnasked?: boolean;
  signal?: AbortSignal;
}

let language = 'zh';
/** Resolves once somebody is signed in again; set by the session. */
let signInAgain: (() => Promise<void>) | undefined;

export function speak(lang: string) {
  language = lang;
}

export function onSignedOut(ask: () => Promise<void>) {
  signInAgain = ask;
}

/** For Idempotency-Key; unlike crypto.randomUUID also where the page came without TLS. */
export function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function urlOf(path: string, { path: values = {}, query = {} }: Asking): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
  const asked = Object.entries(query).filter((pair): pair is [string, string | number | boolean] => pair[1] !== undefined);
  const search = new URLSearchParams(asked.map(([name, value]) => [name, String(value)])).toString();
  return root + filled + (search && `?${search}`);
}

function headersOf({ version, key, isUnasked }: Asking, hasBody: boolean): Record<string, string> {
  return {
    Accept: 'application/json',
    'Accept-Language': language,
    ...(hasBody && { 'Content-Type': 'application/json' }),
    ...(version !== undefined && { 'If-Match': `"${version}"` }),
    ...(key && { 'Idempotency-Key': key }),
    ...(isUnasked && { 'Redress-Background': '1' }),
  };
}

async function fetched(url: string, init: RequestInit): Promise<Response> {
  const askedAt = Date.now();
  try {
    const answer = await fetch(url, { ...init, credentials: 'same-origin' });
    learnTime(answer.headers.get('Date'), askedAt);
    return answer;
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Unreachable();
  }
}

async function contentOf(answer: Response): Promise<unknown> {
  if (!(answer.headers.get('Content-Type') ?? '').includes('json')) return undefined;
  try {
    return await answer.json();
  } catch {
    throw new Unreachable();
  }
}

/** A request as it is; used by what is below, and by uploads that bring a body of their own. */
export async function ask(method: Method, path: string, asking: Asking = {}, body?: BodyInit): Promise<unknown> {
  const headers = headersOf(asking, typeof body === 'string');
  const init = { method: method.toUpperCase(), headers, body, signal: asking.signal };
  const answer = await fetched(urlOf(path, asking), init);
  const content = await contentOf(answer);
  if (answer.ok) return content;
  if (answer.status === 401 && path !== '/sign-in' && signInAgain) {
    await signInAgain();
    return ask(method, path, asking, body);
  }
  if ([502, 503, 504].includes(answer.status)) throw new Unreachable();
  throw new Refused({ ...(content as Partial<Problem>), status: answer.status });
}

export function get<P extends PathOf<'get'>>(path: P, asking?: Asking) {
  return ask('get', path, asking) as Promise<Answer<P>>;
}

function sender<M extends Method>(method: M) {
  return <P extends PathOf<M>>(path: P, body?: Body<P, M>, asking?: Asking) =>
    ask(method, path, asking, body === undefined ? undefined : JSON.stringify(body)) as Promise<Answer<P, M>>;
}

export const post = sender('post');
export const put = sender('put');
export const patch = sender('patch');
export const remove = sender('delete');

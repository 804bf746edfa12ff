// What this page asks of the server beside the case itself, and the shapes of the answers.

import { ask, get, post, type Asking } from '@/api/client';
import type { Clock, Person, Row } from '@/api/types';

/** Places in texts count characters, not UTF-16 units. */
export interface Span {
  begin: number;
  end: number;
}

/** As events keep it: a place at the very beginning is left out. */
export interface Says extends Partial<Span> {
  says: string;
  end: number;
}

/** What was read in a customer's own words, with the words that gave it away. */
export interface Reading {
  of: string;
  feeling: string;
  anger: number;
  sure: number;
  words?: Says[];
  risks?: Says[];
}

export interface Hint extends Span {
  rule: string;
  title: string;
  why: string;
  better: string;
}

export interface FoundPromise extends Span {
  what: string;
  due_at: string;
}

export interface Review {
  score: number;
  customer_feels: string;
  hints: Hint[];
  strengths: Hint[];
  promises: FoundPromise[];
}

export interface ExplainedClock extends Clock {
  explanation: { rule: string; ref?: string; reasons: { kind: string; text: string }[] };
}

export interface Guide {
  steps: { id: string; title: string; advice: string; is_done: boolean }[];
  next?: string;
  need?: Advice;
  customer_type?: Advice;
}

export interface Advice {
  id: string;
  title?: string;
  approach: string[];
  starters: string[];
  objections: { says: string; answer: string }[];
}

export interface SimilarCase extends Row {
  alike: number;
  is_same_customer: boolean;
  is_settled: boolean;
  outcome?: string;
  redress?: { minor: number; currency: string };
}

/** Without guesses while there is too little to learn from. */
export interface Suggestion {
  is_unsure?: boolean;
  guesses?: { category: string; confidence: number }[];
}

export interface Attachment {
  id: string;
  file_name: string;
  media_type: string;
  is_picture: boolean;
  bytes: number;
  created_at: string;
}

export interface Present extends Person {
  is_typing: boolean;
}

const at = (id: number, more?: Asking): Asking => ({ path: { id }, ...more });

export const readGuide = (id: number) => ask('get', '/cases/{id}/guide', at(id, { isUnasked: true })) as Promise<Guide>;
export const readSimilar = async (id: number) => ((await ask('get', '/cases/{id}/similar', at(id, { isUnasked: true }))) as { items: SimilarCase[] }).items;
export const suggest = (text: string) => ask('post', '/suggestions', { isUnasked: true }, JSON.stringify({ text })) as Promise<Suggestion>;
export const review = (id: number, text: string, signal: AbortSignal) => ask('post', '/cases/{id}/review', at(id, { signal }), JSON.stringify({ text })) as Promise<Review>;
export const readExplained = async (id: number) => ((await ask('get', '/cases/{id}/deadlines', at(id))) as { items: ExplainedClock[] }).items;
export const readFiles = async (id: number) => (await get('/cases/{case_id}/attachments', { path: { case_id: id }, isUnasked: true })).items as Attachment[];
export const readTemplates = async () => (await get('/templates', { query: { limit: 200 } })).items;
export const renderTemplate = async (template: number, id: number) => (await post('/templates/{template_id}/render', undefined, { path: { template_id: template }, query: { case: id } })).text;
export const readPeople = async () => (await get('/staff', { query: { active: true, limit: 100 } })).items;

export const fileUrl = (id: string) => `/api/v1/attachments/${id}`;

/** Sends a file and tells how far it is, 0 to 1; XMLHttpRequest, because fetch cannot tell. */
export function upload(id: number, file: File, onProgress: (share: number) => void): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/cases/${id}/attachments?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept-Language', document.documentElement.lang);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onerror = () => reject(new Error());
    request.onload = () => {
      const answer = JSON.parse(request.responseText || '{}') as Attachment & { detail?: string };
      if (request.status < 300) resolve(answer);
      else reject(new Error(answer.detail ?? ''));
    };
    request.send(file);
  });
}

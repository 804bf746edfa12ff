// Names for what the server answers. What the OpenAPI document describes is taken from there.

import type { components } from '../../generated/schema';

type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];
export type Me = Schemas['MeView'];
export type Permission = Schemas['Permission'];
export type Staff = Schemas['StaffView'];
export type Receipt = Schemas['Receipt'];
export type Notice = Schemas['NotificationList']['items'][number];
export type Customer = Schemas['CustomerView'];
export type CustomerRow = Schemas['CustomerRow'];
export type CustomerCase = Schemas['CustomerCase'];
export type CustomerDuplicate = Schemas['CustomerDuplicate'];
export type CustomerCare = Schemas['CustomerCare'];
export type CostFactors = Schemas['CostFactors'];
export type CostScenario = Schemas['CostScenario'];

export interface Person {
  id: number;
  name: string;
}

/** A line of the queue and of search results. */
export interface Row {
  id: number;
  ref_no: string;
  title: string;
  customer_name: string;
  state: string;
  state_title: string;
  kind: string;
  channel: string;
  owner: Person;
  offered_to?: number;
  received_at: string;
  next_due_at?: string;
  promise_due_at?: string;
  anger: number;
  severity: number;
  escalation: number;
  is_waiting: boolean;
  version: number;
}

export interface View {
  id: string;
  title: string;
  count: number;
  is_capped: boolean;
}

export interface QueuePage {
  views: View[];
  items: Row[];
  next_cursor?: string;
}

/** `marks` count characters, not UTF-16 units. */
export interface Found extends Row {
  found_kind?: string;
  found_title?: string;
  found_at: string;
  excerpt?: string;
  marks?: [number, number][];
}

export interface Clock {
  id: string;
  pack: string;
  subject?: string;
  instance: number;
  title: string;
  kind: 'hard' | 'soft' | 'window' | 'customer' | 'watch';
  state: 'running' | 'paused' | 'met' | 'late' | 'cancelled' | 'superseded';
  is_open: boolean;
  counts: boolean;
  started_at: string;
  due_at: string;
  stopped_at?: string;
}

export interface CasePromise {
  number: number;
  state: 'open' | 'renegotiated' | 'kept' | 'broken' | 'made_good' | 'waived';
  text: string;
  made_at: string;
  due_at: string;
  by: number;
  was_broken: boolean;
}

export interface Remedy {
  number: number;
  state: 'proposed' | 'approved' | 'rejected' | 'settled' | 'cancelled';
  kind: string;
  amount: { minor: number; currency: string };
  exceeds_expectation: boolean;
  proposed_by: number;
  at: string;
}

export interface StoryEntry {
  seq: number;
  version: number;
  kind: string;
  title: string;
  at: string;
  recorded_at?: string;
  actor: string;
  actor_name: string;
  payload: Record<string, unknown>;
  personal?: Record<string, unknown>;
}

export interface Case {
  id: number;
  ref_no: string;
  state: string;
  state_title: string;
  is_open: boolean;
  kind: string;
  channel: string;
  language: string;
  received_at: string;
  updated_at: string;
  owner: Person;
  offered_to?: Person;
  customer_id?: number;
  customer_name: string;
  anger: number;
  anger_at_most: number;
  emotion: string;
  emotion_steps: string[];
  escalation: number;
  is_waiting: boolean;
  decision_made: boolean;
  overrides: number;
  next_due_at?: string;
  merged_into?: number;
  flags: string[];
  packs: [string, string][];
  fields: Record<string, unknown>;
  personal: Record<string, unknown>;
}

export interface CasePage {
  version: number;
  case: Case;
  clocks: Clock[];
  promises: CasePromise[];
  remedies: Remedy[];
  letters: unknown[];
  contacts: unknown[];
  links: unknown[];
  story: StoryEntry[];
  commands: string[];
}

export interface Choice {
  value: string;
  label: string;
}

export interface CommandInput {
  field: string;
  label: string;
  type: string;
  is_required: boolean;
  choices?: Choice[];
  min?: number;
  max?: number;
  parts?: Record<string, unknown[]>;
}

/** A command that may be given now; `missing` says what else it needs first. */
export interface Command {
  verb: string;
  id: string;
  title: string;
  changes_state: boolean;
  inputs: CommandInput[];
  missing: { code: string; field?: string; detail: string }[];
}

/** What the event stream tells: case `case_id` is at `version` now. */
export interface CaseChange {
  seq: number;
  case_id: number;
  version: number;
  kind: string;
  at: string;
}

/** Who looks at case `case_id`, or writes in it, now; passing, never told again. */
export interface Presence {
  case_id: number;
  people: (Person & { is_typing: boolean })[];
}

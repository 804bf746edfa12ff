// The same for several cases: one command each, as if given one by one. What one case refuses does not stop the others.

import { giveCommand } from '@/api/calls';
import { Refused } from '@/api/client';
import type { Receipt, Row } from '@/api/types';

export interface Outcome {
  done: Receipt[];
  refused: { row: Row; reason: string }[];
}

const atOnce = 4;

export async function giveAll(rows: readonly Row[], verb: string, inputs: object): Promise<Outcome> {
  const outcome: Outcome = { done: [], refused: [] };
  const waiting = [...rows];
  async function work() {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      try {
        outcome.done.push(await giveCommand(row.id, verb, inputs, { version: row.version }));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        outcome.refused.push({ row, reason: error.errors.map(({ detail }) => detail).join(' ') });
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return outcome;
}

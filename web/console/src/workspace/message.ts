// From what is being written to the command that says it.

import type { Draft, Mode } from './draft';
import type { Inputs, Workplace } from './workplace';

const verbs: Record<Mode, string> = { reply: 'send_message', note: 'add_note', letter: 'send_letter', said: 'receive_message' };

export const verbOf = (mode: Mode, isFirst: boolean) => (mode === 'reply' && isFirst ? 'respond_first' : verbs[mode]);

/** Nobody has answered yet, and the rules still want to know what a first reply must bring. */
export function isFirstReply({ can, page, story }: Pick<Workplace, 'can' | 'page' | 'story'>): boolean {
  if (!can('respond_first')) return false;
  const wasAnswered = page.value.clocks.some(({ id, is_open, state }) => id === 'first_response' && !is_open && state !== 'cancelled' && state !== 'superseded');
  return !wasAnswered && !story.value.some(({ kind }) => kind === 'first_responded');
}

const filled = (map: Record<string, string>) => Object.fromEntries(Object.entries(map).filter(([, text]) => text.trim()));
const unlessEmpty = <T extends object>(value: T) => (Object.keys(value).length ? value : undefined);

export function messageOf(draft: Draft, mode: Mode, isFirst: boolean, takesFiles: boolean): Inputs {
  const text = draft.texts[mode].trim();
  const first = { restated: draft.restated.trim(), next_step: draft.nextStep.trim(), next_step_at: draft.nextStepAt };
  const letter = { letter: draft.letter, letter_fields: unlessEmpty(filled(draft.letterFields)), attached_elements: unlessEmpty(draft.enclosures) };
  const inputs: Inputs = {
    text,
    ...(isFirst && first),
    ...(mode === 'letter' && letter),
    ...(takesFiles && { attachments: unlessEmpty(draft.files) }),
  };
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined && value !== ''));
}

/** Logins of colleagues named with an @, once each; undefined when there are none. */
export function mentionsIn(text: string): string[] | undefined {
  const logins = new Set([...text.matchAll(/@([a-z0-9][a-z0-9._-]*[a-z0-9])/gi)].map((match) => match[1]!.toLowerCase()));
  return unlessEmpty([...logins]);
}

// The case on the screen: what is known of it, what may be done with it, and how it is kept fresh without anything jumping.

import { computed, inject, onScopeDispose, provide, ref, shallowRef, watch, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue';
import { giveCommand, readCase, readCommands, readStory } from '@/api/calls';
import { Refused, freshKey } from '@/api/client';
import type { Case, CasePage, Command, Receipt, StoryEntry } from '@/api/types';
import { onChange, onReturn } from '@/line';
import { lang } from '@/texts';
import type { SimilarCase } from './api';

export type Inputs = Record<string, unknown>;

/** A command about to be given in the dialog; `preset` is not asked again. */
export interface Asked {
  command: Command;
  preset: Inputs;
  title?: string;
}

export interface Workplace {
  id: number;
  page: ComputedRef<CasePage>;
  one: ComputedRef<Case>;
  /** Oldest first, as far as it was read. */
  story: ComputedRef<StoryEntry[]>;
  hasEarlier: ComputedRef<boolean>;
  isBusy: Ref<boolean>;
  asked: ShallowRef<Asked | null>;
  /** Complaints like this one, once they were looked for. */
  similar: ShallowRef<SimilarCase[]>;
  showEarlier: () => Promise<void>;
  reload: () => Promise<void>;
  /** The command, when it may be given now. */
  can: (verb: string) => Command | undefined;
  /** The same, unless something that is no input of it is still missing. */
  ready: (verb: string) => Command | undefined;
  give: (verb: string, inputs: Inputs, key?: string) => Promise<Receipt>;
  /** For what may be said again whatever happened meanwhile, such as a corrected field. */
  correct: (verb: string, inputs: Inputs) => Promise<void>;
  /** Opens the dialog of a command; without anything to ask it is given at once. */
  ask: (verb: string, preset?: Inputs, title?: string) => Promise<void>;
}

const place: InjectionKey<Workplace> = Symbol('workplace');

export function useWorkplace(): Workplace {
  const found = inject(place);
  if (!found) throw new Error('outside of a case');
  return found;
}

const firstPage = 30;

/** Entries by version; a page that does not touch what is known starts anew. */
function joined(known: Map<number, StoryEntry>, fresh: StoryEntry[]) {
  const oldest = fresh.at(-1)?.version ?? 0;
  const touches = known.has(oldest) || known.has(oldest - 1) || known.size === 0;
  const all = new Map(touches ? known : []);
  for (const entry of fresh) all.set(entry.version, entry);
  return all;
}

/** The case `id`, kept fresh for as long as the component is there. */
export function openCase(id: number) {
  const page = shallowRef<CasePage | null>(null);
  const commands = shallowRef<Command[]>([]);
  const entries = shallowRef(new Map<number, StoryEntry>());
  const error = shallowRef<unknown>(null);
  const asked = shallowRef<Asked | null>(null);
  const isBusy = ref(false);
  let reading = 0;

  async function load(isUnasked: boolean) {
    const turn = ++reading;
    try {
      const [fresh, possible] = await Promise.all([readCase(id, { isUnasked }), readCommands(id, { isUnasked })]);
      if (turn !== reading) return;
      entries.value = joined(entries.value, fresh.story);
      page.value = fresh;
      commands.value = possible;
      error.value = null;
    } catch (refused) {
      if (!page.value) error.value = refused;
      else throw refused;
    }
  }

  watch(lang, () => {
    entries.value = new Map();
    void load(true);
  });
  onScopeDispose(onChange(({ case_id, version }) => {
    if (case_id === id && version !== page.value?.version) void load(true);
  }));
  onScopeDispose(onReturn(() => load(true)));
  void load(false);

  const story = computed(() => [...entries.value.values()].sort((a, b) => a.version - b.version));
  const can = (verb: string) => commands.value.find((one) => one.verb === verb);

  const workplace: Workplace = {
    id,
    page: computed(() => page.value!),
    one: computed(() => page.value!.case),
    story,
    hasEarlier: computed(() => (story.value[0]?.version ?? 1) > 1),
    isBusy,
    asked,
    similar: shallowRef<SimilarCase[]>([]),
    can,
    ready: (verb) => [can(verb)].find((one) => one && one.missing.length === 0),
    reload: () => load(true),
    async showEarlier() {
      const { items } = await readStory(id, story.value[0]?.version ?? 1, firstPage);
      entries.value = new Map([...entries.value, ...items.map((entry) => [entry.version, entry] as const)]);
    },
    async give(verb, inputs, key = freshKey()) {
      isBusy.value = true;
      try {
        const receipt = await giveCommand(id, verb, inputs, { version: page.value!.version, key });
        await load(true);
        return receipt;
      } catch (refused) {
        if (refused instanceof Refused && refused.code === 'version_stale') await load(true);
        throw refused;
      } finally {
        isBusy.value = false;
      }
    },
    async correct(verb, inputs) {
      try {
        await workplace.give(verb, inputs);
      } catch (refused) {
        if (!(refused instanceof Refused && refused.code === 'version_stale')) throw refused;
        await workplace.give(verb, inputs);
      }
    },
    async ask(verb, preset = {}, title) {
      const command = can(verb);
      if (!command) return;
      const isAsking = command.inputs.some(({ field }) => !(field in preset)) || command.missing.length > 0;
      if (isAsking) asked.value = { command, preset, title };
      else await workplace.give(verb, preset);
    },
  };
  provide(place, workplace);
  return { workplace, page, error, commands };
}

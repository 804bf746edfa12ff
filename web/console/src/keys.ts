// Keyboard shortcuts. A screen says what its keys do while it is shown; the newest answer wins. A key that is part of an
// input method's composition, or typed into a field, is never a shortcut.

import { onScopeDispose, shallowReactive } from 'vue';
import { settings } from '@/settings';
import type { Key } from '@/texts';

export interface Shortcut {
  /** "n", "shift+n", "mod+k" (Ctrl, or Cmd on a Mac), "/", "?", "escape" */
  key: string;
  about: Key;
  run: (event: KeyboardEvent) => void;
  /** Works while typing too; only for what nobody types, such as "mod+enter". */
  inFields?: boolean;
}

const active = shallowReactive<Shortcut[]>([]);

/** Those of the shown screens, for the list that "?" opens. */
export const shortcuts = active as readonly Shortcut[];

export function useShortcuts(some: Shortcut[]) {
  active.push(...some);
  onScopeDispose(() => {
    for (const one of some) active.splice(active.indexOf(one), 1);
  });
}

function nameOf(event: KeyboardEvent) {
  const key = event.key.toLowerCase();
  const isLetter = /^[a-z]$/.test(key);
  return [(event.ctrlKey || event.metaKey) && 'mod', event.altKey && 'alt', event.shiftKey && isLetter && 'shift', key].filter(Boolean).join('+');
}

const isField = (node: EventTarget | null) =>
  node instanceof HTMLElement && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName)) &&
  !(node instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(node.type));

function onKey(event: KeyboardEvent) {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  const name = nameOf(event);
  const found = active.findLast((one) => one.key === name);
  if (!found) return;
  const isSingle = !name.includes('mod+');
  if (isSingle && name.length === 1 && !settings.singleKeys) return;
  if (isField(event.target) && !found.inFields) return;
  // What lies behind an open dialog does not listen.
  if (!found.inFields && document.querySelector('dialog[open]')) return;
  event.preventDefault();
  found.run(event);
}

export const listenToKeys = () => window.addEventListener('keydown', onKey);

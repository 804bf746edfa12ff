// Who is signed in, and what they may do.

import { computed, shallowRef } from 'vue';
import { get, onSignedOut, patch, post, put } from '@/api/client';
import type { Me, Permission } from '@/api/types';
import { isLanguageChosen, loadLanguage, setLanguage, type Lang } from '@/texts';

/** `unknown` until the server has said who it is; `over` asks for signing in above the page, which stays as it is. */
export type SessionState = 'unknown' | 'out' | 'password' | 'in' | 'over';

export const me = shallowRef<Me | null>(null);
export const sessionState = shallowRef<SessionState>('unknown');
export const isSignedIn = computed(() => sessionState.value === 'in' || sessionState.value === 'over');
/** Whether the person may do it; the server decides again. */
export const may = (permission: Permission) => me.value?.permissions.includes(permission) ?? false;

let waiting: (() => void)[] = [];

function enter(who: Me) {
  const isSomebodyElse = sessionState.value === 'over' && me.value?.staff.id !== who.staff.id;
  // What is on the page belongs to whoever was here before.
  if (isSomebodyElse) return location.reload();
  me.value = who;
  if (who.interface_language && !isLanguageChosen()) void loadLanguage(who.interface_language as Lang);
  sessionState.value = who.must_change_password ? 'password' : 'in';
  const resumed = waiting;
  waiting = [];
  for (const resume of resumed) resume();
}

onSignedOut(() => {
  if (sessionState.value === 'unknown' || sessionState.value === 'out') {
    sessionState.value = 'out';
    return new Promise((resolve) => waiting.push(resolve));
  }
  sessionState.value = 'over';
  return new Promise((resolve) => waiting.push(resolve));
});

/** Asks who is signed in; resolves when somebody is, which may be after they signed in. */
export async function begin() {
  enter(await get('/me', { isUnasked: true }));
}

export async function signIn(login: string, password: string) {
  enter(await post('/sign-in', { login, password }));
}

export async function changePassword(current: string, wanted: string) {
  enter(await put('/me/password', { current, wanted }));
}

/** In this browser at once, and wherever the person signs in next. */
export async function chooseLanguage(to: Lang) {
  await setLanguage(to);
  if (me.value) me.value = await patch('/me', { interface_language: to }, { version: me.value.staff.version });
}

/** Leaves nothing of this person on the screen. */
export async function signOut() {
  await post('/sign-out');
  location.assign('/desk/');
}

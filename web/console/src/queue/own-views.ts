// Questions the reader asks every day, under names of their own; kept in this browser for each person.

import { shallowRef, watch } from 'vue';
import { keep, kept } from '@/kept';
import { me } from '@/session';

export interface OwnView {
  name: string;
  question: string;
}

const most = 20;
export const ownViews = shallowRef<readonly OwnView[]>([]);
const place = () => `views.${me.value?.staff.id}`;

watch(me, () => (ownViews.value = kept<OwnView[]>(place(), [])), { immediate: true });

function store(views: readonly OwnView[]) {
  ownViews.value = views.slice(-most);
  keep(place(), ownViews.value);
}

/** A name that is there already gets the new question. */
export const keepView = (view: OwnView) => store([...ownViews.value.filter(({ name }) => name !== view.name), view]);
export const forgetView = (name: string) => store(ownViews.value.filter((one) => one.name !== name));

// A password that somebody else has set is replaced before anything else is possible.

import * as api from './api.js';
import { ask_inputs } from './form.js';
import { t } from './texts.js';

/** Resolves to oneself as the server tells it afterwards, or to null. */
export function choose_password() {
  const field = (name) => ({ field: name, type: 'password', label: t('page.field.' + name), is_required: true });
  return ask_inputs({
    title: t('page.password.title'),
    lead: t('page.password.lead'),
    inputs: [field('current'), field('wanted')],
    send: ({ current = '', wanted = '' }) => api.change_password({ current, wanted }),
  });
}

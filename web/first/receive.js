// Taking down a new complaint: what happened, who, how to reach them, and what would put it right.

import * as api from './api.js';
import { ask_inputs } from './form.js';
import { current, t } from './texts.js';

const channels = ['phone', 'in_person', 'web', 'email', 'chat', 'wechat', 'app', 'letter', 'sms', 'social', 'hotline_12345', 'platform_12315'];
const sectors = ['retail', 'bank', 'telecom', 'public_service', 'other'];

const choices = (prefix, values) => values.map((value) => ({ value, label: t(prefix + value) }));

function inputs() {
  const field = (name, type, more = {}) => ({ field: name, type, label: t(`page.field.${name}`), ...more });
  return [
    field('raw_content', 'prose', { is_required: true }),
    field('channel', 'choice', { is_required: true, choices: choices('page.channel.', channels) }),
    field('complainant_name', 'text'),
    field('phone', 'text'),
    field('remedy_asked', 'prose'),
    field('sector', 'choice', { choices: choices('page.sector.', sectors) }),
    field('product', 'text'),
  ];
}

function wish_of({ phone, ...said }) {
  const wish = { ...said, description: said.raw_content, language: current() };
  if (phone) wish.complainant_contacts = { phone };
  if (!said.remedy_asked) wish.remedy_unknown = true;
  if (!said.complainant_name && !phone) wish.anonymous = true;
  return wish;
}

/** Resolves to the answer of the server, or to null. */
export function receive_complaint() {
  return ask_inputs({
    title: t('page.receive.title'),
    lead: t('page.receive.lead'),
    submit: t('page.receive.submit'),
    inputs: inputs(),
    send: (said, key) => api.receive(wish_of(said), key),
  });
}

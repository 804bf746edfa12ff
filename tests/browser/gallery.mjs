// node tests/browser/gallery.mjs: takes the pictures of docs/gallery/ anew, from the demonstration data. REDRESS_BINARY and
// REDRESS_CHROMIUM as in run.mjs.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { admin, call, close_house, handler, lead, open_console, open_context, open_house, program, until } from './house.mjs';

const folder = fileURLToPath(new URL('../../docs/gallery/', import.meta.url));

async function take(page, name) {
  await page.waitForTimeout(700);
  await page.screenshot({ path: `${folder}${name}.png` });
  await page.context().close();
}

async function console_page(name, path, { who = handler, ...look } = {}) {
  const page = await open_console({ who, ...look });
  const at = typeof path === 'string' ? path : await path(page);
  await page.goto(`${program.url}desk/${at}`);
  await until(page, () => document.querySelector('#main h1')?.textContent !== '');
  await take(page, name);
}

async function first_case(page) {
  const { body } = await call(page, 'GET', '/queue?view=mine&limit=1');
  return `case/${body.items[0].id}`;
}

async function portal_page(name, look) {
  const page = await (await open_context(look)).newPage();
  await page.goto(program.url);
  await take(page, name);
}

await open_house();
try {
  await mkdir(folder, { recursive: true });
  await console_page('queue-zh', 'queue/open', { who: lead });
  await console_page('queue-en-dark', 'queue/open', { who: lead, lang: 'en', scheme: 'dark' });
  await console_page('case-zh', first_case);
  await console_page('case-en-dark', first_case, { lang: 'en', scheme: 'dark' });
  await console_page('case-telephone', first_case, { width: 390, height: 844 });
  await console_page('administration-en', 'admin', { who: admin, lang: 'en' });
  await portal_page('portal-zh', { width: 390, height: 844 });
  await portal_page('portal-en', { lang: 'en', width: 390, height: 844 });
} finally {
  await close_house();
}

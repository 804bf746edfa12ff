// Drives the public portal in a real browser, against the program itself with its demonstration data (docs/portal.md).
//   REDRESS_BINARY   the program; build/release/redress when unset
//   REDRESS_CHROMIUM the browser; /usr/bin/chromium when unset
// Pictures of every page are left in build/screenshots. The exit code is 0 when every check holds.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { start_browser } from './browser.mjs';
import { check_accessible, check_no_sideways_scroll, words } from './checks.mjs';
import { start_program } from './program.mjs';

const pictures = fileURLToPath(new URL('../../build/screenshots/', import.meta.url));
const page_limit = 15 * 1024;
const finger = 44;
const per_key_ms = 45;  // 22 characters a second would be a machine; people reach about ten on a phone
const shortest_fill_ms = 3_200;

const said = {
  zh: { what: '新买的冰箱不制冷，打了三次电话没人管，每次都说会有人联系我。', contact: '13800138000', remedy: '换一台新的' },
  en: { what: 'The new fridge does not cool. I called three times and nobody called back.', contact: 'jo@example.com', remedy: 'A new one' },
};

let program;
let browser;

before(async () => {
  await mkdir(pictures, { recursive: true });
  program = await start_program();
  browser = await start_browser();
});

after(async () => {
  await browser?.close();
  await program?.stop();
});

async function open_page({ lang = 'zh', scheme = 'light', width = 390, height = 844, script = false } = {}) {
  const context = await browser.newContext({
    locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    colorScheme: scheme,
    reducedMotion: 'reduce',
    viewport: { width, height },
    javaScriptEnabled: script,
    hasTouch: true,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.reports = [];
  page.on('console', (message) => message.type() === 'error' && page.reports.push(message.text()));
  page.on('pageerror', (error) => page.reports.push(String(error)));
  if (script)
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
  page.bytes = 0;
  page.on('response', async (response) => {
    const { responseBodySize } = await response.request().sizes().catch(() => ({ responseBodySize: 0 }));
    page.bytes += responseBodySize;
  });
  await page.goto(program.url, { waitUntil: 'networkidle' });
  return page;
}

function assert_quiet(page, expected = []) {
  assert.deepEqual(page.reports.filter((report) => !expected.some((pattern) => pattern.test(report))), []);
}

const picture = (page, name) => page.screenshot({ path: `${pictures}${name}.png`, fullPage: true });
const send = (page) => page.locator('#form button[type=submit]').click();

async function file(page, { what, contact } = said.zh) {
  await page.locator('#what').fill(what);
  await page.locator('#contact').fill(contact);
  await sleep(shortest_fill_ms);
  await send(page);
  await page.waitForURL(/\/c\//);
}

/** Everything a finger may hit, as high as a finger is wide; links within a sentence are the exception WCAG 2.5.8 makes. */
async function check_targets(page) {
  const small = await page.evaluate((least) => {
    const seen = [...document.querySelectorAll('a, button, summary, textarea, input:not([type=hidden])')].filter((one) => one.getClientRects().length > 0);
    return seen
      .filter((one) => !one.closest('.apart, .skip, .wrong'))
      .map((one) => [(one.closest('label') ?? one).getBoundingClientRect().height, one.outerHTML.slice(0, 90)])
      .filter(([height]) => height < least);
  }, finger);
  assert.deepEqual(small, []);
}

for (const lang of ['zh', 'en'])
  test(`check 1: a first-time complainant files within a minute, without JavaScript, on a phone (${lang})`, async () => {
    const begun = Date.now();
    const page = await open_page({ lang });
    assert.ok(page.bytes > 4_000 && page.bytes <= page_limit, `the page weighs ${page.bytes} bytes`);
    for (const name of ['what', 'contact', 'remedy']) await page.locator(`#${name}`).pressSequentially(said[lang][name], { delay: per_key_ms });
    await send(page);
    await page.waitForURL(/\/c\/[\w-]{43}$/);
    const text = await page.locator('main').innerText();
    const took_s = (Date.now() - begun) / 1000;
    assert.ok(took_s < 60, `it took ${took_s} s`);
    assert.match(text, /\d{8}-\d{6}/);
    assert.match(text, lang === 'zh' ? /最晚答复\s*(今天|明天) \d\d:\d\d/ : /You will hear by\s*(today|tomorrow), \d\d:\d\d/);
    assert.ok(text.includes(page.url()), 'the secret link is told');
    await picture(page, `portal-filed-${lang}`);
    await page.context().close();
  });

for (const lang of ['zh', 'en'])
  for (const scheme of ['light', 'dark'])
    test(`check 2, 5, 11: every page is light and accessible, with its errors (${lang}, ${scheme})`, async () => {
      const page = await open_page({ lang, scheme, script: true });
      assert.match(await page.locator('h1').innerText(), words[lang]);
      assert.equal(await page.getAttribute('html', 'lang'), lang === 'zh' ? 'zh-CN' : 'en');
      const look = async (name) => {
        await check_accessible(page, name);
        await check_no_sideways_scroll(page);
        await check_targets(page);
        await picture(page, `portal-${name}-${lang}-${scheme}`);
      };
      await look('form');
      await page.locator('details > summary').click();
      await look('form-more');
      await page.locator('#form').evaluate((form) => (form.noValidate = true));
      await page.locator('#contact').fill('12-3');
      await sleep(shortest_fill_ms);
      await send(page);
      await page.locator('#wrong').waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.id), 'wrong');
      assert.equal(await page.locator('#contact').inputValue(), '12-3');
      await look('refused');
      await page.locator('#what').fill(said[lang].what);
      await page.locator('#contact').fill(said[lang].contact);
      await send(page);
      await page.waitForURL(/\/c\//);
      await look('filed');
      page.bytes = 0;
      await page.reload({ waitUntil: 'networkidle' });
      assert.ok(page.bytes > 2_000 && page.bytes <= page_limit, `the page of a case weighs ${page.bytes} bytes`);
      await page.locator('.write > summary').click();
      await look('write');
      await page.locator('footer a').first().click();
      await page.waitForURL(/\/lost$/);
      await look('lost');
      await page.goto(`${program.url}c/no-such-link`);
      await look('gone');
      assert_quiet(page, [/status of 4(22|04)/]);
      await page.context().close();
    });

for (const width of [320, 1280])
  test(`nothing is cut off at ${width} px`, async () => {
    const page = await open_page({ lang: 'en', width, script: true });
    await check_no_sideways_scroll(page);
    await picture(page, `portal-form-en-${width}`);
    await file(page, { what: `${'W'.repeat(200)} שלום עולם مرحبا`, contact: 'jo@example.com' });
    await check_no_sideways_scroll(page);
    await picture(page, `portal-filed-en-${width}`);
    assert_quiet(page);
    await page.context().close();
  });

test('a message and a photo are sent with a bar of progress, once', async () => {
  const page = await open_page({ lang: 'en', script: true });
  await page.locator('#files').setInputFiles([{ name: 'leak <b>.png', mimeType: 'image/png', buffer: Buffer.alloc(2_000_000, 1) }]);
  await page.locator('.chosen li').filter({ hasText: 'leak <b>.png · 2.0 MB' }).waitFor();
  await file(page, said.en);
  await page.locator('.file').filter({ hasText: 'leak' }).waitFor();
  await page.locator('.write > summary').click();
  await page.locator('#text').fill('One more thing.');
  await sleep(shortest_fill_ms);
  await page.locator('#write button').click();
  await page.locator('.news').waitFor();
  assert.equal(await page.locator('.words').filter({ hasText: 'One more thing.' }).count(), 1);
  assert_quiet(page);
  await page.context().close();
});

test('a photo of 30 MB is refused kindly, with and without JavaScript, and the text is kept', async () => {
  const photo = { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(30_000_000, 7) };
  const plain = await open_page({ lang: 'en' });
  await plain.locator('#what').fill(said.en.what);
  await plain.locator('#contact').fill(said.en.contact);
  await plain.locator('#files').setInputFiles([photo]);
  await sleep(shortest_fill_ms);
  await send(plain);
  await plain.locator('#wrong').waitFor();
  assert.match(await plain.locator('#wrong').innerText(), /too large: 10 MB fit/);
  assert.equal(await plain.locator('#what').inputValue(), said.en.what);
  await picture(plain, 'portal-too-large-en');
  await plain.context().close();

  const page = await open_page({ lang: 'en', script: true });
  await page.locator('#files').setInputFiles([photo]);
  await page.locator('.chosen .error').filter({ hasText: 'larger than 10 MB' }).waitFor();
  await page.locator('#what').fill(said.en.what);
  await page.locator('#contact').fill(said.en.contact);
  await send(page);
  assert.equal(new URL(page.url()).pathname, '/');
  assert_quiet(page);
  await page.context().close();
});

test('the language is switched by a link and kept', async () => {
  const page = await open_page({ lang: 'zh' });
  await page.locator('.switch').click();
  await page.locator('html[lang=en]').waitFor();
  await page.goto(program.url);
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  await page.context().close();
});

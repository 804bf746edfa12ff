// One program with its demonstration data and one browser for all browser tests, and what every test does with them.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { start_browser } from './browser.mjs';
import { start_program } from './program.mjs';

export const pictures = fileURLToPath(new URL('../../build/screenshots/', import.meta.url));
export const admin = { login: 'admin', password: 'keep-it-running-2026' };
export const lead = { login: 'zhou.ping', password: 'nobody-waits-2026' };
export const handler = { login: 'zhang.min', password: 'listen-first-2026' };
export const colleague = { login: 'chen.jie', password: 'listen-first-2026' };

export let program;
export let browser;

export async function open_house() {
  await mkdir(pictures, { recursive: true });
  program = await start_program();
  browser = await start_browser();
}

export async function close_house() {
  await browser?.close();
  await program?.stop();
}

/** A browser of its own, in one language and colour scheme. */
export async function open_context({ lang = 'zh', scheme = 'light', width = 1366, height = 900, ...more } = {}) {
  const context = await browser.newContext({
    locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    colorScheme: scheme,
    reducedMotion: 'reduce',
    viewport: { width, height },
    serviceWorkers: 'block',
    ...more,
  });
  context.setDefaultTimeout(20_000);
  return context;
}

/** A page; what it reports is collected in `page.reports`. */
export async function new_page(context) {
  const page = await context.newPage();
  page.reports = [];
  page.on('console', (message) => message.type() === 'error' && page.reports.push(message.text()));
  page.on('pageerror', (error) => page.reports.push(String(error)));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  return page;
}

/** The console in a browser of its own, signed in as `who` unless that is null. */
export async function open_console({ path = 'queue/mine', who = handler, ...look } = {}) {
  const page = await new_page(await open_context(look));
  await page.goto(`${program.url}desk/${path}`);
  if (who) await sign_in(page, who);
  return page;
}

export async function sign_in(page, { login, password } = handler) {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(password);
  await page.locator('form button[type=submit]').click();
  await page.locator('#main > *').first().waitFor();
}

/** What the signed-in person asks of the API beside the page: {status, body}. */
export function call(page, method, path, body, headers = {}) {
  return page.evaluate(async (request) => {
    const answer = await fetch(`/api/v1${request.path}`, {
      method: request.method,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `test-${Math.random()}`, ...request.headers },
      body: request.body && JSON.stringify(request.body),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : null };
  }, { method, path, body, headers });
}

/** Files a complaint beside the page and keeps it; resolves to its receipt. */
export async function file_case(page, said, more = {}) {
  const inputs = { raw_content: said, description: said, channel: 'phone', language: 'zh', anonymous: true, remedy_unknown: true, ...more };
  const { status, body } = await call(page, 'POST', '/cases', { inputs, keep: true });
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}

/** Gives a command beside the page; resolves to the new receipt. */
export async function give(page, { id, version }, verb, inputs) {
  const { status, body } = await call(page, 'POST', `/cases/${id}/commands/${verb}`, { inputs }, { 'If-Match': `"${version}"` });
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

/** Waits until `holds(arg)` in the page. Unlike waitForFunction it does without eval, which the page forbids. */
export async function until(page, holds, arg) {
  const end = Date.now() + 20_000;
  while (!(await page.evaluate(holds, arg))) {
    if (Date.now() > end) throw new Error(`never so: ${holds}`);
    await page.waitForTimeout(50);
  }
}

/** The whole page; with a dialog only what is seen, because the rest is not to be reached then. */
export async function picture(page, name) {
  const is_dialog = (await page.locator('dialog[open]').count()) > 0;
  await page.screenshot({ path: `${pictures}${name}.png`, fullPage: !is_dialog });
}

/** Nothing was reported except what the step itself provoked: the browser logs every answer above 399. */
export function assert_quiet(page, expected = []) {
  const surprises = page.reports.filter((report) => !expected.some((pattern) => pattern.test(report)));
  assert.deepEqual(surprises, []);
}

export const refused_status = [/status of 40[0-9]/, /status of 422/];
export const not_signed_in = [/status of 401/];
export const cut_off = [/ERR_INTERNET_DISCONNECTED/, /ERR_FAILED/, /ERR_NETWORK_CHANGED/];

// console.mjs URL LOGIN PASSWORD [ACTIONS]: works in the console at URL like a handler who moves, opens, filters and searches,
// and tells how long it took from each input to the next paint and until what was asked for was shown. Packages of tests/browser.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const { chromium } = createRequire(fileURLToPath(new URL('../tests/browser/', import.meta.url)))('playwright-core');
const [url, login, password, actions = '200'] = process.argv.slice(2);

const browser = await chromium.launch({ executablePath: process.env.REDRESS_CHROMIUM ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'] });
const page = await (await browser.newContext({ locale: 'zh-CN', viewport: { width: 1366, height: 900 } })).newPage();
let largest = 0;
page.on('requestfinished', async (request) => {
  if (request.url().includes('/api/') && !request.url().includes('/events')) largest = Math.max(largest, (await request.sizes()).responseBodySize);
});
await page.addInitScript(() => {
  globalThis.paints = [];
  new PerformanceObserver((list) => globalThis.paints.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'event', durationThreshold: 16 });
});
await page.goto(`${url}/desk/queue/open`);
await page.fill('input[name=login]', login);
await page.fill('input[name=password]', password);
await page.keyboard.press('Enter');
await page.locator('.row').first().waitFor();

/** Event timing reports nothing under 16 ms, so that is the least. */
const paints = { move: [], open: [], filter: [], search: [] };
const shown = { open: [], filter: [], search: [] };
async function act(kind, input, until) {
  await page.evaluate(() => (globalThis.paints.length = 0));
  const began = performance.now();
  await input();
  if (until) {
    await until();
    shown[kind].push(performance.now() - began);
  }
  await page.waitForTimeout(120);
  paints[kind].push(Math.max(16, ...(await page.evaluate(() => globalThis.paints))));
}

const rows = page.locator('.row');
const words = ['冰箱', '电话', '排队', '售后', '食物'];
const back = async () => {
  await page.goBack();
  await rows.first().waitFor();
};
for (let done = 0; done < Number(actions); done += 10) {
  for (let i = 0; i < 7; i++) await act('move', () => page.keyboard.press(i < 5 ? 'j' : 'k'));
  await act('open', () => page.keyboard.press('Enter'), () => page.waitForURL(/case\/\d+/).then(() => page.locator('main h1').first().waitFor()));
  await back();
  await page.locator('.filters > .button').click();
  await act('filter', () => page.locator('.filter-groups .menu-item:visible').nth(1).click(), () => page.locator('.chip').waitFor());
  await page.locator('.chip').click();
  await rows.first().waitFor();
  await page.keyboard.press('/');
  const word = words[(done / 10) % words.length];
  await act('search', () => page.keyboard.insertText(word), () => page.locator('.row mark').first().waitFor());
  await page.goto(`${url}/desk/queue/open`);
  await rows.first().waitFor();
}
const of = (values, share) => [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1];
const all = Object.values(paints).flat();
const tell = (name, value, unit) => console.log(`${name}\t${Math.round(value)}\t${unit}`);
tell(`input to next paint, ${all.length} actions, p50`, of(all, 0.5), 'ms');
tell(`input to next paint, ${all.length} actions, p95`, of(all, 0.95), 'ms');
for (const [kind, values] of Object.entries(paints)) tell(`input to next paint, ${kind}, p95`, of(values, 0.95), 'ms');
for (const [kind, values] of Object.entries(shown)) tell(`until the answer is shown, ${kind}, p95`, of(values, 0.95), 'ms');
tell('largest answer of the API', largest, 'bytes');
await browser.close();

// Every screen of the console: to everybody, at every size, and how many bytes it costs.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { check_accessible, check_no_sideways_scroll } from './checks.mjs';
import { assert_quiet, lead, new_page, not_signed_in, open_console, open_context, picture, program, refused_status, sign_in } from './house.mjs';

/** Screens by name, each with how to get there from the queue of all open cases. */
const screens = {
  queue: async () => {},
  search: async (page) => {
    await page.goto(`${program.url}desk/search?q=${encodeURIComponent('冰箱')}`);
    await page.locator('.row mark').first().waitFor();
  },
  refused: async (page) => {
    await page.goto(`${program.url}desk/search?q=colour:red`);
    await page.locator('main [role=alert]').waitFor();
  },
  filter: (page) => page.locator('.filters > .button').click(),
  selected: async (page) => {
    await page.locator('.row input').first().check();
    await page.locator('.bulk .button').first().click();
    await page.locator('dialog select').waitFor();
  },
  receive: async (page) => {
    await page.keyboard.press('c');
    await page.locator('dialog button[type=submit]').click();
    await page.locator('dialog .field-error').first().waitFor();
  },
  palette: async (page) => {
    await page.keyboard.press('Control+k');
    await page.locator('dialog input').fill('冰箱');
    await page.locator('dialog .mood').first().waitFor();
  },
  keys: async (page) => {
    await page.keyboard.press('?');
    await page.locator('dialog .help-row').first().waitFor();
  },
  notices: async (page) => {
    await page.locator('.notices-menu').click();
    await page.locator('.notice').first().waitFor();
  },
  customers: async (page) => {
    await page.goto(`${program.url}desk/customers`);
    await page.locator('.customers tbody tr').first().waitFor();
  },
  customer: async (page) => {
    await page.goto(`${program.url}desk/customers?q=${encodeURIComponent('林')}`);
    await page.locator('.customers tbody a').first().click();
    await page.locator('.care-chart').waitFor();
    await page.locator('#cost-title ~ .button').click();
  },
  profile: async (page) => {
    await page.goto(`${program.url}desk/profile`);
    await page.locator('.profile input').first().waitFor();
  },
  nowhere: async (page) => {
    await page.goto(`${program.url}desk/nowhere`);
    await page.locator('.empty-title').waitFor();
  },
};

async function open_queue(page) {
  await page.goto(`${program.url}desk/queue/open`);
  await page.locator('.row').first().waitFor();
}

for (const lang of ['zh', 'en']) {
  for (const scheme of ['light', 'dark']) {
    test(`console: every screen is accessible (${lang}, ${scheme})`, async () => {
      const page = await open_console({ lang, scheme, who: null });
      await page.locator('input[name=login]').waitFor();
      await check_accessible(page, 'sign-in');
      await picture(page, `console-sign-in-${lang}-${scheme}`);
      await sign_in(page, lead);
      for (const [name, go] of Object.entries(screens)) {
        await open_queue(page);
        await go(page);
        await check_accessible(page, name);
        await picture(page, `console-${name}-${lang}-${scheme}`);
      }
      assert_quiet(page, [...not_signed_in, ...refused_status]);
      await page.context().close();
    });
  }

  test(`console: nothing is lost on a telephone, at 320 px, or at 200 % (${lang})`, async () => {
    for (const [name, look] of Object.entries({ phone: { width: 390, height: 844 }, narrow: { width: 320, height: 640 }, large: { width: 683, height: 450, deviceScaleFactor: 2 } })) {
      const page = await open_console({ lang, who: null, ...look });
      await check_no_sideways_scroll(page);
      await sign_in(page, lead);
      for (const screen of ['queue', 'search', 'receive', 'customers', 'customer', 'profile']) {
        await open_queue(page);
        await screens[screen](page);
        await check_no_sideways_scroll(page);
        const clipped = await page.evaluate(() => [...document.querySelectorAll('button, label, h1, h2, .mood, .clock')]
          .filter((node) => node.offsetParent && !node.closest('.one-line') && !node.closest('.unseen') && node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== 'inline' && getComputedStyle(node).overflowX !== 'visible')
          .map((node) => node.outerHTML.slice(0, 120)));
        assert.deepEqual(clipped, [], `${name} ${screen}`);
        await picture(page, `console-${screen}-${name}-${lang}`);
      }
      await page.context().close();
    }
  });
}

/** Bytes over the line of everything below /desk/ while `during` runs, compressed as the browser asks for it. */
async function bytes_of(page, during) {
  const sizes = [];
  const note = (response) => response.url().includes('/desk/') && sizes.push(response.request().sizes().then(({ responseBodySize }) => [response.url().replace(/.*\/desk\//, ''), responseBodySize]));
  page.on('response', note);
  await during();
  await page.waitForLoadState('networkidle');
  page.off('response', note);
  return new Map(await Promise.all(sizes));
}
const sum = (sizes) => [...sizes.values()].reduce((all, one) => all + one, 0);

test('console: the first load is at most 60 KB, every page after it at most 30 KB', async (t) => {
  const context = await open_context();
  const page = await new_page(context);
  // What is fetched beforehand is no part of a page; who saves data does without.
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  const loaded = new Set();
  const fresh = (sizes) => new Map([...sizes].filter(([name]) => !loaded.has(name) && loaded.add(name)));
  // A live stream never lets the line be idle.
  await page.route('**/api/v1/events*', (route) => route.abort());
  const first = fresh(await bytes_of(page, () => page.goto(`${program.url}desk/queue/open`)));
  t.diagnostic(`first load ${sum(first)} bytes`);
  assert.ok(sum(first) <= 60 * 1024, `${sum(first)} bytes: ${[...first].join(' ')}`);
  await sign_in(page, lead);
  for (const path of ['queue/open', 'search?q=a', 'case/1', 'customers', 'customer/1', 'profile', 'admin', 'welcome', 'nowhere']) {
    const route = fresh(await bytes_of(page, () => page.goto(`${program.url}desk/${path}`)));
    t.diagnostic(`${path} ${sum(route)} bytes`);
    assert.ok(sum(route) <= 30 * 1024, `${path}: ${sum(route)} bytes: ${[...route].join(' ')}`);
  }
  await context.close();
});

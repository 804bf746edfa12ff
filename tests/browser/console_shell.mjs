// The console around its pages: signing in and out of it, its languages, its connection, its clocks.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { words } from './checks.mjs';
import { admin, assert_quiet, call, cut_off, file_case, give, handler, new_page, not_signed_in, open_console, open_context, picture, program, refused_status, sign_in, until } from './house.mjs';

/** No text is a key. */
const no_key = /\b(console|customer|welcome|workspace|administration)\.\w+/;

for (const lang of ['zh', 'en']) {
  test(`console: a wrong password is refused in the reader’s language (${lang})`, async () => {
    const page = await open_console({ lang, who: null });
    await page.locator('input[name=login]').fill(handler.login);
    await page.locator('input[name=password]').fill('not-the-password');
    await page.locator('form button[type=submit]').click();
    assert.match(await page.locator('[role=alert]').innerText(), words[lang]);
    assert.equal(await page.locator('nav.rail').count(), 0);
    assert_quiet(page, not_signed_in);
    await page.context().close();
  });
}

test('console: a password that somebody else has set is replaced before anything else', async () => {
  const boss = await open_console({ who: admin });
  const login = `newcomer.${Date.now()}`;
  const newcomer = { login, password: 'only-for-once-2026', display_name: '新来的同事', roles: ['intake'], languages: ['zh'] };
  assert.equal((await call(boss, 'POST', '/staff', newcomer)).status, 201);
  await boss.context().close();

  const page = await open_console({ path: 'queue/open', who: null });
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(newcomer.password);
  await page.locator('form button[type=submit]').click();
  await page.locator('input[name=current]').fill(newcomer.password);
  await page.locator('input[name=wanted]').fill('12345678');
  await page.locator('form button[type=submit]').click();
  await page.locator('.field:has([name=wanted]) .field-error').getByText('太常见').waitFor();
  assert.equal(await page.locator('nav.rail').count(), 0);
  await page.locator('input[name=wanted]').fill('tea-for-two-and-two-for-tea');
  await page.locator('form button[type=submit]').click();
  await page.locator('nav.rail').waitFor();
  assert.match(page.url(), /\/desk\/queue\/open$/);
  assert_quiet(page, [...not_signed_in, ...refused_status]);
  await page.context().close();
});

test('console: a session that ends in the middle of writing is taken up again, and what was written goes out', async () => {
  const page = await open_console();
  const said = `会话过期时写的 ${Date.now()}`;
  await page.keyboard.press('c');
  await page.locator('[name=raw_content]').fill(said);
  await call(page, 'POST', '/sign-out');
  await page.locator('dialog button[type=submit]').click();
  const again = page.locator('dialog:has(input[name=password])');
  await again.waitFor();
  assert.equal(await page.locator('[name=raw_content]').inputValue(), said);
  await picture(page, 'console-sign-in-again');
  await again.locator('input[name=login]').fill(handler.login);
  await again.locator('input[name=password]').fill(handler.password);
  await again.locator('button[type=submit]').click();
  await page.waitForURL(/\/desk\/case\/\d+$/);
  const { body } = await call(page, 'GET', `/search?q=${encodeURIComponent(`"${said}"`)}`);
  assert.equal(body.items.length, 1);
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('console: the language switches within 200 ms, with everything where it was and no key in sight', async () => {
  const page = await open_console({ path: `search?q=${encodeURIComponent('冰箱')}` });
  await page.locator('.row input').first().check();
  await page.locator('.bar-search input').evaluate((field) => {
    field.focus();
    field.setSelectionRange(1, 2);
  });
  await until(page, () => performance.getEntriesByType('resource').some(({ name }) => name.includes('console.en')));
  const switching = () => page.evaluate(() => new Promise((resolve) => {
    const began = performance.now();
    const from = document.documentElement.lang;
    new MutationObserver((_, observer) => {
      if (document.documentElement.lang === from) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
    }).observe(document.documentElement, { attributes: true });
    document.querySelector('.language').click();
  }));
  for (const lang of ['en', 'zh']) {
    const took = await switching();
    assert.ok(took < 200, `${took} ms`);
    await page.locator('.queue-table .col-state').first().filter({ hasText: words[lang] }).waitFor();
    assert.doesNotMatch(await page.locator('body').innerText(), no_key);
    assert.equal(await page.locator('.row.selected').count(), 1);
  }
  const { value, selectionStart } = await page.locator('.bar-search input').evaluate(({ value, selectionStart }) => ({ value, selectionStart }));
  assert.deepEqual([value, selectionStart], ['冰箱', 1]);
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('console: a cut line is said within 3 s, typing goes on, what is sent arrives once, the list catches up', async () => {
  const page = await open_console();
  await page.locator('.row').first().waitFor();
  await until(page, () => performance.getEntriesByType('resource').some(({ name }) => name.includes('ReceiveDialog')));
  const other = await open_console();
  await page.context().setOffline(true);
  await page.locator('.bar-line', { hasText: '正在重连' }).waitFor({ timeout: 3_000 });

  const said = `断网时写的 ${Date.now()}`;
  await page.keyboard.press('c');
  await page.locator('[name=raw_content]').fill(said);
  await page.locator('dialog button[type=submit]').click();
  await page.locator('dialog [role=alert]').waitFor();
  const meanwhile = `别处新到的 ${Date.now()}`;
  await file_case(other, meanwhile, { subject: meanwhile });
  await picture(page, 'console-offline');

  await page.context().setOffline(false);
  await page.locator('.bar-line', { hasText: '正在重连' }).waitFor({ state: 'detached', timeout: 10_000 });
  await page.locator('.row-link', { hasText: meanwhile }).waitFor({ timeout: 10_000 });
  await page.locator('dialog button[type=submit]').dblclick();
  await page.waitForURL(/\/desk\/case\/\d+$/);
  const { body } = await call(page, 'GET', `/search?q=${encodeURIComponent(`"${said}"`)}`);
  assert.equal(body.items.length, 1);
  assert_quiet(page, [...not_signed_in, ...cut_off]);
  await page.context().close();
  await other.context().close();
});

test('console: one tab listens and tells the others; when it goes, another takes over', async () => {
  const context = await open_context();
  const [first, second] = [await new_page(context), await new_page(context)];
  const streams = new Map([[first, 0], [second, 0]]);
  for (const page of streams.keys()) page.on('request', (request) => request.url().includes('/api/v1/events') && streams.set(page, streams.get(page) + 1));
  await first.goto(`${program.url}desk/queue/mine`);
  await sign_in(first);
  await second.goto(`${program.url}desk/queue/mine`);
  await second.locator('.row').first().waitFor();
  const heard = `两个窗口都看到 ${Date.now()}`;
  await file_case(first, heard, { subject: heard });
  for (const page of [first, second]) await page.locator('.row-link', { hasText: heard }).waitFor({ timeout: 5_000 });
  assert.deepEqual([...streams.values()], [1, 0]);

  await first.close();
  const again = `第一个窗口关掉以后 ${Date.now()}`;
  await file_case(second, again, { subject: again });
  await second.locator('.row-link', { hasText: again }).waitFor({ timeout: 5_000 });
  assert.equal(streams.get(second), 1);
  await context.close();
});

test('console: a computer’s clock 3 h off changes nothing; at zero the row changes within 2 s and is said once', async () => {
  const right = await open_console();
  const receipt = await file_case(right, `两秒就到 ${Date.now()}`, { subject: '马上到期的承诺' });
  const due = Date.now() + 12_000;
  await give(right, receipt, 'promise', { promise_text: '马上回电', promise_due: new Date(due).toISOString() });

  const context = await open_context();
  const wrong = await new_page(context);
  await wrong.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() + 3 * 3_600_000;
    globalThis.said = [];
    addEventListener('DOMContentLoaded', () => new MutationObserver((changes) => {
      for (const { target } of changes) {
        const voice = (target.nodeType === 1 ? target : target.parentElement)?.closest('[aria-live=polite]');
        if (voice?.textContent.includes('已超时')) globalThis.said.push(voice.textContent.trim());
      }
    }).observe(document.body, { childList: true, characterData: true, subtree: true }));
  });
  await wrong.goto(`${program.url}desk/queue/mine`);
  await sign_in(wrong);
  const clock = wrong.locator(`[data-case="${receipt.id}"] .clock`);
  await clock.filter({ hasText: '还剩 0 分' }).waitFor();
  assert.match(await clock.getAttribute('class'), /clock-(calm|soon)/);
  await wrong.locator(`[data-case="${receipt.id}"] .clock-late`).waitFor({ timeout: due - Date.now() + 2_000 });
  assert.ok(Date.now() >= due - 1_500, 'late before its time');
  await wrong.waitForTimeout(1_500);
  assert.equal((await wrong.evaluate(() => globalThis.said)).filter((text) => text.includes('马上到期的承诺')).length, 1);
  assert_quiet(wrong, not_signed_in);
  await right.context().close();
  await context.close();
});

test('console: a tab from before an upgrade reads itself anew instead of failing', async () => {
  const page = await open_console();
  await page.locator('.queue').waitFor();
  let is_gone = true;
  await page.route(/assets\/NowherePage-\w+\.js/, (route) => (is_gone ? route.fulfill({ status: 404, body: '' }) : route.continue()));
  page.once('framenavigated', () => (is_gone = false));
  await page.evaluate(() => {
    history.pushState(history.state, '', '/desk/moved-away');
    dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
  });
  await page.locator('.empty-title').filter({ hasText: '没有内容' }).waitFor();
  assert.match(page.url(), /\/desk\/moved-away$/);
  await page.context().close();
});

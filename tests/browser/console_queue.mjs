// The queue: by keyboard alone, with an input method, live, filtered, in bulk.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assert_quiet, call, colleague, file_case, handler, lead, not_signed_in, open_console, picture, refused_status, until } from './house.mjs';

const current = (page) => page.evaluate(() => Number(document.activeElement.closest('.row')?.dataset.case));

test('queue: everything by keyboard: move, select, open, back, next, find, palette, keys', async () => {
  const page = await open_console({ path: 'queue/open', who: lead });
  await page.locator('.row').first().waitFor();
  const ids = await page.locator('.row').evaluateAll((rows) => rows.map((row) => Number(row.dataset.case)));
  await page.keyboard.press('j');
  assert.equal(await current(page), ids[0]);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  assert.equal(await page.locator('.row.selected').getAttribute('data-case'), String(ids[1]));
  await page.keyboard.press('k');
  assert.equal(await current(page), ids[0]);
  for (let i = 0; i < 25; i++) await page.keyboard.press('j');
  assert.equal(await current(page), ids[25]);
  const seen = await page.evaluate(() => {
    const [row, head] = [document.activeElement.closest('.row'), document.querySelector('.queue-table thead')].map((node) => node.getBoundingClientRect());
    return row.top >= head.bottom - 1 && row.bottom <= innerHeight;
  });
  assert.ok(seen, 'the row with the focus is hidden');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.row.selected').count(), 0);
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`/case/${ids[25]}$`));
  await page.goBack();
  await page.locator('.row').first().waitFor();
  await until(page, (id) => Number(document.activeElement.closest('.row')?.dataset.case) === id, ids[25]);

  await page.keyboard.press('n');
  await page.waitForURL(/\/case\/\d+$/);
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.type), 'search');
  await page.keyboard.press('Control+k');
  await page.locator('dialog.palette [role=option]').first().waitFor();
  await page.keyboard.type('已办结');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/queue\/done$/);
  await page.locator('.queue-head h1').filter({ hasText: '已办结' }).waitFor();
  await page.keyboard.press('?');
  await page.locator('dialog .help-row').nth(5).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('queue: a complaint by telephone is taken down, kept while writing, and opens', async () => {
  const page = await open_console();
  const said = `净水器漏了一地，第二次了 ${Date.now()}`;
  await page.locator('.queue-head .primary').click();
  await page.locator('dialog [name=raw_content]').fill(said);
  await page.locator('dialog [name=complainant_name]').fill('田小满');
  await page.locator('dialog [name=phone]').fill('13900000999');
  await page.reload();
  await page.locator('.queue').waitFor();
  await page.keyboard.press('c');
  assert.equal(await page.locator('dialog [name=raw_content]').inputValue(), said);
  await page.locator('dialog button[type=submit]').click();
  await page.waitForURL(/\/case\/\d+$/);
  const { body } = await call(page, 'GET', `/cases/${/\d+$/.exec(page.url())[0]}`);
  assert.equal(body.case.personal.complainant_name, '田小满');
  assert.equal(body.case.personal.raw_content ?? body.case.personal.description, said);
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('queue: what is refused stands beside its field, and what was typed stays', async () => {
  const page = await open_console();
  await page.keyboard.press('c');
  await page.locator('dialog [name=complainant_name]').fill('田小满');
  await page.locator('dialog button[type=submit]').click();
  await page.locator('.field:has([name=raw_content]) .field-error').filter({ hasText: /[\u4e00-\u9fff]/ }).waitFor();
  assert.equal(await page.locator('dialog [name=complainant_name]').inputValue(), '田小满');
  await picture(page, 'console-receive-refused');
  assert_quiet(page, [...not_signed_in, ...refused_status]);
  await page.context().close();
});

test('queue: filters live in the address, keep the order, and go back', async () => {
  const page = await open_console({ path: 'queue/open', who: lead });
  await page.locator('.row').first().waitFor();
  const all = await page.locator('.row').count();
  await page.locator('.filters > .button').click();
  await page.getByText('生气及以上').click();
  await page.waitForURL(/queue\/open\?anger=2$/);
  await until(page, (before) => document.querySelectorAll('.row').length < before, all);
  const moods = await page.locator('.row .mood').allInnerTexts();
  assert.ok(moods.length > 3 && moods.every((mood) => mood === '生气' || mood === '愤怒'), moods.join());
  const link = page.url();
  await page.locator('.chip').click();
  await page.waitForURL(/queue\/open$/);
  await page.goto(link);
  await page.locator('.chip').filter({ hasText: '生气及以上' }).waitFor();
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('queue: D1: it searches as one types, says where it was found, and keeps questions as views', async () => {
  const page = await open_console({ path: 'queue/open', who: lead });
  await page.locator('.bar-search input').pressSequentially('冰箱');
  await page.locator('.row mark').first().waitFor();
  assert.match(await page.locator('.queue-head h1').innerText(), /冰箱/);
  await picture(page, 'console-search');
  await page.locator('.queue-head').getByText('存为视图').click();
  await page.locator('dialog input').fill('冰箱的事');
  await page.locator('dialog button[type=submit]').click();
  await page.locator('.bar-search input').fill('colour:red');
  await page.locator('.queue-sheet [role=alert]').waitFor();
  await page.locator('.view', { hasText: '冰箱的事' }).click();
  await page.locator('.row mark').first().waitFor();
  await page.reload();
  await page.locator('.view', { hasText: '冰箱的事' }).waitFor();
  assert_quiet(page, [...not_signed_in, ...refused_status]);
  await page.context().close();
});

test('queue: an input method that is composing neither searches nor triggers keys', async () => {
  const page = await open_console({ path: 'queue/open', who: lead });
  await page.locator('.row').first().waitFor();
  await page.locator('.bar-search input').focus();
  const keyboard = await page.context().newCDPSession(page);
  await keyboard.send('Input.imeSetComposition', { text: 'bing xiang', selectionStart: 10, selectionEnd: 10 });
  await keyboard.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Enter', windowsVirtualKeyCode: 229 });
  await page.waitForTimeout(500);
  assert.match(page.url(), /queue\/open$/);
  await keyboard.send('Input.insertText', { text: '冰箱' });
  await page.waitForURL(/search\?q=/);
  await page.locator('.row mark').first().waitFor();
  const before = page.url();
  await page.evaluate(() => {
    document.activeElement.blur();
    for (const init of [{ isComposing: true }, { keyCode: 229 }]) document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true, ...init }));
  });
  await page.waitForTimeout(300);
  assert.equal(page.url(), before);
  await page.context().close();
});

test('queue: several cases are offered at once, each says what it refuses, and the offer is taken back', async () => {
  const page = await open_console();
  const stamp = Date.now();
  const mine = [await file_case(page, `一起移交甲 ${stamp}`, { subject: `甲 ${stamp}` }), await file_case(page, `一起移交乙 ${stamp}`, { subject: `乙 ${stamp}` })];
  for (const { id } of mine) await page.locator(`[data-case="${id}"] input`).check();
  await page.locator('.bulk').getByText('移交给同事').click();
  await page.locator('dialog button[type=submit]').click();
  await page.locator('dialog .field-error').nth(1).waitFor();
  await page.locator('dialog select').selectOption({ label: '陈洁' });
  await page.locator('dialog textarea').fill('客户只认识您，请接手。');
  await page.locator('dialog button[type=submit]').click();
  const toast = page.locator('.toast', { hasText: '2 件已提出移交' });
  await toast.waitFor();
  const offered_to = async ({ id }) => (await call(page, 'GET', `/cases/${id}`)).body.case.offered_to?.name;
  assert.deepEqual(await Promise.all(mine.map(offered_to)), ['陈洁', '陈洁']);
  await toast.getByText('撤销').click();
  await page.locator('.toast', { hasText: '2 件已撤回' }).waitFor();
  assert.deepEqual(await Promise.all(mine.map(offered_to)), [undefined, undefined]);
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('queue: what happens elsewhere shows by itself, and notices lead to their case', async () => {
  const page = await open_console({ who: colleague });
  await page.locator('.views').waitFor();
  const other = await open_console({ who: handler });
  const receipt = await file_case(other, `请接手 ${Date.now()}`);
  const to = (await call(page, 'GET', '/me')).body.staff.id;
  await call(other, 'POST', `/cases/${receipt.id}/commands/offer_handover`, { inputs: { to, handover_note: '请接手' } }, { 'If-Match': `"${receipt.version}"` });
  await page.locator('.view', { hasText: '待我接收' }).locator('.view-count', { hasText: /[1-9]/ }).waitFor({ timeout: 5_000 });
  await page.locator('.notices-count').waitFor();
  await page.locator('.notices-menu').click();
  await page.locator(`.notices a[href$="/case/${receipt.id}"]`).click();
  await page.waitForURL(new RegExp(`/case/${receipt.id}$`));
  assert_quiet(page, not_signed_in);
  await page.context().close();
  await other.context().close();
});

test('queue: who else is in a case shows on its row', async () => {
  const page = await open_console({ who: lead, path: 'queue/open' });
  const other = await open_console();
  const id = await page.locator('.row').first().getAttribute('data-case');
  await other.goto(other.url().replace(/desk.*/, `desk/case/${id}`));
  await page.locator(`[data-case="${id}"] .row-mark.here`, { hasText: '张敏' }).waitFor({ timeout: 10_000 });
  await other.goto('about:blank');
  await page.locator(`[data-case="${id}"] .row-mark.here`).waitFor({ state: 'detached', timeout: 60_000 });
  assert_quiet(page, not_signed_in);
  for (const one of [page, other]) await one.context().close();
});

test('queue: what customers write is shown, never run', async () => {
  const page = await open_console();
  const attacks = ['<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', '<svg/onload=alert(1)>', 'javascript:alert(1)//', '{{constructor.constructor("alert(1)")()}}', '\u202Egnp.exe <b>', `'"><iframe srcdoc="<script>alert(1)</script>">`];
  let is_attacked = false;
  page.on('dialog', (dialog) => { is_attacked = true; void dialog.dismiss(); });
  for (const attack of attacks) await file_case(page, attack, { subject: attack, complainant_name: attack, anonymous: undefined });
  await page.reload();
  await page.locator('.row-link', { hasText: 'onerror=alert' }).first().waitFor();
  await page.goto(page.url().replace(/desk.*/, 'desk/search?q=alert'));
  await page.locator('.row mark').first().waitFor();
  assert.equal(await page.locator('.row img, .row iframe, .row svg[onload], main script').count(), 0);
  assert.equal(is_attacked, false);
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

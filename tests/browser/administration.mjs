// Administration: every page to everybody and at every size, and the ways through it that people go.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { check_accessible, check_no_sideways_scroll, words } from './checks.mjs';
import { admin, assert_quiet, call, not_signed_in, open_console, picture, program, refused_status, sign_in } from './house.mjs';

const pages = ['', 'staff', 'teams', 'roles', 'leave', 'packs', 'packs/uk-fca-disp/2026-06', 'packs/draft', 'calendars', 'causes', 'templates', 'coach', 'portal', 'keys', 'webhooks', 'import', 'audit'];
const house_pack = readFileSync(new URL('../../policies/packs/house-default.toml', import.meta.url), 'utf8');

/** A page of administration, once what it asks for has come. */
async function open(page, path) {
  await page.goto(`${program.url}desk/admin/${path}`);
  await page.locator('.part h1').waitFor();
  await page.locator('.part:not([aria-busy])').waitFor();
}

const button = (page, name) => page.getByRole('button', { name, exact: true });
const dialog = (page) => page.locator('dialog[open]');

for (const lang of ['zh', 'en']) {
  for (const scheme of ['light', 'dark']) {
    test(`administration: every page is accessible (${lang}, ${scheme})`, async () => {
      const page = await open_console({ path: 'admin', who: admin, lang, scheme });
      for (const path of pages) {
        await open(page, path);
        assert.match(await page.locator('.part h1').innerText(), path.includes('/20') ? /./ : path === 'webhooks' || path === 'keys' ? /./ : words[lang]);
        await check_accessible(page, path);
        await picture(page, `admin-${path.replace(/\W/g, '-') || 'start'}-${lang}-${scheme}`);
      }
      assert_quiet(page, [...not_signed_in]);
      await page.context().close();
    });
  }

  test(`administration: every dialog is accessible, with what it refuses (${lang})`, async () => {
    const page = await open_console({ path: 'admin', who: admin, lang });
    for (const path of ['staff', 'teams', 'leave', 'causes', 'templates', 'keys', 'webhooks']) {
      await open(page, path);
      await page.locator('.part-head .button.primary').click();
      await dialog(page).locator('button[type=submit]').click();
      await dialog(page).locator('[role=alert], .field-error').first().waitFor();
      await check_accessible(page, `${path}, refused`);
      await picture(page, `admin-${path}-dialog-${lang}`);
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'detached' });
    }
    assert_quiet(page, [...not_signed_in, ...refused_status]);
    await page.context().close();
  });
}

test('administration: nothing is lost on a telephone', async () => {
  const page = await open_console({ path: 'admin', who: admin, lang: 'en', width: 390, height: 844 });
  for (const path of pages) {
    await open(page, path);
    await check_no_sideways_scroll(page);
    await picture(page, `admin-${path.replace(/\W/g, '-') || 'start'}-phone`);
  }
  await page.locator('.admin-choice select').selectOption('roles');
  await page.locator('.matrix').waitFor();
  await page.context().close();
});

test('administration: a person is added, signs in with the one-time password and chooses their own', async () => {
  const page = await open_console({ path: 'admin/staff', who: admin, lang: 'en' });
  await button(page, 'Add a person').click();
  await dialog(page).getByLabel(/^Sign-in name/).fill('deng.yi');
  await dialog(page).getByLabel(/^Name/).fill('邓怡');
  await dialog(page).getByLabel('Investigator').check();
  await dialog(page).locator('button[type=submit]').click();
  const password = await dialog(page).locator('[data-secret]').innerText();
  assert.match(password, /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
  await button(page, 'I have kept it safe').click();
  const row = page.locator('.rows li', { hasText: 'deng.yi' });
  await row.getByText('Complaint handler, Investigator').waitFor();

  const theirs = await open_console({ who: null, lang: 'en' });
  await theirs.locator('input[name=login]').fill('deng.yi');
  await theirs.locator('input[name=password]').fill(password);
  await theirs.locator('form button[type=submit]').click();
  const fields = theirs.locator('input[type=password]');
  await fields.nth(1).waitFor();
  const own = 'brisk-lantern-orchard-58';
  const count = await fields.count();
  for (let i = 0; i < count; ++i) await fields.nth(i).fill(i === 0 ? password : own);
  await theirs.locator('form button[type=submit]').click();
  await theirs.locator('nav.rail').waitFor();

  await button(page, 'Edit 邓怡').click();
  await dialog(page).getByLabel('Complaint manager').check();
  await dialog(page).locator('button[type=submit]').click();
  await row.getByText('Complaint manager').waitFor();
  const me = await call(theirs, 'GET', '/me');
  assert.ok(me.body.staff.roles.includes('manager'));

  await button(page, 'More 邓怡').click();
  await page.getByRole('button', { name: 'End access' }).click();
  await row.waitFor({ state: 'detached' });
  assert.equal((await call(theirs, 'GET', '/me')).status, 401);
  await theirs.context().close();
  await page.context().close();
});

test('administration: a key is told once, works, and is refused after it is revoked', async () => {
  const page = await open_console({ path: 'admin/keys', who: admin, lang: 'en' });
  await button(page, 'Make a key').click();
  await dialog(page).getByLabel(/^Name/).fill('Till in the shop');
  await dialog(page).locator('button[type=submit]').click();
  const token = await dialog(page).locator('[data-secret]').innerText();
  await button(page, 'I have kept it safe').click();
  await page.locator('.rows li', { hasText: 'Till in the shop' }).waitFor();
  assert.ok(!(await page.content()).includes(token));
  const queue = () => fetch(`${program.url}api/v1/queue`, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal((await queue()).status, 200);
  await button(page, 'Revoke Till in the shop').click();
  await dialog(page).locator('button[type=submit]').click();
  await page.locator('.rows li', { hasText: 'Revoked' }).waitFor();
  assert.equal((await queue()).status, 401);
  await page.context().close();
});

test('administration: a webhook inside the house is told to be blocked; its log, pause and removal', async () => {
  const received = [];
  const server = createServer((request, response) => {
    received.push(request.url);
    response.end();
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const page = await open_console({ path: 'admin/webhooks', who: admin, lang: 'en' });
  await button(page, 'Add a webhook').click();
  await dialog(page).getByLabel(/^Name/).fill('Billing');
  await dialog(page).getByLabel(/^Address/).fill(`http://127.0.0.1:${server.address().port}/hook`);
  await dialog(page).locator('button[type=submit]').click();
  const secret = await dialog(page).locator('[data-secret]').innerText();
  assert.match(secret, /^whsec_[0-9a-f]{64}$/);
  assert.ok(createHmac('sha256', secret));
  await button(page, 'I have kept it safe').click();
  await page.getByRole('link', { name: 'Billing' }).click();
  await button(page, 'Send a test').click();
  await page.locator('.rows .tag.bad').first().waitFor();
  assert.match(await page.locator('.rows').innerText(), /Address not allowed\s+ping/);
  assert.deepEqual(received, []);
  await button(page, 'Pause').click();
  await page.getByText('Paused').waitFor();
  await button(page, 'More').click();
  await page.getByRole('button', { name: 'Remove' }).click();
  await dialog(page).locator('button[type=submit]').click();
  await page.getByText('Nobody is told yet').waitFor();
  await page.context().close();
  server.close();
});

test('administration: a pack under test is checked by line, compared with the one in force and tried on cases', async () => {
  const page = await open_console({ path: 'admin/packs/draft', who: admin, lang: 'en' });
  const text = page.locator('textarea');
  await text.fill(house_pack.replace('[[deadline]]', '[[deadline]]\nnonsense = 1'));
  await button(page, 'Check').click();
  await page.getByText('nonsense').first().waitFor();
  await page.locator('.tag', { hasText: /^Line \d+$/ }).first().waitFor();
  const stricter = house_pack.replace(/due_in = \{ n = 1, unit = "hour"/, 'due_in = { n = 20, unit = "minute"');
  assert.notEqual(stricter, house_pack);
  await text.fill(stricter);
  await button(page, 'Check').click();
  await page.locator('.rules .tag', { hasText: 'Changed' }).first().waitFor();
  assert.ok((await page.locator('.rules del').count()) >= 1);
  await page.getByRole('tab', { name: 'Dry run' }).click();
  await button(page, 'Try it').click();
  const verdict = page.locator('[data-dry-run]');
  await verdict.waitFor();
  assert.match(await verdict.innerText(), /time limits in \d+ cases would be different/);
  assert.ok((await verdict.locator('.dry-examples li').count()) > 0);
  await check_accessible(page, 'dry run');
  await picture(page, 'admin-dry-run');
  await page.context().close();
});

test('administration: the tree of causes grows, a template is changed, the chain is verified', async () => {
  const page = await open_console({ path: 'admin/causes', who: admin, lang: 'en' });
  await button(page, "Add below On the product's side").click();
  await dialog(page).getByLabel(/^Name in Chinese/).fill('配送');
  await dialog(page).getByLabel(/^Name in English/).fill('Delivery');
  await dialog(page).getByLabel(/^Code/).fill('delivery');
  await dialog(page).locator('button[type=submit]').click();
  await page.locator('.rows .depth-1', { hasText: 'Delivery' }).waitFor();

  await open(page, 'templates');
  await page.locator('.rows .button', { hasText: 'English' }).first().click();
  const body = dialog(page).locator('textarea');
  await body.fill('{no.such}');
  await dialog(page).locator('button[type=submit]').click();
  await dialog(page).locator('.field-error').first().waitFor();
  await body.fill('Thank you, {customer.name|there}.');
  await dialog(page).locator('button[type=submit]').click();
  await dialog(page).waitFor({ state: 'detached' });

  await open(page, 'audit');
  assert.match(await page.locator('.audit summary').first().innerText(), /template_changed/);
  await button(page, 'Verify the chain').click();
  await page.locator('[data-verdict]').waitFor();
  assert.match(await page.locator('[data-verdict]').innerText(), /The chain holds up to entry/);
  await page.locator('.filters select').first().selectOption('cause');
  await page.locator('.audit summary', { hasText: 'cause_created' }).first().waitFor();
  await page.context().close();
});

test('administration: complaints are imported after a look at the first rows', async () => {
  const page = await open_console({ path: 'admin/import', who: admin, lang: 'en' });
  const csv = '工单号,受理时间,投诉内容,联系电话,备注\nA-1,2026-10-01 09:00:00,空调不制冷,13900000001,x\nA-2,昨天,门铃坏了,13900000002,y\n';
  await page.locator('input[type=file]').setInputFiles({ name: 'crm.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.locator('[data-preview] li').nth(1).waitFor();
  assert.match(await page.locator('textarea').inputValue(), /external_id = "工单号"/);
  assert.match(await page.locator('[data-preview] li').nth(0).innerText(), /空调不制冷/);
  assert.match(await page.locator('[data-preview] li').nth(1).innerText(), /would be rejected/);
  await check_accessible(page, 'import preview');
  await picture(page, 'admin-import-preview');
  await button(page, 'Import').click();
  await page.locator('.rows li', { hasText: 'crm.csv' }).getByText(/1 imported, 0 known already, 1 rejected/).waitFor();
  await page.context().close();
});

test('administration: who has no right to a page is told so', async () => {
  const page = await open_console({ who: null, lang: 'en' });
  await sign_in(page, { login: 'zhang.min', password: 'listen-first-2026' });
  await page.goto(`${program.url}desk/admin/webhooks`);
  await page.locator('.empty-title').waitFor();
  assert.equal((await call(page, 'GET', '/webhooks')).status, 403);
  await page.context().close();
});

// Customers, the profile, and the first day of a house.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { check_accessible } from './checks.mjs';
import { assert_quiet, call, handler, new_page, not_signed_in, open_console, open_context, picture, program, refused_status, sign_in } from './house.mjs';
import { founder, start_program } from './program.mjs';

const guardian = { login: 'hu.bin', password: 'by-the-book-2026' };

async function create_customer(page, name, phone) {
  const { status, body } = await call(page, 'POST', '/customers', { name, contacts: [{ kind: 'phone', value: phone }] });
  assert.equal(status, 201, JSON.stringify(body));
  return body.id;
}
const fresh_phone = () => `139${String(Date.now() + Math.floor(Math.random() * 1e6)).slice(-8)}`;
const open_customer = async (page, id) => {
  await page.goto(`${program.url}desk/customer/${id}`);
  await page.locator('#value-title').waitFor();
};

test('customer: D6: the value sheet works itself out, with its formula, and is kept', async () => {
  const page = await open_console();
  await open_customer(page, await create_customer(page, `价值 ${Date.now()}`, fresh_phone()));
  const card = page.locator('section:has(> .card-head #value-title)');
  await card.locator('.card-head .button').click();
  const fields = card.locator('input');
  for (const [at, value] of [[0, '200'], [1, '2'], [2, '60'], [3, '5']]) await fields.nth(at).fill(value);
  await card.locator('button[type=submit]').click();
  await card.locator('dd.value-sum').filter({ hasText: '2,300.00' }).waitFor();
  await page.reload();
  await card.locator('dd.value-sum').filter({ hasText: '2,300.00' }).waitFor();
  assert.match(await card.innerText(), /\(5\) × \(6\)/);
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('customer: G4: scenarios stand side by side, an own factor changes them, what misses a figure stays empty', async () => {
  const page = await open_console();
  const { body } = await call(page, 'GET', '/queue?view=mine&limit=1');
  const id = (await call(page, 'GET', `/cases/${body.items[0].id}`)).body.case.customer_id;
  await open_customer(page, id);
  const card = page.locator('section:has(> .card-head #cost-title)');
  const silent = card.locator('tbody tr').nth(1).locator('td').first();
  const before = await silent.innerText();
  assert.equal(await card.locator('tbody tr').count(), 5);
  assert.equal(await card.locator('tbody tr').nth(4).locator('td').first().innerText(), '—');
  await card.locator('.card-head .button').click();
  await card.locator('[name=complaining]').fill('101');
  await card.locator('button[type=submit]').click();
  await card.locator('.field:has([name=complaining]) .field-error').waitFor();
  await card.locator('[name=complaining]').fill('10');
  await card.locator('button[type=submit]').click();
  await card.locator('form').waitFor({ state: 'detached' });
  assert.notEqual(await silent.innerText(), before);
  assert.notEqual(await card.locator('tbody tr').nth(4).locator('td').first().innerText(), '—');
  await picture(page, 'console-customer-cost');
  assert_quiet(page, [...not_signed_in, ...refused_status]);
  await page.context().close();
});

test('customer: two records become one person, and two again', async () => {
  const page = await open_console();
  const name = `双档 ${Date.now()}`;
  const [one, other] = [await create_customer(page, name, fresh_phone()), await create_customer(page, name, fresh_phone())];
  await open_customer(page, one);
  const card = page.locator('section:has(> .card-head #records-title)');
  await card.getByText('是同一个人', { exact: true }).click();
  await page.locator('dialog .primary').click();
  await card.getByText(`档案 ${other}`).waitFor();
  assert.equal((await call(page, 'GET', `/customers/${other}`)).body.id, one);
  await card.getByText('拆开').click();
  await card.getByText('不是同一个人').click();
  await card.getByText('没有发现').waitFor();
  assert.equal((await call(page, 'GET', `/customers/${other}`)).body.id, other);
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('customer: a person is forgotten only with a reason', async () => {
  const maker = await open_console();
  const name = `请忘记我 ${Date.now()}`;
  const id = await create_customer(maker, name, fresh_phone());
  const page = await open_console({ who: guardian });
  await open_customer(page, id);
  await page.locator('.customer-erase').click();
  await page.locator('dialog button[type=submit]').click();
  await page.locator('dialog .field-error, dialog [role=alert]').first().waitFor();
  await check_accessible(page, 'erase');
  await page.locator('dialog [name=reason]').fill('本人书面要求');
  await page.locator('dialog button[type=submit]').click();
  await page.locator('.toast').waitFor();
  await page.locator('.customer-head h1').filter({ hasText: '匿名' }).waitFor();
  assert.doesNotMatch(await page.locator('main').innerText(), new RegExp(name));
  assert_quiet(page, [...not_signed_in, ...refused_status]);
  for (const one of [maker, page]) await one.context().close();
});

test('profile: rows, single keys and the language are as the reader wants them, also tomorrow', async () => {
  const page = await open_console({ path: 'profile' });
  const height = async () => {
    await page.goto(`${program.url}desk/queue/open`);
    await page.locator('.row').first().waitFor();
    return page.locator('.row').first().evaluate((row) => row.offsetHeight);
  };
  await page.locator('[name=density][value=roomy]').check();
  await page.locator('[name=single-keys]').uncheck();
  assert.equal(await height(), 56);
  await page.keyboard.press('j');
  assert.equal(await page.evaluate(() => document.activeElement.closest('.row')), null);
  await page.keyboard.press('Control+k');
  await page.locator('dialog.palette').waitFor();
  await page.goto(`${program.url}desk/profile`);
  await page.locator('[name=density][value=compact]').check();
  assert.equal(await height(), 40);
  await page.goto(`${program.url}desk/profile`);
  const told = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await page.locator('label:has-text("English") input').check();
  await told;
  await page.locator('h1').filter({ hasText: 'Profile' }).waitFor();
  assert.equal((await call(page, 'GET', '/me')).body.interface_language, 'en');
  const elsewhere = await open_console({ lang: 'zh' });
  await elsewhere.locator('.queue-head .primary').filter({ hasText: 'Take a complaint' }).waitFor();
  const { staff } = (await call(page, 'GET', '/me')).body;
  await call(page, 'PATCH', '/me', { interface_language: '' }, { 'If-Match': `"${staff.version}"` });
  await elsewhere.context().close();
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('first day: whoever is alone in the house is led to setting it up', async () => {
  const house = await start_program({ is_demo: false });
  try {
    const page = await new_page(await open_context());
    await page.goto(`${house.url}desk/`);
    await sign_in(page, founder);
    await page.waitForURL(/\/welcome$/);
    await page.locator('.welcome-roles input').first().waitFor();
    await check_accessible(page, 'welcome');
    await picture(page, 'console-welcome');
    await page.locator('form .primary').click();
    await page.locator('.field-error').first().waitFor();
    await page.locator('[name=display_name]').fill(handler.login);
    await page.locator('[name=login]').fill('first.colleague');
    await page.locator('[name=password]').fill('tea-for-two-2026');
    await page.locator('form .primary').click();
    await page.locator('.chip-still').nth(1).waitFor();
    await page.goto(`${house.url}desk/`);
    await page.waitForURL(/\/queue\/mine$/);
    assert_quiet(page, [...not_signed_in, ...refused_status]);
    await page.context().close();
  } finally {
    await house.stop();
  }
});

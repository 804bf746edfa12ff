// The first page, which stands at /first/ until the console covers all of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { check_accessible, check_no_sideways_scroll, words } from './checks.mjs';
import { admin, assert_quiet, handler, lead, new_page, not_signed_in, open_context, picture, pictures, program, refused_status } from './house.mjs';

/** The first page in a browser of its own. */
async function open_page(look) {
  const page = await new_page(await open_context(look));
  await page.goto(`${program.url}first/`);
  return page;
}

async function sign_in(page, { login, password } = handler) {
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(password);
  await page.locator('#sign-in-form button[type=submit]').click();
  await page.locator('#desk').waitFor();
  await page.locator('#queue-title').filter({ hasText: /\S/ }).waitFor();
}

/** Adds somebody with a one-time password, the way an administrator does. */
async function add_newcomer(login, password) {
  const page = await open_page();
  const statuses = await page.evaluate(async ([who, newcomer]) => {
    const post = (path, body) => fetch(`/api/v1${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
      body: JSON.stringify(body),
    });
    return [(await post('/sign-in', who)).status, (await post('/staff', newcomer)).status];
  }, [admin, { login, password, display_name: '新来的同事', roles: ['intake'], languages: ['zh'] }]);
  await page.context().close();
  assert.deepEqual(statuses, [200, 201]);
}

async function open_first_case(page) {
  await page.locator('#rows > li a').first().click();
  await page.locator('#case h2').waitFor();
}

test('a wrong password is refused in the reader’s language', async () => {
  for (const lang of ['zh', 'en']) {
    const page = await open_page({ lang });
    await page.locator('#login').fill(handler.login);
    await page.locator('#password').fill('not-the-password');
    await page.locator('#sign-in-form button[type=submit]').click();
    const refusal = page.locator('#sign-in-refusal');
    await refusal.filter({ hasText: /\S/ }).waitFor();
    assert.match(await refusal.innerText(), words[lang]);
    assert.equal(await page.locator('#desk').isVisible(), false);
    assert_quiet(page, not_signed_in);
    await page.context().close();
  }
});

test('a password that somebody else has set is replaced first', async () => {
  const newcomer = { login: `newcomer.${Date.now()}`, password: 'only-for-once-2026' };
  await add_newcomer(newcomer.login, newcomer.password);
  const page = await open_page();
  await page.locator('#login').fill(newcomer.login);
  await page.locator('#password').fill(newcomer.password);
  await page.locator('#sign-in-form button[type=submit]').click();
  const dialog = page.locator('dialog[open]');
  await dialog.locator('[name=current]').fill(newcomer.password);
  await dialog.locator('[name=wanted]').fill('12345678');
  await dialog.locator('button[type=submit]').click();
  await dialog.locator('.field:has([name=wanted]) .error').getByText('太常见').waitFor();
  await check_accessible(page, 'password');
  await dialog.locator('[name=wanted]').fill('tea-for-two-and-two-for-tea');
  await dialog.locator('button[type=submit]').click();
  await page.locator('#desk').waitFor();
  assert_quiet(page, [...not_signed_in, ...refused_status]);
  await page.context().close();
});

for (const lang of ['zh', 'en']) {
  for (const scheme of ['light', 'dark']) {
    test(`sign-in, queue, case and dialog are accessible (${lang}, ${scheme})`, async () => {
      const page = await open_page({ lang, scheme });
      await page.locator('#sign-in h1').filter({ hasText: words[lang] }).waitFor();
      assert.equal(await page.getAttribute('html', 'lang'), lang === 'zh' ? 'zh-CN' : 'en');
      await check_accessible(page, 'sign-in');
      await picture(page, `sign-in-${lang}-${scheme}`);
      await sign_in(page);
      await check_accessible(page, 'queue');
      await picture(page, `queue-${lang}-${scheme}`);
      await open_first_case(page);
      await check_accessible(page, 'case');
      await picture(page, `case-${lang}-${scheme}`);
      await page.locator('#case .next button').first().click();
      await page.locator('dialog[open]').waitFor();
      await check_accessible(page, 'dialog');
      await picture(page, `dialog-${lang}-${scheme}`);
      assert_quiet(page, not_signed_in);
      await page.context().close();
    });
  }
}

test('a complaint is filed, found in the queue, answered, and the story tells it', async () => {
  const page = await open_page();
  await sign_in(page);
  const said = `净水器漏了一地，第二次了 ${Date.now()}`;
  await page.locator('#receive').click();
  const dialog = page.locator('dialog[open]');
  await dialog.locator('[name=raw_content]').fill(said);
  await dialog.locator('[name=channel]').selectOption('phone');
  await dialog.locator('details > summary').click();
  await dialog.locator('[name=complainant_name]').fill('田小满');
  await dialog.locator('[name=phone]').fill('13900000999');
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('#case .words').filter({ hasText: said }).waitFor();

  await page.locator('[data-verb=respond_first]').click();
  const reply = page.locator('dialog[open]');
  const text = '田女士您好，我是张敏。第二次漏水，地板又泡了，您着急生气都是应该的。一个小时内我给您回电话，告诉您师傅几点到。';
  await reply.locator('[name=text]').fill(text);
  await reply.locator('[name=restated]').fill('净水器第二次漏水');
  await reply.locator('[name=next_step]').fill('联系师傅上门并回电');
  await reply.locator('[name=next_step_at]').fill(in_one_hour());
  await reply.locator('button[type=submit]').click();
  await reply.waitFor({ state: 'detached' });
  await page.locator('#case .story .reply').filter({ hasText: '第二次漏水，地板又泡了' }).waitFor();
  await picture(page, 'answered-zh-light');
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

async function file_complaint(page, said) {
  await page.locator('#receive').click();
  const dialog = page.locator('dialog[open]');
  await dialog.locator('[name=raw_content]').fill(said);
  await dialog.locator('[name=channel]').selectOption('phone');
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('#case .words').filter({ hasText: said }).waitFor();
}

/** The wall clock of the page (Asia/Shanghai) one hour from now, as a datetime-local field takes it. */
function in_one_hour() {
  const there = new Date(Date.now() + 9 * 3_600_000);
  return there.toISOString().slice(0, 16);
}

for (const lang of ['zh', 'en']) {
  test(`a refusal stands beside its field and says what to do (${lang})`, async () => {
    const page = await open_page({ lang });
    await sign_in(page);
    await page.locator('#receive').click();
    const receiving = page.locator('dialog[open]');
    await receiving.locator('[name=raw_content]').fill('No hot water for three days.');
    await receiving.locator('[name=channel]').selectOption('phone');
    await receiving.locator('button[type=submit]').click();
    await receiving.waitFor({ state: 'detached' });
    await page.locator('[data-verb=respond_first]').click();
    const reply = page.locator('dialog[open]');
    await reply.locator('[name=text]').fill('…');
    await reply.locator('button[type=submit]').click();
    const error = reply.locator('.error').filter({ hasText: /\S/ }).first();
    await error.waitFor();
    assert.match(await error.innerText(), words[lang]);
    assert.equal(await reply.locator('[name=text]').inputValue(), '…');
    await check_accessible(page, 'refused dialog');
    await picture(page, `refused-${lang}`);
    assert_quiet(page, [...not_signed_in, ...refused_status]);
    await page.context().close();
  });
}

test('a letter is a list of what it must contain, and is sent once all of it is written', async () => {
  const page = await open_page();
  await sign_in(page);
  await file_complaint(page, '门店拒绝按承诺退货');
  await page.locator('[data-verb=send_letter]').click();
  const dialog = page.locator('dialog[open]');
  await dialog.locator('[name=letter]').selectOption('decline_notice');
  await dialog.locator('.keyed .there').filter({ hasText: '负责人姓名' }).waitFor();
  await check_accessible(page, 'letter');
  await picture(page, 'letter-zh');
  await dialog.locator('[name=text]').fill('您好，我是张敏。这件事很让人生气，但它不归我们处理。');
  await dialog.locator('[data-key=reasons]').fill('该商品由第三方销售');
  await dialog.locator('button[type=submit]').click();
  await dialog.locator('.field:has(.keyed) .error').filter({ hasText: /\S/ }).waitFor();
  await dialog.locator('[data-key=where_else]').fill('可拨打 12315');
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'detached' });
  assert_quiet(page, [...not_signed_in, ...refused_status]);
  await page.context().close();
});

test('E3, E4: the coach speaks while a reply is written, and sees the promise in it', async () => {
  const page = await open_page();
  await sign_in(page);
  await open_first_case(page);
  await page.locator('#case button', { hasText: '回复' }).first().click();
  const reply = page.locator('dialog textarea[name=text]');
  await reply.fill('这是您自己没看清楚，我们没有责任。');
  await page.locator('dialog .coach li').first().waitFor();
  assert.match(await page.locator('dialog .coach').textContent(), /不要怪客户/);
  await picture(page, 'coach-zh');
  await check_accessible(page, 'coach');
  await reply.fill('您好，我是张敏。让您这么着急，真的很抱歉。我明天下午五点前给您回电。');
  await page.locator('dialog .coach .promises li').waitFor();
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('D1: what was written is found by a word, and the answer says where', async () => {
  const page = await open_page();
  await sign_in(page, lead);
  await page.locator('#search-text').fill('冰箱');
  await page.locator('#search button').click();
  await page.locator('#rows mark').first().waitFor();
  assert.match(await page.locator('#queue-title').textContent(), /冰箱/);
  await page.screenshot({ path: `${pictures}search-zh.png` });
  await check_accessible(page, 'search');
  await page.locator('#search-text').fill('colour:red');
  await page.locator('#search button').click();
  await page.locator('#search-refusal:not(:empty)').waitFor();
  await page.locator('#search-text').fill('');
  await page.locator('#search button').click();
  await page.locator('#rows mark').first().waitFor({ state: 'detached' });
  assert_quiet(page, refused_status);
  await page.context().close();
});

test('a clock says which rule it comes from, and why it ends then', async () => {
  const page = await open_page();
  await sign_in(page);
  await open_first_case(page);
  await page.locator('#case .clocks .why summary').first().click();
  const lines = page.locator('#case .clocks .why[open] p');
  await lines.first().waitFor();
  assert.match(await lines.first().innerText(), /完成标志/);
  assert.ok((await lines.count()) >= 2);
  await page.context().close();
});

test('who administers the rules is told what they need', async () => {
  const page = await open_page();
  await page.route('**/policies/warnings', (route) => route.fulfill({ json: { items: [{ code: 'x', detail: '节假日表缺少 2031 年' }] } }));
  await page.locator('#login').fill(admin.login);
  await page.locator('#password').fill(admin.password);
  await page.locator('#sign-in-form button[type=submit]').click();
  await page.locator('#warnings li').filter({ hasText: '2031' }).waitFor();
  await check_accessible(page, 'warnings');
  await page.context().close();
});

test('the language switches without losing the open case', async () => {
  const page = await open_page();
  await sign_in(page);
  await open_first_case(page);
  const address = page.url();
  await page.locator('#language').click();
  await page.locator('html[lang=en]').waitFor();
  await page.locator('#receive').filter({ hasText: 'complaint' }).waitFor();
  assert.equal(page.url(), address);
  assert.doesNotMatch(await page.locator('body').innerText(), /page\.\w+/);
  await page.context().close();
});

test('a change made elsewhere shows without reloading', async () => {
  const mine = await open_page();
  await sign_in(mine);
  await open_first_case(mine);
  const before_it = await mine.locator('#case .story > li').count();
  const other = await open_page();
  await sign_in(other);
  await other.goto(mine.url());
  await other.locator('#case h2').waitFor();
  await other.locator('#case .next details > summary').click();
  await other.locator('[data-verb=add_note]').click();
  await other.locator('dialog[open] [name=text]').fill('客户刚刚又来电，语气缓和了一些。');
  await other.locator('dialog[open] button[type=submit]').click();
  await mine.locator('#case .story .note').filter({ hasText: '语气缓和' }).waitFor({ timeout: 5000 });
  assert.ok((await mine.locator('#case .story > li').count()) > before_it);
  await mine.context().close();
  await other.context().close();
});

test('notices open in a dialog and lead to their case', async () => {
  const page = await open_page();
  await sign_in(page, lead);
  await page.locator('#news').click();
  const dialog = page.locator('dialog[open]');
  await dialog.locator('.notices li').first().waitFor();
  await check_accessible(page, 'notices');
  await picture(page, 'notices-zh');
  await dialog.locator('.notices a').first().click();
  await page.locator('#case h2').waitFor();
  assert.equal(await page.locator('dialog[open]').count(), 0);
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('everything can be reached with the keyboard alone', async () => {
  const page = await open_page();
  await page.locator('#login').focus();
  await page.keyboard.type(handler.login);
  await page.keyboard.press('Tab');
  await page.keyboard.type(handler.password);
  await page.keyboard.press('Enter');
  await page.locator('#rows > li a').first().waitFor();
  await page.locator('#receive').focus();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search-text');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.closest('#rows') !== null), true);
  await page.keyboard.press('Enter');
  await page.locator('#case h2').waitFor();
  await page.locator('#case .next button').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  await page.context().close();
});

for (const lang of ['zh', 'en']) {
  test(`a telephone shows everything without scrolling sideways (${lang})`, async () => {
    const page = await open_page({ lang, width: 390, height: 844 });
    await check_no_sideways_scroll(page);
    await sign_in(page);
    await check_no_sideways_scroll(page);
    await picture(page, `phone-queue-${lang}`);
    await open_first_case(page);
    await check_no_sideways_scroll(page);
    await picture(page, `phone-case-${lang}`);
    await page.locator('#case .next button').first().click();
    await page.locator('dialog[open]').waitFor();
    await check_no_sideways_scroll(page);
    await check_accessible(page, 'dialog on a telephone');
    await picture(page, `phone-dialog-${lang}`);
    assert_quiet(page, not_signed_in);
    await page.context().close();
  });
}

// A handler's day in the workspace: read, answer, promise, take back, go on.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { check_accessible, check_no_sideways_scroll } from './checks.mjs';
import { assert_quiet, call, cut_off, file_case, give, handler, lead, not_signed_in, open_console, picture, program, refused_status } from './house.mjs';

const area = '.composer-area';
const kind_words = '您好，我是张敏。冰箱又坏了，还让您等这么久，换了谁都会着急。明天下午五点前我给您回电话。';

/** A case of one's own that has had its first reply, so that what follows is plain conversation. */
async function answered_case(page, said = `冰箱又坏了 ${Date.now()}`) {
  const filed = await file_case(page, said);
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  const inputs = { text: `您好，我是张敏。${said}，您着急是应该的。一小时内给您回电。`, restated: said, next_step: '回电', next_step_at: soon };
  return give(page, filed, 'respond_first', inputs);
}

async function open_case(page, { id }) {
  await page.goto(`${program.url}desk/case/${id}`);
  await page.locator('.head-title').waitFor();
  await page.locator(area).waitFor();
}

/** What the customer was sent, by the chain. */
async function sent_to_customer(page, id) {
  const { body } = await call(page, 'GET', `/cases/${id}`);
  return body.story.filter(({ kind }) => kind === 'message_sent').map(({ personal }) => personal.with.text);
}

async function until(what, holds, patience_ms = 20_000) {
  const end = Date.now() + patience_ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${patience_ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

test('workspace: N, R, Ctrl+Enter, N: a case is answered and the next one opened without a mouse', async () => {
  const page = await open_console();
  const one = await answered_case(page);
  await answered_case(page, `洗衣机漏水 ${Date.now()}`);
  await open_case(page, one);
  await page.keyboard.press('r');
  assert.equal(await page.evaluate(() => document.activeElement.matches('.composer-area')), true);
  await page.keyboard.type(kind_words);
  await page.keyboard.press('Control+Enter');
  await page.locator('.saying.pending').waitFor();
  await page.locator('.desk-sent').waitFor();
  const seen = await page.evaluate(() => {
    const { top, bottom } = document.activeElement.getBoundingClientRect();
    return { what: document.activeElement.closest('.desk-sent') !== null, isSeen: top >= document.querySelector('.bar').getBoundingClientRect().bottom && bottom <= innerHeight };
  });
  assert.deepEqual(seen, { what: true, isSeen: true });
  await page.keyboard.press('n');
  await page.waitForURL((url) => !url.pathname.endsWith(`/case/${one.id}`) && /\/case\/\d+$/.test(url.pathname));
  await page.locator('.head-title').waitFor();
  await until('the reply has left', async () => (await sent_to_customer(page, one.id)).length === 1);
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('workspace: a reply can be taken back for ten seconds and then goes on as a draft', async () => {
  const page = await open_console();
  const one = await answered_case(page);
  await open_case(page, one);
  await page.locator(area).fill(kind_words);
  await page.keyboard.press('Control+Enter');
  await page.locator('.pending-undo').click();
  await page.locator('.saying.pending').waitFor({ state: 'detached' });
  assert.equal(await page.locator(area).inputValue(), kind_words);
  await page.waitForTimeout(11_000);
  assert.deepEqual(await sent_to_customer(page, one.id), []);
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('workspace: Enter is a new line, the Enter of an input method never sends, and whatever is pressed sends once', async () => {
  const page = await open_console();
  const one = await answered_case(page);
  await open_case(page, one);
  const field = page.locator(area);
  await field.fill('第一行');
  await field.press('Enter');
  assert.equal(await field.inputValue(), '第一行\n');
  // As Chromium tells the Enter that ends a composition, with Ctrl held or not.
  for (const composing of [{ isComposing: true }, { keyCode: 229 }])
    await field.evaluate((node, more) => node.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, ...more })), composing);
  assert.equal(await page.locator('.saying.pending').count(), 0);
  await field.fill(kind_words);
  await page.evaluate(() => {
    const press = () => document.querySelector('.composer-area').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }));
    press();
    press();
    document.querySelector('.composer-send').click();
    document.querySelector('.composer-send').click();
  });
  await page.locator('.saying.pending').waitFor();
  assert.equal(await page.locator('.saying.pending').count(), 1);
  await until('the reply has left', async () => (await sent_to_customer(page, one.id)).length > 0);
  assert.deepEqual(await sent_to_customer(page, one.id), [kind_words]);
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('workspace: an answer that is lost on its way back does not make two replies', async () => {
  const page = await open_console();
  const one = await answered_case(page);
  await open_case(page, one);
  let lost = 0;
  await page.route('**/outbox', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort('connectionreset');
  });
  await page.locator(area).fill(kind_words);
  await page.keyboard.press('Control+Enter');
  await page.locator('.saying.pending').waitFor();
  assert.equal(lost, 1);
  assert.equal(await page.locator('.saying.pending').count(), 1);
  await until('the reply has left', async () => (await sent_to_customer(page, one.id)).length > 0);
  assert.deepEqual(await sent_to_customer(page, one.id), [kind_words]);
  await page.context().close();
});

test('workspace: the line is cut: it is said within three seconds, typing goes on, and the reply goes out once', async () => {
  const page = await open_console();
  const one = await answered_case(page);
  await open_case(page, one);
  await page.locator(area).fill(kind_words);
  await page.context().setOffline(true);
  await page.keyboard.press('Control+Enter');
  await page.locator('.bar-line').filter({ hasText: /\S/ }).waitFor({ timeout: 3_000 });
  await page.locator(area).press('End');
  await page.keyboard.type('断线时写的');
  await page.context().setOffline(false);
  await page.locator('.saying.pending').waitFor();
  await until('the reply has left', async () => (await sent_to_customer(page, one.id)).length > 0);
  assert.deepEqual(await sent_to_customer(page, one.id), [kind_words]);
  assert.equal(await page.locator(area).inputValue(), '断线时写的');
  assert_quiet(page, [...not_signed_in, ...cut_off]);
  await page.context().close();
});

test('workspace: a draft outlives its tab, and a session that ends in the middle of it', async () => {
  const page = await open_console();
  const one = await answered_case(page);
  await open_case(page, one);
  await page.locator(area).fill('写到一半的回复');
  const again = await page.context().newPage();
  await page.close({ runBeforeUnload: false });
  await open_case(again, one);
  assert.equal(await again.locator(area).inputValue(), '写到一半的回复');
  await call(again, 'POST', '/sign-out');
  await again.locator(area).fill(kind_words);
  await again.keyboard.press('Control+Enter');
  const dialog = again.locator('dialog:has(input[name=password])');
  await dialog.waitFor();
  assert.equal(await again.locator(area).inputValue(), kind_words);
  await dialog.locator('input[name=login]').fill(handler.login);
  await dialog.locator('input[name=password]').fill(handler.password);
  await dialog.locator('button[type=submit]').click();
  await again.locator('.saying.pending').waitFor();
  await until('the reply has left', async () => (await sent_to_customer(again, one.id)).length > 0);
  assert.deepEqual(await sent_to_customer(again, one.id), [kind_words]);
  await again.context().close();
});

test('workspace: who else writes is seen within two seconds, and answering twice warns', async () => {
  const page = await open_console();
  const one = await answered_case(page);
  await open_case(page, one);
  const other = await open_console({ who: lead });
  await open_case(other, one);
  await page.locator('.present').filter({ hasText: '周萍' }).waitFor({ timeout: 3_000 });
  await other.locator(area).press('End');
  await other.keyboard.type('我来回');
  await page.locator('.composer-warning').filter({ hasText: '周萍' }).waitFor({ timeout: 2_000 });
  await picture(page, 'workspace-typing-zh');
  await other.keyboard.press('Control+Enter');
  await other.locator('.saying.pending').waitFor();
  await page.locator(area).fill(kind_words);
  await page.keyboard.press('Control+Enter');
  await page.locator('.composer-refusal').filter({ hasText: '周萍' }).waitFor();
  assert.equal(await page.locator(area).inputValue(), kind_words);
  await check_accessible(page, 'answering twice');
  await picture(page, 'workspace-twice-zh');
  // Once hers has left, it says so and mine can still be sent.
  await page.locator('.meanwhile').filter({ hasText: '周萍' }).waitFor();
  await page.locator('.meanwhile button').click();
  await page.keyboard.press('Control+Enter');
  await page.locator(area).press('Control+Enter');
  await until('both have left', async () => (await sent_to_customer(page, one.id)).length === 2);
  assert_quiet(page, [...not_signed_in, ...refused_status]);
  await page.context().close();
  await other.context().close();
});

test('workspace: one key makes a promise of the words, and its clock runs once the reply has left', async () => {
  const page = await open_console();
  const one = await answered_case(page);
  await open_case(page, one);
  await page.locator(area).fill(kind_words);
  await page.locator('.promise-chip').first().waitFor();
  await page.keyboard.press('Alt+p');
  await page.locator('.promise-chip[aria-pressed=true]').waitFor();
  await picture(page, 'workspace-promise-zh');
  await page.keyboard.press('Control+Enter');
  await until('the promise is made', async () => {
    const { body } = await call(page, 'GET', `/cases/${one.id}`);
    return body.promises.length === 1 && body.clocks.some(({ id, is_open }) => id === 'promise' && is_open);
  });
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('workspace: the first reply brings what it must, and says beside the field what is missing', async () => {
  const page = await open_console();
  const one = await file_case(page, `净水器第二次漏水 ${Date.now()}`);
  await open_case(page, one);
  await page.locator(area).fill('您好');
  await page.keyboard.press('Control+Enter');
  await page.locator('.first .field-error').first().waitFor();
  await check_accessible(page, 'refused first reply');
  await picture(page, 'workspace-first-refused-zh');
  await page.locator(area).fill('您好，我是张敏。净水器第二次漏水，地板又泡了，您生气是应该的。明天下午五点前我给您回电话。');
  await page.locator('.promise-chip').first().waitFor();
  await page.locator('input[name=restated]').fill('净水器第二次漏水');
  assert.notEqual(await page.locator('input[name=next_step]').inputValue(), '');
  assert.notEqual(await page.locator('input[name=next_step_at]').inputValue(), '');
  await page.locator(area).press('Control+Enter');
  await page.locator('.saying.pending').waitFor();
  await until('answered', async () => (await call(page, 'GET', `/cases/${one.id}`)).body.story.some(({ kind }) => kind === 'first_responded'));
  assert_quiet(page, [...not_signed_in, ...refused_status]);
  await page.context().close();
});

test('workspace: the feeling and the words that gave it away are shown, and corrected in two presses', async () => {
  const page = await open_console();
  const one = await file_case(page, '你们就是骗子！打了五次电话没人管，气死我了，再不退款我就找律师起诉你们！', { channel: 'web' });
  await open_case(page, one);
  await page.locator('.mood-menu').click();
  await page.locator('.mood-read q').first().waitFor();
  await check_accessible(page, 'feeling');
  await picture(page, 'workspace-mood-zh');
  await page.locator('.menu-item[data-anger="1"]').click();
  await page.locator('.head .mood-menu .mood.upset').waitFor();
  const { body } = await call(page, 'GET', `/cases/${one.id}`);
  assert.equal(body.case.anger, 1);
  assert.equal(await page.locator('.tell').count() > 0, true);
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('workspace: a computer whose clock is three hours off shows the same clocks', async () => {
  const right = await open_console();
  const one = await file_case(right, `时钟 ${Date.now()}`);
  await open_case(right, one);
  const wrong = await open_console();
  await wrong.clock.install({ time: Date.now() + 3 * 3_600_000 });
  await open_case(wrong, one);
  const minutes = async (page) => Number(/(\d+)/.exec(await page.locator('.head .clock').first().innerText())[1]);
  await wrong.clock.runFor(1_500);
  assert.ok(Math.abs((await minutes(right)) - (await minutes(wrong))) <= 1);
  await right.context().close();
  await wrong.context().close();
});

test('workspace: a note is not a reply: it looks different, keeps its own text, and is never sent', async () => {
  const page = await open_console();
  const one = await answered_case(page);
  await open_case(page, one);
  await page.locator('[data-mode=note]').click();
  await page.locator(area).fill('客户语气缓和了一些');
  await page.locator('[data-mode=reply]').click();
  assert.equal(await page.locator(area).inputValue(), '');
  await page.locator('[data-mode=note]').click();
  await page.keyboard.press('Control+Enter');
  await page.locator('.saying.note').filter({ hasText: '语气缓和' }).waitFor();
  assert.deepEqual(await sent_to_customer(page, one.id), []);
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

test('workspace: a letter is a list of what it must contain', async () => {
  const page = await open_console();
  const one = await answered_case(page, '门店拒绝按承诺退货');
  await open_case(page, one);
  await page.locator('[data-mode=letter]').click();
  await page.locator('select[name=letter]').selectOption('decline_notice');
  await page.locator('.letter-part.done').first().waitFor();
  await check_accessible(page, 'letter');
  await picture(page, 'workspace-letter-zh');
  await page.locator(area).fill('您好，我是张敏。这件事很让人生气，但它不归我们处理。');
  await page.locator('[data-key=reasons]').fill('该商品由第三方销售');
  await page.locator(area).press('Control+Enter');
  await page.locator('.letter-form .field-error').first().waitFor();
  await page.locator('[data-key=where_else]').fill('可拨打 12315');
  await page.locator(area).press('Control+Enter');
  await page.locator('.saying.pending').waitFor();
  assert_quiet(page, [...not_signed_in, ...refused_status]);
  await page.context().close();
});

test('workspace: what happens elsewhere appears without a jump, and the draft and the focus stay', async () => {
  const page = await open_console();
  let one = await answered_case(page);
  for (let i = 0; i < 12; i += 1) one = await give(page, one, 'add_note', { text: `第 ${i} 条备注，写得长一些，好让这一页滚得动。` });
  await open_case(page, one);
  await page.locator(area).fill('写着');
  const scroller = page.locator('.talk-scroll');
  await scroller.evaluate((node) => node.scrollTo(0, 40));
  await page.waitForTimeout(300);
  const before_it = await scroller.evaluate((node) => node.scrollTop);
  const other = await open_console({ who: lead });
  await give(other, one, 'send_message', { text: '我先替同事回一句：我再补充一点' });
  await other.context().close();
  await page.locator('.saying.reply').filter({ hasText: '再补充' }).waitFor({ state: 'attached' });
  assert.equal(await scroller.evaluate((node) => node.scrollTop), before_it);
  assert.equal(await page.evaluate(() => document.activeElement.matches('.composer-area')), true);
  assert.equal(await page.locator(area).inputValue(), '写着');
  await page.locator('.meanwhile').waitFor();
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

for (const lang of ['zh', 'en'])
  for (const scheme of ['light', 'dark'])
    test(`workspace: everybody can use it (${lang}, ${scheme})`, async () => {
      const page = await open_console({ lang, scheme, path: 'queue/mine' });
      await page.locator('.row').first().waitFor();
      await page.keyboard.press('n');
      await page.locator('.head-title').waitFor();
      await page.locator('.cards .card').nth(3).waitFor();
      await page.locator(area).fill(lang === 'zh' ? '这是您自己没看清楚，我们没有责任。我明天下午五点前给您回电。' : 'You should have read the terms. We are not to blame. I will call you tomorrow by 5 pm.');
      await page.locator('.coach-hint').first().waitFor();
      await check_accessible(page, 'workspace');
      await picture(page, `workspace-${lang}-${scheme}`);
      await page.locator('.head .clock-why').first().click();
      await page.locator('.why p').nth(1).waitFor();
      await check_accessible(page, 'why');
      await page.keyboard.press('Escape');
      await page.locator('.command-menu').click();
      await page.locator('.command-list [data-verb=offer_handover]').click();
      await page.locator('dialog [name=to]').waitFor();
      await check_accessible(page, 'dialog');
      await picture(page, `workspace-dialog-${lang}-${scheme}`);
      await page.locator('dialog button[type=submit]').click();
      await page.locator('dialog .field-error').first().waitFor();
      await check_accessible(page, 'refused dialog');
      await page.keyboard.press('Escape');
      assert.doesNotMatch(await page.locator('body').innerText(), /workspace\.\w+/);
      assert_quiet(page, [...not_signed_in, ...refused_status]);
      await page.context().close();
    });

for (const lang of ['zh', 'en'])
  test(`workspace: nothing is lost on a telephone (${lang})`, async () => {
    const page = await open_console({ lang, width: 390, height: 844, path: 'queue/mine' });
    await page.locator('.row').first().waitFor();
    const one = await answered_case(page);
    await open_case(page, one);
    await check_no_sideways_scroll(page);
    await check_accessible(page, 'telephone');
    await picture(page, `workspace-phone-${lang}`);
    await page.locator('.desk-tab').nth(1).click();
    await page.locator('.cards .card').first().waitFor();
    await check_no_sideways_scroll(page);
    await picture(page, `workspace-phone-cards-${lang}`);
    await page.context().close();
  });

test('workspace: D2: words at the very beginning are marked, and the customer’s text stands once', async () => {
  const page = await open_console({ who: lead });
  const said = '你们就是骗子！气死我了，再不处理我就找律师起诉你们！';
  const { id } = await file_case(page, said, { channel: 'web' });
  const { body } = await call(page, 'GET', `/cases/${id}`);
  const { words } = body.story.find((entry) => entry.kind === 'received').payload.read;
  assert.ok(words.some((span) => !span.begin), 'the text no longer begins with a word that tells');
  await page.goto(`${program.url}desk/case/${id}`);
  await page.locator('.said mark').first().waitFor();
  assert.equal(await page.locator('.said').first().textContent(), said);
  assert_quiet(page, not_signed_in);
  await page.context().close();
});

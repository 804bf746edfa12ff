import { start_browser } from './browser.mjs';
const url = process.argv[2]; const out = process.argv[3];
const browser = await start_browser();
for (const lang of ['zh','en']) for (const scheme of ['light','dark']) for (const width of [390,1280]) {
  const context = await browser.newContext({ locale: lang === 'zh' ? 'zh-CN' : 'en-GB', colorScheme: scheme, viewport: { width, height: 844 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url);
  await page.screenshot({ path: `${out}/form-${lang}-${scheme}-${width}.png`, fullPage: true });
  await page.locator('#what').fill(''); 
  await page.evaluate(() => 0).catch(() => {});
  await page.waitForTimeout(3200);
  await page.locator('#contact').fill('12-3');
  await page.locator('#what').fill(lang === 'zh' ? '新买的冰箱不制冷，打了三次电话没人管，每次都说会有人联系我。' : 'The new fridge does not cool. I called three times and every time somebody promised to call back.');
  await page.locator('button[type=submit]').click();
  await page.screenshot({ path: `${out}/wrong-${lang}-${scheme}-${width}.png`, fullPage: true });
  await page.locator('#contact').fill(lang === 'zh' ? '13800138000' : 'jo@example.com');
  await page.locator('button[type=submit]').click();
  await page.screenshot({ path: `${out}/filed-${lang}-${scheme}-${width}.png`, fullPage: true });
  await context.close();
}
await browser.close();

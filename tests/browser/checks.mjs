// What every screen has to pass.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };

/** What a text in this language has in it. */
export const words = { zh: /[\u4e00-\u9fff]/, en: /^[^\u4e00-\u9fff]*[A-Za-z]{2}[^\u4e00-\u9fff]*$/ };

/** WCAG 2.0 to 2.2, A and AA, and targets of at least 24 px. */
export async function check_accessible(page, screen) {
  await page.evaluate(axe);
  const options = { runOnly: rules, rules: { 'target-size': { enabled: true } } };
  const { violations } = await page.evaluate((wanted) => globalThis.axe.run(document, wanted), options);
  const where = (nodes) => nodes.map(({ target, failureSummary }) => `\n  ${target} ${failureSummary}`).join('');
  assert.deepEqual(violations.map(({ id, help, nodes }) => `${screen}: ${id}: ${help}${where(nodes)}`), []);
}

export async function check_no_sideways_scroll(page) {
  const { wide, seen } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, seen: document.documentElement.clientWidth }));
  assert.ok(wide <= seen, `the page is ${wide} px wide in a window of ${seen} px`);
}

// No page violates what axe can check, light and dark, narrow and wide.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { address, examples, launch, open } from './browser.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser;
let pages;

before(async () => {
  browser = await launch();
  pages = await examples();
});

after(async () => {
  await browser.close();
});

/** `covered` names what lies half under something that is open, and has no size then. */
async function check(page, name, covered = []) {
  await page.evaluate(axe);
  const found = await page.evaluate((exclude) => window.axe.run({ include: [document], exclude }, {
    resultTypes: ['violations'],
    rules: { 'target-size': { enabled: true } },
  }), covered);
  const told = found.violations.map((violation) => {
    const nodes = violation.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`);
    return `${name}: ${violation.id} (${violation.nodes.length}): ${nodes.join(' | ')}`;
  });
  assert.deepEqual(told, []);
}

for (const [colorScheme, width] of [['light', 1280], ['dark', 1280], ['light', 360]]) {
  test(`axe: every page, ${colorScheme}, ${width} px`, async () => {
    const page = await open(browser, { colorScheme, viewport: { width, height: 800 } });
    for (const [name, target] of Object.entries(pages)) {
      await page.goto(target);
      await check(page, name);
    }
  });

  test(`axe: what script opens, ${colorScheme}, ${width} px`, async () => {
    const page = await open(browser, { colorScheme, viewport: { width, height: 800 } });
    await page.goto(address('/', { q: '氢能' }));
    await page.locator('.hit details.cite summary', { hasText: '引用' }).first().click();
    await page.locator('.cite-form').first().waitFor();
    await page.locator('[data-basket-toggle]').first().click();
    await check(page, 'citations and a message');
    await page.fill('#q', '');
    await page.locator('#q').pressSequentially('氢');
    await page.locator('[role=option]').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await check(page, 'suggestions', ['.facets']);
    await page.keyboard.press('Escape');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('?');
    await page.locator('dialog[open]').waitFor();
    await check(page, 'help on keys');
    await page.goto(address('/'));
    await page.locator('#q').pressSequentially('氢');
    await page.locator('[role=option]').first().waitFor();
    await page.locator('.results-title').waitFor();
    await check(page, 'results on the start page', ['.facets']);
  });
}

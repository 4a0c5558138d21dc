// What an official does, in a real browser, on the seeds. Most of it with
// script switched off, because every page must work without.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { address, isQuiet, launch, open, url } from './browser.mjs';

let browser;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser.close();
});

/** Whether an element lies in the window. */
async function isInView(locator) {
  const box = await locator.boundingBox();
  const size = locator.page().viewportSize();
  return box !== null && box.y < size.height && box.y + Math.min(box.height, 40) > 0;
}

test('without script: search, filter, read, and the address opens the same', async () => {
  const page = await open(browser, { javaScriptEnabled: false });
  await page.goto(url.href);
  await page.fill('#q', '氢能');
  await page.click('.search-button');
  const total = await count(page);
  assert.ok(total > 0, 'there are passages on 氢能');
  assert.ok(await page.locator('.snippet mark').count() > 0, 'matches are marked');

  const theme = page.locator('.facet-value', { hasText: '氢能' }).first();
  const promised = Number((await theme.locator('.facet-count').innerText()).replace(/\D/g, ''));
  await theme.click();
  assert.equal(await count(page), promised, 'the facet gives what it promises');
  assert.equal(await page.locator('.chip').count(), 1);

  const documents = page.locator('.facet', { has: page.locator('h3', { hasText: '文件' }) });
  const one = documents.locator('.facet-value').first();
  const inOne = Number((await one.locator('.facet-count').innerText()).replace(/\D/g, ''));
  await one.click();
  assert.equal(await count(page), inOne, 'the document gives what it promises');
  assert.equal(await page.locator('.chip').count(), 2);

  const snippet = (await page.locator('.snippet mark').first().innerText()).trim();
  await page.locator('.hit-heading a').first().click();
  const found = page.locator('.found').first();
  assert.ok(await isInView(found), 'the passage is in view');
  assert.ok((await found.innerText()).includes(snippet), 'it is the passage that was found');
  assert.ok(await found.locator('mark').count() > 0, 'it is marked');
  const text = await found.innerText();

  const again = await open(browser, { javaScriptEnabled: false });
  await again.goto(page.url());
  const same = again.locator('.found').first();
  assert.ok(await isInView(same), 'the address leads to the passage');
  assert.equal(await same.innerText(), text);

  await page.click('.back a');
  assert.equal(await count(page), inOne, 'the way back keeps the search');
  await page.locator('.chip').last().click();
  await page.locator('.chip').click();
  assert.equal(await count(page), total, 'a chip takes its choice back');
  isQuiet(page);
  isQuiet(again);
});

test('without script: paging goes to the end', async () => {
  const page = await open(browser, { javaScriptEnabled: false });
  await page.goto(address('/', { q: '发展', limit: '50' }));
  const total = await count(page);
  let seen = await page.locator('.hit').count();
  while (await page.locator('a[rel=next]').count()) {
    await page.click('a[rel=next]');
    seen += await page.locator('.hit').count();
  }
  assert.equal(seen, total);
  isQuiet(page);
});

test('without script: an outline leads to its heading', async () => {
  const page = await open(browser, { javaScriptEnabled: false });
  await page.goto(address('/documents'));
  await page.locator('.col-title a[href^="/documents/"]').nth(1).click();
  const step = page.locator('.outline-list a').nth(3);
  const label = await step.innerText();
  await step.click();
  const target = page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`);
  assert.ok(await isInView(target));
  const heading = await target.innerText();
  assert.ok(heading.replace(/\s/g, '').includes(label.replace(/\s/g, '').slice(-4)), `${label} / ${heading}`);
  isQuiet(page);
});

test('with script: `/` goes to the search box', async () => {
  const page = await open(browser);
  await page.goto(address('/', { q: '氢能' }));
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
  isQuiet(page);
});

test('no page is wider than its window', async () => {
  for (const width of [360, 768, 1440]) {
    const page = await open(browser, { viewport: { width, height: 800 } });
    for (const target of [
      address('/'),
      address('/', { q: '氢能' }),
      address('/', { q: 'xyzzy -煤炭', theme: '氢能' }),
      address('/documents'),
      address('/', { limit: 'x' }),
    ]) {
      await page.goto(target);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${target} is ${wide} wide in ${width}`);
    }
    await page.goto(address('/', { q: '氢能' }));
    await page.locator('.hit-heading a').first().click();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= width, `the reader is ${wide} wide in ${width}`);
    isQuiet(page);
  }
});

/** How many passages the page says there are. */
async function count(page) {
  const text = await page.locator('.results-count').innerText();
  return Number(text.replace(/\D/g, ''));
}

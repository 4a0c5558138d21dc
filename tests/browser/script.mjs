// What script adds: suggestions, keys, copying, the basket and its exports,
// large type; and that nothing happens while an input method composes.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { address, clipboard, isQuiet, launch, open, url } from './browser.mjs';

let browser;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser.close();
});

async function openResults(query = '氢能') {
  const page = await open(browser);
  await page.goto(address('/', { q: query }));
  return page;
}

const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.className);

test('suggestions open below the box, are walked by keys and chosen by Enter', async () => {
  const page = await open(browser);
  await page.goto(url.href);
  await page.locator('#q').pressSequentially('氢');
  const options = page.locator('[role=option]');
  await options.first().waitFor();
  const box = page.locator('#q');
  assert.equal(await box.getAttribute('role'), 'combobox');
  assert.equal(await box.getAttribute('aria-expanded'), 'true');
  await page.locator('.suggest-foot', { hasText: '“氢”' }).waitFor();

  await page.keyboard.press('ArrowDown');
  const active = await box.getAttribute('aria-activedescendant');
  assert.equal(await page.locator(`#${active}`).getAttribute('aria-selected'), 'true');
  assert.equal(await focused(page), 'q', 'focus stays in the box');
  assert.equal(await box.inputValue(), '氢', 'what is typed stays');
  await page.keyboard.press('ArrowUp');
  assert.equal(await box.getAttribute('aria-activedescendant'), null);

  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.suggest').isVisible(), false);
  await page.keyboard.press('ArrowDown');
  await options.first().waitFor();
  await page.keyboard.press('ArrowDown');
  const text = await page.locator('[aria-selected=true] .suggest-text').innerText();
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  assert.ok((await box.inputValue()).includes(text), 'the choice is searched');
  isQuiet(page);
});

test('a second word is completed and the first stays', async () => {
  const page = await open(browser);
  await page.goto(url.href);
  await page.locator('#q').pressSequentially('港口 氢');
  await page.locator('[role=option]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  assert.match(await page.locator('#q').inputValue(), /^港口 .*氢/);
  isQuiet(page);
});

test('a page without results says how many Enter would find', async () => {
  const page = await open(browser);
  await page.goto(address('/documents'));
  await page.locator('#q').pressSequentially('氢');
  const { total } = await (await fetch(address('/api/search', { q: '氢' }))).json();
  await page.locator('.suggest-foot', { hasText: `按回车检索“氢”，共 ${total} 段` }).waitFor();
  assert.equal(page.url(), address('/documents'));
  isQuiet(page);
});

test('answers that come late are dropped', async () => {
  const page = await open(browser);
  await page.route('**/api/suggest?*', async (route) => {
    const typed = new URL(route.request().url()).searchParams.get('q');
    if (typed === '氢') {
      await new Promise((resolve) => { setTimeout(resolve, 900); });
    }
    await route.continue().catch(() => {});
  });
  await page.goto(url.href);
  await page.locator('#q').pressSequentially('氢');
  await page.waitForTimeout(300);
  await page.fill('#q', '港口');
  await page.locator('[role=option]').first().waitFor();
  const before = await page.locator('[role=listbox]').innerText();
  await page.waitForTimeout(1000);
  assert.equal(await page.locator('[role=listbox]').innerText(), before);
  assert.ok(before.includes('港口'));
});

test('nothing is asked and no key acts while an input method composes', async () => {
  const page = await open(browser);
  const asked = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/')) {
      asked.push(request.url());
    }
  });
  await page.goto(url.href);
  await page.click('#q');
  const client = await page.context().newCDPSession(page);
  for (const text of ['q', 'qi', 'qing', 'qing neng']) {
    await client.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await page.waitForTimeout(200);
  }
  // The Enter that takes the candidate carries the code 229.
  await page.evaluate(() => {
    const box = document.getElementById('q');
    for (const key of ['Enter', 'ArrowDown', 'Escape', '/']) {
      const event = new KeyboardEvent('keydown', { key, keyCode: 229, bubbles: true, cancelable: true });
      box.dispatchEvent(event);
      if (event.defaultPrevented) {
        throw new Error(`${key} was taken`);
      }
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', keyCode: 229, bubbles: true }));
    }
  });
  await page.waitForTimeout(400);
  assert.deepEqual(asked, [], 'nothing is asked while composing');
  assert.equal(await page.locator('.suggest').isVisible(), false);
  assert.equal(await page.locator('dialog[open]').count(), 0);
  assert.equal(new URL(page.url()).search, '', 'nothing was submitted');

  await client.send('Input.insertText', { text: '氢能' });
  await page.locator('[role=option]').first().waitFor();
  assert.equal(await page.locator('#q').inputValue(), '氢能');
  assert.ok(asked.every((one) => !/qing/.test(one)), 'readings were never sent');
  isQuiet(page);
});

test('keys: j k walk the results, y copies with source, ? helps and can be switched off', async () => {
  const page = await openResults();
  const titles = page.locator('.hit-heading a');
  await page.keyboard.press('j');
  assert.ok(await titles.nth(0).evaluate((link) => link === document.activeElement));
  await page.keyboard.press('j');
  assert.ok(await titles.nth(1).evaluate((link) => link === document.activeElement));
  await page.keyboard.press('k');
  assert.ok(await titles.nth(0).evaluate((link) => link === document.activeElement));

  await page.keyboard.press('y');
  await page.locator('.toast.is-shown', { hasText: '已复制原文和出处' }).waitFor();
  assert.ok(await titles.nth(0).evaluate((link) => link === document.activeElement), 'focus stays');
  const hit = (await (await fetch(address('/api/search', { q: '氢能', each: '0' }))).json()).hits[0];
  assert.ok((await clipboard(page)).endsWith(`${hit.text}\n——${hit.citation}`));

  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('?');
  const help = page.locator('dialog[open]');
  for (const key of ['/', 'j', 'n', 'y', '?']) {
    assert.ok((await help.innerText()).includes(key));
  }
  await help.getByLabel('启用单键快捷键').uncheck();
  await page.keyboard.press('Escape');
  assert.equal(await help.count(), 0);
  await page.keyboard.press('/');
  assert.notEqual(await focused(page), 'q', 'single keys are off');
  isQuiet(page);
});

test('the reader: n p go from match to match with a count, the outline follows', async () => {
  const page = await openResults();
  await page.locator('.hit-heading a').first().click();
  const count = page.locator('.match-at');
  await count.waitFor();
  const total = await page.locator('.document-text mark').count();
  assert.ok((await count.innerText()).includes(`共 ${total} 处`));
  const at = async () => Number(/第 (\d+) 处/.exec(await count.innerText())[1]);
  const start = await at();
  await page.keyboard.press('n');
  assert.equal(await at(), start % total + 1);
  await page.keyboard.press('p');
  assert.equal(await at(), start);
  await page.keyboard.press('p');
  assert.equal(await page.locator('mark.is-current').count(), 1);
  const inView = await page.locator('mark.is-current').evaluate((mark) => {
    const box = mark.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= window.innerHeight;
  });
  assert.ok(inView, 'the match is in view');

  const step = page.locator('.outline-list a').nth(5);
  await step.click();
  await page.waitForFunction(() => document.querySelector('.outline-list a[aria-current=location]'));
  const here = page.locator('.outline-list a[aria-current=location]');
  assert.equal(await here.getAttribute('href'), await step.getAttribute('href'));
  isQuiet(page);
});

test('an intranet address without navigator.clipboard copies too', async () => {
  const page = await open(browser);
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined });
  });
  await page.goto(address('/', { q: '氢能' }));
  await page.locator('.hit .tool-copy').first().click();
  await page.locator('.toast.is-shown', { hasText: '已复制' }).waitFor();
  assert.match(await clipboard(page), /——《/);
  isQuiet(page);
});

test('every form of a citation can be copied, and the address of the passage', async () => {
  const page = await openResults();
  const hit = page.locator('.hit').first();
  await hit.locator('details.cite summary', { hasText: '引用' }).click();
  const forms = hit.locator('.cite-form');
  await forms.first().waitFor();
  const labels = await forms.locator('dt').allInnerTexts();
  assert.deepEqual(labels, ['出处', '公文引用', 'GB/T 7714—2025', 'GB/T 7714—2015', '本段地址']);
  await forms.nth(2).locator('button').click();
  assert.equal(await clipboard(page), await forms.nth(2).locator('dd').first().innerText());

  await forms.nth(4).locator('button').click();
  const link = await clipboard(page);
  const again = await open(browser, { javaScriptEnabled: false });
  await again.goto(link);
  const id = await hit.getAttribute('data-passage');
  assert.equal(await again.locator('.found[data-passage]').getAttribute('data-passage'), id);

  await hit.locator('.cite-choice select').selectOption('official');
  await hit.locator('.tool-copy').click();
  await page.waitForTimeout(200);
  assert.match(await clipboard(page), /\n——《[^》]*》(（[^）]*号）)?$/);
  isQuiet(page);
});

test('the basket is kept, ordered, shown and exported', async () => {
  const page = await openResults();
  const toggles = page.locator('.hit [data-basket-toggle]');
  await toggles.nth(0).click();
  await toggles.nth(1).click();
  await toggles.nth(2).click();
  assert.match(await toggles.nth(0).innerText(), /^移出摘录篮/);
  assert.equal(await page.locator('.basket-count').innerText(), '3 段');
  await toggles.nth(2).click();
  const ids = await page.locator('.hit').evaluateAll((hits) => hits.slice(0, 2).map((hit) => hit.dataset.passage));

  await page.locator('[data-basket]').click();
  await page.waitForURL(/\/basket\?[dp]=/);
  const order = () => page.locator('.basket-item').evaluateAll((items) => items.map((item) => item.dataset.passage));
  assert.deepEqual(await order(), ids);
  await page.locator('[data-basket-down]').first().click();
  assert.deepEqual(await order(), [...ids].reverse(), 'in place');
  assert.deepEqual(named(page.url()), [...ids].reverse());
  assert.equal(await page.evaluate(() => document.activeElement.closest('.basket-item').dataset.passage), ids[0], 'focus stays with it');

  for (const format of ['docx', 'xlsx', 'csv', 'md']) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click(`button[value=${format}]`),
    ]);
    assert.match(download.suggestedFilename(), new RegExp(`^摘录_.+_20\\d{6}\\.${format}$`));
    const content = await readFile(await download.path());
    const start = { docx: 'PK', xlsx: 'PK', csv: '\uFEFF', md: '# 摘录' }[format];
    assert.ok(content.toString('utf8').startsWith(start), format);
    assert.ok(content.length > 300, format);
  }

  await page.goBack();
  assert.equal(await page.locator('.hits').count(), 1, 'back leads to the results');
  await page.goto(address('/basket'));
  await page.waitForURL(/\/basket\?[dp]=/);
  await page.locator('[data-basket-remove]').first().click();
  await page.waitForFunction(() => document.querySelectorAll('.basket-item').length === 1);
  await page.locator('button', { hasText: '撤销' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.basket-item').length === 2);
  await page.locator('[data-basket-clear]').click();
  await page.locator('button', { hasText: '不清空' }).click();
  assert.equal(await page.locator('.basket-item').count(), 2, 'it asks first');
  await page.locator('[data-basket-clear]').click();
  await page.locator('button', { hasText: '清空摘录篮' }).click();
  assert.equal(await page.locator('.basket-item').count(), 0);
  assert.equal(await page.locator('.basket-count').innerText(), '');
  await page.goto(address('/basket'));
  await page.locator('button', { hasText: '恢复上次清空的 2 段' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.basket-item').length === 2);
  await page.locator('[data-basket-clear]').click();
  await page.locator('button', { hasText: '清空摘录篮' }).click();

  // The basket of somebody else is shown, and taken over only when asked.
  await page.goto(address('/basket') + `?id=${ids[0]}`);
  assert.equal(await page.locator('.basket-count').innerText(), '');
  await page.locator('button', { hasText: '并入本机摘录篮' }).click();
  await page.waitForFunction(() => document.querySelector('.basket-count').textContent === '1 段');
  isQuiet(page);
});

/** The passages that the address of a basket names. */
function named(href) {
  const params = new URL(href).searchParams;
  const documents = params.getAll('d');
  return [...params].flatMap(([name, value]) => {
    if (name === 'p' && documents.length) {
      let document;
      return value.split('.').map((step) => {
        const [, nth, number] = /^(?:(\d+)-)?(\d+)$/.exec(step);
        document = nth === undefined ? document : documents[nth];
        return `${document}-${number}`;
      });
    }
    const [, document, numbers] = /^(.*)-([\d.]+)$/.exec(value) || [];
    return name === 'p' ? numbers.split('.').map((number) => `${document}-${number}`) : name === 'id' ? [value] : [];
  });
}

test('the basket is ordered by drawing and by keys, and notes go along', async () => {
  const page = await open(browser);
  const { hits } = await (await fetch(address('/api/search', { q: '氢能', limit: '6' }))).json();
  const ids = hits.map((hit) => hit.id);
  await page.goto(url.href);
  await page.evaluate((all) => localStorage.setItem('plansearch.basket', JSON.stringify(all)), ids);
  await page.goto(address('/basket'));
  await page.waitForURL(/\/basket\?[dp]=/);
  const order = () => page.locator('.basket-item').evaluateAll((items) => items.map((item) => item.dataset.passage));
  const item = (id) => page.locator(`.basket-item[data-passage="${id}"]`);
  const kept = () => page.evaluate(() => JSON.parse(localStorage.getItem('plansearch.basket')));

  // By keys: the handle keeps focus, the passage its place under the eyes.
  const handle = item(ids[0]).locator('.basket-handle');
  await handle.focus();
  const before = (await handle.boundingBox()).y;
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.deepEqual((await order()).slice(0, 3), [ids[1], ids[2], ids[0]]);
  assert.ok(await handle.evaluate((one) => one === document.activeElement));
  assert.ok(Math.abs((await handle.boundingBox()).y - before) < 3 || await page.evaluate(() => window.scrollY === 0));
  await page.keyboard.press('End');
  assert.equal((await order()).pop(), ids[0]);
  await page.keyboard.press('Home');
  assert.deepEqual(await order(), ids);

  // By the mouse: past the middle of the next it changes places with it.
  await item(ids[1]).scrollIntoViewIfNeeded();
  const from = await item(ids[1]).locator('.basket-handle').boundingBox();
  const over = await item(ids[0]).boundingBox();
  await page.mouse.move(from.x + 5, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(from.x + 5, over.y + over.height / 2 - 5, { steps: 5 });
  await page.mouse.up();
  assert.deepEqual(await order(), [ids[1], ids[0], ...ids.slice(2)]);
  await page.locator('.toast.is-shown', { hasText: '现为第 1 段，共 6 段' }).waitFor();
  assert.deepEqual(await kept(), await order(), 'the order is kept');

  // A note is kept, stands in the link, and in what is exported.
  await item(ids[0]).locator('textarea').fill('核对产值');
  await page.waitForURL(/note=/);
  await page.locator('[data-basket-link]').click();
  const link = await clipboard(page);
  const other = await open(browser, { javaScriptEnabled: false });
  await other.goto(link);
  assert.equal(await other.locator(`.basket-item[data-passage="${ids[0]}"] textarea`).inputValue(), '核对产值');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('button[value=csv]')]);
  const rows = (await readFile(await download.path())).toString('utf8').split('\r\n');
  assert.ok(rows[2].includes('核对产值') && rows[2].includes(hits[0].citation), rows[2]);
  await page.reload();
  assert.equal(await item(ids[0]).locator('textarea').inputValue(), '核对产值');
  isQuiet(page);
});

test('last searches are listed in this browser alone, and a saved one says what is new', async () => {
  const page = await open(browser);
  await page.goto(address('/', { q: '港口', kind: 'paragraph' }));
  await page.goto(address('/', { q: '氢能' }));
  await page.locator('.save-search', { hasText: '保存检索' }).click();
  await page.locator('.save-search', { hasText: '取消保存' }).waitFor();
  await page.goto(url.href);
  const recent = page.locator('section', { has: page.locator('h2', { hasText: '最近检索' }) });
  assert.deepEqual(await recent.locator('a').allInnerTexts(), ['氢能', '港口，正文']);
  const saved = page.locator('section', { has: page.locator('h2', { hasText: '已保存的检索' }) });
  await saved.locator('.count', { hasText: '无新增' }).waitFor();

  // As if the first two hits had not been there at the last visit.
  const { hits } = await (await fetch(address('/api/search', { q: '氢能', each: '0' }))).json();
  const fresh = hits.slice(0, 2).map((hit) => hit.id);
  await page.evaluate((ids) => {
    const [one] = JSON.parse(localStorage.getItem('plansearch.saved'));
    one.known = one.known.split(' ').filter((id) => !ids.includes(id)).join(' ');
    localStorage.setItem('plansearch.saved', JSON.stringify([one]));
  }, fresh);
  await page.reload();
  await saved.locator('.count', { hasText: '新增 2 段' }).waitFor();
  await saved.locator('a').click();
  await page.locator('.n-new', { hasText: '新增 2 段' }).waitFor();
  const marked = await page.locator('.hit', { has: page.locator('.is-new') }).evaluateAll((all) => all.map((hit) => hit.dataset.passage));
  assert.deepEqual(marked.sort(), [...fresh].sort());
  await page.goto(url.href);
  await saved.locator('.count', { hasText: '无新增' }).waitFor();

  await page.locator('button', { hasText: '清除最近检索' }).click();
  await page.reload();
  assert.equal(await recent.count(), 0);
  const stranger = await open(browser);
  await stranger.goto(url.href);
  assert.equal(await stranger.locator('.own-searches').count(), 0);
  isQuiet(page);
});

test('what other documents say on a passage is one click from it', async () => {
  const page = await openResults();
  await page.locator('.hit-heading a').first().click();
  const id = await page.locator('.found[data-passage]').getAttribute('data-passage');
  await page.locator('.found .within', { hasText: '查他文' }).click();
  assert.equal(new URL(page.url()).searchParams.get('p'), id);
  const own = await page.locator('.back a').getAttribute('href');
  const others = await page.locator('.theme-passage a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.ok(others.length > 0);
  const document = (href) => new URL(href, url).pathname;
  assert.ok(others.every((href) => document(href) !== document(own)), others.join(' '));
  isQuiet(page);
});

test('without script the basket works by its address', async () => {
  const hits = (await (await fetch(address('/api/search', { q: '氢能' }))).json()).hits;
  const page = await open(browser, { javaScriptEnabled: false });
  await page.goto(address('/basket') + `?id=${hits[0].id}&id=${hits[1].id}`);
  await page.locator('button', { hasText: '下移' }).first().click();
  assert.equal(await page.locator('.basket-item').first().getAttribute('data-passage'), hits[1].id);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('button[value=csv]')]);
  const text = (await readFile(await download.path())).toString('utf8');
  assert.ok(text.indexOf(hits[1].citation) < text.indexOf(hits[0].citation));
  isQuiet(page);
});

test('large type stays chosen and is there before the page is painted', async () => {
  const page = await open(browser);
  await page.goto(url.href);
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  const usual = await size();
  await page.locator('.display-large').click();
  assert.ok(await size() > usual * 1.15);
  await page.goto(address('/', { q: '氢能' }));
  assert.ok(await page.evaluate(() => document.documentElement.classList.contains('large')));
  assert.equal(await page.locator('.display-large').getAttribute('aria-pressed'), 'true');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, 'large type does not widen the page');
  isQuiet(page);
});

test('back returns to the results as they were', async () => {
  const page = await openResults();
  await page.locator('.facet-value').first().click();
  const filtered = page.url();
  await page.locator('.hit-heading a').first().click();
  await page.locator('.document-text').waitFor();
  await page.goBack();
  assert.equal(page.url(), filtered);
  assert.equal(await page.locator('#q').inputValue(), '氢能');
  await page.goBack();
  assert.equal(page.url(), address('/', { q: '氢能' }));
  isQuiet(page);
});

// What officials come for, from the start page to the end, counted in steps: a click,
// a text typed or pasted, a key. The bounds are promises; a page that needs a step more
// fails here. Where it says so, the same without script.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { address, clipboard, isQuiet, launch, open, url } from './browser.mjs';

const json = async (path, params) => (await fetch(address(path, params))).json();

let browser;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser.close();
});

/** A page that counts what somebody does on it. */
async function desk(options = {}) {
  const page = await open(browser, { viewport: { width: 1440, height: 900 }, ...options });
  await page.goto(url.href);
  let steps = 0;
  return {
    page,
    steps: () => steps,
    click: async (target) => {
      steps += 1;
      await (typeof target === 'string' ? page.locator(target).first() : target).click();
    },
    type: async (text, target = '#q') => {
      steps += 1;
      await page.locator(target).fill(text);
    },
    press: async (key, target = '#q') => {
      steps += 1;
      await page.locator(target).press(key);
    },
  };
}

/** Types a query and sends it. */
async function search(at, query) {
  await at.type(query);
  await at.press('Enter');
  await at.page.locator('.results-title', { hasText: query.slice(0, 20) }).waitFor();
}

function within(at, most) {
  assert.ok(at.steps() <= most, `${at.steps()} steps, at most ${most}`);
  isQuiet(at.page);
}

for (const javaScriptEnabled of [true, false]) {
  const way = javaScriptEnabled ? 'with' : 'without';

  test(`a: a target with its source, ${way} script`, async () => {
    const at = await desk({ javaScriptEnabled });
    await search(at, '海河联运 目标');
    const hit = at.page.locator('.hit', { has: at.page.locator('.mini') }).first();
    const row = hit.locator('.mini');
    assert.match(await row.locator('thead').innerText(), /2025年目标/, 'figures stand under their heads');
    assert.equal(await row.locator('thead th').count(), await row.locator('tbody td').count());
    if (javaScriptEnabled) {
      await at.click(hit.locator('.tool-copy'));
      await at.page.locator('.toast.is-shown', { hasText: '已复制' }).waitFor();
      const [head, cells] = (await clipboard(at.page)).split('\n').slice(1);
      assert.equal(head.split('\t').length, cells.split('\t').length);
      assert.match(await clipboard(at.page), /——《.*》/);
    } else {
      await at.click(hit.locator('.cite > summary'));
      assert.match(await hit.locator('.cite-text').innerText(), /《.*》/);
    }
    within(at, 3);
  });

  test(`b: all on a subject of one level and year as a Word file, ${way} script`, async () => {
    const at = await desk({ javaScriptEnabled });
    await search(at, '氢能');
    const facet = (name) => at.page.locator('.facet', { has: at.page.locator('h3', { hasText: name }) });
    await at.click(facet('层级').locator('.facet-value', { hasText: /^市/ }));
    await at.click(facet('成文年份').locator('.facet-value', { hasText: '2020' }));
    await at.click('.menu > summary');
    const [download] = await Promise.all([
      at.page.waitForEvent('download'),
      at.click(at.page.locator('.menu-box a', { hasText: 'Word' })),
    ]);
    assert.ok((await readFile(await download.path())).toString('latin1').startsWith('PK'));
    within(at, 6);
  });

  test(`g: the address of a passage, ${way} script`, async () => {
    const at = await desk({ javaScriptEnabled });
    const hit = (await json('/api/search', { q: '氢能' })).hits[0];
    await at.page.goto(address('/', { q: '氢能' }));
    if (javaScriptEnabled) {
      await at.click('.hit .cite > summary');
      await at.click(at.page.locator('.cite-form', { hasText: '本段地址' }).locator('button').first());
      const again = await open(browser, { javaScriptEnabled: false });
      await again.goto(await clipboard(at.page));
      assert.equal(await again.locator('.found[data-passage]').getAttribute('data-passage'), hit.id);
    } else {
      await at.click('.hit-heading a');
      assert.equal(new URL(at.page.url()).searchParams.get('p'), hit.id, 'the address names it');
    }
    within(at, 2);
  });

  test(`h: a file by a number as people write it, ${way} script`, async () => {
    const { documents } = await json('/api/documents');
    const { id, doc_number: number } = documents.find((doc) => doc.doc_number);
    const [, body, year, serial] = /^(.*)〔(\d+)〕(\d+)号$/.exec(number);
    for (const typed of [number, `${body}${year}-${serial}`, `${body}[${year}]${serial}`, `${body} ${year} ${serial}号`]) {
      const at = await desk({ javaScriptEnabled });
      await search(at, typed);
      const href = await at.page.locator('.named-title a').first().getAttribute('href');
      assert.ok(href.endsWith(id), `${typed}: ${href}`);
      within(at, 2);
    }
  });
}

test('c: what two plans say on one thing', async () => {
  const at = await desk();
  await search(at, '生态红线');
  await at.click(at.page.locator('.ways-on a', { hasText: '各文对照' }));
  assert.ok(await at.page.locator('.topic-document').count() >= 2);
  within(at, 4);
});

test('d: a figure of a year', async () => {
  const at = await desk();
  await search(at, '2025年 货物吞吐量');
  assert.ok(await at.page.locator('.hit').first().isVisible());
  await at.click('.hit-heading a');
  await at.page.locator('.found').first().waitFor();
  within(at, 3);
});

test('e: whether a sentence is right', async () => {
  const { hits } = await json('/api/search', { q: '“亿元”', kind: 'paragraph', limit: 50 });
  const parts = hits.flatMap(({ text }) => text.split('。'));
  const sentence = parts.find((part) => /\d{2,}亿元/.test(part) && part.length > 25 && part.length < 120);
  const right = await desk();
  await search(right, sentence);
  assert.match(await right.page.locator('.verbatim-verdict').innerText(), /^原文一致，见于 \d+ 处/);
  within(right, 2);
  const wrong = await desk();
  const [, figure] = /(\d{2,})亿元/.exec(sentence);
  const other = String(Number(figure) * 2 + 1);
  await search(wrong, sentence.replace(`${figure}亿元`, `${other}亿元`));
  assert.match(await wrong.page.locator('.verbatim-verdict').innerText(), /没有一字不差的原文/);
  assert.match(await wrong.page.locator('.verbatim del').innerText(), new RegExp(other));
  assert.match(await wrong.page.locator('.verbatim ins').innerText(), new RegExp(figure));
  within(wrong, 2);
});

test('f: what changed between two documents', async () => {
  const { documents } = await json('/api/documents');
  const at = await desk();
  await at.click(at.page.locator('.site-nav a', { hasText: '对照' }));
  await at.type(documents[0].title, '#compare-a');
  await at.type(documents[1].title, '#compare-b');
  await at.click(at.page.locator('main button', { hasText: '对照' }));
  assert.ok(await at.page.locator('.compare-row').count() > 0);
  within(at, 4);
});

test('i: one chapter of a file', async () => {
  const at = await desk();
  await at.page.goto(address('/', { q: '港口' }));
  const facet = (name) => at.page.locator('.facet', { has: at.page.locator('h3', { hasText: name }) });
  await at.click(facet(/^文件$/).locator('.facet-value').first());
  await at.click(facet('章节').locator('.facet-value').first());
  assert.equal(await at.page.locator('.chip').count(), 2);
  within(at, 2);
});

test('five hits stand on a screen, and few keys lead to the first', async () => {
  const page = await open(browser, { viewport: { width: 1440, height: 900 } });
  await page.goto(address('/', { q: '氢能' }));
  const bottoms = await page.locator('.hit').evaluateAll((hits) => hits.map((hit) => hit.getBoundingClientRect().bottom));
  assert.ok(bottoms.filter((bottom) => bottom <= 900).length >= 5, bottoms.join(' '));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const isAtHit = () => page.evaluate(() => Boolean(document.activeElement.closest('.hit-heading')));
  let keys = 2;
  for (; keys <= 10 && !await isAtHit(); keys += 1) {
    await page.keyboard.press('Tab');
  }
  assert.ok(await isAtHit(), `${keys} keys`);
  isQuiet(page);
});

test('no two links or buttons of the results have one name and different ends', async () => {
  const page = await open(browser);
  await page.goto(address('/', { q: '氢能' }));
  await page.locator('.hit .tool-basket').first().waitFor();
  const twice = await page.locator('.hits').evaluate((list) => {
    const ends = {};
    list.querySelectorAll('.hit-heading a, .hit-tools button, .hit-tools summary, .pick').forEach((one) => {
      const name = one.textContent.trim();
      (ends[name] = ends[name] || new Set()).add(one.href || one.closest('.hit').dataset.passage);
    });
    return Object.keys(ends).filter((name) => ends[name].size > 1);
  });
  assert.deepEqual(twice, []);
});

test('what a finger hits is 44 px large', async () => {
  const page = await open(browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const { hits: [hit] } = await json('/api/search', { q: '氢能' });
  const small = [];
  for (const target of [url.href, address('/', { q: '氢能' }), address('/documents'), `${url.href}documents/${hit.doc.id}`, address('/targets', { q: '氢能' })]) {
    await page.goto(target);
    const found = await page.locator('a, button, summary, select, input:not([type=hidden], [type=checkbox])').evaluateAll((all) => all
      .filter((one) => one.checkVisibility() && !one.closest('p, dd, td, th, .trail, .visually-hidden, .skip-link, .document-text .tools'))
      .map((one) => [one.getBoundingClientRect(), one])
      .filter(([box]) => box.width > 1 && box.bottom > 0 && Math.round(box.height) < 44 && Math.round(box.width) < 9999)
      .map(([box, one]) => `${one.tagName}.${one.className} ${Math.round(box.height)} ${one.textContent.trim().slice(0, 12)}`));
    small.push(...found.map((one) => `${new URL(target).pathname}: ${one}`));
  }
  assert.deepEqual([...new Set(small)], []);
});

// What officials come for, from the start page to the very end: the right words with their
// source on the clipboard, the right passages in the Word file. Counted in steps: a click,
// a choice, a text typed or pasted and sent. The bounds are promises; a page that needs a
// step more fails here. Where it says so, the same without script.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { address, clipboard, examples, isQuiet, launch, open, url } from './browser.mjs';
import { serve } from './library.mjs';

const json = async (path, params) => (await fetch(address(path, params))).json();

let browser;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser.close();
});

/** A page that counts what somebody does on it. */
async function desk({ origin = url.href, ...options } = {}) {
  const host = new URL(origin).host;
  const page = await open(browser, { viewport: { width: 1440, height: 900 }, host, ...options });
  await page.goto(origin);
  let steps = 0;
  return {
    page,
    steps: () => steps,
    click: async (target) => {
      steps += 1;
      await (typeof target === 'string' ? page.locator(target).first() : target).click();
    },
    tick: async (box) => {
      steps += 1;
      await box.check();
    },
    /** Types into a field among others. */
    fill: async (field, text) => {
      steps += 1;
      await page.locator(field).fill(text);
    },
    /** Types a query and sends it. */
    search: async (query) => {
      steps += 1;
      await page.locator('#q').fill(query);
      await page.locator('#q').press('Enter');
      await page.locator('.results-title', { hasText: query.slice(0, 20) }).waitFor();
    },
  };
}

function within(at, most) {
  assert.ok(at.steps() <= most, `${at.steps()} steps, at most ${most}`);
  isQuiet(at.page);
}

const facet = (page, name) => page.locator('.facet', { has: page.locator('h3', { hasText: name }) });
const idsOf = (page) => page.locator('.hit').evaluateAll((hits) => hits.map((hit) => hit.dataset.passage));

/** The text of a file, as the program itself reads it. */
async function textOf(path) {
  const { stdout } = await promisify(execFile)(process.env.PLANSEARCH_BINARY, ['outline', path, '--json'], { maxBuffer: 1 << 26 });
  return stdout.replace(/\s|\\n/g, '');
}

/** A row of a table by its heads, from cells in order. */
const byHead = (heads, cells) => Object.fromEntries(heads.map((head, at) => [head, cells[at]]));

for (const javaScriptEnabled of [true, false]) {
  const way = javaScriptEnabled ? 'with' : 'without';

  test(`a: a target with its source, ${way} script`, async () => {
    // What the library says: a target on 海河联运 in a table, and its year.
    const { records } = await json('/api/targets', { q: '海河联运' });
    const { passage, value, year } = records.find((record) => record.source === 'table' && record.value !== null);
    const { hits } = await json('/api/search', { q: '海河联运 目标' });
    const { table, citation } = hits.find((hit) => hit.id === passage.id);

    const at = await desk({ javaScriptEnabled });
    await at.search('海河联运 目标');
    const hit = at.page.locator(`.hit[data-passage="${passage.id}"]`);
    assert.ok((await hit.boundingBox()).y < 900, 'it stands on the first screen');
    const shown = byHead(await hit.locator('.mini thead th').allInnerTexts(), await hit.locator('.mini tbody td').allInnerTexts());
    const target = Object.keys(shown).find((head) => head.includes(String(year)));
    assert.equal(Number(shown[target]), value, 'the figure stands under the head of its year');
    if (javaScriptEnabled) {
      await at.click(hit.locator('.tool-copy'));
      await at.page.locator('.toast.is-shown', { hasText: '已复制' }).waitFor();
      const [caption, heads, cells, source] = (await clipboard(at.page)).split('\n');
      assert.equal(caption, table.caption);
      assert.deepEqual(heads.split('\t'), table.header);
      assert.deepEqual(cells.split('\t'), table.cells);
      assert.equal(Number(byHead(heads.split('\t'), cells.split('\t'))[target]), value);
      assert.equal(source, `——${citation}`);
    } else {
      await at.click(hit.locator('.cite > summary'));
      assert.equal(await hit.locator('.cite-text').innerText(), citation);
      assert.ok(await hit.locator('.cite-text').isVisible());
    }
    within(at, 3);
  });

  test(`b: all on a subject of one level and year as a Word file, ${way} script`, async () => {
    const wanted = { q: '氢能', level: '市', year: '2020' };
    const { hits } = await json('/api/search', { ...wanted, limit: '500' });
    const others = (await json('/api/search', { q: '氢能', limit: '500' })).hits.filter((hit) => !hits.some((one) => one.id === hit.id));
    assert.ok(hits.length > 0 && others.length > 0);

    const at = await desk({ javaScriptEnabled });
    await at.search('氢能');
    await at.click(facet(at.page, '层级').locator('.facet-value', { hasText: /^市/ }));
    await at.click(facet(at.page, '成文年份').locator('.facet-value', { hasText: '2020' }));
    await at.click('.menu > summary');
    const [download] = await Promise.all([
      at.page.waitForEvent('download'),
      at.click(at.page.locator('.menu-box a', { hasText: 'Word' })),
    ]);
    assert.match(download.suggestedFilename(), /^摘录_氢能_20\d{6}\.docx$/);
    const path = `${await download.path()}.docx`;
    await download.saveAs(path);
    const text = await textOf(path);
    for (const hit of hits) {
      assert.ok(text.includes(hit.text.replace(/\s/g, '').slice(0, 60)), hit.id);
      assert.ok(text.includes(hit.citation.replace(/\s/g, '')), `the source of ${hit.id}`);
    }
    for (const hit of others) {
      assert.ok(!text.includes(hit.citation.replace(/\s/g, '')), `${hit.id} is not of these`);
    }
    assert.ok(text.includes('检索：氢能；层级：市；成文年份：2020年'), 'the file says what was asked');
    within(at, 6);
  });

  test(`g: the address of a passage, ${way} script`, async () => {
    const { hits: [hit] } = await json('/api/search', { q: '氢能' });
    const leadsThere = async (target) => {
      const again = await open(browser, { javaScriptEnabled: false });
      await again.goto(target);
      const found = again.locator('.found[data-passage]');
      assert.equal(await found.getAttribute('data-passage'), hit.id);
      assert.ok((await found.innerText()).replace(/\s/g, '').includes(hit.text.replace(/\s/g, '')), 'with its text');
    };
    // From the results.
    const at = await desk({ javaScriptEnabled, origin: address('/', { q: '氢能' }) });
    if (javaScriptEnabled) {
      await at.click('.hit .cite > summary');
      await at.click(at.page.locator('.cite-form', { hasText: '本段地址' }).locator('button').first());
      await leadsThere(await clipboard(at.page));
    } else {
      await at.click('.hit-heading a');
      await leadsThere(at.page.url());
    }
    within(at, 2);
    // From the text.
    const reading = await desk({ javaScriptEnabled, origin: address(`/documents/${hit.doc.id}`) });
    await reading.click(reading.page.locator(`[data-passage="${hit.id}"] .anchor`));
    await leadsThere(javaScriptEnabled ? await clipboard(reading.page) : reading.page.url());
    within(reading, 2);
  });

  test(`h: a file by a number as people write it, ${way} script`, async () => {
    const { documents } = await json('/api/documents');
    const { id, title, doc_number: number } = documents.find((doc) => doc.doc_number);
    const [, body, year, serial] = /^(.*)〔(\d+)〕(\d+)号$/.exec(number);
    for (const typed of [number, `${body}${year}-${serial}`, `${body}[${year}]${serial}`, `${body} ${year} ${serial}号`]) {
      const at = await desk({ javaScriptEnabled });
      await at.search(typed);
      await at.click('.named-title a');
      await at.page.locator('.document-name').waitFor();
      assert.equal(new URL(at.page.url()).pathname, `/documents/${id}`, typed);
      assert.equal(await at.page.locator('.document-name').innerText(), title);
      assert.ok((await at.page.locator('.document-facts').first().innerText()).includes(number));
      within(at, 2);
    }
  });

  test(`c: what two plans say on one thing, side by side, ${way} script`, async () => {
    const { documents } = await json('/api/compare', { topic: '生态红线' });
    const pair = documents.slice(-2);
    assert.equal(pair.length, 2, 'two documents speak of it');
    const at = await desk({ javaScriptEnabled });
    await at.search('生态红线');
    for (const { doc } of pair) {
      await at.tick(facet(at.page, /^文件$/).locator(`.facet-box[value="${doc.id}"]`));
    }
    await at.click(at.page.locator('.ways-on button', { hasText: '各文对照' }));
    const columns = at.page.locator('.topic-document');
    await columns.first().waitFor();
    const shown = await columns.locator('h2').allInnerTexts();
    assert.deepEqual([...shown].sort(), pair.map(({ doc }) => doc.title).sort(), 'these two and no other');
    const [left, right] = [await columns.nth(0).boundingBox(), await columns.nth(1).boundingBox()];
    assert.ok(Math.abs(left.y - right.y) < 2 && left.x + left.width <= right.x, 'side by side');
    for (const nth of [0, 1]) {
      const { passages } = pair.find(({ doc }) => doc.title === shown[nth]);
      const text = (await columns.nth(nth).innerText()).replace(/\s/g, '');
      assert.ok(passages.every((passage) => text.includes(passage.text.replace(/\s/g, ''))), shown[nth]);
      assert.match(await columns.nth(nth).locator('mark').first().innerText(), /生态|红线/);
    }
    within(at, 4);
  });

  test(`d: a figure of a year, ${way} script`, async () => {
    // What the plans state of this year.
    const { total, records } = await json('/api/targets', { name: '货物吞吐量', 'target-year': '2025' });
    assert.ok(total > 0);
    const [{ name, value, unit, passage }] = records;
    const at = await desk({ javaScriptEnabled });
    await at.search('2025年 货物吞吐量');
    const answer = at.page.locator('section', { has: at.page.locator('h2', { hasText: '指标：2025年货物吞吐量' }) });
    assert.ok((await answer.boundingBox()).y < (await at.page.locator('.hit').first().boundingBox()).y, 'the answer stands on top');
    const row = answer.locator('tbody tr').first();
    const [amount, year] = await row.locator('td').allInnerTexts();
    assert.equal(await row.locator('th').innerText(), name);
    assert.ok(amount.includes(String(value)) && amount.includes(unit), amount);
    assert.equal(year, '2025年');
    await at.click(row.locator('a'));
    const found = at.page.locator('.found[data-passage]');
    assert.equal(await found.getAttribute('data-passage'), passage.id, 'its source is a step away');
    assert.ok((await found.innerText()).includes(String(value)));
    within(at, 3);
  });
}

test('e: whether a sentence is right', async () => {
  const { hits } = await json('/api/search', { q: '“亿元”', kind: 'paragraph', limit: 50 });
  const parts = hits.flatMap((hit) => hit.text.split('。').map((part) => ({ part, hit })));
  const { part: sentence, hit } = parts.find(({ part }) => /\d{2,}亿元/.test(part) && part.length > 25 && part.length < 120);
  const source = (page) => page.locator('.verbatim .facts a').first();
  const leadsThere = async (page) => {
    assert.equal(new URL(await source(page).getAttribute('href'), url).searchParams.get('p'), hit.id);
    assert.equal(await source(page).innerText(), hit.citation);
  };
  const right = await desk();
  await right.search(sentence);
  assert.match(await right.page.locator('.verbatim-verdict').innerText(), /^原文一致，见于 \d+ 处/);
  await leadsThere(right.page);
  within(right, 2);
  const wrong = await desk();
  const [, figure] = /(\d{2,})亿元/.exec(sentence);
  const other = String(Number(figure) * 2 + 1);
  await wrong.search(sentence.replace(`${figure}亿元`, `${other}亿元`));
  assert.match(await wrong.page.locator('.verbatim-verdict').innerText(), /没有一字不差的原文/);
  assert.match(await wrong.page.locator('.verbatim del').innerText(), new RegExp(other));
  assert.match(await wrong.page.locator('.verbatim ins').innerText(), new RegExp(figure));
  await leadsThere(wrong.page);
  within(wrong, 2);
});

test('f: what changed between two years', async () => {
  const report = (year, value, last) => `# ${year}年某市政府工作报告\n\n${year}年1月20日\n\n## 一、主要目标\n\n地区生产总值增长${value}%左右，城镇新增就业12万人以上。\n\n## 二、重点工作\n\n建设港口集疏运体系，完善航道。\n\n${last}\n`;
  const library = await serve({
    '2024.md': report(2024, 6, '办好老城供水改造一件实事。'),
    '2025.md': report(2025, 5.5, '开通跨江轮渡夜航服务。'),
  });
  const isTold = async (page) => {
    const changed = page.locator('.compare-row.is-changed', { hasText: '地区生产总值' });
    const [before, now] = await changed.locator('.compare-text').allInnerTexts();
    assert.match(before, /增长6%/);
    assert.match(now, /增长5\.5%/);
    assert.deepEqual(await changed.locator('mark.figure').allInnerTexts(), ['6%', '5.5%'], 'figures are marked');
    assert.match(await page.locator('.compare-row.is-only_a').last().innerText(), /老城供水/);
    assert.match(await page.locator('.compare-row.is-only_b').last().innerText(), /跨江轮渡/);
    assert.equal(await page.locator('.compare-row', { hasText: '集疏运' }).count(), 0, 'what is the same is left out');
  };
  try {
    for (const javaScriptEnabled of [true, false]) {
      const picking = await desk({ origin: library.origin, javaScriptEnabled });
      await picking.click(picking.page.locator('.site-nav a', { hasText: '文件目录' }));
      const boxes = picking.page.locator('.col-pick input');
      await picking.tick(boxes.nth(0));
      await picking.tick(boxes.nth(1));
      await picking.click('#pair button');
      await isTold(picking.page);
      within(picking, 4);

      const typing = await desk({ origin: library.origin, javaScriptEnabled });
      await typing.click(typing.page.locator('.site-nav a', { hasText: '对照' }));
      await typing.fill('#compare-a', '2024');
      await typing.fill('#compare-b', '2025');
      await typing.click(typing.page.locator('main button', { hasText: '对照' }).first());
      await isTold(typing.page);
      within(typing, 4);
    }
  } finally {
    await library.close();
  }
});

test('i: one chapter of a file', async () => {
  const at = await desk({ origin: address('/', { q: '港口' }) });
  await at.click(facet(at.page, /^文件$/).locator('.facet-value').first());
  const chapter = facet(at.page, '章节').locator('.facet-value').first();
  const name = (await chapter.locator('.facet-label').innerText()).trim();
  const promised = Number((await chapter.locator('.facet-count').innerText()).replace(/\D/g, ''));
  await at.click(chapter);
  const asked = new URL(at.page.url()).searchParams;
  const { hits, total } = await json('/api/search', Object.fromEntries(asked));
  assert.equal(total, promised, 'as many as the chapter said');
  assert.ok(hits.every((hit) => hit.doc.id === asked.get('doc')), 'all of the file');
  const plain = (text) => text.replace(/\s/g, '');
  assert.ok(hits.every((hit) => hit.path.some((label) => plain(label) === plain(name))), `all in ${name}`);
  assert.deepEqual(await idsOf(at.page), hits.map((hit) => hit.id), 'and the page shows them');
  within(at, 2);
  // From the text: search in the chapter of a heading.
  const reading = await desk({ origin: address(`/documents/${asked.get('doc')}`) });
  const heading = reading.page.locator('.block.heading', { hasText: name }).first();
  await heading.hover();
  await reading.click(heading.locator('.within'));
  assert.equal(await reading.page.locator('.chip').count(), 2);
  within(reading, 2);
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

test('on no page have two links one name and different ends', async () => {
  const page = await open(browser);
  const told = [];
  for (const [name, target] of Object.entries(await examples())) {
    await page.goto(target);
    const twice = await page.evaluate(() => {
      const ends = {};
      document.querySelectorAll('a[href]').forEach((link) => {
        const called = (link.getAttribute('aria-label') || link.textContent).replace(/\s+/g, ' ').trim();
        (ends[called] = ends[called] || new Set()).add(link.href);
      });
      return Object.keys(ends).filter((called) => ends[called].size > 1);
    });
    told.push(...twice.map((called) => `${name}: ${called}`));
  }
  assert.deepEqual(told, []);
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

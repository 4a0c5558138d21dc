// A document of thousands of passages: every one of them is reached by its address,
// by keys and from match to match, and copied with its source.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clipboard, isQuiet, launch, open } from './browser.mjs';
import { serve } from './library.mjs';

const N_SECTIONS = 60;
const N_EACH = 20;

let browser;
let library;
let passages;

before(async () => {
  const lines = ['某市综合交通运输发展规划', ''];
  for (let section = 1; section <= N_SECTIONS; section += 1) {
    lines.push(`第${section}章 任务${section}`, '');
    for (let number = 1; number <= N_EACH; number += 1) {
      const word = number === 7 && section % 10 === 5 ? '建设跨海通道（跨海通道连接线）' : '完善路网结构';
      lines.push(`${word}，推进第${section}章第${number}项工程，提升通行能力和服务水平，保障群众出行安全便捷。`, '');
    }
  }
  library = await serve({ 'long.txt': lines.join('\n') });
  browser = await launch();
  const { documents } = await (await fetch(`${library.origin}/api/documents`)).json();
  const { hits } = await (await fetch(`${library.origin}/api/search?q=${encodeURIComponent('“跨海通道”')}&sort=document&limit=20`)).json();
  passages = hits.map((hit) => ({ id: hit.id, text: hit.text, citation: hit.citation, doc: documents[0].id }));
  assert.equal(passages.length, 6);
});

after(async () => {
  await browser?.close();
  await library?.close();
});

const host = () => ({ host: new URL(library.origin).host });
const asked = encodeURIComponent('“跨海通道”');

async function isInView(locator) {
  return locator.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return box.top >= 0 && box.top < window.innerHeight * 0.8;
  });
}

/** The address of a passage as its “#” gives it, found by searching. */
async function addressOf(page, at) {
  await page.goto(`${library.origin}/?q=${asked}&sort=document`);
  return page.locator('.hit-heading a').nth(at).getAttribute('href');
}

for (const javaScriptEnabled of [true, false]) {
  test(`the address of a far passage opens it, ${javaScriptEnabled ? 'with' : 'without'} script`, async () => {
    for (const viewport of [{ width: 1280, height: 800 }, { width: 360, height: 700 }]) {
      const page = await open(browser, { ...host(), javaScriptEnabled, viewport });
      const href = await addressOf(page, 4);
      await page.goto(new URL(href, library.origin).href);
      await page.waitForTimeout(600);
      const found = page.locator('.found');
      assert.equal(await found.getAttribute('data-passage'), passages[4].id);
      assert.ok(await isInView(found), `${viewport.width}: it is in view, and stays there`);
      isQuiet(page);
    }
  });
}

test('a fragment of another part leads to that part', async () => {
  const page = await open(browser, host());
  const idx = Number(/#p(\d+)$/.exec(await addressOf(page, 5))[1]);
  assert.ok(idx > 1000);
  await page.goto(`${library.origin}/documents/${passages[5].doc}#p${idx}`);
  await page.waitForURL(/part=3/);
  const target = page.locator(`#p${idx}`);
  await target.waitFor();
  assert.equal(await target.getAttribute('data-passage'), passages[5].id);
  assert.ok(await isInView(target));
  // One that the document does not have changes nothing for long.
  await page.goto(`${library.origin}/documents/${passages[5].doc}#p99999`);
  await page.waitForTimeout(500);
  assert.ok(await page.locator('.document-text').isVisible());
  isQuiet(page);
});

test('n and p go on into other parts, y copies where one is', async () => {
  const page = await open(browser, host());
  await page.goto(`${library.origin}/documents/${passages[0].doc}?q=${asked}`);
  const count = page.locator('.match-at');
  await count.waitFor();
  assert.equal(await count.innerText(), '命中 12 处');
  const isAt = async (at) => {
    await page.locator('.match-at', { hasText: `第 ${at + 1} 处，共 12 处` }).waitFor();
    const current = page.locator('[data-passage]', { has: page.locator('mark.is-current') });
    assert.equal(await current.getAttribute('data-passage'), passages[Math.floor(at / 2)].id);
    assert.ok(await isInView(current));
  };
  for (let at = 0; at < 12; at += 1) {
    await page.keyboard.press('n');
    await isAt(at);
  }
  await page.keyboard.press('n');
  await page.locator('.toast.is-shown', { hasText: '已是最后一处' }).waitFor();
  for (let at = 10; at >= 4; at -= 1) {
    await page.keyboard.press('p');
    await isAt(at);
  }
  await page.keyboard.press('y');
  await page.locator('.toast.is-shown', { hasText: '已复制原文和出处' }).waitFor();
  assert.equal(await clipboard(page), `${passages[2].text}\n——${passages[2].citation}`);
  isQuiet(page);
});

test('j walks passages that had no buttons yet, and they get them', async () => {
  const page = await open(browser, host());
  await page.goto(`${library.origin}/documents/${passages[0].doc}?part=2`);
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press('j');
  }
  const here = page.locator('[data-passage]:focus');
  assert.equal(await here.getAttribute('data-passage'), await page.locator('[data-passage]').nth(39).getAttribute('data-passage'));
  await here.locator('.tool-copy').waitFor({ state: 'attached' });
  await page.keyboard.press('b');
  assert.equal(await page.locator('.basket-count').innerText(), '1 段');
  await here.locator('[data-basket-toggle].is-in').waitFor({ state: 'attached' });
  isQuiet(page);
});

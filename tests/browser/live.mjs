// Results as one types: the page that Enter would open, in place after a pause;
// nothing while an input method composes, nothing that comes late, and the way back.

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

/** The pages that script asks for, in `page.asked`. */
async function watched(options) {
  const page = await open(browser, options);
  page.asked = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'fetch' && new URL(request.url()).pathname === '/') {
      page.asked.push(new URL(request.url()).searchParams.get('q'));
    }
  });
  return page;
}

const title = (page) => page.locator('.results-title');
const showing = (page, query) => page.locator('.results-title', { hasText: `检索结果：${query}` }).waitFor();
const ids = (page) => page.locator('.hit').evaluateAll((hits) => hits.map((hit) => hit.dataset.passage));

/** What the page at an address shows when it is opened. */
async function opened(target) {
  const page = await open(browser, { javaScriptEnabled: false });
  await page.goto(target);
  const found = {
    ids: await ids(page),
    title: await page.title(),
    count: await page.locator('.results-count').innerText(),
    facets: await page.locator('.facet-value').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
  };
  await page.context().close();
  return found;
}

test('the start page shows results below the box, as Enter would, and its own content again', async () => {
  const page = await watched();
  await page.goto(url.href);
  const name = await page.title();
  const before = await page.locator('#q').boundingBox();
  await page.locator('#q').pressSequentially('氢能', { delay: 30 });
  await showing(page, '氢能');
  assert.equal(page.url(), address('/', { q: '氢能' }), 'the address is the whole state');
  const found = await opened(page.url());
  assert.deepEqual(await ids(page), found.ids);
  assert.equal(await page.title(), found.title);
  assert.equal(await page.locator('.results-count').innerText(), found.count);
  assert.deepEqual(await page.locator('.facet-value').evaluateAll((links) => links.map((link) => link.getAttribute('href'))), found.facets);
  assert.equal(await page.locator('.start').isVisible(), false);
  assert.deepEqual(await page.locator('#q').boundingBox(), before, 'the box does not move');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
  assert.deepEqual(page.asked, ['氢能'], 'one request for one pause');
  await page.locator('.hit .tool-copy').first().waitFor();

  await page.fill('#q', '');
  await page.locator('.start').waitFor();
  assert.equal(page.url(), url.href);
  assert.equal(await page.title(), name);
  assert.equal(await page.locator('.hit').count(), 0);
  assert.deepEqual(page.asked, ['氢能'], 'an empty box asks for nothing');
  isQuiet(page);
});

test('choices, order and view stay; the caret does too, and facets that were folded', async () => {
  const page = await watched();
  const kept = { q: '港口', kind: 'paragraph', year: '1999..2035', sort: 'date' };
  await page.goto(address('/', kept));
  const unfolded = page.locator('details.facet[open] > summary').first();
  const name = (await unfolded.innerText()).trim();
  await unfolded.click();
  await page.click('#q');
  await page.keyboard.press('Home');
  await page.keyboard.insertText('嘉兴');
  await showing(page, '嘉兴港口');
  const now = new URL(page.url()).searchParams;
  for (const [param, value] of Object.entries({ ...kept, q: '嘉兴港口' })) {
    assert.deepEqual(now.getAll(param), [value], param);
  }
  assert.equal(await page.locator('.chip').count(), 2);
  assert.deepEqual(await ids(page), (await opened(page.url())).ids);
  assert.equal(await page.evaluate(() => document.activeElement.selectionStart), 2, 'the caret stays');
  const again = page.locator('details.facet', { hasText: name }).first();
  assert.equal(await again.getAttribute('open'), null, `${name} stays folded`);

  const feed = await page.locator('link[rel=alternate]').getAttribute('href');
  assert.equal(new URL(feed, url).searchParams.get('q'), '嘉兴港口');
  isQuiet(page);
});

test('nothing is asked while an input method composes, and at once when it has', async () => {
  const page = await watched();
  await page.goto(address('/', { q: '港口' }));
  await page.click('#q');
  await page.keyboard.press('End');
  const client = await page.context().newCDPSession(page);
  for (const text of ['q', 'qi', 'qing', 'qing neng']) {
    await client.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await page.waitForTimeout(350);
  }
  assert.deepEqual(page.asked, []);
  assert.equal(page.url(), address('/', { q: '港口' }));
  await client.send('Input.insertText', { text: '氢能' });
  await showing(page, '港口氢能');
  assert.deepEqual(page.asked, ['港口氢能'], 'no reading was sent');
  isQuiet(page);
});

test('composing takes back what waits, and a key with the code 229 puts it off', async () => {
  const page = await watched();
  await page.goto(address('/', { q: '港口' }));
  await page.evaluate(() => {
    const box = document.getElementById('q');
    box.focus();
    box.value = '港口x';
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    box.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    box.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
  });
  await page.waitForTimeout(600);
  assert.deepEqual(page.asked, []);
  await page.evaluate(() => {
    document.getElementById('q').dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
  });
  for (let i = 0; i < 5; i += 1) {
    await page.waitForTimeout(80);
    await page.evaluate(() => {
      const event = new KeyboardEvent('keydown', { key: 'Process', keyCode: 229, bubbles: true });
      document.getElementById('q').dispatchEvent(event);
    });
  }
  assert.deepEqual(page.asked, [], 'each such key begins the pause anew');
  await showing(page, '港口x');
  assert.deepEqual(page.asked, ['港口x']);
});

test('an answer that comes late changes nothing', async () => {
  const page = await watched();
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route((target) => target.searchParams.get('q') === '氢', async (route) => {
    const answer = await route.fetch();
    await held;
    await route.fulfill({ response: answer }).catch(() => {});
  });
  await page.goto(url.href);
  await page.locator('#q').pressSequentially('氢');
  while (page.asked.length === 0) {
    await page.waitForTimeout(20);
  }
  await page.fill('#q', '港口');
  await showing(page, '港口');
  release();
  await page.waitForTimeout(400);
  assert.equal(await title(page).innerText(), '检索结果：港口');
  assert.equal(page.url(), address('/', { q: '港口' }));

  // Also when the browser has no way to call a request off.
  const second = await watched();
  await second.addInitScript(() => { AbortController.prototype.abort = () => {}; });
  let answered = 0;
  await second.route((target) => target.searchParams.get('q') === '氢', async (route) => {
    const answer = await route.fetch();
    await new Promise((resolve) => { setTimeout(resolve, 700); });
    answered += 1;
    await route.fulfill({ response: answer }).catch(() => {});
  });
  await second.goto(url.href);
  await second.locator('#q').pressSequentially('氢');
  await second.waitForTimeout(350);
  await second.fill('#q', '港口');
  await showing(second, '港口');
  await second.waitForTimeout(900);
  assert.equal(answered, 2, 'the results and the suggestions of the first did come');
  assert.equal(await title(second).innerText(), '检索结果：港口');
});

test('the way back leads to the searches before, with the text of the box', async () => {
  const page = await watched();
  const at = (q) => address('/', { q });
  const shows = async (query) => {
    await showing(page, query);
    assert.equal(page.url(), at(query));
    assert.equal(await page.locator('#q').inputValue(), query);
    assert.deepEqual(await ids(page), (await opened(at(query))).ids);
  };
  await page.goto(url.href);
  await page.goto(at('港口'));
  await page.fill('#q', '港口物');
  await showing(page, '港口物');
  await page.fill('#q', '港口物流');
  await showing(page, '港口物流');
  await Promise.all([page.waitForEvent('load'), page.locator('#q').press('Enter')]);
  await shows('港口物流');
  await page.fill('#q', '氢能');
  await shows('氢能');

  await page.goBack();
  await shows('港口物流');
  await page.goBack();
  await shows('港口');
  await page.goForward();
  await shows('港口物流');
  await page.goBack();
  await page.goBack();
  assert.equal(page.url(), url.href, 'what was only typed on the way is no entry');
  isQuiet(page);
});

test('leaving the box ends an entry; back from a reader gives the results again', async () => {
  const page = await watched();
  await page.goto(url.href);
  await page.fill('#q', '港口');
  await showing(page, '港口');
  await page.locator('#q').evaluate((box) => box.blur());
  await page.fill('#q', '氢能');
  await showing(page, '氢能');
  await page.locator('.hit-heading a').first().click();
  await page.locator('.document-text').waitFor();
  await page.goBack();
  await showing(page, '氢能');
  assert.equal(await page.locator('#q').inputValue(), '氢能');
  await page.goBack();
  await showing(page, '港口');
  assert.equal(await page.locator('#q').inputValue(), '港口');
  await page.goBack();
  await page.locator('.start').waitFor();
  assert.equal(await page.locator('#q').inputValue(), '');
  assert.equal(page.url(), url.href);
  isQuiet(page);
});

test('the count is read out once nothing changes any more, and focus stays', async () => {
  const page = await watched();
  await page.goto(url.href);
  await page.evaluate(() => {
    window.told = [];
    const watcher = new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = target.parentElement && (target.closest ? target : target.parentElement).closest('[role=status]');
        if (region && region.textContent.includes('段')) {
          window.told.push(region.textContent);
        }
      }
    });
    watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  for (const typed of ['港', '港口', '港口物']) {
    await page.fill('#q', typed);
    await showing(page, typed);
  }
  await page.fill('#q', '港口物流');
  await showing(page, '港口物流');
  const counted = () => page.evaluate(() => window.told.filter((text) => /共 [\d,]+ 段/.test(text)));
  assert.deepEqual(await counted(), [], 'not with each pause');
  await page.waitForTimeout(1300);
  const total = await page.locator('.results-count').innerText();
  const told = await counted();
  assert.equal(told.length, 1, told.join(' | '));
  assert.ok(told[0].includes('港口物流') && told[0].includes(total), told[0]);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
  assert.equal(await page.locator('[data-live] [role=status]').count(), 0, 'no second region says the same');
  isQuiet(page);
});

test('suggestions stay in use above the results, and say what lies below', async () => {
  const page = await watched();
  await page.goto(url.href);
  await page.locator('#q').pressSequentially('氢');
  await page.locator('[role=option]').first().waitFor();
  await page.locator('.suggest-foot', { hasText: '下方已列出“氢”的检索结果' }).waitFor();
  await page.keyboard.press('ArrowDown');
  const text = await page.locator('[aria-selected=true] .suggest-text').innerText();
  assert.equal(await title(page).innerText(), '检索结果：氢', 'walking the list searches nothing');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  await page.locator('.results-title, .document-name').first().waitFor();
  isQuiet(page);
});

test('no answer, an error and a page without results leave the page as it is, and Enter works', async () => {
  const page = await open(browser);
  await page.goto(address('/', { q: '港口' }));
  const before = await ids(page);
  let mode = 'none';
  await page.route((target) => target.pathname === '/' && target.searchParams.get('q') !== '港口', async (route) => {
    if (route.request().resourceType() !== 'fetch') {
      await route.continue();
    } else if (mode === 'none') {
      await route.abort();
    } else if (mode === 'error') {
      await route.fulfill({ status: 500, body: '<main data-live><p class="hit">x</p></main>' });
    } else {
      await route.fulfill({ contentType: 'text/html', body: '<h1>维护中</h1>' });
    }
  });
  for (mode of ['none', 'error', 'other']) {
    await page.fill('#q', `氢能 ${mode}`);
    await page.waitForTimeout(500);
    assert.deepEqual(await ids(page), before, mode);
    assert.equal(page.url(), address('/', { q: '港口' }), mode);
  }
  await page.fill('#q', '氢能');
  await Promise.all([page.waitForURL(address('/', { q: '氢能' })), page.locator('#q').press('Enter')]);
  await showing(page, '氢能');
});

test('a slow service is not asked again before the next page, and it is said', async () => {
  const page = await watched();
  await page.route((target) => target.searchParams.get('q') === '港', async (route) => {
    await new Promise((resolve) => { setTimeout(resolve, 1300); });
    await route.continue().catch(() => {});
  });
  await page.goto(url.href);
  await page.fill('#q', '港');
  await page.locator('.toast.is-shown', { hasText: '请在输入后按回车检索' }).waitFor();
  await page.fill('#q', '港口');
  await page.waitForTimeout(700);
  assert.deepEqual(page.asked, ['港']);
  await Promise.all([page.waitForEvent('load'), page.locator('#q').press('Enter')]);
  await page.fill('#q', '港口物流');
  await showing(page, '港口物流');
});

test('it can be switched off, and what is held is not taken away', async () => {
  const page = await watched();
  await page.goto(url.href);
  await page.locator('.footer-links button').click();
  await page.getByLabel('边输入边显示检索结果').uncheck();
  await page.keyboard.press('Escape');
  await page.fill('#q', '港口');
  await page.locator('.suggest-foot', { hasText: '按回车检索“港口”，共' }).waitFor();
  assert.deepEqual(page.asked, []);
  assert.equal(page.url(), url.href);

  // Focus in the results when the answer comes: they stay.
  const second = await watched();
  await second.route((target) => target.searchParams.get('q') === '氢能', async (route) => {
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    await route.continue().catch(() => {});
  });
  await second.goto(address('/', { q: '港口' }));
  const before = await ids(second);
  await second.fill('#q', '氢能');
  await second.waitForTimeout(300);
  await second.locator('.hit-heading a').first().focus();
  await second.waitForTimeout(700);
  assert.deepEqual(await ids(second), before);
});

test('no hits are shown as the page shows them', async () => {
  const page = await watched();
  await page.goto(url.href);
  await page.locator('#q').pressSequentially('xyzzy');
  await page.locator('.no-hits').waitFor();
  assert.equal(page.url(), address('/', { q: 'xyzzy' }));
  await page.locator('[role=status]', { hasText: '“xyzzy”：没有找到符合条件的段落' }).waitFor({ state: 'attached' });
  isQuiet(page);
});

test('without script typing changes nothing', async () => {
  const page = await open(browser, { javaScriptEnabled: false });
  await page.goto(url.href);
  await page.locator('#q').pressSequentially('氢能');
  await page.waitForTimeout(500);
  assert.equal(page.url(), url.href);
  assert.equal(await page.locator('.start').isVisible(), true);
  await page.locator('#q').press('Enter');
  await showing(page, '氢能');
});

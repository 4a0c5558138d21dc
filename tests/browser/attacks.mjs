// Strings that would be markup, script or formulas, in every place where a
// stranger can put them: all are shown as text and nothing runs.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open } from './browser.mjs';
import { serve } from './library.mjs';

const RUN = 'window.attacked=1';

const ATTACKS = {
  script: `<script>${RUN}</script>`,
  image: `"><img src=x onerror="${RUN}">`,
  apostrophe: `' onmouseover='${RUN}' autofocus onfocus='${RUN}' x='`,
  bare: `x onfocus=${RUN} autofocus`,
  svg: `<svg/onload=${RUN}>`,
  frame: `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  address: `javascript:${RUN}`,
  link: `[x](javascript:${RUN})<a href="javascript:${RUN}">x</a>`,
  refresh: `<meta http-equiv="refresh" content="0;url=javascript:${RUN}">`,
  base: '<base href="http://attacker.test/">',
  form: '</form><form action="http://attacker.test/"><button>go</button>',
  style: '</style><style>body{display:none}</style>',
  raw: `</textarea></title></noscript><script>${RUN}</script>`,
  comment: `--><script>${RUN}</script><!--`,
  cdata: `]]><script>${RUN}</script>`,
  entity: '&lt;script&gt;&#60;img&#62;&amp;',
  template: '{{7*7}} ${7*7} <%= 7*7 %> #{7*7} {% raw %}',
  mark: `<mark>x</mark></mark><script>${RUN}</script>`,
  bidi: '\u202Efdp.exe\u2066 \u202A尾\u2069',
  nul: `a\u0000b<scr\u0000ipt>${RUN}</scr\u0000ipt>`,
  control: 'x\u0008\u001B[31m\u007F\uFEFFy',
  breaks: 'a\r\nSet-Cookie: attacked=1\r\n\r\n<b>',
  formula: '=HYPERLINK("http://attacker.test","x")',
  command: "@SUM(1+1)*cmd|' /C calc'!A0",
  long: '文'.repeat(3000),
  wide: 'W'.repeat(3000),
};

/** As much as a file name takes. */
const nameOf = (attack) => attack.replace(/[\u0000/\r\n]/g, '_').slice(0, 60);

let browser;
let library;
let origin;

before(async () => {
  const files = {};
  const made = [];
  for (const [name, attack] of Object.entries(ATTACKS)) {
    const line = attack.replace(/[\r\n]/g, ' ');
    const text = [
      `某市${line}规划`, '', `第一章 ${line}`, '', `${line}。氢能产业${line}发展。`, '',
      `第一节 氢能${line}`, '', `一是推进氢能。${line}`, '',
    ];
    files[`${name}-${nameOf(attack)}.txt`] = text.join('\n');
    made.push({
      id: `${name}-${attack}`, doc: `d-${attack}`, title: `题名${attack}`, issuer: `机关${attack}`,
      section: `${attack} > 氢能${attack}`, text: `氢能${attack}港口`, date: '2021-06-27',
    });
    made.push({ id: `${name}-2`, doc: `e-${name}`, title: attack, issuer: attack, section: attack, text: `${attack}氢能` });
  }
  files['made.jsonl'] = made.map((one) => JSON.stringify(one)).join('\n');
  files['table.csv'] = `指标${ATTACKS.image},${ATTACKS.formula}\n氢能${ATTACKS.script},100\n`;
  const themes = `[[theme]]\nname = ${JSON.stringify(`氢能${ATTACKS.image}`)}\nterms = ["氢能"]\n`;
  library = await serve(files, { themes });
  origin = library.origin;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await library?.close();
});

/** A page that notes everything that should not happen. */
async function guarded(options = {}) {
  const page = await open(browser, { ...options, host: new URL(origin).host });
  page.on('dialog', async (dialog) => {
    page.complaints.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return page;
}

async function isHarmless(page, where) {
  const state = await page.evaluate(() => ({
    attacked: window.attacked,
    base: document.querySelectorAll('base, iframe, object, embed, meta[http-equiv]').length,
    inline: Array.from(document.querySelectorAll('*')).filter((element) => (
      Array.from(element.attributes).some((attribute) => /^on/i.test(attribute.name))
    )).length,
    scripts: Array.from(document.scripts).filter((script) => !script.src.includes('/static/')).length,
    styles: document.querySelectorAll('style').length,
    links: Array.from(document.querySelectorAll('[href], [src], [action], [formaction]'))
      .map((element) => element.href || element.src || element.action || '')
      .map((href) => (href.baseVal === undefined ? href : new URL(href.baseVal, window.location.href).href))
      .filter((href) => typeof href === 'string' && href && !href.startsWith(`${window.location.origin}/`)),
  }));
  assert.deepEqual(state, { base: 0, inline: 0, scripts: 0, styles: 0, links: [], attacked: undefined }, where);
  assert.deepEqual(page.strangers, [], where);
  assert.deepEqual(page.complaints, [], where);
}

const at = (path, pairs = {}) => `${origin}${path}?${new URLSearchParams(pairs)}`;

test('what is asked comes back as text', async () => {
  const page = await guarded();
  for (const [name, attack] of Object.entries(ATTACKS)) {
    await page.goto(at('/', { q: attack }));
    await isHarmless(page, `query ${name}`);
    const shown = await page.locator('#q').inputValue();
    const plain = (text) => text.replace(/[\u0000\r\n\uFFFD]/g, '').trim().slice(0, 1000);
    assert.equal(plain(shown), plain(attack), `the box repeats ${name}`);
    for (const target of [
      at('/', { q: '氢能', doc: attack, chapter: attack, issuer: attack }),
      at('/', { theme: attack }),
      at('/', { type: attack, sort: attack }),
      at('/basket', { id: attack }),
      at('/export', { format: attack, id: attack }),
      at('/export', { format: 'md', id: attack }),
      `${origin}/documents/${encodeURIComponent(attack)}`,
      `${origin}/${encodeURIComponent(attack)}`,
    ]) {
      if (target.length < 60_000) {
        await page.goto(target);
        await isHarmless(page, `${name} in ${target.slice(0, 200)}`);
      }
    }
  }
});

test('what stands in files is shown as text on every page', async () => {
  const page = await guarded();
  for (const target of [`${origin}/`, at('/documents'), at('/', { q: '氢能', limit: '100' }), at('/', { q: '氢能', each: '1', explain: '1', limit: '200' })]) {
    await page.goto(target);
    await isHarmless(page, target);
  }
  const documents = (await (await fetch(`${origin}/api/documents`)).json()).documents;
  assert.ok(documents.length > 2 * Object.keys(ATTACKS).length);
  for (const { id, title } of documents) {
    await page.goto(`${origin}/documents/${encodeURIComponent(id)}?q=${encodeURIComponent('氢能')}`);
    await isHarmless(page, `reader of ${title.slice(0, 80)}`);
  }
  const text = await page.goto(at('/', { q: '氢能', limit: '200', each: '1' })).then(() => page.locator('main').innerText());
  for (const name of ['script', 'image', 'svg', 'frame', 'entity', 'template', 'formula']) {
    assert.ok(text.includes(ATTACKS[name]), `${name} is shown as it is`);
  }
});

test('what script fetches is shown as text', async () => {
  const page = await guarded();
  await page.goto(at('/', { q: '氢能', limit: '100', each: '1' }));
  const summaries = page.locator('.hit details.cite summary');
  const count = Math.min(await summaries.count(), 40);
  for (let i = 0; i < count; i += 1) {
    await summaries.nth(i).click();
    await page.keyboard.press('Escape');
  }
  await page.locator('.cite-form').first().waitFor({ state: 'attached' });
  for (let i = 0; i < 5; i += 1) {
    await page.keyboard.press('j');
    await page.keyboard.press('b');
    await page.keyboard.press('y');
  }
  await isHarmless(page, 'citations');
  for (const typed of ['氢能', '<s', '"', 'javascript', '某市', '{{']) {
    await page.fill('#q', '');
    await page.locator('#q').pressSequentially(typed);
    await page.waitForTimeout(400);
    await isHarmless(page, `suggestions for ${typed}`);
  }
  await page.goto(`${origin}/basket`);
  await page.waitForURL(/id=/);
  assert.ok(await page.locator('.basket-item').count() >= 4);
  await isHarmless(page, 'basket');
});

test('results that come while one types are shown as text', async () => {
  const page = await guarded();
  const answered = () => page.waitForResponse((answer) => (
    answer.request().resourceType() === 'fetch' && new URL(answer.url()).pathname === '/'
  ));
  // What is typed.
  await page.goto(`${origin}/`);
  for (const [name, attack] of Object.entries(ATTACKS)) {
    await Promise.all([answered(), page.fill('#q', attack)]);
    const typed = await page.locator('#q').inputValue();
    await page.waitForFunction((text) => {
      const title = document.querySelector('[data-live] .results-title');
      const shown = new URLSearchParams(window.location.search).get('q');
      return title && shown === text && title.textContent.length > '检索结果：'.length;
    }, typed);
    await isHarmless(page, `typed ${name}`);
  }
  // What stands in files, their names and themes, by every view.
  for (const params of [{ limit: '200', each: '1' }, { limit: '200', explain: '1' }, { view: 'doc', limit: '200' }]) {
    await page.goto(at('/', { ...params, q: '港口' }));
    await Promise.all([answered(), page.fill('#q', '氢能')]);
    await page.locator('.results-title', { hasText: '检索结果：氢能' }).waitFor();
    await isHarmless(page, `live ${JSON.stringify(params)}`);
  }
  const text = await page.locator('main').innerText();
  for (const name of ['script', 'image', 'svg', 'frame', 'entity', 'template']) {
    assert.ok(text.includes(ATTACKS[name]), `${name} is shown as it is`);
  }
  // Nothing found, with what was understood.
  await page.goto(at('/', { q: '氢能', issuer: ATTACKS.image, chapter: ATTACKS.script }));
  await Promise.all([answered(), page.fill('#q', `“${ATTACKS.raw}” -${ATTACKS.svg}`)]);
  await page.locator('.no-hits').waitFor();
  await isHarmless(page, 'live without hits');
  // An address that was sent by somebody, and the way back to it.
  await page.goto(at('/', { q: ATTACKS.image }));
  await Promise.all([answered(), page.fill('#q', '港口')]);
  await page.locator('.results-title', { hasText: '检索结果：港口' }).waitFor();
  await Promise.all([answered(), page.goBack()]);
  await page.waitForFunction((text) => document.getElementById('q').value === text, ATTACKS.image);
  await isHarmless(page, 'back');
});

test('a poisoned browser storage is no way in', async () => {
  const page = await guarded();
  await page.goto(`${origin}/`);
  await page.evaluate((attack) => {
    localStorage.setItem('plansearch.basket', JSON.stringify([attack, 7, null, { a: 1 }]));
    localStorage.setItem('plansearch.form', attack);
    localStorage.setItem('plansearch.large', attack);
    localStorage.setItem('plansearch.live', attack);
  }, ATTACKS.image);
  await page.goto(`${origin}/basket`);
  await page.waitForURL(/id=/);
  await isHarmless(page, 'basket');
  await page.evaluate(() => localStorage.setItem('plansearch.basket', '{not json'));
  await page.goto(at('/', { q: '氢能' }));
  await page.locator('.hit [data-basket-toggle]').first().click();
  assert.equal(await page.locator('.basket-count').innerText(), '1 段');
  await isHarmless(page, 'after broken storage');
});

test('answers that are no pages cannot be taken for pages', async () => {
  for (const attack of [ATTACKS.script, ATTACKS.image]) {
    for (const [path, type] of [
      [at('/api/search', { q: attack }), 'application/json'],
      [at('/api/suggest', { q: attack }), 'application/json'],
      [at('/suggestions', { q: attack }), 'application/x-suggestions+json'],
      [at('/feed.atom', { q: attack }), 'application/atom+xml'],
      [`${origin}/api/passages/${encodeURIComponent(attack)}`, 'application/json'],
    ]) {
      const answer = await fetch(path);
      assert.ok(answer.headers.get('content-type').startsWith(type), path);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(answer.headers.get('set-cookie'), null);
    }
  }
});

// Starts Chromium so that it asks nobody but the service, and keeps count.

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The address of the running service. */
export const url = new URL(process.env.PLANSEARCH_URL || 'http://127.0.0.1:7700/');

/** Starts the browser. */
export function launch(args = []) {
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  return chromium.launch({ executablePath, headless: true, args: [...ARGS, ...args] });
}

/** Opens a page whose requests to other hosts are noted in `page.strangers`,
    and errors of its script and policy in `page.complaints`. */
export async function open(browser, { host = url.host, ...options } = {}) {
  const context = await browser.newContext({ locale: 'zh-CN', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.strangers = [];
  page.complaints = [];
  page.on('request', (request) => {
    if (new URL(request.url()).host !== host) {
      page.strangers.push(request.url());
    }
  });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (400|404|413)/.test(message.text())) {
      page.complaints.push(message.text());
    }
  });
  return page;
}

/** Fails when a page asked another host or told of an error. */
export function isQuiet(page) {
  assert.deepEqual(page.strangers, [], 'a page asks another host');
  assert.deepEqual(page.complaints, []);
}

/** What the clipboard holds, by pasting it. */
export async function clipboard(page) {
  await page.evaluate(() => {
    const area = document.createElement('textarea');
    area.id = 'pasted';
    document.body.append(area);
    area.focus();
  });
  await page.keyboard.press('Control+V');
  return page.evaluate(() => {
    const area = document.getElementById('pasted');
    area.remove();
    return area.value;
  });
}

/** The address of a passage in the reader, as a search for `params` leads to it. */
export function place(hit, params) {
  return `${address(`/documents/${encodeURIComponent(hit.doc.id)}`, { ...params, p: hit.id })}#p${hit.idx}`;
}

/** One address of each page that the service has, in its different states. */
export async function examples(asked) {
  const json = async (path, params) => (await fetch(address(path, params))).json();
  const { documents } = await json('/api/documents');
  const pages = {
    start: address('/'),
    help: address('/help'),
    themes: address('/themes'),
    documents: address('/documents'),
    empty: address('/basket'),
    trace: address('/trace'),
    check: address('/check'),
    compare: address('/compare'),
    evolve: address('/evolve'),
    targets: address('/targets'),
    error: address('/', { limit: 'x' }),
    missing: address('/documents/none'),
  };
  // A library without documents has these pages alone.
  if (documents.length === 0) {
    return pages;
  }
  const longest = documents.reduce((a, b) => (a.title.length > b.title.length ? a : b));
  const shortest = documents.reduce((a, b) => (a.title.length < b.title.length ? a : b));
  const small = [...documents].sort((a, b) => a.n_passages - b.n_passages);
  const themes = (await json('/api/search', { kind: 'paragraph', limit: '0' })).facets.theme;
  const word = asked || (themes[0] ? themes[0].value : '发展');
  const found = (await json('/api/search', { q: word, kind: 'paragraph' })).hits;
  const tables = (await json('/api/search', { kind: 'table', limit: '3' })).hits;
  const basket = new URL('/basket', url);
  for (const { id } of [...found.slice(0, 3), ...tables.slice(-1), { id: 'gone-1' }]) {
    basket.searchParams.append('id', id);
  }
  Object.assign(pages, {
    results: address('/', { q: word }),
    grouped: address('/', { q: word, view: 'doc' }),
    filtered: address('/', { q: word, doc: longest.id, kind: 'paragraph', year: '1999..2035' }),
    apart: address('/', { q: word, sort: 'date', each: '1', explain: '1', limit: '5' }),
    none: address('/', { q: `“${word}乌有” -煤炭`, year: '2021' }),
    nonsense: address('/', { q: 'xyzzy' }),
    values: address('/values', { q: word, group: 'issuer' }),
    named: address('/', { q: longest.title }),
    narrowed: address('/documents', { name: word, sort: 'title' }),
    topic: address('/compare', { topic: word }),
    pair: address('/compare', { a: small[0].id, b: small[small.length > 1 ? 1 : 0].id }),
    uses: address('/evolve', { term: word }),
    indicators: address('/targets', { q: word }),
    ...(themes[0] ? { theme: address(`/themes/${encodeURIComponent(themes[0].value)}`) } : {}),
    head: address(`/documents/${encodeURIComponent(longest.id)}`),
    short: address(`/documents/${encodeURIComponent(shortest.id)}`, { q: word }),
    basket: basket.href,
  });
  if (found.length > 0) {
    pages.reader = place(found[0], { q: word });
    pages.elsewhere = address('/elsewhere', { p: found[0].id });
  }
  if (tables.length > 0) {
    pages.table = place(tables[tables.length - 1], {});
    pages.indicator = address('/elsewhere', { p: tables[tables.length - 1].id });
  }
  return pages;
}

/** The address of a path with parameters. */
export function address(path, params = {}) {
  const target = new URL(path, url);
  for (const [name, value] of Object.entries(params)) {
    target.searchParams.append(name, value);
  }
  return target.href;
}

// Takes a picture of every page, at three widths, light and dark, into
// artefacts/. For people to look at; it asserts nothing.
//
//     node shots.mjs                 all pages
//     node shots.mjs results-1440    those whose name holds this
//     SHOTS_STYLE=../../web/static/style.css node shots.mjs
//                                    with a style that is not built in yet
//     SHOTS_FULL=1 node shots.mjs    whole pages, not the first window

import { mkdirSync, readFileSync } from 'node:fs';
import { address, launch, open } from './browser.mjs';

const folder = new URL('./artefacts/', import.meta.url).pathname;
mkdirSync(folder, { recursive: true });

const json = async (path, params) => (await fetch(address(path, params))).json();
const { documents } = await json('/api/documents');
const pages = { start: address('/'), help: address('/help'), documents: address('/documents') };

// A library without documents has these pages alone.
if (documents.length > 0) {
  const place = (hit, params) => address(`/documents/${hit.doc.id}`, { ...params, p: hit.id }) + `#p${hit.idx}`;
  const longest = documents.reduce((a, b) => (a.title.length > b.title.length ? a : b));
  const shortest = documents.reduce((a, b) => (a.title.length < b.title.length ? a : b));
  const themes = (await json('/api/search', { kind: 'paragraph', limit: '0' })).facets.theme;
  const word = process.env.SHOTS_WORD || (themes[0] ? themes[0].value : '发展');
  const found = await json('/api/search', { q: word, kind: 'paragraph' });
  const table = await json('/api/search', { kind: 'table', limit: '3' });
  Object.assign(pages, {
    results: address('/', { q: word }),
    grouped: address('/', { q: word, view: 'doc' }),
    filtered: address('/', { q: word, doc: longest.id, kind: 'paragraph', year: '1999..2035' }),
    apart: address('/', { q: word, sort: 'date', each: '1', explain: '1', limit: '5' }),
    none: address('/', { q: `“${word}乌有” -煤炭`, year: '2021' }),
    nonsense: address('/', { q: 'xyzzy' }),
    values: address('/values', { q: word, group: 'chapter' }),
    head: address(`/documents/${longest.id}`),
    short: address(`/documents/${shortest.id}`, { q: word }),
    error: address('/', { limit: 'x' }),
    missing: address('/documents/none'),
  });
  if (found.hits.length > 0) {
    pages.reader = place(found.hits[0], { q: word });
  }
  if (table.hits.length > 0) {
    pages.table = place(table.hits[table.hits.length - 1], {});
  }
}

const only = process.argv.slice(2);
const style = process.env.SHOTS_STYLE;
const fullPage = Boolean(process.env.SHOTS_FULL);
const browser = await launch();
for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 768, 1440]) {
    const page = await open(browser, { colorScheme, viewport: { width, height: 900 } });
    if (style) {
      const css = () => ({ contentType: 'text/css', body: readFileSync(style, 'utf8') });
      await page.route('**/static/style-*.css', (route) => route.fulfill(css()));
    }
    for (const [name, target] of Object.entries(pages)) {
      const shot = `${name}-${width}-${colorScheme}`;
      if (only.length === 0 || only.some((part) => shot.includes(part))) {
        await page.goto(target);
        await page.screenshot({ path: `${folder}${shot}.png`, fullPage });
      }
    }
  }
}

// As it is printed; `pdftoppm -r 60 -png` makes pictures of it.
const page = await open(browser);
for (const [name, target] of Object.entries(pages)) {
  const shot = `${name}-print`;
  if (only.length === 0 || only.some((part) => shot.includes(part))) {
    await page.goto(target);
    await page.pdf({ path: `${folder}${shot}.pdf`, format: 'A4', margin: { top: '20mm', bottom: '20mm', left: '22mm', right: '22mm' } });
  }
}
await browser.close();

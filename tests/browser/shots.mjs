// Takes a picture of every page, at three widths, light and dark, into
// artefacts/. For people to look at; it asserts nothing.

import { mkdirSync } from 'node:fs';
import { address, launch, open } from './browser.mjs';

const folder = new URL('./artefacts/', import.meta.url).pathname;
mkdirSync(folder, { recursive: true });

const documents = await (await fetch(address('/api/documents'))).json();
const table = await (await fetch(address('/api/search', { kind: 'table', limit: '3' }))).json();
const found = await (await fetch(address('/api/search', { q: '氢能产业', kind: 'paragraph' }))).json();
const place = (hit, params) => address(`/documents/${hit.doc.id}`, { ...params, p: hit.id }) + `#p${hit.idx}`;
const longest = documents.documents.reduce((a, b) => (a.title.length > b.title.length ? a : b));

const pages = {
  start: address('/'),
  results: address('/', { q: '氢能' }),
  filtered: address('/', { q: '氢能产业', theme: '氢能', doc: longest.id, kind: 'paragraph', year: '2019..2025' }),
  none: address('/', { q: 'xyzzy plugh -煤炭', theme: '氢能' }),
  documents: address('/documents'),
  head: address(`/documents/${longest.id}`),
  reader: place(found.hits[0], { q: '氢能产业' }),
  error: address('/', { limit: 'x' }),
  missing: address('/documents/none'),
};
if (table.hits.length > 0) {
  pages.table = place(table.hits[table.hits.length - 1], {});
}

const only = process.argv.slice(2);
const browser = await launch();
for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 768, 1440]) {
    const page = await open(browser, { colorScheme, viewport: { width, height: 900 } });
    for (const [name, target] of Object.entries(pages)) {
      const shot = `${name}-${width}-${colorScheme}`;
      if (only.length === 0 || only.some((part) => shot.includes(part))) {
        await page.goto(target);
        await page.screenshot({ path: `${folder}${shot}.png` });
      }
    }
  }
}
await browser.close();

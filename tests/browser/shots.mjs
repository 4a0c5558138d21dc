// Takes a picture of every page, at three widths, light and dark, into
// artefacts/. For people to look at; it asserts nothing.
//
//     node shots.mjs                 all pages
//     node shots.mjs results-1440    those whose name holds this
//     SHOTS_STYLE=../../web/static/style.css node shots.mjs
//                                    with a style that is not built in yet
//     SHOTS_FULL=1 node shots.mjs    whole pages, not the first window

import { mkdirSync, readFileSync } from 'node:fs';
import { examples, launch, open } from './browser.mjs';

const folder = new URL('./artefacts/', import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const pages = await examples(process.env.SHOTS_WORD);

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

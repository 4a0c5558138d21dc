// Measures the pages with Lighthouse, as on an office machine. Accessibility,
// best practices and search engine rules are gates; the speed is told, because a
// busy machine changes it, and fails only far below its mark.

import { createServer } from 'node:net';
import lighthouse, { desktopConfig } from 'lighthouse';
import { examples, launch } from './browser.mjs';

const GATE = 95;
const SLOWEST = 70;

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = probe.address();
    probe.close(() => resolve(free));
  });
});
const browser = await launch([`--remote-debugging-port=${port}`]);
const pages = await examples();
let isFine = true;
const only = process.argv.slice(2);
for (const name of only.length > 0 ? only : ['start', 'results', 'reader']) {
  const { lhr } = await lighthouse(pages[name], { port, output: 'json', logLevel: 'error' }, desktopConfig);
  const scores = Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]));
  console.log(name, JSON.stringify(scores));
  for (const category of Object.values(lhr.categories)) {
    const isSpeed = category.id === 'performance';
    if (scores[category.id] < GATE) {
      for (const { id, weight } of category.auditRefs) {
        const audit = lhr.audits[id];
        if (weight > 0 && audit.score !== null && audit.score < 0.9) {
          console.log(`  ${category.id}: ${audit.title} ${audit.displayValue || ''}`);
        }
      }
    }
    if (scores[category.id] < (isSpeed ? SLOWEST : GATE)) {
      isFine = false;
    }
  }
}
await browser.close();
process.exitCode = isFine ? 0 : 1;

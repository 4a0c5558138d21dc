// What is shipped runs on Chromium 78 and is small: scripts and styles are read
// by linters that know that browser, pages are weighed as they are sent.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { test } from 'node:test';
import { ESLint } from 'eslint';
import stylelint from 'stylelint';
import { address, examples, url } from './browser.mjs';

const folder = new URL('../../web/static/', import.meta.url).pathname;
const files = await readdir(folder);

/** All that scripts may name of the browser; Chromium 78 has it. */
const GLOBALS = [
  'window', 'document', 'navigator', 'fetch', 'URL', 'URLSearchParams', 'FormData', 'AbortController',
  'IntersectionObserver', 'DOMParser',
];

/** Methods that came after Chromium 78 and have no other meaning. */
const NEWER = [
  'replaceAll', 'replaceChildren', 'at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced',
  'hasOwn', 'any', 'groupBy', 'checkVisibility', 'requestSubmit', 'showPopover', 'togglePopover', 'getHTML',
  'setHTML', 'scrollend', 'randomUUID', 'moveBefore', 'isInputPending',
];

test('scripts are of 2018 and name nothing newer than Chromium 78', async () => {
  const linter = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [{
      files: ['**/*.js'],
      languageOptions: {
        ecmaVersion: 2018,
        sourceType: 'script',
        globals: Object.fromEntries(GLOBALS.map((name) => [name, 'readonly'])),
      },
      rules: {
        'no-undef': 'error',
        'no-unused-vars': ['error', { caughtErrors: 'none' }],
        'no-eval': 'error',
        'no-implied-eval': 'error',
        'no-var': 'off',
        eqeqeq: 'error',
        'no-restricted-properties': ['error', ...NEWER.map((property) => ({ property, message: 'newer than Chromium 78' })),
          { property: 'innerHTML', message: 'text is set as text' },
          { property: 'outerHTML', message: 'text is set as text' },
          { property: 'insertAdjacentHTML', message: 'text is set as text' }],
      },
    }],
  });
  const found = await linter.lintFiles(['*.js']);
  const told = found.flatMap((file) => file.messages.map((one) => `${file.filePath}:${one.line} ${one.message} (${one.ruleId})`));
  assert.ok(found.length >= 1);
  assert.deepEqual(told, []);
});

test('styles use nothing that Chromium 78 lacks', async () => {
  const found = await stylelint.lint({
    files: files.filter((name) => name.endsWith('.css')).map((name) => folder + name),
    config: {
      plugins: ['stylelint-no-unsupported-browser-features'],
      rules: {
        'plugin/no-unsupported-browser-features': [true, {
          browsers: ['Chrome 78'],
          ignorePartialSupport: true,
          // Without these a page looks plainer and works as well.
          ignore: ['text-decoration', 'css-color-adjust', 'prefers-reduced-motion', 'css-text-wrap-balance', 'css-accent-color',
            // It takes `minmax` of a grid for `min` and `max`, which stand below.
            'css-math-functions'],
        }],
        // What the list of features does not know.
        'property-disallowed-list': ['aspect-ratio', '/^inset/', 'translate', 'rotate', 'scale', '/^scrollbar-/'],
        'selector-pseudo-class-disallowed-list': ['is', 'where', 'focus-visible'],
        'function-disallowed-list': ['min', 'max', 'clamp', 'color-mix', '/^ok/', 'light-dark'],
        'color-no-invalid-hex': true,
        'property-no-unknown': true,
        'unit-no-unknown': true,
        'media-feature-name-no-unknown': true,
        'declaration-block-no-duplicate-properties': [true, { ignore: ['consecutive-duplicates'] }],
      },
    },
  });
  const told = found.results.flatMap((file) => file.warnings.map((one) => `${file.source}:${one.line} ${one.text}`));
  assert.deepEqual(told, []);
});

/** How many bytes an address sends to a browser, head and body. */
function weigh(target) {
  return new Promise((resolve, reject) => {
    const asked = request(target, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      let size = answer.rawHeaders.join(': ').length;
      const parts = [];
      answer.on('data', (part) => {
        size += part.length;
        parts.push(part);
      });
      answer.on('end', () => resolve({ size, body: Buffer.concat(parts), encoding: answer.headers['content-encoding'] }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

test('a page with all it needs is sent in 60 KB', async (t) => {
  const pages = await examples();
  const sizes = {};
  const sizeOf = async (part) => {
    sizes[part] = sizes[part] || (await weigh(new URL(part, url).href)).size;
    return sizes[part];
  };
  const icons = (await (await fetch(pages.start)).text()).match(/\/static\/icons-[^"#]+/);
  for (const [name, target] of Object.entries(pages)) {
    const { size, encoding } = await weigh(target);
    assert.equal(encoding, 'gzip', name);
    const text = await (await fetch(target)).text();
    const parts = new Set([...text.matchAll(/(?:src|href)="(\/static\/[^"#]+)/g)].map((found) => found[1]));
    assert.ok(parts.size >= 5, `${name}: ${[...parts]}`);
    let all = size;
    for (const part of parts.add(icons[0])) {
      all += await sizeOf(part);
    }
    t.diagnostic(`${name}: ${all} bytes`);
    // The text of a document is not counted: the reader sends a whole one.
    const isReader = new URL(target).pathname.startsWith('/documents/');
    assert.ok(isReader || all <= 60 * 1024, `${name}: ${all} bytes`);
  }
});

test('shipped files are plain text without other hosts', async () => {
  for (const name of files) {
    const text = await readFile(folder + name, 'utf8');
    const hosts = (text.match(/https?:\/\/[^\s"')]+/g) || []).filter((one) => !one.startsWith('http://www.w3.org/'));
    assert.deepEqual(hosts, [], name);
  }
  assert.ok(url.host);
});

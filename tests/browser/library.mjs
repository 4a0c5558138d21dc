// A library of a test's own: files are written, indexed and served on a free port.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Serves a library of files (name to content): `origin` of its pages, `close()`. */
export async function serve(files, { themes } = {}) {
  const binary = process.env.PLANSEARCH_BINARY;
  assert.ok(binary, 'PLANSEARCH_BINARY names the program');
  const folder = await mkdtemp(join(tmpdir(), 'plansearch-browser-'));
  const documents = join(folder, 'documents');
  await mkdir(documents);
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(documents, name), content);
  }
  const index = join(folder, 'index');
  const options = [];
  if (themes) {
    await writeFile(join(folder, 'themes.toml'), themes);
    options.push('--themes', join(folder, 'themes.toml'));
  }
  await promisify(execFile)(binary, ['--index', index, 'index', documents, ...options]).catch((error) => {
    // What cannot be read is named with status 2; the rest is indexed.
    assert.equal(error.code, 2, error.stderr);
  });
  const port = await freePort();
  const server = spawn(binary, ['--index', index, 'serve', '--listen', `127.0.0.1:${port}`], { stdio: 'ignore' });
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries += 1) {
    if (await fetch(`${origin}/health`).catch(() => null)) {
      break;
    }
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  return {
    origin,
    close: async () => {
      server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

// Starts Chromium so that it asks nobody but the service, and keeps count.

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
export function launch() {
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  return chromium.launch({ executablePath, headless: true, args: ARGS });
}

/** Opens a page whose requests to other hosts are noted in `page.strangers`,
    and errors of its script and policy in `page.complaints`. */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ locale: 'zh-CN', ...options });
  const page = await context.newPage();
  page.strangers = [];
  page.complaints = [];
  page.on('request', (request) => {
    if (new URL(request.url()).host !== url.host) {
      page.strangers.push(request.url());
    }
  });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (400|404)/.test(message.text())) {
      page.complaints.push(message.text());
    }
  });
  return page;
}

/** The address of a path with parameters. */
export function address(path, params = {}) {
  const target = new URL(path, url);
  for (const [name, value] of Object.entries(params)) {
    target.searchParams.append(name, value);
  }
  return target.href;
}

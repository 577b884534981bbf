import { type Browser, chromium, type Page } from 'playwright-core';
import { afterEach, expect, test, vi } from 'vitest';
import { findChromium } from './find-chromium.ts';
import { startTestSite, type TestSiteOptions } from './test-site.ts';

const chromiumPath = findChromium();

/** Said in the name of what is skipped without a browser. */
export const withChromium = chromiumPath ? 'in Chromium' : 'in Chromium, which is not installed here';
export const isWithoutChromium = chromiumPath === null;

/** Nothing but the page itself may reach for the network. */
const quietFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long a page may take to do what it was asked for. */
const patienceMillis = 30_000;

// The first test of a file also waits for its library, and a visit to every page takes its time on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

/** What a page must not do; checked after every test. */
const misdeeds: string[] = [];

/** A test whose `page` is a fresh browser tab on `site`, one library for the tests of a file. */
export function pageTest(options: TestSiteOptions) {
  const launchOptions = { executablePath: chromiumPath ?? undefined, args: quietFlags };
  return test
    .extend('siteOptions', { scope: 'file' }, options)
    .extend('launchOptions', { scope: 'file' }, launchOptions)
    .extend('site', { scope: 'file' }, async ({ siteOptions }, { onCleanup }) => {
      const site = await startTestSite(siteOptions);
      onCleanup(() => site[Symbol.asyncDispose]());
      return site;
    })
    .extend('browser', { scope: 'file' }, async ({ launchOptions }, { onCleanup }) => {
      const browser = await chromium.launch(launchOptions);
      onCleanup(() => browser.close());
      return browser;
    })
    .extend('page', async ({ site, browser }, { onCleanup }) => {
      const page = await openPage(browser, site.url);
      onCleanup(() => page.context().close());
      return page;
    });
}

/** A tab of its own, at desktop size unless told otherwise, that reports errors of the page and requests to elsewhere. */
export async function openPage(browser: Browser, url: string, context: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const tab = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 800 }, ...context });
  const page = await tab.newPage();
  page.setDefaultTimeout(patienceMillis);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      misdeeds.push(`${message.type()}: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => misdeeds.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:' && origin !== url) misdeeds.push(`request to ${request.url()}`);
  });
  return page;
}

/** Expects something of a value as soon as it comes true; a busy machine may take its time. */
export function eventually<Value>(read: () => Value | Promise<Value>) {
  return expect.poll(read, { timeout: patienceMillis, interval: 50 });
}

/** What the page did wrong since it was last asked. */
export function takeMisdeeds(): string[] {
  return misdeeds.splice(0);
}

afterEach(() => {
  expect(takeMisdeeds(), 'errors on the console, and requests that leave this machine').toEqual([]);
});

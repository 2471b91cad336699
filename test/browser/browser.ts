import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the Chromium at `CHROMIUM_PATH`, by default Debian's. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A page in a context of its own, and what it did. */
export interface WatchedPage {
  readonly page: Page;
  /** The URL of every request, those of workers included; `data:` and `blob:` leave no page and are left out. */
  readonly requests: string[];
  /** Errors on the console, breaches of the page's policy among them, and exceptions nobody caught. */
  readonly errors: string[];
  close(): Promise<void>;
}

/** Opens an empty page whose requests and errors are recorded from its first navigation. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const requests: string[] = [];
  const errors: string[] = [];
  context.on('request', (request) => {
    if (/^(https?|wss?):/.test(request.url())) requests.push(request.url());
  });
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  context.on('weberror', (error) => errors.push(String(error.error())));
  return { page: await context.newPage(), requests, errors, close: () => context.close() };
}

/** The width in CSS pixels by which the document can be scrolled sideways; 0 when it fits. */
export function horizontalOverflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

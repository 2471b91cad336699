import { execFileSync } from 'node:child_process';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendPlayground } from '../../src/http/playground.ts';
import { examples } from '../../web/playground/examples.ts';
import { horizontalOverflow, launchBrowser, openPage, type WatchedPage } from './browser.ts';
import { startServer } from './served.ts';

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

let server: Awaited<ReturnType<typeof startServer>>;
let browser: Awaited<ReturnType<typeof launchBrowser>>;

beforeAll(async () => {
  buildPlayground();
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe('GET /graphql', () => {
  it('is the page for a browser, under a policy of its own origin', async () => {
    const response = await get('/graphql', 'text/html,application/xhtml+xml,*/*;q=0.8');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self';/,
    );
    const assets = [...(await response.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
    expect(assets.length).toBeGreaterThan(2);
    for (const path of assets) {
      const asset = await get(path, '*/*');
      await asset.arrayBuffer();
      expect([asset.status, asset.headers.get('cache-control')]).toEqual([
        200,
        'public, max-age=31536000, immutable',
      ]);
    }
  });

  it('is the API for everything else', async () => {
    for (const accept of ['*/*', 'application/json', 'application/graphql-response+json']) {
      const response = await get('/graphql', accept);
      expect(response.headers.get('content-type')).toMatch(/json/);
      await response.text();
    }
    const asked = await fetch(new URL('/graphql?query=%7B__typename%7D', server.url), {
      headers: { accept: 'text/html, application/json', 'apollo-require-preflight': '1' },
    });
    expect(await asked.json()).toEqual({ data: { __typename: 'Query' } });
  });

  it('says what to do when the page has not been built', async () => {
    const app = Fastify();
    app.get('/', (_, reply) => sendPlayground(reply, []));
    const response = await app.inject('/');
    expect([response.statusCode, response.body]).toEqual([503, expect.stringContaining('npm run build')]);
  });
});

describe('the page', () => {
  it('offers every example and answers each, within its origin and its policy', async () => {
    const view = await openPlayground(DESKTOP);
    const { page } = view;
    expect(await page.title()).toBe('metricgraph');
    expect(await tabs(view).allTextContents()).toEqual(examples.map(({ name }) => name));
    for (const { name, query } of examples) {
      await tabNamed(view, name).click();
      expect(await run(view)).toBe(query);
    }
    await expectQuiet(view);
    await view.close();
  });

  it('shows the result of the query', async () => {
    const view = await openPlayground(DESKTOP);
    await run(view);
    await view.page.locator('.result-window').getByText('6161').waitFor();
    await view.close();
  });

  it('keeps the tabs and the active one over a reload, even one in the middle of storing them', async () => {
    const view = await openPlayground(DESKTOP);
    for (const name of ['TopFirms', 'ByTitle', 'TopFirms']) {
      await tabNamed(view, name).click();
      await expect.poll(() => storedTab(view)).toBe(examples.findIndex((example) => example.name === name));
      // As it is when the tabs have been stored and the editor's text has not.
      await view.page.evaluate(`localStorage['metricgraph.graphiql:query'] = '{ __typename }'`);
      await view.page.reload();
      await editorReady(view);
      expect(await tabs(view).allTextContents()).toEqual(examples.map((example) => example.name));
      expect(await view.page.locator('.graphiql-tab-active').textContent()).toContain(name);
      await run(view);
    }
    await expectQuiet(view);
    await view.close();
  });

  it.each(['light', 'dark'] as const)('fits a phone, in a %s theme', async (colorScheme) => {
    const view = await openPlayground(PHONE, colorScheme);
    await run(view);
    await view.page.locator('.result-window').getByText('6161').waitFor();
    expect(await horizontalOverflow(view.page)).toBe(0);
    await expectQuiet(view);
    await view.close();
  });
});

/** In a process of its own: under this one's NODE_ENV the page would be left with React's development build. */
function buildPlayground(): void {
  const arguments_ = ['node_modules/vite/bin/vite.js', 'build', 'web/playground', '--logLevel', 'warn'];
  execFileSync(process.execPath, arguments_, {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: 'inherit',
  });
}

function get(path: string, accept: string): Promise<Response> {
  return fetch(new URL(path, server.url), { headers: { accept } });
}

async function openPlayground(viewport: typeof DESKTOP, colorScheme: 'light' | 'dark' = 'light') {
  const view = await openPage(browser, { viewport, colorScheme });
  await view.page.goto(`${server.url}/graphql`);
  await editorReady(view);
  return view;
}

/** Waits until the editor shows a query. */
async function editorReady({ page }: WatchedPage): Promise<void> {
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
}

/** Presses the run button and waits for the answer, which must have no errors. Gives the query that was sent. */
async function run({ page }: WatchedPage): Promise<string> {
  const answered = page.waitForResponse(
    (response) => response.request().postData()?.startsWith('{"query":"#') ?? false,
  );
  await page.getByRole('button', { name: /execute query/i }).click();
  const response = await answered;
  expect((await response.json()).errors).toBeUndefined();
  return response.request().postDataJSON().query;
}

function tabs({ page }: WatchedPage) {
  return page.locator('.graphiql-tab-button');
}

/** Names may begin with others: TopFirms, TopFirmsAndOthers. */
function tabNamed(view: WatchedPage, name: string) {
  return tabs(view).filter({ hasText: new RegExp(`^${name}$`) });
}

/** The index of the active tab as a reload would find it. */
function storedTab({ page }: WatchedPage): Promise<number> {
  return page.evaluate<number>(`JSON.parse(localStorage['metricgraph.graphiql:tabState']).activeTabIndex`);
}

/** Everything came from the server, without an error; the language service, which loads last, is awaited. */
async function expectQuiet({ requests, errors }: WatchedPage): Promise<void> {
  await expect.poll(() => requests).toContainEqual(expect.stringContaining('/graphql.worker'));
  expect(requests.filter((url) => !url.startsWith(`${server.url}/`))).toEqual([]);
  expect(errors).toEqual([]);
}

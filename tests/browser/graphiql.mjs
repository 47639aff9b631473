// Opens the GraphiQL page of a running server in a headless Chromium, as a person would: runs the
// example, reads the docs. No request may fail, and none may leave this machine.
// Usage: node graphiql.mjs BASE_URL SCREENSHOT.png   (CHROMIUM names another executable)
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const WAIT_MS = 30_000;
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // What the routes below do not see finds no address.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]',
];

const [base, screenshot] = process.argv.slice(2);
if (!base || !screenshot || !LOOPBACK.includes(new URL(base).hostname)) {
  console.error('usage: node graphiql.mjs BASE_URL SCREENSHOT.png\nhint: the URL is one of this machine');
  process.exit(2);
}

// What went wrong in any of the pages, as lines of text.
const outside = [];
const failed = [];
const complaints = [];
let passed = 0;
let missed = 0;

async function check(fact, body) {
  try {
    await body();
    passed += 1;
    console.log(`ok    ${fact}`);
  } catch (error) {
    missed += 1;
    console.log(`FAIL  ${fact}\n      ${String(error.message).replaceAll('\n', '\n      ')}`);
  }
}

/** A page in a profile of its own that notes what goes wrong and stays on this machine. */
async function newPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(WAIT_MS);
  const isLocal = (url) => LOOPBACK.includes(new URL(url).hostname);
  await context.route(
    (url) => !isLocal(url),
    (route) => {
      outside.push(route.request().url());
      return route.abort();
    },
  );
  await context.routeWebSocket(
    (url) => !isLocal(url),
    (socket) => {
      outside.push(socket.url());
      return socket.close();
    },
  );
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('requestfailed', (request) => failed.push(`${request.url()}: ${request.failure()?.errorText}`));
  context.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.url()}: ${response.status()}`);
  });
  return context.newPage();
}

/** The text of a Monaco editor, whose spaces are not the plain ones. */
async function textOf(page, selector) {
  const text = await page.locator(`${selector} .view-lines`).innerText();
  return text.replaceAll('\u00a0', ' ');
}

async function checkExample(browser) {
  const page = await newPage(browser);
  await check('the page is served with a policy that refuses inline scripts', async () => {
    const response = await page.goto(new URL('/graphiql', base).href);
    assert.equal(response.status(), 200);
    assert.match(response.headers()['content-security-policy'] ?? '', /script-src 'self';/);
  });
  await check('the example stands in the editor', async () => {
    await page.locator('.graphiql-query-editor .view-line', { hasText: 'jobs' }).waitFor();
    assert.match(await textOf(page, '.graphiql-query-editor'), /jobs\(first: 3\)/);
  });
  await check('running it shows jobs and no error', async () => {
    const [request] = await Promise.all([
      page.waitForRequest((request) => request.postData()?.includes('jobs(first: 3)')),
      page.getByRole('button', { name: /^Execute query/ }).click(),
    ]);
    const headers = request.headers();
    assert.equal(headers['content-type'], 'application/json');
    assert.equal(headers.accept, 'application/graphql-response+json, application/json');
    await page.locator('.result-window .view-line', { hasText: '"jobs"' }).waitFor();
    assert.doesNotMatch(await textOf(page, '.result-window'), /"errors"/);
  });
  await check('the docs pane lists the fields of the query type', async () => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    // The first type that the pane names is the query type.
    await page.locator('.graphiql-doc-explorer-type-name').first().click();
    await page.locator('.graphiql-doc-explorer-item').getByText('jobs', { exact: true }).waitFor();
  });
  await check(`a picture of the page is in ${screenshot}`, () => page.screenshot({ path: screenshot }));
  await page.context().close();
}

async function checkQueryOfUrl(browser) {
  const page = await newPage(browser);
  await check('a query in the URL stands in the editor, its unknown field marked', async () => {
    await page.goto(new URL('/graphiql?query=%7B%20__typename%20unknownField%20%7D', base).href);
    await page.locator('.graphiql-query-editor .view-line', { hasText: 'unknownField' }).waitFor();
    // The mark comes from the GraphQL worker, which has the schema by then.
    await page.locator('.graphiql-query-editor .squiggly-error').first().waitFor();
  });
  await page.context().close();
}

async function checkWithoutScripts(browser) {
  const page = await newPage(browser, { javaScriptEnabled: false });
  await check('without JavaScript a notice says what to do', async () => {
    await page.goto(new URL('/graphiql', base).href);
    const notice = page.locator('noscript .notice');
    await notice.waitFor();
    assert.match(await notice.innerText(), /^GraphiQL needs JavaScript/);
  });
  await page.context().close();
}

const browser = await chromium.launch({
  args: FLAGS,
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
});
try {
  await checkExample(browser);
  await checkQueryOfUrl(browser);
  await checkWithoutScripts(browser);
} finally {
  await browser.close();
}
await check('the console shows no error', () => assert.deepEqual(complaints, []));
await check('no request failed', () => assert.deepEqual(failed, []));
await check('no request left this machine', () => assert.deepEqual(outside, []));
console.log(`${passed} passed, ${missed} failed`);
process.exitCode = missed > 0 ? 1 : 0;

// Opens the GraphiQL page of a server with demo data in a headless Chromium, as a person would: runs every example, follows
// what a board's ingestion changes, reads the docs. No request may fail, and none may leave this machine.
// Usage: node graphiql.mjs PROGRAM DATABASE_URL SCREENSHOT.png   (CHROMIUM names another executable)
import assert from 'node:assert/strict';
import { EXAMPLES } from '../../src/http/graphiql/examples.js';
import { Browser } from './browser.mjs';
import { Checks, Server } from './server.mjs';

const [program, databaseUrl, screenshot] = process.argv.slice(2);
if (!screenshot) {
  console.error('usage: node graphiql.mjs PROGRAM DATABASE_URL SCREENSHOT.png');
  process.exit(2);
}
const server = new Server(program, databaseUrl);
await server.start();
const base = `http://${server.address}`;

const checks = new Checks();
const check = checks.check.bind(checks);

/** The text of a Monaco editor, whose spaces are not the plain ones. */
async function textOf(page, selector) {
  const text = await page.locator(`${selector} .view-lines`).innerText();
  return text.replaceAll('\u00a0', ' ');
}

/** Runs what stands in the editor; answers what is then shown. */
async function run(page, awaited) {
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await page.locator('.result-window .view-line', { hasText: awaited }).first().waitFor();
  return textOf(page, '.result-window');
}

async function checkExamples(browser) {
  const page = await browser.newPage();
  await check('the page is served with a policy that refuses inline scripts', async () => {
    const response = await page.goto(new URL('/graphiql', base).href);
    assert.equal(response.status(), 200);
    assert.match(response.headers()['content-security-policy'] ?? '', /script-src 'self';/);
  });
  await check('each example has a tab, and runs without an error', async () => {
    const tabs = page.getByRole('tab');
    await tabs.nth(EXAMPLES.length - 1).waitFor();
    assert.equal(await tabs.count(), EXAMPLES.length);
    for (const [index, { query }] of EXAMPLES.entries()) {
      const [, kind, name] = query.match(/^(query|subscription) (\w+)/m);
      await tabs.nth(index).click();
      await page.locator('.graphiql-query-editor .view-line', { hasText: name }).first().waitFor();
      if (kind === 'query') assert.doesNotMatch(await run(page, '"data"'), /"errors"/, name);
    }
  });
  await check('what an answer took is told below it', async () => {
    assert.match(await page.getByRole('status').innerText(), /status 200 · [\d.]+ ms · [\d.]+ (bytes|KiB)$/);
  });
  await check('a question is asked as GraphQL over HTTP has it', async () => {
    const asked = page.waitForRequest((request) => request.postData()?.includes('query Postings'));
    await page.getByRole('tab', { name: 'Postings' }).click();
    await run(page, '"jobs"');
    const headers = (await asked).headers();
    assert.equal(headers['content-type'], 'application/json');
    assert.equal(headers.accept, 'application/graphql-response+json, application/json');
  });
  await check('a subscription shows what an ingestion changes, by a socket of its own', async () => {
    await page.getByRole('tab', { name: 'Follow' }).click();
    const opened = page.waitForEvent('websocket');
    await page.getByRole('button', { name: /^Execute query/ }).click();
    const socket = await opened;
    await socket.waitForEvent('framesent', ({ payload }) => payload.includes('"subscribe"'));
    await server.ingest('live', ['Night Porter']);
    await page.locator('.result-window .view-line', { hasText: 'Night Porter' }).waitFor();
    assert.equal(await page.getByRole('status').innerText(), '1 event so far');
    const closed = socket.waitForEvent('close');
    await page.getByRole('button', { name: /^Stop query/ }).click();
    await closed;
  });
  await check('an example of the sidebar opens in a tab of its own', async () => {
    await page.getByRole('button', { name: 'Show Examples' }).click();
    await page.getByRole('button', { name: 'Search with facets' }).click();
    await page.locator('.graphiql-query-editor .view-line', { hasText: 'query Search' }).waitFor();
    assert.equal(await page.getByRole('tab').count(), EXAMPLES.length + 1);
    assert.match(await run(page, '"edges"'), /"highlights"/);
  });
  await check(`a picture of the page is in ${screenshot}`, () => page.screenshot({ path: screenshot }));
  await check('the docs pane lists the fields of the query type', async () => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    // The first type that the pane names is the query type.
    await page.locator('.graphiql-doc-explorer-type-name').first().click();
    await page.locator('.graphiql-doc-explorer-item').getByText('jobs', { exact: true }).waitFor();
  });
  await page.context().close();
}

async function checkDark(browser) {
  const page = await browser.newPage({ colorScheme: 'dark' });
  await check('the page is dark for who prefers it so', async () => {
    await page.goto(new URL('/graphiql', base).href);
    await page.locator('.graphiql-query-editor .view-line', { hasText: 'Postings' }).first().waitFor();
    await run(page, '"jobs"');
    const background = await page
      .locator('.graphiql-container')
      .evaluate((container) => getComputedStyle(container).backgroundColor);
    assert.ok(background.match(/\d+/g).every((part) => Number(part) < 80), background);
    await page.screenshot({ path: screenshot.replace(/(\.png)?$/, '-dark.png') });
  });
  await page.context().close();
}

async function checkQueryOfUrl(browser) {
  const page = await browser.newPage();
  await check('a query in the URL stands in the editor, its unknown field marked', async () => {
    await page.goto(new URL('/graphiql?query=%7B%20__typename%20unknownField%20%7D', base).href);
    await page.locator('.graphiql-query-editor .view-line', { hasText: 'unknownField' }).waitFor();
    // The mark comes from the GraphQL worker, which has the schema by then.
    await page.locator('.graphiql-query-editor .squiggly-error').first().waitFor();
  });
  await check('variables in the URL go with it', async () => {
    const query = 'query One($by: JobLookup!) { job(by: $by) { title } }';
    const variables = JSON.stringify({ by: { id: '9cc33e66d168096277a1caeecbd42372e9508e92' } });
    await page.goto(new URL(`/graphiql?${new URLSearchParams({ query, variables })}`, base).href);
    await page.locator('.graphiql-query-editor .view-line', { hasText: 'query One' }).waitFor();
    assert.match(await run(page, '"job"'), /"title": "Master Blender"/);
  });
  await check('what an answer cost is told, where the answer says so', async () => {
    const cost = { requestedCost: 12, actualCost: 9 };
    await page.route('**/graphql', (route) => route.fulfill({ json: { data: { job: null }, extensions: { cost } } }));
    await run(page, '"extensions"');
    assert.match(await page.getByRole('status').innerText(), /^requested cost 12 · actual cost 9 · status 200/);
  });
  await page.context().close();
}

async function checkWithoutScripts(browser) {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await check('without JavaScript a notice says what to do', async () => {
    await page.goto(new URL('/graphiql', base).href);
    const notice = page.locator('noscript .notice');
    await notice.waitFor();
    assert.match(await notice.innerText(), /^GraphiQL needs JavaScript/);
  });
  await page.context().close();
}

const browser = await Browser.launch();
try {
  await checkExamples(browser);
  await checkDark(browser);
  await checkQueryOfUrl(browser);
  await checkWithoutScripts(browser);
} finally {
  await browser.close();
  await server.end();
}
await browser.checkComplaints(checks);
checks.end();

// Opens the pages for people in a headless Chromium, on the demo's boards and the seed's record: reads, searches, follows,
// and at last shows a key to the server, which then asks for one.
// Usage: node web.mjs PROGRAM DATABASE_URL [SCREENSHOT_FOLDER]   (CHROMIUM names another executable)
// The database is filled with the demo's boards. No request may fail or leave this machine, and axe must find nothing
// serious on any page, light or dark, wide or as narrow as a phone.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import * as seed from './seed.mjs';
import { Checks, Server } from './server.mjs';

const WAIT_MS = 30_000;
const SCRIPT_BYTES_MAX = 150 * 1024;
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const OFFLINE = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]';
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 375, height: 812 };
const SEED_JOB = '/jobs/7d5621bb4908f7b134f32897ba38de05b147ae17';
/** Whether the server wants a key of everyone. */
let isClosed = false;
const MISSING = '/orgs/00000000-0000-0000-0000-000000000000';

const [program, databaseUrl, pictures] = process.argv.slice(2);
if (!databaseUrl) {
  console.error('usage: node web.mjs PROGRAM DATABASE_URL [SCREENSHOT_FOLDER]');
  process.exit(2);
}
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const posting = JSON.parse(readFileSync(new URL('../it/seed/posting.json', import.meta.url), 'utf8'));
const server = new Server(program, databaseUrl);
const checks = new Checks();
const check = (name, body) => checks.check(name, body);
const outside = [];
const complaints = [];
if (pictures) mkdirSync(pictures, { recursive: true });

/** Applies the seed's posting as it was at a time, in an answer of its own. */
async function ingestSeed(at, changes, space) {
  const file = join(server.folder, 'seed.json');
  writeFileSync(file, JSON.stringify({ jobs: [{ ...posting, ...changes }], meta: { total: 1 } }) + space);
  const options = ['--from', file, '--at', at, '--archive', join(server.folder, 'raw')];
  await promisify(execFile)(program, ['--database-url', databaseUrl, 'ingest', 'greenhouse', 'pinterest', ...options]);
}

/** A page in a profile of its own that notes what goes wrong. */
async function newPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  context.setDefaultTimeout(WAIT_MS);
  context.on('request', (request) => {
    if (new URL(request.url()).host !== server.address) outside.push(request.url());
  });
  context.on('console', (message) => {
    const { url } = message.location();
    // Browsers tell of a page that is not there and of what is refused for want of a key, and want an icon beside a text.
    const isMissing = url.endsWith(MISSING) || url.endsWith('/favicon.ico');
    const isMeant = isMissing || (isClosed && message.text().includes('status of 401'));
    if (message.type() === 'error' && !isMeant) complaints.push(`${url}: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  return context.newPage();
}

async function open(page, path) {
  const response = await page.goto(`http://${server.address}${path}`);
  await page.locator('main h1').waitFor();
  await page.locator('main .loading').waitFor({ state: 'detached' });
  return response;
}

/** The texts of a table's or list's rows, cells apart. */
const rowsOf = (page, heading, row, cell) =>
  page
    .locator(`section:has(> h2:text-is("${heading}")) ${row}`)
    .evaluateAll((rows, cell) => rows.map((it) => [...it.querySelectorAll(cell)].map((cell) => cell.innerText.trim())), cell);

function assertRows(shown, expected) {
  assert.deepEqual(shown.map(([label]) => label), expected.map(([label]) => label));
  expected.forEach(([label, ...values], index) => {
    values.forEach((value, column) => {
      const text = shown[index][column + 1];
      if (value instanceof RegExp) assert.match(text, value, label);
      else assert.equal(text, Array.isArray(value) ? value[1] : value, label);
    });
  });
}

/** What is expected stands in a block, whatever else does. */
function assertWithin(block, expected, path) {
  for (const [key, value] of Object.entries(expected)) {
    if (typeof value === 'object') assertWithin(block[key], value, `${path}.${key}`);
    else assert.equal(block[key], value, `${path}.${key}`);
  }
}

async function blockOf(page, title) {
  return JSON.parse(await page.locator(`details.json:has(h3:text-is("${title}")) pre`).innerText());
}

async function checkSeed(browser) {
  const page = await newPage(browser);
  await open(page, SEED_JOB);
  await check("the seed's record: breadcrumb, headline and subtitle", async () => {
    assert.deepEqual(await page.locator('.crumbs li').allInnerTexts(), seed.CRUMBS);
    assert.equal(await page.locator('h1').innerText(), seed.HEADLINE);
    assert.equal(await page.locator('.subtitle').innerText(), seed.SUBTITLE);
  });
  await check("the seed's record: its parts come in the original's order", async () => {
    const headings = await page.locator('article :is(h2, summary h3)').allInnerTexts();
    assert.deepEqual(headings.filter((it) => it !== 'How this is known'), seed.HEADINGS);
  });
  await check("the seed's record: facts, label by label", async () => {
    assertRows(await rowsOf(page, 'Job facts', 'tr', 'th, td'), seed.FACTS);
  });
  await check("the seed's record: related slices, of which each opens", async () => {
    const rows = await rowsOf(page, 'Related slices', 'tr', 'th, td:not(.number)');
    assertRows(rows.map((cells) => cells.filter((it) => it !== 'Rows')), seed.SLICES);
  });
  await check("the seed's record: linked records", async () => {
    assertRows(await rowsOf(page, 'Linked records', 'dl div', 'dt, dd'), seed.LINKED);
  });
  await check("the seed's record: description, paragraph by paragraph", async () => {
    const text = await page.locator('.prose').innerText();
    const lines = text.split('\n').map((line) => line.trim()).filter((line) => line);
    const body = ['A made-up body: lead people who teach machines to see.', '#LI-REMOTE', 'US based applicants only'];
    assert.deepEqual(lines.slice(0, 3), body);
    assert.equal(lines.slice(3).join(''), '$267,393—$550,515 USD');
  });
  await check("the seed's record: every field in full", async () => {
    assertRows(await rowsOf(page, 'Full job record', 'dl div', 'dt, dd'), seed.RECORD);
  });
  await check("the seed's record: blocks of JSON", async () => {
    for (const [title, expected] of Object.entries(seed.BLOCKS)) {
      const block = await blockOf(page, title);
      assert.deepEqual(Object.keys(block).sort(), seed.KEYS[title], title);
      assertWithin(block, expected, title);
    }
    const { id, internal_job_id, absolute_url, data_compliance, content, ...native } = posting;
    assert.deepEqual(await blockOf(page, 'Native Structured'), native);
  });
  await check('the question that made the page gives its data again, by its address in GraphiQL', async () => {
    const href = await page.getByRole('link', { name: 'Open in GraphiQL' }).getAttribute('href');
    const address = new URL(href, `http://${server.address}`);
    assert.equal(address.pathname, '/graphiql');
    const variables = JSON.parse(address.searchParams.get('variables'));
    const data = await server.ask(address.searchParams.get('query'), variables);
    assert.equal(data.job.title, seed.HEADLINE);
    assert.deepEqual(data.job.nativeStructured, await blockOf(page, 'Native Structured'));
  });
  await page.context().close();
}

async function checkHeads() {
  const read = async (path) => {
    const response = await fetch(`http://${server.address}${path}`);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  await check('the head of a posting has title, description, address and JSON-LD', async () => {
    const { text, headers } = await read(SEED_JOB);
    assert.match(text, /<title>Director, Machine Learning Engineering – Content &amp; User Understanding · Pinterest · jobgraph<\/title>/);
    assert.match(text, /<meta name="description" content="San Francisco, CA, US; Remote, US · A made-up body/);
    assert.ok(text.includes(`<link rel="canonical" href="${SEED_JOB}" />`));
    assert.match(text, /<meta property="og:title" content="Director/);
    assert.match(headers.get('content-security-policy'), /script-src 'self';/);
    const block = JSON.parse(text.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)[1]);
    assert.equal(block['@type'], 'JobPosting');
    assert.equal(block.hiringOrganization.name, 'Pinterest');
    assert.equal(block.jobLocationType, 'TELECOMMUTE');
    assert.equal(block.employmentType, 'FULL_TIME');
    assert.deepEqual(block.applicantLocationRequirements, [{ '@type': 'Country', name: 'US' }]);
    assert.deepEqual(block.baseSalary.value, { '@type': 'QuantitativeValue', unitText: 'YEAR', minValue: 267393, maxValue: 550515 });
    assert.deepEqual(block.jobLocation[0].address, {
      ...{ '@type': 'PostalAddress', addressLocality: 'San Francisco', addressRegion: 'California', addressCountry: 'US' },
    });
  });
  await check('what a posting says cannot break out of its head', async () => {
    const title = '</title></script><script>alert("1")</script>\'"<b>&amp;';
    await server.ingest('hostile', [title]);
    const { jobs } = await server.ask('{ jobs(filter: { source: { boardToken: { eq: "hostile" } } }) { nodes { jobId title } } }');
    const { text } = await read(`/jobs/${jobs.nodes[0].jobId}`);
    assert.equal(text.match(/<script/g).length, 2, 'the block and the page itself');
    const block = JSON.parse(text.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)[1]);
    assert.equal(block.title, jobs.nodes[0].title);
  });
  await check('a known page is not sent again', async () => {
    const etag = (await read(SEED_JOB)).headers.get('etag');
    const again = await fetch(`http://${server.address}${SEED_JOB}`, { headers: { 'if-none-match': etag } });
    assert.equal(again.status, 304);
  });
  await check('an address of nothing is 404 with a page that explains, as is what is no id', async () => {
    const ids = ['0000000000000000000000000000000000000000', '%00', 'x'.repeat(500), 'no-id'];
    for (const path of ['/jobs/no-id/history', ...['jobs', 'orgs', 'sources'].flatMap((below) => ids.map((id) => `/${below}/${id}`))]) {
      const { status, text } = await read(path);
      assert.equal(status, 404, path);
      assert.match(text, /There is no such (posting|company|board)/);
    }
  });
  await check('pages are served below their own paths only', async () => {
    for (const path of ['/', '/jobs', '/orgs', '/orgs/kestrel-robotics', '/sources', '/events', `${SEED_JOB}/history`]) {
      assert.equal((await read(path)).status, 200, path);
    }
    for (const path of ['/other', '/web', '/web/assets/none.js', '/web/assets/..%2Findex.html']) {
      assert.equal((await read(path)).status, 404, path);
    }
  });
  await check(`a first visit loads at most ${SCRIPT_BYTES_MAX / 1024} KiB of compressed scripts`, async () => {
    const { text } = await read(SEED_JOB);
    let bytes = 0;
    for (const [, source] of text.matchAll(/<script[^>]* src="([^"]+)"/g)) {
      const response = await fetch(`http://${server.address}${source}`);
      assert.equal(response.headers.get('content-encoding'), 'gzip');
      bytes += gzipSync(Buffer.from(await response.arrayBuffer()), { level: 9 }).length;
    }
    assert.ok(bytes > 0 && bytes <= SCRIPT_BYTES_MAX, `${bytes} bytes`);
  });
}

async function checkSearch(browser) {
  const page = await newPage(browser);
  const total = async () => Number((await page.locator('.total').innerText()).match(/^[\d,]+/)[0].replaceAll(',', ''));
  const settled = () => page.locator('.stale').first().waitFor({ state: 'detached' });
  await open(page, '/jobs');
  const all = await total();
  await check('words find postings, marked where they say them', async () => {
    await page.getByRole('searchbox').fill('engineer');
    await page.getByRole('searchbox').press('Enter');
    await page.locator('mark', { hasText: 'Engineer' }).first().waitFor();
    assert.equal(new URL(page.url()).searchParams.get('q'), 'engineer');
    assert.ok((await total()) < all);
  });
  await check('a facet narrows the list to what it counted, by keyboard too', async () => {
    const box = page.getByRole('checkbox', { name: /^Remote/ });
    const counted = Number((await page.locator('label', { has: box }).locator('.facet-count').innerText()).trim());
    await box.focus();
    await page.keyboard.press('Space');
    await page.locator('.chosen li', { hasText: 'Workplace' }).waitFor();
    await settled();
    assert.equal(new URL(page.url()).searchParams.get('work'), 'REMOTE');
    assert.equal(await total(), counted);
  });
  await check('the address is the whole state: the way back, and a new visit', async () => {
    const address = page.url();
    const before = await total();
    await page.goBack();
    await page.locator('.chosen li', { hasText: 'Workplace' }).waitFor({ state: 'detached' });
    await page.goto(address);
    await page.locator('.total').waitFor();
    assert.equal(await total(), before);
    assert.ok(await page.getByRole('checkbox', { name: /^Remote/ }).isChecked());
  });
  await check('a list is read on to its end, each posting once', async () => {
    await open(page, '/jobs?status=any');
    const whole = await total();
    const more = page.getByRole('button', { name: 'Show 20 more' });
    while (await more.isVisible()) {
      const before = await page.locator('.hit').count();
      await more.click();
      await page.locator('.hit').nth(before).waitFor();
    }
    const links = await page.locator('.hit h3 a').evaluateAll((all) => all.map((it) => it.href));
    assert.equal(links.length, whole);
    assert.equal(new Set(links).size, whole);
  });
  await check('a search without a hit says what to do', async () => {
    await open(page, '/jobs?q=zzzzzz');
    await page.getByRole('heading', { name: 'No posting meets all of this' }).waitFor();
  });
  await check('a server that does not answer is told of, and asked again', async () => {
    const errors = [{ message: 'the database does not answer', extensions: { code: 'UNAVAILABLE' } }];
    await page.route('**/graphql', (route) => route.fulfill({ json: { errors } }));
    await page.goto(`http://${server.address}/jobs`);
    await page.getByText('the database does not answer').first().waitFor();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.hit').first().waitFor();
  });
  await page.context().close();
}

async function checkOthers(browser, paths) {
  const page = await newPage(browser);
  await check('an employer has breakdowns that lead to its postings', async () => {
    await open(page, paths.org);
    const bar = page.locator('table.bars', { hasText: 'Country' }).locator('tbody tr').first();
    const counted = await bar.locator('td').innerText();
    await bar.getByRole('link').click();
    await page.locator('.total', { hasText: new RegExp(`^${counted} posting`) }).waitFor();
  });
  await check('an employer is found by its short name, and by its id from then on', async () => {
    await open(page, '/orgs/kestrel-robotics');
    await page.getByRole('heading', { level: 1, name: 'Kestrel Robotics' }).waitFor();
    assert.equal(new URL(page.url()).pathname, paths.org);
  });
  await check('a board tells how its crawls went', async () => {
    await open(page, paths.source);
    const rows = await page.locator('section:has(> h2#crawls) tbody tr').count();
    assert.ok(rows >= 3, `${rows} crawls`);
    await page.getByText('the provider answered 503').first().waitFor();
  });
  await check("a posting's history shows what changed, and leads to each state", async () => {
    await open(page, `${SEED_JOB}/history`);
    await page.locator('del', { hasText: 'Director, Machine Learning' }).first().waitFor();
    await page.getByRole('link', { name: 'Show the posting as it stood' }).last().click();
    await page.getByText(/^As it stood after event/).waitFor();
    assert.equal(await page.locator('h1').innerText(), 'Director, Machine Learning');
  });
  await check('new events come by themselves, and wait while paused', async () => {
    await open(page, '/events');
    await server.ingest('live', ['A posting that comes live']);
    await page.locator('.log-live', { hasText: 'A posting that comes live' }).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await server.ingest('live', ['A posting that comes live', 'Another']);
    await page.getByText('Paused, 1 new').waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.locator('.log-live', { hasText: 'Another' }).waitFor();
  });
  await check('the first key leads past the head, and pages are told to screen readers', async () => {
    await open(page, '/');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'Skip to the content');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Companies', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Companies' }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
    assert.equal(await page.title(), 'Companies · jobgraph');
  });
  await page.context().close();
}

/** Looks at every page as axe does: as wide as a desk in light, as narrow as a phone in the dark. */
async function checkLooks(browser, paths) {
  for (const [name, path] of Object.entries(paths)) {
    for (const [viewport, colorScheme] of [[WIDE, 'light'], [PHONE, 'dark']]) {
      const page = await newPage(browser, { viewport, colorScheme, reducedMotion: 'reduce' });
      await check(`${name}, ${viewport.width} wide, ${colorScheme}: nothing serious for axe, nothing beyond the edge`, async () => {
        await open(page, path);
        if (pictures) await page.screenshot({ path: join(pictures, `${name}-${viewport.width}.png`), fullPage: true });
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(beyond, 0, 'scrolls sideways');
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document));
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        assert.deepEqual(serious.map((it) => `${it.id}: ${it.nodes.map((node) => node.target).slice(0, 3).join(' ')}`), []);
      });
      await page.context().close();
    }
  }
}

/** Begins the server anew as one that answers only those with a key, and gives a key out. */
async function close() {
  const { stdout } = await promisify(execFile)(program, ['--database-url', databaseUrl, 'keys', 'create', 'pages']);
  await server.stop('SIGTERM');
  server.settings = ['--anonymous', 'off'];
  await server.start();
  return stdout.match(/^secret (\S+)$/m)[1];
}

async function checkKeys(browser) {
  const secret = await close();
  isClosed = true;
  const page = await newPage(browser);
  const field = page.getByLabel('API key', { exact: true });
  const enter = async (key) => {
    await field.fill(key);
    await field.press('Enter');
  };
  await check('a page for which a key is needed asks for one', async () => {
    await open(page, '/orgs');
    await page.getByRole('heading', { level: 1, name: 'An API key is needed' }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'key');
    assert.equal(await page.getByRole('alert').count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Forget the API key' }).count(), 0);
  });
  await check('a key that is none is refused, told so and not kept', async () => {
    for (const wrong of [`jobgraph_${'A'.repeat(43)}`, 'ключ']) {
      await Promise.all([page.waitForResponse((response) => response.status() === 401), enter(wrong)]);
      await page.getByRole('alert').filter({ hasText: 'refused this key' }).waitFor();
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'key');
      assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    }
  });
  await check('a key that is taken shows the page, and those after it, until the tab is closed', async () => {
    await enter(secret);
    await page.locator('.total', { hasText: 'companies' }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
    assert.equal(await page.title(), 'Companies · jobgraph');
    await page.reload();
    await page.locator('.total', { hasText: 'companies' }).waitFor();
    await open(page, SEED_JOB);
    assert.equal(await page.locator('h1').innerText(), seed.HEADLINE);
    const other = await page.context().newPage();
    await open(other, '/orgs');
    await other.getByLabel('API key', { exact: true }).waitFor();
    await other.close();
    assert.ok(!(await page.evaluate(() => Object.values(localStorage))).includes(secret));
    assert.deepEqual(await page.context().cookies(), []);
  });
  await check('new events come to those with a key', async () => {
    await open(page, '/events');
    await server.ingest('closed', ['A posting for those with a key']);
    await page.locator('.log-live', { hasText: 'A posting for those with a key' }).waitFor();
  });
  await check('no link leads where a key would have to be shown', async () => {
    const foot = page.locator('footer');
    assert.equal(await foot.getByRole('link', { name: 'JSON Feed' }).count(), 0);
    await foot.getByRole('link', { name: 'Licenses' }).click();
    await page.waitForURL('**/web/LICENSES.txt');
  });
  await check('a key whose scopes do not cover a question is kept', async () => {
    const errors = [{ message: 'this needs the scope "admin"', extensions: { code: 'FORBIDDEN' } }];
    await page.route('**/graphql', (route) => route.fulfill({ json: { errors } }));
    await open(page, '/orgs');
    await page.getByText('this needs the scope').waitFor();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.total', { hasText: 'companies' }).waitFor();
  });
  await check('a key is forgotten on demand', async () => {
    await page.getByRole('button', { name: 'Forget the API key' }).click();
    await field.waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    await open(page, '/orgs');
    await field.waitFor();
  });
  await check('a browser that keeps nothing has the key until the page is left', async () => {
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(globalThis, name, {
          get() {
            throw new DOMException('nothing is kept here', 'SecurityError');
          },
        });
      }
    });
    await open(page, '/orgs');
    await enter(secret);
    await page.locator('.total', { hasText: 'companies' }).waitFor();
    await page.getByRole('link', { name: 'Sources', exact: true }).first().click();
    await page.locator('.total', { hasText: 'boards' }).waitFor();
    await page.reload();
    await field.waitFor();
  });
  await page.context().close();
  await checkLooks(browser, { key: '/orgs' });
}

/** How long until a posting can be read, on this machine as it is; told, not judged, as others may be busy on it. */
async function tellSpeed(browser) {
  const page = await newPage(browser);
  await page.goto(`http://${server.address}${SEED_JOB}`);
  await page.locator('article h1').waitFor();
  console.log(`       a posting stood after ${Math.round(await page.evaluate(() => performance.now()))} ms`);
  await page.context().close();
}

await server.start();
await ingestSeed('2026-05-29T22:41:39.000Z', { title: 'Director, Machine Learning', updated_at: '2026-05-29T12:00:00-04:00' }, '');
await ingestSeed('2026-06-06T07:33:26.772Z', {}, '');
await ingestSeed('2026-06-06T20:31:24.275Z', {}, '\n');
const { orgs } = await server.ask('{ orgs(filter: { name: { eq: "Kestrel Robotics" } }) { nodes { orgId sources { nodes { sourceId } } } } }');
const [{ orgId, sources }] = orgs.nodes;
const paths = {
  home: '/',
  search: '/jobs?q=engineer&work=REMOTE',
  empty: '/jobs?q=zzzzzz',
  job: SEED_JOB,
  history: `${SEED_JOB}/history`,
  orgs: '/orgs',
  org: `/orgs/${orgId}`,
  sources: '/sources',
  source: `/sources/${sources.nodes[0].sourceId}`,
  events: '/events',
  missing: MISSING,
};
const browser = await chromium.launch({ args: [...FLAGS, OFFLINE], executablePath: process.env.CHROMIUM || '/usr/bin/chromium' });
try {
  await checkSeed(browser);
  await checkHeads();
  await checkSearch(browser);
  await checkOthers(browser, paths);
  await checkLooks(browser, paths);
  await tellSpeed(browser);
  await checkKeys(browser);
} finally {
  await browser.close();
}
await check('the console shows no error', () => assert.deepEqual(complaints, []));
await check('no request left the server', () => assert.deepEqual(outside, []));
await server.end();
checks.end();

// Opens the reference of a server in a headless Chromium: searches it, follows links and addresses, wide and at phone width.
// Usage: node reference.mjs PROGRAM DATABASE_URL SCREENSHOT.png   (CHROMIUM names another executable)
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import { parse } from 'graphql';
import { Browser } from './browser.mjs';
import { Checks, Server } from './server.mjs';

const PHONE = { width: 375, height: 667 };
const SERIOUS = ['serious', 'critical'];

const [program, databaseUrl, screenshot] = process.argv.slice(2);
if (!screenshot) {
  console.error('usage: node reference.mjs PROGRAM DATABASE_URL SCREENSHOT.png');
  process.exit(2);
}
const checks = new Checks();
const check = checks.check.bind(checks);
const schema = parse(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
const server = new Server(program, databaseUrl);
await server.start();
const browser = await Browser.launch();

const address = (hash = '') => `http://${server.address}/reference${hash}`;
const place = (page, id) => page.locator(`[id="${id}"]`);

/** Serious findings of axe, as lines of text. */
async function findings(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate('axe.run()');
  const serious = violations.filter(({ impact }) => SERIOUS.includes(impact));
  return serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)).slice(0, 5);
}

async function checkWide() {
  const page = await browser.newPage();
  await check('every type, field and value of the schema has a place', async () => {
    await page.goto(address());
    await place(page, 'Query').waitFor();
    const shown = new Set(await page.locator('main [id]').evaluateAll((places) => places.map(({ id }) => id)));
    const named = schema.definitions.filter(({ name }) => name);
    const missing = named.flatMap(({ name, fields, values }) => {
      const members = (fields ?? values ?? []).map((member) => `${name.value}.${member.name.value}`);
      return [name.value, ...members].filter((id) => !shown.has(id));
    });
    assert.deepEqual(missing, []);
  });
  await check('no link leads nowhere', async () => {
    const dead = await page
      .locator('a[href^="#"]')
      .evaluateAll((links) => links.map((link) => link.hash.slice(1)).filter((id) => !document.getElementById(id)));
    assert.deepEqual(dead, []);
  });
  await check('a search finds a field by its name, and it can be gone to', async () => {
    await page.getByRole('searchbox').fill('job salary');
    await page.locator('#results').getByRole('link', { name: 'Job.salary', exact: true }).click();
    await page.locator('.here').waitFor();
    assert.match(page.url(), /#Job\.salary$/);
    const { top } = await place(page, 'Job.salary').evaluate((found) => found.getBoundingClientRect());
    assert.ok(top >= 0 && top < 450, `at ${top}`);
  });
  await check('a search finds what a description says, and tells how much', async () => {
    await page.getByRole('searchbox').fill('ISO 3166-1');
    await page.locator('#results').getByRole('link', { name: 'CountryCode', exact: true }).waitFor();
    assert.match(await page.getByRole('status').innerText(), /^\d+ found/);
    await page.getByRole('searchbox').fill('');
    await page.locator('#contents').getByRole('link', { name: 'JobConnection', exact: true }).waitFor();
  });
  await check('axe finds nothing serious', async () => assert.deepEqual(await findings(page), []));
  await page.screenshot({ path: screenshot });
  await page.context().close();
}

async function checkPhone() {
  const page = await browser.newPage({ viewport: PHONE, colorScheme: 'dark' });
  await check('an address leads to its field on a phone, and nothing is wider than the screen', async () => {
    await page.goto(address('#Query.jobs'));
    await page.locator('.here').waitFor();
    const { top } = await place(page, 'Query.jobs').evaluate((found) => found.getBoundingClientRect());
    assert.ok(top >= 0 && top < PHONE.height / 2, `at ${top}`);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    assert.ok(width <= PHONE.width, `${width} pixels`);
  });
  await check('axe finds nothing serious in the dark either', async () => assert.deepEqual(await findings(page), []));
  await page.screenshot({ path: screenshot.replace(/(\.png)?$/, '-phone.png') });
  await page.context().close();
}

try {
  await checkWide();
  await checkPhone();
} finally {
  await browser.close();
  await server.end();
}
await browser.checkComplaints(checks);
checks.end();

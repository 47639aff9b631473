// Follows the change feed by the usual clients, graphql-ws and graphql-sse, while boards are ingested and the server
// is stopped, killed and started again.
// Usage: node feed.mjs PROGRAM DATABASE_URL
// The database is filled with the demo's boards. Each client must get every event once, in order.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import WebSocket from 'ws';

const PATIENCE_MS = 30_000;
const QUERY =
  'subscription($after: Seq, $filter: EventFilter) { changes(after: $after, filter: $filter) { seq type job { title } } }';

const [program, databaseUrl] = process.argv.slice(2);
if (!databaseUrl) {
  console.error('usage: node feed.mjs PROGRAM DATABASE_URL');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'feed-'));
const ATTEMPTS_MAX = 100;
const pause = () => sleep(100);

let server;

/** Starts the server, at the address it had before if there was one. */
async function start(listen = '127.0.0.1:0') {
  const child = spawn(program, ['--database-url', databaseUrl, 'serve', '--demo', '--listen', listen], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const address = line.match(/http:\/\/([^/]+)\/graphql/);
    if (address) {
      server = { child, address: address[1] };
      child.stdout.resume();
      return;
    }
  }
  throw new Error('the server does not start');
}

async function stop(signal) {
  const ended = new Promise((resolve) => server.child.once('exit', resolve));
  server.child.kill(signal);
  await ended;
}

let minute = 0;

/** Applies an answer of a board with these titles, each of a posting of its own. */
function ingest(titles) {
  minute += 1;
  const file = join(folder, 'answer.json');
  const jobs = titles.map((title, index) => ({ id: index + 1, title }));
  writeFileSync(file, JSON.stringify({ jobs, meta: { total: jobs.length } }));
  const at = new Date(Date.UTC(2026, 10, 20, 0, minute)).toISOString();
  const options = ['--from', file, '--at', at, '--archive', join(folder, 'raw'), '--policy', 'immediate'];
  const { status, stderr } = spawnSync(program, [
    '--database-url', databaseUrl, 'ingest', 'greenhouse', 'feed-check', ...options,
  ]);
  assert.equal(status, 0, String(stderr));
}

async function ask(query, variables) {
  const response = await fetch(`http://${server.address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()).data;
}

/** Follows a filter from the first event on. The clients send the variables anew when they connect anew. */
function follow(client, filter) {
  const reader = { events: [], failures: [], stop: () => {} };
  const variables = { after: '0', filter };
  const subscribe = () => {
    reader.stop = client.subscribe(
      { query: QUERY, variables },
      {
        next: ({ data, errors }) => {
          if (!errors) {
            variables.after = data.changes.seq;
            reader.events.push(data.changes);
            return;
          }
          // The server stops, or the reader was too slow: it is said where to go on.
          reader.failures.push(errors);
          variables.after = errors[0].extensions.resumeAfter;
        },
        error: (error) => reader.failures.push(error),
        complete: () => reader.isStopped || setTimeout(subscribe, 100),
      },
    );
  };
  subscribe();
  return reader;
}

async function until(what, condition) {
  const deadline = Date.now() + PATIENCE_MS;
  while (!condition()) {
    assert(Date.now() < deadline, `in time: ${what()}`);
    await sleep(20);
  }
}

/** Waits until a reader has as many events as its filter names, and checks them. */
async function complete(reader, filter) {
  const seqs = [];
  let after = null;
  do {
    const page = (
      await ask(
        `query($filter: EventFilter, $after: String) { events(first: 100, after: $after, filter: $filter, orderBy: [{seq: ASC}]) {
          nodes { seq } pageInfo { endCursor hasNextPage } } }`,
        { filter, after },
      )
    ).events;
    seqs.push(...page.nodes.map((node) => node.seq));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
  const what = () => `${reader.events.length} of ${seqs.length}, ${JSON.stringify(reader.failures)}`;
  await until(what, () => reader.events.length >= seqs.length);
  assert.deepEqual(reader.events.map((event) => event.seq), seqs);
}

let passed = 0;
let failed = 0;

async function check(name, body) {
  try {
    await body();
    passed += 1;
    console.log(`ok     ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`failed ${name}\n       ${error.stack}`);
  }
}

await start();
const { address } = server;
const ws = createWsClient({
  url: `ws://${address}/graphql`,
  webSocketImpl: WebSocket,
  retryAttempts: ATTEMPTS_MAX,
  retryWait: pause,
  // A server that is not there is worth another attempt too.
  shouldRetry: () => true,
});
const sse = createSseClient({ url: `http://${address}/graphql`, retryAttempts: ATTEMPTS_MAX, retry: pause });
const closed = { type: { eq: 'JOB_CLOSED' } };
const readers = [
  [follow(ws, null), null],
  [follow(ws, closed), closed],
  [follow(sse, null), null],
  [follow(sse, closed), closed],
];
const allComplete = () => Promise.all(readers.map(([reader, filter]) => complete(reader, filter)));

await check('both clients replay the log', allComplete);
await check('both follow what is ingested beside them', async () => {
  ingest(['Gardener', 'Baker', 'Smith']);
  await allComplete();
  ingest(['Gardener', 'Head Baker']);
  await allComplete();
  const [reader] = readers[1];
  assert.equal(reader.events.at(-1).job.title, 'Smith');
});
await check('both go on when the server is killed and started again', async () => {
  await stop('SIGKILL');
  ingest(['Gardener', 'Head Baker', 'Smith', 'Weaver']);
  await start(address);
  await allComplete();
});
await check('both go on when the server is stopped and started again', async () => {
  const begun = Date.now();
  await stop('SIGTERM');
  assert(Date.now() - begun < 5_000, 'streams do not hold it');
  await start(address);
  ingest(['Gardener']);
  await allComplete();
});
await check('a query is answered over both', async () => {
  const query = '{ jobs(filter: { title: { eq: "Gardener" } }) { totalCount } }';
  for (const client of [ws, sse]) {
    const { value } = await client.iterate({ query }).next();
    assert.deepEqual(value.data, { jobs: { totalCount: 1 } });
  }
});
await check('what is refused is told to both', async () => {
  const query = 'subscription { changes { nothing } }';
  const overSocket = await ws.iterate({ query }).next().catch((error) => error);
  assert.equal(overSocket[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
  const impatient = createSseClient({ url: `http://${address}/graphql`, retryAttempts: 0 });
  const refused = await impatient.iterate({ query }).next().catch((error) => error);
  assert.equal(refused.response.status, 400);
});

readers.forEach(([reader]) => {
  reader.isStopped = true;
  reader.stop();
});
await ws.dispose();
sse.dispose();
await stop('SIGTERM');
rmSync(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

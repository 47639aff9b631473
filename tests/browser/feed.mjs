// Follows the change feed by the usual clients, graphql-ws and graphql-sse in both its modes, while boards are ingested and the server
// is stopped, killed and started again.
// Usage: node feed.mjs PROGRAM DATABASE_URL
// The database is filled with the demo's boards. Each client must get every event once, in order.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import WebSocket from 'ws';
import { Checks, Server } from './server.mjs';

const PATIENCE_MS = 30_000;
const QUERY =
  'subscription($after: Seq, $filter: EventFilter) { changes(after: $after, filter: $filter) { seq type job { title } } }';

const [program, databaseUrl] = process.argv.slice(2);
if (!databaseUrl) {
  console.error('usage: node feed.mjs PROGRAM DATABASE_URL');
  process.exit(2);
}
const ATTEMPTS_MAX = 100;
const pause = () => sleep(100);
const server = new Server(program, databaseUrl);
const checks = new Checks();
const check = (name, body) => checks.check(name, body);
const ingest = (titles) => server.ingest('feed-check', titles);

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
      await server.ask(
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

await server.start();
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
// All its operations have one stream, which is reserved first.
const shared = createSseClient({
  url: `http://${address}/graphql`,
  singleConnection: true,
  // The attempts of all its operations are counted together.
  retryAttempts: ATTEMPTS_MAX * 10,
  retry: pause,
});
const closed = { type: { eq: 'JOB_CLOSED' } };
const readers = [
  [follow(ws, null), null],
  [follow(ws, closed), closed],
  [follow(sse, null), null],
  [follow(sse, closed), closed],
  [follow(shared, null), null],
  [follow(shared, closed), closed],
];
const allComplete = () => Promise.all(readers.map(([reader, filter]) => complete(reader, filter)));

await check('all clients replay the log', allComplete);
await check('all follow what is ingested beside them', async () => {
  await ingest(['Gardener', 'Baker', 'Smith']);
  await allComplete();
  await ingest(['Gardener', 'Head Baker']);
  await allComplete();
  const [reader] = readers[1];
  assert.equal(reader.events.at(-1).job.title, 'Smith');
});
await check('all go on when the server is killed and started again', async () => {
  await server.stop('SIGKILL');
  await ingest(['Gardener', 'Head Baker', 'Smith', 'Weaver']);
  await server.start();
  await allComplete();
});
await check('all go on when the server is stopped and started again', async () => {
  const begun = Date.now();
  await server.stop('SIGTERM');
  assert(Date.now() - begun < 5_000, 'streams do not hold it');
  await server.start();
  await ingest(['Gardener']);
  await allComplete();
});
await check('a query is answered over each', async () => {
  const query = '{ jobs(filter: { title: { eq: "Gardener" } }) { totalCount } }';
  for (const client of [ws, sse, shared]) {
    const { value } = await client.iterate({ query }).next();
    assert.deepEqual(value.data, { jobs: { totalCount: 1 } });
  }
});
await check('what is refused is told to each', async () => {
  const query = 'subscription { changes { nothing } }';
  const overSocket = await ws.iterate({ query }).next().catch((error) => error);
  assert.equal(overSocket[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
  for (const singleConnection of [false, true]) {
    const impatient = createSseClient({ url: `http://${address}/graphql`, singleConnection, retryAttempts: 0 });
    const refused = await impatient.iterate({ query }).next().catch((error) => error);
    assert.equal(refused.response.status, 400);
    impatient.dispose();
  }
});

readers.forEach(([reader]) => {
  reader.isStopped = true;
  reader.stop();
});
await ws.dispose();
sse.dispose();
shared.dispose();
await server.end();
checks.end();

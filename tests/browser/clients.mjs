// Reads lists to their end by the clients of frontends, Apollo Client, urql and Relay, while a writer inserts, and follows
// the feed through Apollo's and urql's own links.
// Usage: node clients.mjs PROGRAM DATABASE_URL
// What was there at the beginning must be met once; what comes in beside it must disturb nothing.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import relay from 'relay-runtime';
import WebSocket from 'ws';
import { Checks, Server } from './server.mjs';

// Apollo's link looks for the browser's own.
globalThis.WebSocket ??= WebSocket;

const PATIENCE_MS = 30_000;
const FILTER = { title: { startsWith: 'Page ' } };
const PAGE = `query Page($first: Int!, $after: String, $filter: JobFilter, $asOf: AsOfInput) {
  jobs(first: $first, after: $after, filter: $filter, asOf: $asOf) {
    __typename
    edges { __typename cursor node { __typename id title } }
    pageInfo { __typename hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
const CHANGES = 'subscription Changes($after: Seq) { changes(after: $after) { __typename id seq type } }';

const [program, databaseUrl] = process.argv.slice(2);
if (!databaseUrl) {
  console.error('usage: node clients.mjs PROGRAM DATABASE_URL');
  process.exit(2);
}
const server = new Server(program, databaseUrl);
const checks = new Checks();
let count = 60;
const titles = () => Array.from({ length: count }, (_, index) => `Page ${index + 1}`);
/** Inserts a posting beside whoever reads. */
const insert = async () => {
  count += 1;
  await server.ingest('pages', titles());
};

/** The ids of a list read in one go. */
async function all(asOf) {
  const { jobs } = await server.ask(PAGE, { first: 100, filter: FILTER, asOf });
  return jobs.edges.map(({ node }) => node.id);
}

/** Whether a list that was read in pages has each of these once, and nothing twice. */
function assertWhole(read, expected) {
  assert.equal(new Set(read).size, read.length, 'nothing twice');
  const missing = expected.filter((id) => !read.includes(id));
  assert.deepEqual(missing, []);
}

await server.start();
await server.ingest('pages', titles());
const url = `http://${server.address}/graphql`;
const ws = createWsClient({ url: `ws://${server.address}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
const sse = createSseClient({ url, retryAttempts: 0 });
const apollo = new ApolloClient({
  cache: new InMemoryCache({
    typePolicies: { Query: { fields: { jobs: relayStylePagination(['filter', 'asOf']) } } },
  }),
  link: ApolloLink.split(
    ({ operationType }) => operationType === 'subscription',
    new GraphQLWsLink(ws),
    new HttpLink({ uri: url }),
  ),
});
const urql = new Client({
  url,
  preferGetMethod: false,
  exchanges: [
    cacheExchange({ resolvers: { Query: { jobs: relayPagination() } } }),
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query, variables }) => ({
        subscribe: (sink) => ({ unsubscribe: sse.subscribe({ query, variables }, sink) }),
      }),
    }),
  ],
});

/** Reads a list by Apollo's `fetchMore`. */
async function readByApollo(variables, beside) {
  const list = apollo.watchQuery({ query: gql(PAGE), variables: { first: 7, ...variables } });
  let jobs;
  const watching = list.subscribe(({ data }) => {
    jobs = data?.jobs ?? jobs;
  });
  await until(() => jobs, 'the first page');
  while (jobs.pageInfo.hasNextPage) {
    const { endCursor } = jobs.pageInfo;
    await beside();
    await list.fetchMore({ variables: { after: endCursor } });
    await until(() => jobs.pageInfo.endCursor !== endCursor, 'the next page');
  }
  watching.unsubscribe();
  return jobs.edges.map(({ node }) => node.id);
}

async function until(condition, what) {
  const deadline = Date.now() + PATIENCE_MS;
  while (!condition()) {
    assert(Date.now() < deadline, `in time: ${what}`);
    await sleep(10);
  }
}

await checks.check('Apollo Client reads a list to its end while a writer inserts', async () => {
  const expected = await all();
  assertWhole(await readByApollo({ filter: FILTER }, insert), expected);
});

await checks.check('Apollo Client reads just the state that a snapshot names', async () => {
  const { jobs } = await server.ask('{ jobs(first: 1) { snapshot } }');
  const asOf = { seq: jobs.snapshot };
  const expected = await all(asOf);
  const read = await readByApollo({ filter: FILTER, asOf }, insert);
  assert.deepEqual(read, expected);
});

await checks.check('urql reads a list to its end while a writer inserts', async () => {
  const expected = await all();
  let after = null;
  let jobs;
  do {
    const variables = { first: 7, after, filter: FILTER };
    const { data, error } = await urql.query(PAGE, variables, { requestPolicy: 'network-only' }).toPromise();
    assert.equal(error, undefined);
    jobs = data.jobs;
    after = jobs.pageInfo.endCursor;
    await insert();
  } while (jobs.pageInfo.hasNextPage);
  assertWhole(jobs.edges.map(({ node }) => node.id), expected);
});

await checks.check('Relay reads a connection to its end while a writer inserts', async () => {
  const folder = fileURLToPath(new URL('relay', import.meta.url));
  mkdirSync(join(folder, '__generated__'), { recursive: true });
  const require = createRequire(import.meta.url);
  const compiler = require.resolve('relay-compiler/cli.js');
  // Beside it, the end of idle connections must be noticed: on a busy machine it takes longer than the server keeps them.
  await promisify(execFile)(process.execPath, [compiler, 'relay.config.json'], { cwd: folder });
  const artifact = (name) => require(join(folder, '__generated__', `${name}.graphql.js`));
  const [query, pageQuery, fragment] = ['jobsQuery', 'jobsPageQuery', 'jobs_list'].map(artifact);
  const network = relay.Network.create(async ({ text }, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify({ query: text, variables }),
    });
    return response.json();
  });
  const environment = new relay.Environment({ network, store: new relay.Store(new relay.RecordSource()) });
  const expected = await all();
  const variables = { count: 7, filter: FILTER };
  const operation = relay.createOperationDescriptor(query, variables);
  environment.retain(operation);
  await relay.fetchQuery(environment, query, variables).toPromise();
  const list = () => {
    const owner = environment.lookup(operation.fragment).data;
    return environment.lookup(relay.getSingularSelector(fragment, owner)).data.jobs;
  };
  while (list().pageInfo.hasNextPage) {
    await insert();
    const page = { ...variables, cursor: list().pageInfo.endCursor };
    environment.retain(relay.createOperationDescriptor(pageQuery, page));
    await relay.fetchQuery(environment, pageQuery, page).toPromise();
  }
  assertWhole(list().edges.map(({ node }) => node.id), expected);
});

/** Follows the log by a client's own way to subscribe; goes on after the last event whenever it ends. */
function follow(subscribe) {
  const reader = { seqs: [], isStopped: false, stop: () => {} };
  const begin = () => {
    const again = () => reader.isStopped || setTimeout(begin, 100);
    reader.stop = subscribe({ after: reader.seqs.at(-1) ?? '0' }, (event) => reader.seqs.push(event.seq), again);
  };
  begin();
  return reader;
}

await checks.check('Apollo Client and urql follow the log, and go on when the server is killed', async () => {
  const byApollo = follow((variables, next, again) => {
    const subscription = apollo.subscribe({ query: gql(CHANGES), variables, fetchPolicy: 'no-cache' }).subscribe({
      next: ({ data }) => data?.changes && next(data.changes),
      error: again,
      complete: again,
    });
    return () => subscription.unsubscribe();
  });
  const byUrql = follow((variables, next, again) => {
    let isOver = false;
    const { unsubscribe } = urql.subscription(CHANGES, variables).subscribe(({ data, error, hasNext }) => {
      if (data?.changes && !error) next(data.changes);
      if ((error || !hasNext) && !isOver) {
        isOver = true;
        again();
      }
    });
    return unsubscribe;
  });
  const readers = [byApollo, byUrql];
  const whole = async () => {
    const { events } = await server.ask('{ events(first: 1) { nodes { seq } } }');
    const head = Number(events.nodes[0].seq);
    const expected = Array.from({ length: head }, (_, index) => String(index + 1));
    const lengths = () => readers.map(({ seqs }) => seqs.length).join(' and ');
    await until(() => readers.every(({ seqs }) => seqs.length >= head), `${lengths()} of ${head}`);
    readers.forEach(({ seqs }) => assert.deepEqual(seqs, expected));
  };
  await whole();
  await insert();
  await whole();
  await server.stop('SIGKILL');
  await insert();
  await server.start();
  await whole();
  readers.forEach((reader) => {
    reader.isStopped = true;
    reader.stop();
  });
});

await checks.check('errors keep their code on the way through each client', async () => {
  const wrong = { first: 7, filter: FILTER, after: 'nonsense' };
  const byApollo = await apollo
    .query({ query: gql(PAGE), variables: wrong, fetchPolicy: 'network-only' })
    .catch((error) => error);
  assert.equal(byApollo.errors[0].extensions.code, 'BAD_CURSOR');
  const byUrql = await urql.query(PAGE, wrong, { requestPolicy: 'network-only' }).toPromise();
  assert.equal(byUrql.error.graphQLErrors[0].extensions.code, 'BAD_CURSOR');
});

await ws.dispose();
sse.dispose();
await server.end();
checks.end();

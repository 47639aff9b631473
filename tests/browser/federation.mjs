// Composes the subgraph with another one by Apollo's own composition, and asks both at once through a gateway.
// Usage: node federation.mjs PROGRAM DATABASE_URL
// The other subgraph is a shortlist that knows postings and employers by their ids alone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { composeServices } from '@apollo/composition';
import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { execute, parse, print } from 'graphql';
import { Checks, Server } from './server.mjs';

const SHORTLIST = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable"])
  type Query { shortlist: [Entry!]! }
  type Entry { note: String! job: Job! by: Org! }
  type Job @key(fields: "id") { id: ID! votes: Int! }
  type Org @key(fields: "id", resolvable: false) { id: ID! }
`;
const VOTES = 7;

const [program, databaseUrl] = process.argv.slice(2);
if (!databaseUrl) {
  console.error('usage: node federation.mjs PROGRAM DATABASE_URL');
  process.exit(2);
}
const checks = new Checks();
const server = new Server(program, databaseUrl, ['--federation']);
await server.start();

const printed = execFileSync(program, ['schema', 'print', '--federation'], { encoding: 'utf8' });
const { jobs } = await server.ask('{ jobs(first: 3) { nodes { id title org { id name } } } }');
let asked = [];

/** The shortlist, as an executor of documents: the three latest postings, and votes for any. */
function shortlist({ document }) {
  const text = document.definitions.map(({ loc }) => loc?.source.body ?? '').join();
  const entries = jobs.nodes.map(({ id, org }, index) => ({
    __typename: 'Entry',
    note: `no. ${index + 1}`,
    job: { __typename: 'Job', id, votes: VOTES },
    by: { __typename: 'Org', id: org.id },
  }));
  const votes = jobs.nodes.map(({ id }) => ({ __typename: 'Job', id, votes: VOTES }));
  return { data: { shortlist: entries, _entities: votes }, text };
}

/** Asks jobgraph, and notes what it was asked. */
async function graph({ document, variables }) {

  const query = print(document);
  asked.push({ query, variables });
  const response = await fetch(`http://${server.address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

function composed() {
  const services = [
    { name: 'jobgraph', url: 'http://jobgraph', typeDefs: parse(printed) },
    { name: 'shortlist', url: 'http://shortlist', typeDefs: parse(SHORTLIST) },
  ];
  const { errors, hints, supergraphSdl } = composeServices(services);
  assert.deepEqual((errors ?? []).map(({ message }) => message), []);
  assert.deepEqual((hints ?? []).map(({ message }) => message), []);
  return supergraphSdl;
}

function gateway() {
  const executors = { JOBGRAPH: graph, SHORTLIST: shortlist };
  return getStitchedSchemaFromSupergraphSdl({
    supergraphSdl: composed(),
    onSubschemaConfig: (subschema) => {
      subschema.executor = executors[subschema.name.toUpperCase()];
    },
  });
}

await checks.check('the printed schema composes with another subgraph, without an error or a hint', composed);

await checks.check('a gateway is told the printed schema', async () => {
  const { _service } = await server.ask('{ _service { sdl } }');
  assert.equal(_service.sdl.trimEnd(), printed.trimEnd());
});

await checks.check('a gateway finds what another subgraph names, each kind in one request', async () => {
  asked = [];
  const document = parse('{ shortlist { note job { title votes } by { name } } }');
  const { data, errors } = await execute({ schema: gateway(), document });
  assert.equal(errors, undefined);
  const expected = jobs.nodes.map(({ title, org }, index) => ({
    note: `no. ${index + 1}`,
    job: { title, votes: VOTES },
    by: { name: org.name },
  }));
  assert.deepEqual(JSON.parse(JSON.stringify(data.shortlist)), expected);
  const entities = asked.filter(({ query }) => query.includes('_entities'));
  assert.ok(entities.length > 0 && entities.length <= 2, `${entities.length} requests`);
});

await checks.check('a gateway leads from postings to what another subgraph adds', async () => {
  const document = parse('{ jobs(first: 3) { nodes { title votes } } }');
  const { data, errors } = await execute({ schema: gateway(), document });
  assert.equal(errors, undefined);
  const expected = jobs.nodes.map(({ title }) => ({ title, votes: VOTES }));
  assert.deepEqual(JSON.parse(JSON.stringify(data.jobs.nodes)), expected);
});

await server.end();
checks.end();

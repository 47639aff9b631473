// Lists some postings, reads a list of one moment to its end, and follows the log; prints what came.
// Usage: node dist/main.js http://127.0.0.1:8080/graphql
import { Graph } from './graph.js';
import { graphql } from './generated/gql.js';
import type { ChangesSubscription, PageQuery } from './generated/graphql.js';

const WELL_PAID = graphql(`
  query WellPaid($amount: Decimal!, $currency: CurrencyCode!) {
    jobs(
      first: 4
      filter: { status: { eq: ACTIVE }, salary: { atLeast: { amount: $amount, currency: $currency } } }
      orderBy: [{ salary: DESC }]
    ) {
      nodes {
        title
        postedAt
        workplaceType
        org {
          name
        }
        salary {
          min
          max
          currency
          period
        }
      }
    }
  }
`);

const NOW = graphql(`
  query Now {
    jobs(first: 0) {
      snapshot
    }
  }
`);

const PAGE = graphql(`
  query Page($snapshot: Seq!, $after: String) {
    jobs(first: 10, after: $after, asOf: { seq: $snapshot }, filter: { status: { eq: ACTIVE } }) {
      nodes {
        jobId
        title
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const CHANGES = graphql(`
  subscription Changes($after: Seq!) {
    changes(after: $after, filter: { type: { in: [JOB_UPDATED, JOB_CLOSED, JOB_REOPENED] } }) {
      seq
      type
      observedAt
      job {
        title
      }
      changes {
        path
      }
    }
  }
`);

type Change = ChangesSubscription['changes'];

const minute = (time: string) => new Date(time).toISOString().slice(0, 16).replace('T', ' ');

async function listWellPaid(graph: Graph): Promise<void> {
  const { jobs } = await graph.ask(WELL_PAID, { amount: '70000', currency: 'EUR' });
  console.log('At least 70,000 EUR a year:');
  for (const { title, postedAt, workplaceType, org, salary } of jobs.nodes) {
    const pay = `${salary?.min ?? '?'} to ${salary?.max ?? '?'} ${salary?.currency ?? '?'} a ${salary?.period ?? '?'}`;
    console.log(`${title}, ${org.name}, ${workplaceType ?? 'unknown'}, posted ${minute(postedAt)}: ${pay}`);
  }
}

/** All pages are of the moment of the first question, whatever is written meanwhile. */
async function readToTheEnd(graph: Graph): Promise<void> {
  const { snapshot } = (await graph.ask(NOW, {})).jobs;
  const ids = new Set<string>();
  let pages = 0;
  let last = 'none';
  let after: string | null = null;
  do {
    const page: PageQuery = await graph.ask(PAGE, { snapshot, after });
    const { nodes, pageInfo } = page.jobs;
    nodes.forEach(({ jobId }) => ids.add(jobId));
    last = nodes.at(-1)?.title ?? last;
    pages += 1;
    after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  console.log(`${ids.size} postings in ${pages} pages at ${snapshot}, the last one ${last}`);
}

/** Takes some events after a position; answers the position of the last. */
async function follow(graph: Graph, after: string, count: number): Promise<string> {
  let left = count;
  for await (const { changes } of graph.follow(CHANGES, { after })) {
    console.log(line(changes));
    after = changes.seq;
    left -= 1;
    if (left === 0) break;
  }
  return after;
}

function line({ seq, type, observedAt, job, changes }: Change): string {
  const paths = changes.map(({ path }) => path).join(', ');
  return `${seq} ${minute(observedAt)} ${type} ${job.title}: ${paths}`;
}

const [url] = process.argv.slice(2);
if (url === undefined) {
  console.error('usage: node dist/main.js http://127.0.0.1:8080/graphql');
  process.exit(2);
}
const graph = new Graph(url);
await listWellPaid(graph);
await readToTheEnd(graph);
const position = await follow(graph, '0', 4);
console.log(`Going on after ${position}:`);
await follow(graph, position, 3);
graph.close();

// A board: whether it is well, when it is read again, by which rules its postings close, and every crawl of it.
import { Link, useParams } from 'react-router';
import { graphql } from '../gql';
import type { SourcePageQuery } from '../gql/graphql';
import { ago, count, counted, span, time } from '../format';
import { usePages, useQuery } from '../graph';
import { Crumbs } from '../parts/crumbs';
import { EventList } from '../parts/events';
import { Health, Outcome } from '../parts/health';
import { More } from '../parts/more';
import { QuerySource } from '../parts/query';
import { Empty, Failed, Loading, Missing, useTitle } from '../parts/states';

const SourcePage = graphql(/* GraphQL */ `
  query SourcePage($id: ID!, $after: String) {
    source(by: { id: $id }) {
      sourceId
      name
      provider
      providerLabel
      boardToken
      boardUrl
      apiUrl
      health
      status
      activeJobCount
      jobCount
      crawlInterval
      firstSeenAt
      lastCrawledAt
      lastCompleteAt
      lastSuccessAt
      nextCrawlAfter
      consecutiveFailures
      lastError
      policy { closeAfterMisses emptyConfirmations dropGuard blastRadius }
      org { orgId name }
      crawls(first: 30, after: $after) {
        totalCount
        nodes { id finishedAt outcome guard httpStatus seen created updated closed reopened unchanged pages error warnings }
        pageInfo { hasNextPage endCursor }
      }
      events(first: 10) { nodes { seq type observedAt changes { path } job { jobId title org { orgId name } } } }
    }
  }
`);

type Source = NonNullable<SourcePageQuery['source']>;
type Crawl = Source['crawls']['nodes'][number];

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function Facts({ source }: { source: Source }) {
  const { policy } = source;
  const rows: [string, string | null][] = [
    ['Last crawl', source.lastCrawledAt ? `${time(source.lastCrawledAt)} (${ago(source.lastCrawledAt)})` : null],
    ['Last read completely', time(source.lastCompleteAt)],
    ['Last answer', time(source.lastSuccessAt)],
    ['Next crawl after', time(source.nextCrawlAfter)],
    ['Interval', span(source.crawlInterval)],
    ['Failed in a row', count(source.consecutiveFailures)],
    ['Latest error', source.lastError ?? null],
    ['A posting closes after', counted(policy.closeAfterMisses, 'complete crawl') + ' without it'],
    ['An empty board is believed after', counted(policy.emptyConfirmations, 'crawl')],
    ['Suspect', `below ${percent(policy.dropGuard)} of what is usual, or missing more than ${percent(policy.blastRadius)}`],
    ['First crawled', time(source.firstSeenAt)],
    ['Address that is crawled', source.apiUrl ?? null],
  ];
  return (
    <dl className="record">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value ?? '—'}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The latest crawls as a strip, the latest at the right; the table below tells the same. */
function Strip({ crawls }: { crawls: Crawl[] }) {
  return (
    <div className="strip" aria-hidden="true">
      {crawls.toReversed().map((crawl) => (
        <span key={crawl.id} className={`strip-${crawl.outcome.toLowerCase()}`} title={`${time(crawl.finishedAt)} ${crawl.outcome}`} />
      ))}
    </div>
  );
}

function CrawlRow({ crawl }: { crawl: Crawl }) {
  const notes = [crawl.guard ? `guard ${crawl.guard}` : null, crawl.error, ...crawl.warnings.slice(0, 3)].filter((it) => it);
  return (
    <tr>
      <th scope="row">
        <time dateTime={crawl.finishedAt}>{time(crawl.finishedAt)}</time>
        {notes.length > 0 ? <div className="quiet">{notes.join('; ')}</div> : null}
      </th>
      <td>
        <Outcome outcome={crawl.outcome} />
      </td>
      <td className="number">{count(crawl.seen)}</td>
      <td className="number wide-only">{count(crawl.created + crawl.reopened)}</td>
      <td className="number wide-only">{count(crawl.updated)}</td>
      <td className="number wide-only">{count(crawl.closed)}</td>
      <td className="number wide-only">{crawl.httpStatus ?? '—'}</td>
    </tr>
  );
}

function Crawls({ crawls }: { crawls: Crawl[] }) {
  const wide = ['Opened', 'Updated', 'Closed', 'HTTP'];
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Finished</th>
          <th scope="col">Outcome</th>
          <th scope="col" className="number">
            Seen
          </th>
          {wide.map((title) => (
            <th key={title} scope="col" className="number wide-only">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {crawls.map((crawl) => (
          <CrawlRow key={crawl.id} crawl={crawl} />
        ))}
      </tbody>
    </table>
  );
}

function Head({ source }: { source: Source }) {
  return (
    <>
      <Crumbs way={[['Sources', '/sources']]} here={source.boardToken} />
      <h1>{source.name}</h1>
      <p className="subtitle">
        <Health health={source.health} status={source.status} /> {source.providerLabel} · {source.boardToken} ·{' '}
        <Link to={`/orgs/${source.org.orgId}`}>{source.org.name}</Link> · {count(source.activeJobCount)} active of{' '}
        {counted(source.jobCount, 'posting')}
      </p>
      {source.boardUrl ? (
        <p className="actions">
          <a className="button" href={source.boardUrl} rel="noopener noreferrer">
            The board itself
          </a>
        </p>
      ) : null}
    </>
  );
}

export function SourcePageView() {
  const { sourceId = '' } = useParams();
  const variables = { id: sourceId };
  const asked = useQuery(SourcePage, variables);
  const source = asked.data?.source;
  const pages = usePages(SourcePage, variables, source?.crawls, (result) => result.source?.crawls);
  useTitle(source ? `${source.boardToken}: source` : undefined);
  if (asked.error) return <Failed asked={asked} what="The board" />;
  if (!asked.data || asked.isLoading) return <Loading what="the board" />;
  if (!source) return <Missing what="board" />;
  return (
    <>
      <Head source={source} />
      <section aria-labelledby="health">
        <h2 id="health">Health</h2>
        <Strip crawls={source.crawls.nodes} />
        <Facts source={source} />
      </section>
      <section aria-labelledby="crawls">
        <h2 id="crawls">{counted(source.crawls.totalCount, 'crawl')}</h2>
        {pages.nodes.length > 0 ? <Crawls crawls={pages.nodes} /> : <Empty title="It was not crawled yet" />}
        <More pages={pages} label="Show earlier crawls" />
      </section>
      <section aria-labelledby="events">
        <h2 id="events">Latest events</h2>
        <EventList rows={source.events.nodes} />
      </section>
      <QuerySource query={SourcePage.toString()} variables={variables} />
    </>
  );
}
